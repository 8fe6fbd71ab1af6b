// Names of towns, told of or not, so that whoever looks closely knows where they are: the server has them from the
// gazetteer, a square of the map at a time. A square is asked for when the map has come to rest over it.
import { across, down } from "./map-ground.js";

// Squares as all maps of the web cut the world; these zooms the server knows.
const WIDEST = 6, CLOSEST = 13;

// Milliseconds without a move that are rest, and squares that are kept.
const REST = 120;
const KEPT = 300;

export class Towns {
  squares = new Map();
  wanted = [];
  timer = 0;

  // `address`: what a square's zoom/column/row is put behind; `came`: told when there are names that were not there.
  constructor(address, came) {
    this.address = address;
    this.came = came;
  }

  // The towns in view that are at hand, the most populous first; the squares that are missing are asked for.
  inView(view) {
    const level = Math.min(CLOSEST, Math.round(view.zoom)), found = [];
    this.wanted = [];
    for (const key of level < WIDEST ? [] : squaresOf(view, level)) {
      const held = this.squares.get(key);
      if (held) found.push(...held);
      else if (held === undefined) this.wanted.push(key);
    }
    clearTimeout(this.timer);
    if (this.wanted.length) this.timer = setTimeout(() => this.ask(this.wanted), REST);
    return found.sort((one, other) => other.population - one.population);
  }

  async ask(keys) {
    while (this.squares.size > KEPT) this.squares.delete(this.squares.keys().next().value);
    for (const key of keys) this.squares.set(key, null);
    await Promise.all(keys.map((key) => this.load(key)));
    this.came();
  }

  async load(key) {
    try {
      const answer = await fetch(this.address + key);
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const rows = await answer.json();
      this.squares.set(key, rows.map(([name, lat, lon, population]) => ({ name, x: across(lon), y: down(lat), population })));
    } catch {
      // names are an aid: the map does without, and asks no more for this square
      this.squares.set(key, []);
    }
  }
}

function squaresOf(view, level) {
  const count = 2 ** level, keys = [];
  const at = (edge) => Math.max(0, Math.min(count - 1, Math.floor(edge * count)));
  for (let column = at(view.left); column <= at(view.left + view.wide / view.scale); column++) {
    for (let row = at(view.top); row <= at(view.top + view.high / view.scale); row++) keys.push(`${level}/${column}/${row}`);
  }
  return keys;
}
