// The ground of the map: reads world.json, whose form scripts/make_map.py tells, and paints it on a canvas.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = Object.fromEntries([...DIGITS].map((digit, value) => [digit, value]));

// From which zoom provinces are drawn: further out, their lines would run together.
const PROVINCES_FROM = 4.5;

// Points nearer than this to the one before (pixels) are passed over.
const FINEST = 1;

// Web Mercator, with the whole world one unit wide and high; the latitudes at its edges.
const EDGE = 85.0511;
export const across = (lon) => lon / 360 + 0.5;
export const down = (lat) => {
  const sine = Math.sin((Math.max(-EDGE, Math.min(EDGE, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
export const longitude = (x) => (x - 0.5) * 360;
export const latitude = (y) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

export async function loadGround(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const world = await answer.json();
  const lines = (name) => world[name].split(" ").map((text) => decoded(text, world.quantum));
  return {
    credit: world.credit,
    land: lines("land"), borders: lines("borders"), disputed: lines("disputed"), provinces: lines("provinces"),
    countries: world.countries.map(([name, lat, lon, width]) => ({ name, x: across(lon), y: down(lat), width: width / 360 })),
    regions: world.regions.map(([name, lat, lon]) => ({ name, x: across(lon), y: down(lat) })),
  };
}

// One line, with the box around it: what is out of sight is passed over whole.
function decoded(text, quantum) {
  const steps = [];
  for (let at = 0; at < text.length; ) {
    let number = 0, shift = 0, digit;
    do {
      digit = VALUES[text[at++]];
      number |= (digit & 31) << shift;
      shift += 5;
    } while (digit & 32);
    steps.push(number & 1 ? -(number + 1) / 2 : number / 2);
  }
  const points = new Float32Array(steps.length);
  let lon = 0, lat = 0, west = 1, east = 0, north = 1, south = 0;
  for (let at = 0; at < steps.length; at += 2) {
    const x = (points[at] = across((lon += steps[at]) * quantum));
    const y = (points[at + 1] = down((lat += steps[at + 1]) * quantum));
    west = Math.min(west, x), east = Math.max(east, x), north = Math.min(north, y), south = Math.max(south, y);
  }
  return { points, west, east, north, south };
}

// Paints land, provinces and borders. `view` has left, top (world units at the canvas's corner), scale (pixels to a
// unit), zoom, wide and high (pixels).
export function paintGround(pen, ground, view) {
  const style = getComputedStyle(pen.canvas);
  const line = style.borderTopColor, border = style.outlineColor;
  pen.clearRect(0, 0, view.wide, view.high);
  pen.lineJoin = "bevel";
  trace(pen, ground.land, view, true);
  pen.fillStyle = style.color;
  pen.fill("evenodd");
  stroke(pen, line, 0.8);
  if (view.zoom > PROVINCES_FROM) {
    trace(pen, ground.provinces, view);
    pen.globalAlpha = Math.min(0.75, (view.zoom - PROVINCES_FROM) / 1.5);
    stroke(pen, line, 0.8);
    pen.globalAlpha = 1;
  }
  trace(pen, ground.borders, view);
  stroke(pen, border, view.zoom > PROVINCES_FROM ? 1.6 : 1);
  pen.setLineDash([4, 3]);
  trace(pen, ground.disputed, view);
  stroke(pen, border, view.zoom > PROVINCES_FROM ? 1.6 : 1);
  pen.setLineDash([]);
}

function stroke(pen, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

// Lays the lines that can be seen on the pen's path; `closed` makes rings of them.
function trace(pen, lines, view, closed = false) {
  const right = view.left + view.wide / view.scale, bottom = view.top + view.high / view.scale;
  pen.beginPath();
  for (const line of lines) {
    if (line.east < view.left || line.west > right || line.south < view.top || line.north > bottom) continue;
    if (Math.max(line.east - line.west, line.south - line.north) * view.scale < FINEST) continue;
    draw(pen, line.points, view);
    if (closed) pen.closePath();
  }
}

// One line. Runs of points all beyond the same side of the canvas shrink to their last: nothing of them is seen, and
// a continent has tens of thousands when a town fills the view.
function draw(pen, points, view) {
  const { left, top, scale, wide, high } = view;
  let shared = 0, waiting = false, heldX = 0, heldY = 0, lastX = Infinity, lastY = Infinity;
  for (let at = 0; at < points.length; at += 2) {
    const x = (points[at] - left) * scale, y = (points[at + 1] - top) * scale;
    const beyond = (x < -9 ? 1 : 0) | (x > wide + 9 ? 2 : 0) | (y < -9 ? 4 : 0) | (y > high + 9 ? 8 : 0);
    if (at === 0) {
      pen.moveTo(x, y);
    } else if (shared & beyond) {
      shared &= beyond;
      waiting = true, heldX = x, heldY = y;
      continue;
    } else {
      if (waiting) pen.lineTo(heldX, heldY);
      waiting = false;
      if (Math.abs(x - lastX) + Math.abs(y - lastY) < FINEST && at < points.length - 2) continue;
      pen.lineTo(x, y);
    }
    shared = beyond;
    lastX = x, lastY = y;
  }
  if (waiting) pen.lineTo(heldX, heldY);
}
