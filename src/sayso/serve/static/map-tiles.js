// Picture tiles over the ground, for a case whose settings name a server of them. Where one is missing, the ground shows.

const SIDE = 256;
const CLOSEST = 18;

export class Tiles {
  shown = new Map();

  constructor(element, pattern) {
    this.element = element;
    this.pattern = pattern;
    this.host = new URL(pattern.replace(/[{}]/g, ""), location.href).host;
  }

  // Lays the tiles that a view needs, and takes up the rest.
  lay(view) {
    const level = Math.max(0, Math.min(CLOSEST, Math.round(view.zoom))), count = 2 ** level;
    const size = view.scale / count, needed = new Set();
    const first = (edge) => Math.max(0, Math.floor(edge * count));
    const last = (edge) => Math.min(count - 1, Math.floor(edge * count));
    for (let column = first(view.left); column <= last(view.left + view.wide / view.scale); column++) {
      for (let row = first(view.top); row <= last(view.top + view.high / view.scale); row++) {
        const key = `${level}/${column}/${row}`;
        needed.add(key);
        const x = (column / count - view.left) * view.scale, y = (row / count - view.top) * view.scale;
        this.tile(key, level, column, row).style.transform = `translate(${x}px, ${y}px) scale(${size / SIDE})`;
      }
    }
    for (const [key, tile] of this.shown) if (!needed.has(key)) tile.remove(), this.shown.delete(key);
  }

  tile(key, level, column, row) {
    if (!this.shown.has(key)) {
      const tile = document.createElement("img");
      tile.alt = "";
      // Public tile servers refuse those who do not say where they come from; the path stays private.
      tile.referrerPolicy = "strict-origin-when-cross-origin";
      tile.addEventListener("error", () => (tile.hidden = true));
      tile.src = this.pattern.replace("{z}", level).replace("{x}", column).replace("{y}", row);
      this.element.append(tile);
      this.shown.set(key, tile);
    }
    return this.shown.get(key);
  }
}
