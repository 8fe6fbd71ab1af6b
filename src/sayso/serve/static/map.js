// A map of where stories happen, drawn from one file: nothing is asked of any other site, unless `tiles` says so.
//
//   const map = makeMap(element, { world: "/static/world.json", tiles: null, onBrush: (ids, brushed) => ... });
//   map.show(points);   // [{ id, lat, lon, title, place, count, status, disputed }]
//   map.select(ids);    // marks the circles that have any of these; null: none is marked
//
// Of a point, `place` (else `title`) is its name on the map, `count` how many stories it stands for (one unless told),
// and `disputed` how many of those are disputed (all if `status` is "disputed"). Points at one place are one circle, and
// so are places too near to each other to be told apart at the zoom.
//
// onBrush(ids, { places, box }) is called with what a chosen circle stands for: the ids, the names of its places, and
// the box [south, west, north, east] around them; onBrush(null) when nothing is chosen any more. With `onBox`, a button
// calls it with the box in view. `words` are what a story is called: ["story", "stories"]. `credit` names the owner of
// the tiles; `towns` is the address of names of towns, squares of the map put behind it. The page's style gives the element its size, map.css (loaded from beside this file) the rest.
import { across, down, latitude, loadGround, longitude, paintGround } from "./map-ground.js";
import { watchHands } from "./map-hands.js";
import { paintNames } from "./map-names.js";
import { Tiles } from "./map-tiles.js";
import { Towns } from "./map-towns.js";

// A world of 256 pixels at zoom 0, as everywhere on the web; 13 shows a town.
const UNIT = 256;
const CLOSEST = 13;

// No closer than this when the map fits itself to points, so that one alone is seen in its country.
const CLOSEST_FIT = 8;
const MARGIN = 44;

// The share of stories at each edge that the first view may leave out.
const TAIL = 0.015;

// The radius of the smallest thing that a finger hits, as map.css has it.
const FINGER = 12;

// How far the mark of a chosen circle reaches beyond it, as map.css draws it.
const RING = 6;

const GLIDE = 180;
const ICONS = { in: "M8 3v10M3 8h10", out: "M3 8h10", fit: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" };

export function makeMap(element, options) {
  const map = new StoryMap(element, { words: ["story", "stories"], onBrush: () => {}, tiles: null, ...options });
  return { show: (points) => map.show(points), select: (ids) => map.select(ids) };
}

class StoryMap {
  places = [];
  circles = [];
  buttons = new Map();
  chosen = null;
  ground = null;
  centre = { x: 0.5, y: 0.5 };
  zoom = 1;
  wide = 0;
  high = 0;
  fitted = false;
  painting = false;
  gliding = 0;

  constructor(element, options) {
    this.element = element;
    this.options = options;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.build();
    this.listen();
    this.load();
  }

  build() {
    loadStyle();
    const { element, options } = this;
    element.classList.add("map");
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    if (!element.hasAttribute("aria-label") && !element.hasAttribute("aria-labelledby")) {
      element.setAttribute("aria-label", `Map of ${options.words[1]}`);
    }
    const hint = make("p", "map-hint", "Arrow keys move the map, plus and minus zoom, 0 shows all.");
    hint.id = `map-hint-${Math.random().toString(36).slice(2)}`;
    element.setAttribute("aria-describedby", hint.id);
    this.paper = make("canvas", "map-ground");
    this.tiles = options.tiles ? new Tiles(make("div", "map-tiles"), options.tiles) : null;
    this.towns = options.towns && !options.tiles ? new Towns(options.towns, () => this.paint()) : null;
    this.script = make("canvas", "map-names");
    this.spots = make("div", "map-spots");
    this.credit = make("p", "map-credit", this.tiles ? options.credit || `Map: ${this.tiles.host}` : "");
    for (const canvas of [this.paper, this.script]) canvas.setAttribute("aria-hidden", "true");
    element.replaceChildren(hint, this.paper, ...(this.tiles ? [this.tiles.element] : []), this.script, this.spots, this.tools(), this.credit);
  }

  tools() {
    const { options } = this;
    const bar = (this.bar = make("div", "map-tools"));
    this.closer = tool("Zoom in", "in", () => this.zoomBy(1));
    this.wider = tool("Zoom out", "out", () => this.zoomBy(-1));
    bar.append(this.closer, this.wider, tool("Show all places", "fit", () => this.fit(true)));
    if (options.onBox) {
      const here = make("button", "map-here", "Only what is in view");
      here.type = "button";
      here.addEventListener("click", () => options.onBox(this.box()));
      // below the map, where it lies over no place
      this.element.after(here);
    }
    return bar;
  }

  listen() {
    watchHands(this.element, {
      move: (dx, dy, glide) => this.move(dx, dy, glide),
      zoomBy: (steps, x, y, atOnce) => this.zoomBy(steps, x, y, atOnce),
      fit: () => this.fit(true),
    });
    this.element.addEventListener("click", (event) => {
      if (!event.target.closest("button") && this.chosen) this.brush(null);
    });
    new ResizeObserver(() => this.resize()).observe(this.element);
    // Canvases do not follow a change of colours by themselves.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
    new MutationObserver(() => this.paint()).observe(document.documentElement, { attributes: true });
  }

  async load() {
    try {
      this.ground = await loadGround(this.options.world);
      if (!this.tiles) this.credit.textContent = this.ground.credit + (this.towns ? ". Towns: GeoNames" : "");
    } catch {
      this.credit.textContent = "The outlines of countries could not be loaded.";
    }
    this.paint();
  }

  // The points to show from now on. The first that come are fitted to.
  show(points) {
    this.places = placesOf(points);
    this.gather();
    if (!this.fitted) this.fit();
    this.paint();
  }

  select(ids) {
    this.chosen = ids && ids.length ? new Set(ids) : null;
    this.mark();
    this.paint();
  }

  brush(circle) {
    this.select(circle && circle.ids);
    if (circle) this.options.onBrush(circle.ids, { places: circle.names, box: circle.box });
    else this.options.onBrush(null, null);
  }

  mark() {
    this.element.classList.toggle("map-choosing", Boolean(this.chosen));
    for (const circle of this.circles) {
      const pressed = Boolean(this.chosen && circle.ids.some((id) => this.chosen.has(id)));
      circle.button.setAttribute("aria-pressed", String(pressed));
    }
  }

  // Makes circles of places, and a button of each; one that was there before stays, and with it the focus.
  gather() {
    this.level = levelOf(this.zoom);
    const held = this.circles.find((circle) => circle.button === document.activeElement);
    const before = this.buttons;
    this.circles = circlesOf(this.places, UNIT * 2 ** this.level, sizeFor(this.wide));
    this.buttons = new Map();
    let last = null;
    for (const circle of this.circles) {
      const button = before.get(circle.key) ?? this.button();
      before.delete(circle.key);
      this.buttons.set(circle.key, button);
      this.dress(button, circle);
      if (!button.isConnected) last ? last.after(button) : this.spots.prepend(button);
      last = button;
    }
    for (const button of before.values()) button.remove();
    this.mark();
    if (held && !held.button.isConnected) this.circles.find((circle) => circle.keys.has(held.key))?.button.focus();
  }

  button() {
    const button = make("button", "map-spot");
    button.type = "button";
    button.append(make("span", ""));
    button.addEventListener("click", () => this.brush(button.getAttribute("aria-pressed") === "true" ? null : button.circle));
    button.addEventListener("focus", () => this.reveal(button.circle));
    return button;
  }

  dress(button, circle) {
    const [one, many] = this.options.words;
    const disc = button.firstChild, size = `${2 * circle.radius}px`;
    circle.button = button;
    button.circle = circle;
    const disputed = circle.disputed ? `, ${circle.disputed} disputed` : "";
    const label = `${circle.title}: ${circle.count} ${circle.count === 1 ? one : many}${disputed}`;
    button.setAttribute("aria-label", label);
    button.title = label;
    disc.textContent = circle.count > 1 ? short(circle.count) : "";
    disc.style.width = disc.style.height = size;
    disc.style.setProperty("--share", `${(100 * circle.disputed) / circle.count}%`);
  }

  // A circle that the keyboard reaches out of sight is brought into it.
  reveal(circle) {
    const { x, y } = this.pixel(circle);
    if (x < 0 || y < 0 || x > this.wide || y > this.high) this.go({ x: circle.x, y: circle.y }, this.zoom, true);
  }

  get scale() {
    return UNIT * 2 ** this.zoom;
  }

  pixel({ x, y }) {
    return { x: (x - this.centre.x) * this.scale + this.wide / 2, y: (y - this.centre.y) * this.scale + this.high / 2 };
  }

  // [south, west, north, east] of what is in view.
  box() {
    const dx = this.wide / 2 / this.scale, dy = this.high / 2 / this.scale;
    const { x, y } = this.centre;
    return [latitude(Math.min(1, y + dy)), longitude(Math.max(0, x - dx)), latitude(Math.max(0, y - dy)), longitude(Math.min(1, x + dx))];
  }

  resize() {
    this.wide = this.element.clientWidth;
    this.high = this.element.clientHeight;
    if (!this.wide || !this.high) return;
    for (const canvas of [this.paper, this.script]) {
      canvas.width = this.wide * devicePixelRatio;
      canvas.height = this.high * devicePixelRatio;
    }
    if (!this.fitted) this.fit();
    this.go(this.centre, this.zoom);
    this.gather();
    this.paintNow();
  }

  // At first most of what there is, so that one story on another continent does not press all others into one circle;
  // when asked to, everything. Where nothing is to be shown, the whole world.
  fit(glide = false) {
    if (!this.wide || !this.high) return;
    this.fitted = this.places.length > 0;
    if (!this.fitted) return void this.go({ x: 0.5, y: 0.42 }, Math.log2(this.wide / UNIT), glide);
    const tail = glide ? 0 : TAIL;
    const [west, east] = middle(this.places, "x", tail), [north, south] = middle(this.places, "y", tail);
    const room = (pixels) => Math.max(pixels - 2 * MARGIN, pixels / 3);
    const scale = Math.min(room(this.wide) / (east - west), room(this.high) / (south - north));
    this.go({ x: (west + east) / 2, y: (north + south) / 2 }, Math.min(CLOSEST_FIT, Math.log2(scale / UNIT)), glide);
  }

  move(dx, dy, glide = false) {
    const from = (glide && this.aim) || { centre: this.centre, zoom: this.zoom };
    const scale = UNIT * 2 ** from.zoom;
    this.go({ x: from.centre.x - dx / scale, y: from.centre.y - dy / scale }, from.zoom, glide);
  }

  // Zooms by steps, each of which doubles, around a point (pixels) that stays where it is: unless told, the circle
  // that has the focus, or the middle.
  zoomBy(steps, x = this.anchor().x, y = this.anchor().y, atOnce = false) {
    const from = (!atOnce && this.aim) || { centre: this.centre, zoom: this.zoom };
    const zoom = this.held(from.zoom + steps);
    const shift = 1 / (UNIT * 2 ** from.zoom) - 1 / (UNIT * 2 ** zoom);
    this.go({ x: from.centre.x + (x - this.wide / 2) * shift, y: from.centre.y + (y - this.high / 2) * shift }, zoom, !atOnce);
  }

  anchor() {
    const held = this.circles.find((circle) => circle.button === document.activeElement);
    const at = held && this.pixel(held);
    return at && at.x > 0 && at.y > 0 && at.x < this.wide && at.y < this.high ? at : { x: this.wide / 2, y: this.high / 2 };
  }

  held(zoom) {
    return Math.max(Math.log2(Math.min(this.wide, this.high) / UNIT), Math.min(CLOSEST, zoom));
  }

  // Goes to a view, gliding there if asked to and if the reader does not mind motion.
  go(centre, zoom, glide = false) {
    const end = { zoom: this.held(zoom) };
    end.centre = inWorld(centre, UNIT * 2 ** end.zoom, this.wide, this.high);
    cancelAnimationFrame(this.gliding);
    this.aim = null;
    if (!glide || this.still.matches) return this.set(end);
    const start = { centre: this.centre, zoom: this.zoom }, began = performance.now();
    this.aim = end;
    const step = (now) => {
      const part = Math.min(1, Math.max(0, now - began) / GLIDE);
      this.set(part < 1 ? between(start, end, 1 - (1 - part) ** 3) : end);
      if (part < 1) this.gliding = requestAnimationFrame(step);
      else this.aim = null;
    };
    this.gliding = requestAnimationFrame(step);
  }

  set({ centre, zoom }) {
    this.centre = centre;
    this.zoom = zoom;
    if (levelOf(zoom) !== this.level) this.gather();
    this.closer.setAttribute("aria-disabled", String(zoom >= CLOSEST));
    this.wider.setAttribute("aria-disabled", String(zoom <= this.held(-1)));
    this.paint();
  }

  paint() {
    if (this.painting) return;
    this.painting = true;
    requestAnimationFrame(() => this.paintNow());
  }

  paintNow() {
    this.painting = false;
    if (!this.wide || !this.high) return;
    const view = {
      left: this.centre.x - this.wide / 2 / this.scale, top: this.centre.y - this.high / 2 / this.scale,
      scale: this.scale, zoom: this.zoom, wide: this.wide, high: this.high,
    };
    if (this.ground) paintGround(penOf(this.paper), this.ground, view);
    this.tiles?.lay(view);
    const circles = this.circles.map((circle) => {
      const ring = circle.button.getAttribute("aria-pressed") === "true" ? RING : 0;
      return { ...this.pixel(circle), radius: circle.radius + ring, name: circle.name };
    });
    this.circles.forEach((circle, number) => this.place(circle, circles[number]));
    const covers = [this.bar, this.credit].map(({ offsetLeft: x, offsetTop: y, offsetWidth, offsetHeight }) => [x, y, x + offsetWidth, y + offsetHeight]);
    const towns = this.towns?.inView(view) ?? [];
    paintNames(penOf(this.script), { circles, covers, towns, ground: this.ground, view, quiet: Boolean(this.tiles) });
  }

  // Out of sight, a button waits at the edge: the keyboard still reaches it, and the page does not scroll after it.
  place({ button, radius }, { x, y }) {
    const half = Math.max(FINGER, radius);
    const away = x < -half || y < -half || x > this.wide + half || y > this.high + half;
    button.classList.toggle("map-away", away);
    const held = away ? { x: Math.max(half, Math.min(this.wide - half, x)), y: Math.max(half, Math.min(this.high - half, y)) } : { x, y };
    button.style.transform = `translate(${held.x.toFixed(1)}px, ${held.y.toFixed(1)}px) translate(-50%, -50%)`;
  }
}

// Points by place, the place with most stories first.
function placesOf(points) {
  const places = new Map();
  for (const { id, lat, lon, title, place, count = 1, status, disputed } of points) {
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) continue;
    const key = `${lat.toFixed(3)} ${lon.toFixed(3)}`;
    if (!places.has(key)) places.set(key, { key, lat, lon, x: across(lon), y: down(lat), name: place ?? title, ids: [], count: 0, disputed: 0 });
    const found = places.get(key);
    found.ids.push(id);
    found.count += count;
    found.disputed += disputed ?? (status === "disputed" ? count : 0);
  }
  return [...places.values()].sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1));
}

// Circles of places: at this scale, one joins the nearest greater one that it would lie over.
function circlesOf(places, scale, size) {
  const circles = [];
  for (const place of places) {
    const own = radiusOf(place.count, size);
    const apart = (circle) => Math.max(FINGER, circle.radius) + Math.max(FINGER, own);
    const gap = (circle) => Math.hypot(circle.x - place.x, circle.y - place.y) * scale - apart(circle);
    const near = circles.reduce((best, circle) => (gap(circle) < (best ? gap(best) : 0) ? circle : best), null);
    if (near) {
      near.places.push(place);
      near.radius = radiusOf(sum(near.places, "count"), size);
    } else circles.push({ key: place.key, x: place.x, y: place.y, radius: own, places: [place] });
  }
  return circles.map(summed);
}

function summed(circle) {
  const { places } = circle, more = places.length - 1;
  const lats = places.map((place) => place.lat), lons = places.map((place) => place.lon);
  return {
    ...circle, count: sum(places, "count"), disputed: sum(places, "disputed"),
    name: more ? `${places[0].name} +${more}` : places[0].name,
    title: more ? `${places[0].name} and ${more} ${more === 1 ? "place" : "places"} near it` : places[0].name,
    names: places.map((place) => place.name), ids: places.flatMap((place) => place.ids),
    keys: new Set(places.map((place) => place.key)),
    box: [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)],
  };
}

// Ten times the stories, some ten pixels more; less on a small map, of which circles would fill too much.
// What fits into a circle: five figures do not.
const short = (count) => (count < 10000 ? String(count) : `${Math.round(count / 1000)}k`);

const radiusOf = (count, size) => size * Math.min(26, 6.5 + 3.2 * Math.log2(count));
const sizeFor = (wide) => Math.max(0.75, Math.min(1, wide / 700));
// Circles are made anew at every half step of the zoom only, so that they keep still while it glides.
const levelOf = (zoom) => Math.floor(zoom * 2) / 2;
const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0);

// The centre nearest to the one wished for with which the world fills the view, or lies in its middle.
function inWorld({ x, y }, scale, wide, high) {
  const hold = (value, half) => (half >= 0.5 ? 0.5 : Math.max(half, Math.min(1 - half, value)));
  return { x: hold(x, wide / 2 / scale), y: hold(y, high / 2 / scale) };
}

// A view on the way from one to another, such that what both show moves steadily.
function between(start, end, part) {
  const zoom = start.zoom + (end.zoom - start.zoom) * part;
  const way = Math.abs(end.zoom - start.zoom) < 1e-6 ? part : (2 ** -start.zoom - 2 ** -zoom) / (2 ** -start.zoom - 2 ** -end.zoom);
  const mix = (from, to) => from + (to - from) * way;
  return { zoom, centre: { x: mix(start.centre.x, end.centre.x), y: mix(start.centre.y, end.centre.y) } };
}

function penOf(canvas) {
  const pen = canvas.getContext("2d");
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return pen;
}

function make(tag, name, text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}

function tool(label, icon, act) {
  const button = make("button", "");
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[icon]);
  drawing.append(path);
  button.append(drawing);
  button.addEventListener("click", act);
  return button;
}

function loadStyle() {
  const href = new URL("map.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
  const link = make("link", "");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

// The edges between which the places lie along an axis, less a share of their stories at either end.
function middle(places, axis, tail) {
  const sorted = [...places].sort((a, b) => a[axis] - b[axis]);
  const total = sorted.reduce((sum, place) => sum + place.count, 0);
  const edge = (from) => {
    let seen = 0;
    return from.find((place) => (seen += place.count) > tail * total) ?? from[0];
  };
  return [edge(sorted)[axis], edge(sorted.toReversed())[axis]];
}
