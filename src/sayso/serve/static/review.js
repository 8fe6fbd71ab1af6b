// The review queue by keyboard: one claim is current; letters decide about it. Without script the forms do the same.
const claims = [...document.querySelectorAll("form.claim")];
let now = -1;

const go = (to) => {
  if (!claims.length) return;
  claims[now]?.classList.remove("now");
  now = Math.max(0, Math.min(claims.length - 1, to));
  claims[now].classList.add("now");
  claims[now].focus({ preventScroll: true });
  claims[now].scrollIntoView({ block: "center" });
};

const press = (value) => claims[now]?.querySelector(`button[value="${value}"]`).click();
const open = (name) => {
  const details = claims[now]?.querySelector("details");
  if (!details) return;
  details.open = true;
  details.querySelector(`[name="${name}"]`).focus();
};

const keys = {
  j: () => go(now + 1),
  k: () => go(now - 1),
  a: () => press("accept"),
  r: () => press("reject"),
  s: () => press("apart"),
  c: () => open("slot"),
  w: () => open("why"),
  o: () => claims[now]?.querySelector(".where a").click(),
  u: () => document.querySelector("form.last button")?.click(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// After a decision the page comes back: the queue goes on where it was.
const kept = Number(sessionStorage.getItem("sayso-review") ?? -1);
for (const form of claims)
  form.addEventListener("submit", () => sessionStorage.setItem("sayso-review", String(claims.indexOf(form))));
document.querySelector("form.last")?.addEventListener("submit", () => sessionStorage.setItem("sayso-review", String(Math.max(0, now))));
if (kept >= 0) {
  sessionStorage.removeItem("sayso-review");
  go(kept);
}
