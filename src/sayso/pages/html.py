"""Mark-up to a tree within limits, and the tree to the lines that a reader of the page would see."""

from __future__ import annotations

import re
from typing import Any

from sayso.pages.decode import visible
from sayso.records import Block, Problem, Record

#: Characters of mark-up that are parsed. The largest of 111 news pages has 1.5 million; a tree takes about ten
#: times the memory of its mark-up.
MAX_HTML_CHARS = 5_000_000

#: Lines of one page that are kept; the most on 111 news pages is 370.
MAX_LINES = 20_000

#: Attributes of one element: libxml2 takes 26 seconds for 40,000 of them.
MAX_ATTRIBUTES = 1_000

#: Links of one line that are kept.
MAX_LINKS = 200

#: Words of class, id, rel and itemprop kept for one line, nearest first.
MAX_HINTS = 40

#: Elements that stand on lines of their own.
BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul".split()
)

#: Elements of which nothing is seen as text, or only when somebody plays or opens them.
UNSEEN_TAGS = frozenset(
    "applet area audio base canvas datalist embed frame frameset head iframe link map math meta noembed noframes "
    "noscript object option param picture script select source style svg template textarea title track video".split()
)

#: Elements drawn as boxes within a line: what they hold does not run into its neighbours.
BOXED_TAGS = frozenset("button img input label".split())

_WHOLE_PAGE = frozenset(("html", "body"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{5000,}")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_VOID_TAGS = frozenset("area base br col embed hr img input link meta param source track wbr".split())
#: Elements that the next one of their kind ends in mark-up that nobody closed properly.
_UNCLOSED_TAGS = frozenset("dd dt li option p td th tr".split())


class Line(Record, frozen=True, kw_only=True):
    """A block, and the numbers of the block elements around it, outermost first, its own last."""

    block: Block
    within: tuple[int, ...]


def read_html(markup: str, max_depth: int) -> tuple[Any, tuple[Line, ...], tuple[Problem, ...]]:
    """A page's tree, its visible lines, and what was cut or flattened.

    Args:
        markup: HTML, whole or broken.
        max_depth: elements nested deeper than this are flattened before the tree is made.

    Returns:
        The root element (lxml), or None where there is no element in the page; every visible line in document order,
        furniture included, white space collapsed.
    """
    problems = []
    if len(markup) > MAX_HTML_CHARS:
        problems.append(f"the page has {len(markup)} characters of mark-up; only the first {MAX_HTML_CHARS} were read")
        markup = markup[:MAX_HTML_CHARS]
    markup = _LONG_TAG.sub(_shortened, markup)
    tree, is_cut = _parsed(markup)
    walk = _Walk(tree)
    if is_cut or walk.deepest > max_depth:
        problems.append(f"mark-up nested deeper than {max_depth} elements was flattened")
        tree, walk = _flat(markup, max_depth)
    if len(walk.lines) >= MAX_LINES:
        problems.append(f"only the first {MAX_LINES} lines of the page were read")
    return tree, tuple(walk.lines), tuple(Problem(reader="pages", what=what) for what in problems)


class _Walk:
    """Walks a tree once, without recursion, and cuts its text into lines at block elements and line breaks."""

    def __init__(self, tree: Any) -> None:
        self.lines: list[Line] = []
        self.deepest = 0
        self.number = 0  # of the block element opened last
        self.tags: list[str] = []  # of the open elements, outermost first
        self.hints: list[tuple[str, ...]] = []  # of each of them
        self.holders: list[int] = [0]  # which of them are block elements
        self.within: list[int] = [0]  # the numbers of those
        self.line: list[str] = []
        self.links: list[tuple[int, int, str]] = []  # pieces of the line from, to; href
        self.open_link: tuple[int, str] | None = None
        if tree is not None:
            self._over(tree)

    def _over(self, tree: Any) -> None:
        from lxml import etree

        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            if event == "end":
                self._leave(element)
            elif is_unseen(element):
                walker.skip_subtree()
                self._open("", ())
            else:
                self._enter(element)
            if len(self.lines) >= MAX_LINES:
                return
        self._end_line()

    def _open(self, tag: str, hints: tuple[str, ...]) -> None:
        self.tags.append(tag)
        self.hints.append(hints)
        self.deepest = max(self.deepest, len(self.tags))

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS or tag == "br":
            self._end_line()
        self._open(tag, _hints(element, self.hints[-1] if self.hints else ()))
        if tag in BLOCK_TAGS:
            self.number += 1
            self.holders.append(len(self.tags) - 1)
            self.within.append(self.number)
        elif tag == "a" and element.get("href"):
            self.open_link = (len(self.line), element.get("href"))
        elif tag in BOXED_TAGS:
            self.line.append(" ")
        if element.text:
            self._say(element.text)

    def _leave(self, element: Any) -> None:
        tag = self.tags[-1]
        if tag in BLOCK_TAGS:
            self._end_line()
            self.holders.pop()
            self.within.pop()
        elif tag == "a":
            self._end_link()
            self.open_link = None
        elif tag in BOXED_TAGS:
            self.line.append(" ")
        self.tags.pop()
        self.hints.pop()
        if element.tail and self.tags:
            self._say(element.tail)

    def _say(self, text: str) -> None:
        """Adds text to the line; in preformatted text a blank line ends it, while a line end alone only wraps it."""
        if "pre" not in self.tags:
            self.line.append(text)
            return
        for number, part in enumerate(_BLANK_LINE.split(text)):
            if number:
                self._end_line()
            self.line.append(part)

    def _end_link(self) -> None:
        if self.open_link is not None and self.open_link[0] < len(self.line):
            self.links.append((self.open_link[0], len(self.line), self.open_link[1]))

    def _end_line(self) -> None:
        """Keeps the line under way, if it shows anything, as a block of the block element that holds it."""
        self._end_link()
        text = squeeze("".join(self.line))
        if text:
            at = self.holders[-1]
            links = tuple(
                (said, href) for a, b, href in self.links[:MAX_LINKS] if (said := squeeze("".join(self.line[a:b])))
            )
            path = tuple(self.tags[:at])
            block = Block(text=text, tag=self.tags[at], path=path, hints=self.hints[at], links=links)
            self.lines.append(Line(block=block, within=tuple(self.within)))
        self.line.clear()
        self.links.clear()
        if self.open_link is not None:
            self.open_link = (0, self.open_link[1])


def squeeze(text: str) -> str:
    """The text on one line: white space collapsed, nothing in it that cannot be seen."""
    return " ".join(visible(text).split())


def is_unseen(element: Any) -> bool:
    """Whether a browser without scripts draws nothing for the element and what it holds.

    A page that hides itself as a whole does so until its scripts have run: it is seen.
    """
    if element.tag in UNSEEN_TAGS:
        return True
    if element.tag in _WHOLE_PAGE:
        return False
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN_STYLE.search(style) is not None)


def _hints(element: Any, outer: tuple[str, ...]) -> tuple[str, ...]:
    """The element's own hints before those of its ancestors."""
    words = [word for name in ("class", "id", "rel", "itemprop") if (word := element.get(name))]
    if not words:
        return outer
    own = tuple(dict.fromkeys(" ".join(words)[:1000].lower().split()))
    return (own + outer)[:MAX_HINTS]


def _parsed(markup: str) -> tuple[Any, bool]:
    """The tree, and whether the parser stopped because of its depth: libxml2 does at 2,048 and forgets the rest."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, False
    return tree, any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _flat(markup: str, max_depth: int) -> tuple[Any, _Walk]:
    """Tree and lines without the tags that open too deep, counted as they stand in the mark-up.

    Tags that the next one of their kind closes are not counted at first, for many pages never close them; where
    that leaves the tree too deep (tables in tables), all are.
    """
    for flat_tags in (_VOID_TAGS | _UNCLOSED_TAGS, _VOID_TAGS):
        tree, is_cut = _parsed(_flattened(markup, max_depth - 8, flat_tags))
        walk = _Walk(tree)
        if not is_cut and walk.deepest <= max_depth:
            break
    return tree, walk


def _flattened(markup: str, max_depth: int, flat_tags: frozenset[str]) -> str:
    pieces, last, depth = [], 0, 0
    for found in _TAG.finditer(markup):
        if found[2].lower() in flat_tags:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth + bool(found[1]) > max_depth:
            pieces.append(markup[last : found.start()])
            last = found.end()
    pieces.append(markup[last:])
    return "\n".join(pieces)


def _shortened(tag: re.Match[str]) -> str:
    """A tag without its attributes if it has too many; else as it is, for values may be long."""
    return tag[0] if len(_QUOTED.sub("", tag[0]).split()) <= MAX_ATTRIBUTES else tag[0].split(None, 1)[0]
