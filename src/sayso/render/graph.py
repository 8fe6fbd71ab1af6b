"""The lineage of one story as a static SVG: who said it first, through whose hands it went, on which pages it stands.

The picture is well-formed XML that can stand in an HTML page: no script, no style of its own, nothing loaded. Colours
come from the page's style sheet, by class; what a colour says is also said by a shape and in words, and all of it in
the description, for those who see no picture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate, groupby, pairwise
from typing import Literal, NamedTuple, TypeAlias
from unicodedata import combining, east_asian_width

from sayso.records import Reading, Story
from sayso.render.graph_words import describe, heard_names, page_lines, voice_lines, voice_name, whole_page, whole_voice
from sayso.render.groups import is_unnamed
from sayso.render.hands import Hands, Page, Voice, hands_of
from sayso.render.html import safe_url, template
from sayso.render.layout import Box, Edge, Key, Layout, Place, lay_out
from sayso.render.wording import one_line

Kind: TypeAlias = Literal["voice", "article"]
#: Where a node leads: a voice by its name, an article by its id; None where nowhere.
Href: TypeAlias = Callable[[Kind, str], str | None]

#: Sizes in pixels: letters of names and of what stands below, the margins of a box and of the picture;
#: the height of a line, and how much of it is below the letters' feet.
_NAME, _SMALL, _INSET, _MARGIN = 13.0, 11.5, 12.0, 10.0
_LINES, _DESCENT = {"name": 17.0, "small": 15.0}, 4.0
#: A box is no narrower and no wider than this; the height of the headings; how far apart the lines of copies run.
_NARROW, _WIDE, _HEADINGS, _TRUNKS = 110.0, 214.0, 30.0, 10.0
#: The width of a letter as a part of its height, rather too much than too little: no font is known here.
#: ``_BOLD`` is how much wider the letters of an origin are; of no text more than ``_SEEN`` letters are looked at.
_BOLD, _SEEN = 1.1, 200
_SLIM, _BROAD = frozenset(" .,:;'|!()[]/ijlIft-"), frozenset("mwMW@%—…")


class Line(NamedTuple):
    """A line of text with its class and where it begins."""

    role: str
    x: float
    y: float
    text: str


class Node(NamedTuple):
    """A box: classes, outline, what lies behind or on it, its lines, what a pointer shows, and where it leads."""

    classes: str
    shape: str
    extra: str
    lines: tuple[Line, ...]
    whole: str
    link: str | None


def render_graph(story: Story, readings: Mapping[str, Reading], href: Href | None = None) -> str:
    """The graph as one ``<svg>`` element, the same whatever the order of the story's reports.

    Args:
        readings: of the story's articles, by id; they give days, titles and outlets that no chain names.
        href: where a node leads. Addresses of the web and of the same site are taken, all others left out.
    """
    hands = hands_of(story, readings)
    plan = lay_out(_boxes(hands), hands.edges)
    nodes = list(_nodes(hands, plan, href))
    trunks, reach = _copies(hands.copies, plan)
    mark = "".join(filter(str.isalnum, story.id)) or "story"
    return template("graph.svg.j2").render(
        ident=f"graph-{mark}", title=f"Whose hands it went through: {one_line(story.title)}",
        desc=describe(story, hands), role="group" if any(node.link for node in nodes) else "img",
        x=-_MARGIN - 8, y=-_HEADINGS, width=_round(max(plan.width, _NARROW) + reach + 2 * _MARGIN + 8),
        height=_round(plan.height + _HEADINGS + _MARGIN), headings=_headings(hands, plan),
        brackets=_brackets(hands, plan), wires=[_curve(points) for _, points in sorted(plan.wires.items())],
        tips=_tips(plan), copies=trunks, nodes=nodes,
    )  # fmt: skip


def same_site_or_web(address: str | None) -> str | None:
    """The address if it is one of the web, or a path, query or fragment of the same site; else None."""
    if not address or one_line(address) != address or " " in address or "\\" in address:
        return None
    own = address[0] in "#?/" and not address.startswith("//")
    return address if own else safe_url(address)


def wrapped(text: str, room: float, size: float) -> tuple[str, ...]:
    """The text on one line or two, broken between words if possible, its end cut off where two are not enough."""
    if _width(text, size) <= room:
        return (text,)
    first = _fitting(text, room, size)
    words = first.rfind(" ")
    first = first if text[len(first)] == " " or words < len(first) // 3 else first[:words]
    return first, shortened(text[len(first) :].lstrip(), room, size)


def shortened(text: str, room: float, size: float) -> str:
    """The text, cut with an ellipsis where it would be wider than the room at this size of letters."""
    if _width(text, size) <= room:
        return text
    return f"{_fitting(text, room - size * _advance('…'), size).rstrip()}…"


def _fitting(text: str, room: float, size: float) -> str:
    """As much of the beginning as there is room for."""
    return text[: bisect_right(list(accumulate(size * _advance(mark) for mark in text)), room)]


def _width(text: str, size: float) -> float:
    return sum(size * _advance(mark) for mark in text)


def _advance(mark: str) -> float:
    if mark in _SLIM:
        return 0.38
    if mark in _BROAD or east_asian_width(mark) in "WF":
        return 1.0
    return 0.74 if mark.isupper() else 0.6


def _texts(node: Voice | Page) -> list[tuple[str, str, float]]:
    """The lines of a box: class, text, size of letters."""
    name, *more = page_lines(node) if isinstance(node, Page) else (voice_name(node), *voice_lines(node))
    size = _NAME * _BOLD if isinstance(node, Voice) and node.origin else _NAME
    room = _WIDE - 2 * _INSET
    lines = [("name", line, size) for line in wrapped(_calmed(name), room, size)]
    return lines + [("small", shortened(_calmed(line), room, _SMALL), _SMALL) for line in more]


def _calmed(text: str) -> str:
    """The text without letters' marks beyond the second, which could be piled up over other boxes."""
    seen = text[:_SEEN]
    piled = {n for n in range(2, len(seen)) if all(map(combining, seen[n - 2 : n + 1]))}
    return "".join(mark for n, mark in enumerate(seen) if n not in piled) + ("…" if len(text) > _SEEN else "")


def _boxes(hands: Hands) -> Iterable[Box]:
    beside = dict(reversed(hands.copies))
    for node in hands.nodes:
        lines = _texts(node)
        needed = max(_width(text, size) for _, text, size in lines) + 2 * _INSET
        height = sum(_LINES[role] for role, _, _ in lines) + _INSET
        voice = node if isinstance(node, Voice) else None
        yield Box(
            key=node.key, width=min(_WIDE, max(_NARROW, needed)), height=height, last=voice is None,
            floor=0 if voice and voice.origin else 1, block=voice.roof if voice else _block(node, beside),
        )  # fmt: skip


def _block(node: Voice | Page, beside: Mapping[Key, Key]) -> str:
    """A page of which the story has nothing but a copy stands beside the copy."""
    return "\0".join(beside[node.key]) if isinstance(node, Page) and node.outside else ""


def _nodes(hands: Hands, plan: Layout, href: Href | None) -> Iterable[Node]:
    names = heard_names(hands)
    for node in hands.nodes:
        at = plan.places[node.key]
        classes, shape, extra = _page_shape(node, at) if isinstance(node, Page) else _voice_shape(node, at)
        whole = whole_page(node, names) if isinstance(node, Page) else whole_voice(node)
        yield Node(classes, shape, extra, _lines(_texts(node), at), whole, _link(node, href))


def _lines(texts: list[tuple[str, str, float]], at: Place) -> tuple[Line, ...]:
    tops = accumulate((_LINES[role] for role, _, _ in texts), initial=at.y + _INSET / 2)
    return tuple(
        Line(role, _round(at.x + _INSET), _round(top + _LINES[role] - _DESCENT), text)
        for (role, text, _), top in zip(texts, tops, strict=False)
    )


def _link(node: Voice | Page, href: Href | None) -> str | None:
    """Where a node leads; several in one lead nowhere, because they could only lead to one of them."""
    if href is None:
        return None
    if isinstance(node, Page):
        return same_site_or_web(href("article", node.articles[0])) if len(node.articles) == 1 else None
    return same_site_or_web(href("voice", node.names[0])) if len(node.names) == 1 else None


def _voice_shape(voice: Voice, at: Place) -> tuple[str, str, str]:
    """An origin has corners, cut off where it is a party, and a bar where pages rest on it alone; a relay is round."""
    classes = [voice.role, *(["takes-part"] if voice.party else []), *(["alone"] if voice.alone else [])]
    classes += ["unnamed"] if is_unnamed(voice.names[0]) else []
    shape = _cornered(at, 9.0) if voice.party else _rounded(at, 4.0 if voice.origin else min(15.0, at.height / 2))
    bar = f"M{_round(at.x + 2.5)} {_round(at.y + 9)}v{_round(at.height - 18)}" if voice.alone else ""
    return " ".join(classes), shape, bar


def _page_shape(page: Page, at: Place) -> tuple[str, str, str]:
    """A sheet with its corner turned down; several have the edges of others behind them."""
    fold, x, y, right, bottom = 9.0, at.x, at.y, at.x + at.width, at.y + at.height
    across, down = _round(at.width - fold), _round(at.height - fold)
    shape = f"M{_round(x)} {_round(y)}h{across}l{fold} {fold}v{down}H{_round(x)}Z"
    extra = f"M{_round(right - fold)} {_round(y)}v{fold}h{fold}"
    if len(page.articles) > 1:
        extra += f"M{_round(right)} {_round(y + 14)}h4V{_round(bottom + 4)}H{_round(x + 4)}v-4"
    return f"page{' outside' if page.outside else ''}", shape, extra


def _cornered(at: Place, cut: float) -> str:
    across, down = _round(at.width - 2 * cut), _round(at.height - 2 * cut)
    return (
        f"M{_round(at.x + cut)} {_round(at.y)}h{across}l{cut} {cut}v{down}l-{cut} {cut}h-{across}"
        f"l-{cut} -{cut}v-{down}Z"
    )  # fmt: skip


def _rounded(at: Place, radius: float) -> str:
    across, down = _round(at.width - 2 * radius), _round(at.height - 2 * radius)
    turn = f"a{radius} {radius} 0 0 1"
    return (
        f"M{_round(at.x + radius)} {_round(at.y)}h{across}{turn} {radius} {radius}v{down}{turn} -{radius} {radius}"
        f"h-{across}{turn} -{radius} -{radius}v-{down}{turn} {radius} -{radius}Z"
    )  # fmt: skip


def _headings(hands: Hands, plan: Layout) -> list[Line]:
    """What each column holds; of the columns of relays the first says it."""
    lefts = sorted({(place.column, place.x) for place in plan.places.values()})
    last = {plan.places[page.key].column for page in hands.pages}
    names = {column: "Pages" if column in last else "Said first" if column == 0 else "Passed on" for column, _ in lefts}
    shown = {column: name for column, name in names.items() if name != names.get(column - 1)}
    return [Line("heading", _round(x), -_HEADINGS / 2, shown[column]) for column, x in lefts if column in shown]


def _brackets(hands: Hands, plan: Layout) -> list[str]:
    """A bracket beside the origins of one column that stand under one roof, which count once."""
    origins = [(plan.places[one.key].column, one.roof, plan.places[one.key]) for one in hands.voices if one.origin]
    found = []
    for _, same in groupby(sorted(origins), key=lambda row: row[:2]):
        places = [place for _, _, place in same]
        top, bottom = min(one.y for one in places), max(one.y + one.height for one in places)
        if len(places) > 1:
            found.append(f"M{_round(places[0].x - 4)} {_round(top)}h-5V{_round(bottom)}h5")
    return found


def _curve(points: tuple[tuple[float, float], ...]) -> str:
    """A wire: curved between columns, straight within one."""
    steps = [f"M{_round(points[0][0])} {_round(points[0][1])}"]
    for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points)):
        bend = max(36.0, abs(to_x - x) / 2)
        curve = f"C{_round(x + bend)} {_round(y)} {_round(to_x - bend)} {_round(to_y)} {_round(to_x)} {_round(to_y)}"
        steps.append(curve if number % 2 == 0 else f"H{_round(to_x)}")
    return "".join(steps)


def _tips(plan: Layout) -> list[str]:
    """An arrow head before each box to which a wire leads."""
    ends = sorted({points[-1] for points in plan.wires.values()})
    return [f"M{_round(x)} {_round(y)}l-7 -3.5v7Z" for x, y in ends]


def _copies(copies: Iterable[Edge], plan: Layout) -> tuple[list[tuple[str, str]], float]:
    """Right of the pages, for each that was copied a line with branches to its copies; and the room that they take."""
    trunks = {source: [edge[1] for edge in same] for source, same in groupby(sorted(copies), key=lambda edge: edge[0])}
    spans = {key: _span(plan, key, trunks[key]) for key in trunks}
    lanes = _lanes(spans)
    drawn = [_trunk(plan, key, trunks[key], spans[key], lanes[key]) for key in sorted(trunks)]
    return drawn, (20 + _TRUNKS * (1 + max(lanes.values()))) if lanes else 6.0


def _span(plan: Layout, source: Key, targets: Iterable[Key]) -> tuple[float, float]:
    heights = [plan.places[source].middle - 6, *(plan.places[key].middle + 6 for key in targets)]
    return min(heights), max(heights)


def _lanes(spans: Mapping[Key, tuple[float, float]]) -> dict[Key, int]:
    """Short ones inside; those that would touch beside one another."""
    found: dict[Key, int] = {}
    for key in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], one)):
        top, bottom = spans[key]
        taken = {lane for one, lane in found.items() if spans[one][0] < bottom + 8 and top < spans[one][1] + 8}
        found[key] = next(lane for lane in range(len(spans)) if lane not in taken)
    return found


def _trunk(plan: Layout, source: Key, targets: list[Key], span: tuple[float, float], lane: int) -> tuple[str, str]:
    place = plan.places[source]
    right, x = _round(place.x + place.width), _round(place.x + place.width + 20 + _TRUNKS * lane)
    ends = [_round(plan.places[key].middle + 6) for key in targets]
    line = f"M{right} {_round(place.middle - 6)}H{x}M{x} {_round(span[0])}V{_round(span[1])}"
    line += "".join(f"M{x} {y}H{right + 6}" for y in ends)
    return line, "".join(f"M{right + 1} {y}l7 -3.5v7Z" for y in ends)


def _round(value: float) -> float:
    return round(value, 1)
