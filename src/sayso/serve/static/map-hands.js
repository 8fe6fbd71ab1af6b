// What a hand does to the map: dragging, pinching, the wheel and keys, as calls of `move(dx, dy)`, `zoomBy(steps, x, y)`
// (around a point in pixels) and `fit()`.

// A finger trembles: nearer than this (pixels) to where it came down, it taps.
const TREMBLE = 5;
const STEP = 80;

export function watchHands(element, { move, zoomBy, fit }) {
  const fingers = new Map();
  let dragged = false, down = null;

  const spot = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left - element.clientLeft, y: event.clientY - box.top - element.clientTop };
  };

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest(".map-tools")) return;
    if (!fingers.size) (dragged = false), (down = spot(event));
    fingers.set(event.pointerId, spot(event));
  });

  element.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = spot(event);
    if (!dragged && fingers.size === 1 && Math.hypot(now.x - down.x, now.y - down.y) < TREMBLE) return;
    if (!dragged) element.classList.add("map-dragged");
    dragged = true;
    element.setPointerCapture(event.pointerId);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, now);
    if (other) pinch(before, now, other, { move, zoomBy });
    else move(now.x - before.x, now.y - before.y);
  });

  const lift = (event) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) element.classList.remove("map-dragged");
  };
  for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, lift);
  // A finger leaves what it came down on when the map takes it over; only leaving the map is lifting.
  element.addEventListener("lostpointercapture", (event) => event.target === element && lift(event));

  // The click that ends a drag is none.
  element.addEventListener("click", (event) => {
    if (dragged && !event.target.closest(".map-tools") && event.detail) event.stopImmediatePropagation();
    dragged = false;
  }, true);

  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 24 : event.deltaMode === 2 ? 400 : 1;
    const { x, y } = spot(event);
    const steps = (-event.deltaY * lines) / (event.ctrlKey ? 100 : 240);
    zoomBy(Math.max(-1, Math.min(1, steps)), x, y, true);
  }, { passive: false });

  element.addEventListener("dblclick", (event) => {
    if (event.target.closest("button")) return;
    const { x, y } = spot(event);
    zoomBy(event.shiftKey ? -1 : 1, x, y);
  });

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const does = {
      "+": () => zoomBy(1), "=": () => zoomBy(1), "-": () => zoomBy(-1), 0: fit,
      ArrowLeft: () => move(STEP, 0, true), ArrowRight: () => move(-STEP, 0, true),
      ArrowUp: () => move(0, STEP, true), ArrowDown: () => move(0, -STEP, true),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
}

// Two fingers: the middle between them drags, the distance between them zooms.
function pinch(before, now, other, { move, zoomBy }) {
  const was = Math.hypot(before.x - other.x, before.y - other.y), is = Math.hypot(now.x - other.x, now.y - other.y);
  move((now.x - before.x) / 2, (now.y - before.y) / 2);
  if (was > 1 && is > 1) zoomBy(Math.log2(is / was), (now.x + other.x) / 2, (now.y + other.y) / 2, true);
}
