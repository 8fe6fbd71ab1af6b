// The map beside the list of stories. What is chosen on it becomes a filter of the list, which the server answers.
import { makeMap } from "./map.js";

const element = document.getElementById("map");
const spots = JSON.parse(element.dataset.spots || "[]");

// Degrees around a point within which a story is at it: what the list of places beside the map uses too.
const NEAR = 0.00002;

const narrow = ([south, west, north, east]) => {
  const to = new URL(location.href);
  to.searchParams.delete("page");
  const edges = [Math.max(-90, south - NEAR), Math.max(-180, west - NEAR), Math.min(90, north + NEAR), Math.min(180, east + NEAR)];
  to.searchParams.set("box", edges.map((edge) => edge.toFixed(5)).join(","));
  location.assign(to);
};

// The middle of a whole country is no place where something happened: the list names it, the map does not.
const points = spots
  .filter(([, , , , , scale]) => scale !== "country")
  .map(([lat, lon, name, count, disputed], id) => ({ id, lat, lon, title: name, count, disputed }));

if (points.length) {
  element.hidden = false;
  const map = makeMap(element, {
    world: element.dataset.world,
    tiles: element.dataset.tiles || null,
    words: ["happening", "happenings"],
    onBrush: (ids, brushed) => ids && narrow(brushed.box),
    onBox: narrow,
  });
  map.show(points);
}
