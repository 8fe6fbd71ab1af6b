"use strict";
// Ties the words of a text to the cards of their claims. Without script the same links lead from one to the other.
(() => {
  const sheet = document.querySelector(".sheet");
  const narrow = matchMedia("(max-width: 60rem)");
  let pinned = null;
  let opener = null;

  const clear = () => {
    for (const element of document.querySelectorAll(".lit, .on")) element.classList.remove("lit", "on");
  };

  // Marks the cards `numbers` of one reading and every word that belongs to them; returns the cards.
  const show = (reading, numbers) => {
    clear();
    const cards = numbers.map((number) => reading.querySelector(`[data-card="${number}"]`)).filter(Boolean);
    for (const number of numbers)
      for (const piece of reading.querySelectorAll(`[data-c~="${number}"]`)) piece.classList.add("lit");
    for (const card of cards) card.classList.add("on");
    return cards;
  };

  // A panel ends where the window does, however far the text is scrolled: what it is scrolled to is then seen.
  const fit = () => {
    for (const panel of document.querySelectorAll(".panel")) {
      const room = innerHeight - Math.max(panel.getBoundingClientRect().top, 0) - 12;
      panel.style.maxHeight = narrow.matches ? "" : `${Math.max(200, room)}px`;
    }
  };

  const scrollPanel = (card) => {
    const panel = card && card.closest(".panel");
    if (!panel || narrow.matches) return;
    fit();
    const above = card.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    if (above < 0 || above + card.offsetHeight > panel.clientHeight) panel.scrollTop += above - 40;
  };

  const openSheet = (cards) => {
    const box = sheet.querySelector("div");
    box.replaceChildren();
    for (const card of cards) {
      const heading = card.closest(".origin").querySelector("h3").cloneNode(true);
      const copy = card.cloneNode(true);
      copy.removeAttribute("id");
      copy.removeAttribute("data-card");
      box.append(heading, copy);
    }
    sheet.hidden = cards.length === 0;
  };

  const close = () => {
    pinned = null;
    sheet.hidden = true;
    clear();
  };

  // Back to the words that were chosen; focus first, since focus chooses.
  const dismiss = () => {
    if (opener && document.contains(opener)) opener.focus({ preventScroll: true });
    close();
  };

  const numbersOf = (element) => {
    if (element.dataset.card !== undefined) return [element.dataset.card];
    const own = (element.getAttribute("href") || "").split("-c")[1];
    const all = element.dataset.c.split(" ");
    return own === undefined ? all : [own, ...all.filter((number) => number !== own)];
  };

  const pick = (target) => {
    const element = target.closest("[data-c], [data-card]");
    const reading = element && element.closest(".reading");
    return reading ? [element, reading] : null;
  };

  const choose = (element, reading) => {
    const cards = show(reading, numbersOf(element));
    pinned = element;
    if (element.dataset.card !== undefined) return;
    opener = element;
    if (narrow.matches) {
      openSheet(cards);
      // the words that it is about stay in sight above it
      const covered = element.getBoundingClientRect().bottom + 24 - sheet.getBoundingClientRect().top;
      if (!sheet.hidden && covered > 0) scrollBy({ top: covered });
    } else scrollPanel(cards[0]);
  };

  document.addEventListener("mouseover", (event) => {
    const found = pinned === null && pick(event.target);
    if (!found) return;
    const cards = show(found[1], numbersOf(found[0]));
    if (found[0].dataset.card === undefined) scrollPanel(cards[0]);
  });
  document.addEventListener("mouseout", () => pinned === null && clear());
  document.addEventListener("focusin", (event) => {
    const found = pick(event.target);
    if (found && event.target.matches(":focus-visible")) choose(...found);
  });
  document.addEventListener("click", (event) => {
    if (sheet.contains(event.target)) {
      if (event.target.closest("a")) close();
      if (event.target.closest("button")) dismiss();
      return;
    }
    const found = pick(event.target);
    if (!found) return close();
    if (found[0].dataset.card === undefined) event.preventDefault();
    choose(...found);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pinned !== null) dismiss();
  });
  for (const name of ["scroll", "resize", "load"]) addEventListener(name, fit, { passive: true });
  for (const box of document.querySelectorAll(".layers input"))
    box.addEventListener("change", () => document.body.classList.toggle(`no-${box.value}`, !box.checked));
})();
