// Words that are chosen in an article's text get a link of their own: to this version, at their offsets in code points.
const offer = document.querySelector(".chosen-words");

// Where a point of the page stands in the article's text; -1 where it stands elsewhere.
const offsetOf = (node, at) => {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".text p[data-at]");
  if (!line) return -1;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, at);
  return Number(line.dataset.at) + [...before.toString()].length;
};

document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  offer.hidden = true;
  if (chosen.isCollapsed || !chosen.toString().trim()) return;
  const range = chosen.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
  if (start < 0 || end <= start) return;
  const to = new URL(location.pathname, location.href);
  to.search = new URLSearchParams({ version: offer.dataset.version, span: `${start}-${end}` });
  to.hash = "asked";
  offer.querySelector("a").href = to;
  offer.hidden = false;
});
