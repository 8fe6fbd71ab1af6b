// The map beside the list of stories. What it is clicked on becomes a filter of the list, which the server answers.
import { makeMap } from "./map.js";

const element = document.getElementById("map");
const spots = JSON.parse(element.dataset.spots || "[]");
if (spots.length) {
  element.hidden = false;
  makeMap(element, {
    world: element.dataset.world,
    tiles: element.dataset.tiles || null,
    spots: spots.map(([lat, lon, name, stories, disputed]) => ({ lat, lon, name, stories, disputed })),
    onBox: (box) => {
      const to = new URL(location.href);
      to.searchParams.delete("page");
      if (box) to.searchParams.set("box", box.map((edge) => edge.toFixed(4)).join(","));
      else to.searchParams.delete("box");
      location.assign(to);
    },
    onSpot: (spot) => {
      const to = new URL(location.href);
      to.searchParams.delete("page");
      to.searchParams.set("place", spot.name);
      location.assign(to);
    },
  });
}
