// The map and the timeline beside the list of stories. What is chosen on them becomes a filter of the list, which the
// server answers. A list that came before it was counted gets what belongs around it here.
import { makeMap } from "./map.js";

// Degrees around a point within which a story is at it: what the list of places beside the map uses too.
const NEAR = 0.00002;

const narrow = ([south, west, north, east]) => {
  const to = new URL(location.href);
  to.searchParams.delete("page");
  const edges = [Math.max(-90, south - NEAR), Math.max(-180, west - NEAR), Math.min(90, north + NEAR), Math.min(180, east + NEAR)];
  to.searchParams.set("box", edges.map((edge) => edge.toFixed(5)).join(","));
  location.assign(to);
};

const showMap = () => {
  const element = document.getElementById("map");
  if (!element) return;
  // The middle of a whole country is no place where something happened: the list names it, the map does not.
  const points = JSON.parse(element.dataset.spots || "[]")
    .filter(([, , , , , scale]) => scale !== "country")
    .map(([lat, lon, name, count, disputed], id) => ({ id, lat, lon, title: name, count, disputed }));
  if (!points.length) return;
  element.hidden = false;
  const map = makeMap(element, {
    world: element.dataset.world,
    tiles: element.dataset.tiles || null,
    towns: "/map/",
    words: ["happening", "happenings"],
    onBrush: (ids, brushed) => ids && narrow(brushed.box),
    onBox: narrow,
  });
  map.show(points);
};

// A span of time is drawn over the bars of the timeline; one bar alone is a link, as it is without this.
const spanTimes = () => {
  const line = document.querySelector(".timeline");
  if (!line) return;
  const bars = [...line.children];
  const under = (event) => bars.indexOf(document.elementFromPoint(event.clientX, event.clientY)?.closest(".timeline > li"));
  let from = -1, to = -1;
  const mark = () => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    line.classList.toggle("spanning", first >= 0 && first !== last);
    bars.forEach((bar, number) => bar.classList.toggle("on", number >= first && number <= last));
  };
  const hint = document.createElement("p");
  hint.className = "note";
  hint.textContent = "Draw over several bars to choose a span.";
  if (bars.length > 1) line.parentElement.append(hint);
  line.addEventListener("dragstart", (event) => event.preventDefault());
  line.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    from = to = under(event);
  });
  addEventListener("pointermove", (event) => {
    if (from < 0) return;
    const at = under(event);
    if (at >= 0) to = at;
    mark();
  });
  addEventListener("pointercancel", () => mark((from = to = -1)));
  addEventListener("pointerup", () => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    from = -1;
    if (first < 0 || first === last) return;
    const asked = (bar, name) => new URL(bars[bar].querySelector("a").href).searchParams.get(name);
    const go = new URL(location.href);
    go.searchParams.delete("page");
    for (const [name, day] of [["since", asked(first, "since")], ["until", asked(last, "until")]]) {
      if (day) go.searchParams.set(name, day);
      else go.searchParams.delete(name);
    }
    location.assign(go);
  });
};

const around = document.getElementById("around");

const fill = async () => {
  const answer = await fetch(around.dataset.from);
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const counted = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("sum").replaceWith(counted.getElementById("sum"));
  document.querySelector(".pager")?.replaceWith(counted.querySelector(".pager") ?? "");
  around.replaceWith(counted.getElementById("around"));
};

if (around.dataset.from) {
  try {
    await fill();
  } catch {
    for (const told of [document.querySelector("#sum span"), around.querySelector("p")]) {
      told.textContent = "The happenings could not be counted; load this page again.";
    }
  }
}
showMap();
spanTimes();
