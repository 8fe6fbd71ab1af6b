// Names on the map, none over another or over a circle: those of the circles first, then of countries, towns, provinces.
// They are for the eye only; each circle says its own name to a screen reader.

// From which zoom circles and provinces are named.
const CIRCLES_FROM = 4.5;
const REGIONS_FROM = 6.2;

// How far from its spot the name of a country may move, in widths of the country.
const ASIDE = [[0, 0], [0, 0.1], [0, -0.1], [0.12, 0], [-0.12, 0], [0.12, 0.12], [-0.12, 0.12], [0, 0.2], [0, -0.2]];

const FONT = "system-ui, sans-serif";

// `circles`: {x, y, radius, name} in pixels, the most told of first; `covers`: boxes [left, top, right, bottom] that
// something else stands in; `towns`: {name, x, y} on the world, the greatest first. `ground` may still be missing; with
// `quiet`, only circles are named (a tile has names of its own).
export function paintNames(pen, { circles, covers, towns, ground, view, quiet }) {
  const style = getComputedStyle(pen.canvas);
  const taken = [...covers, ...circles.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius])];
  const write = writer(pen, taken, view, style);
  pen.clearRect(0, 0, view.wide, view.high);
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  if (view.zoom >= CIRCLES_FROM) nameCircles(write, circles);
  if (!ground || quiet) return;
  nameCountries(write, ground.countries, view);
  nameTowns(pen, write, towns, circles, view);
  if (view.zoom >= REGIONS_FROM) nameRegions(write, ground.regions, view);
}

function nameCircles(write, circles) {
  for (const { x, y, radius, name } of circles) {
    const gap = radius + 4;
    const sides = [[gap, 0, "left"], [-gap, 0, "right"], [0, gap + 6, "center"], [0, -gap - 6, "center"]];
    sides.some(([dx, dy, align]) => write(name, x + dx, y + dy, { align, font: `600 12px ${FONT}`, size: 12 }));
  }
}

// A country is named while its name fits into it: at its roomiest spot, or where nothing else stands beside that.
function nameCountries(write, countries, view) {
  for (const { name, x, y, width } of countries) {
    const wide = width * view.scale;
    const size = Math.min(15, Math.max(11, wide / 14));
    const set = { font: `500 ${size}px ${FONT}`, size, room: wide * 1.5, faint: 0.8 };
    const left = (x - view.left) * view.scale, top = (y - view.top) * view.scale;
    ASIDE.some(([dx, dy]) => write(name, left + dx * wide, top + dy * wide, set));
  }
}

// A town is a dot with its name; one that a circle stands for is named by that.
function nameTowns(pen, write, towns, circles, view) {
  for (const { name, x, y } of towns) {
    const left = (x - view.left) * view.scale, top = (y - view.top) * view.scale;
    if (circles.some((circle) => circle.name.replace(/ \+\d+$/, "") === name || Math.hypot(circle.x - left, circle.y - top) < circle.radius)) continue;
    const set = { font: `11px ${FONT}`, size: 11, faint: 0.85 };
    if (!write(name, left + 6, top, { ...set, align: "left" }) && !write(name, left - 6, top, { ...set, align: "right" })) continue;
    pen.beginPath();
    pen.arc(left, top, 2, 0, 2 * Math.PI);
    pen.fill();
  }
}

function nameRegions(write, regions, view) {
  for (const { name, x, y } of regions) {
    write(name, (x - view.left) * view.scale, (y - view.top) * view.scale, { font: `italic 11px ${FONT}`, size: 11, faint: 0.75 });
  }
}

// Returns a function that writes one name and says whether it had room. `taken` grows with each.
function writer(pen, taken, view, style) {
  return (text, x, y, { font, size, align = "center", faint = 1, room = Infinity }) => {
    if (x < 0 || y < 0 || x > view.wide || y > view.high) return false;
    pen.font = font;
    const width = pen.measureText(text).width;
    const left = align === "left" ? x : align === "right" ? x - width : x - width / 2;
    const box = [left - 2, y - size * 0.7, left + width + 2, y + size * 0.7];
    const seen = box[0] >= 0 && box[1] >= 0 && box[2] <= view.wide && box[3] <= view.high;
    if (!seen || width > room || taken.some((other) => overlap(box, other))) return false;
    taken.push(box);
    pen.globalAlpha = faint;
    pen.strokeStyle = style.borderTopColor;
    pen.lineWidth = 3;
    pen.strokeText(text, left, y);
    pen.fillStyle = style.color;
    pen.fillText(text, left, y);
    pen.globalAlpha = 1;
    return true;
  };
}

const overlap = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
