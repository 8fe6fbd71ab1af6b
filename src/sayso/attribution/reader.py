"""The rules in order over the units of a text, and what they found as records."""

from __future__ import annotations

from sayso.attribution.footers import in_footer
from sayso.attribution.heard import Heard
from sayso.attribution.kinds import has_finite
from sayso.attribution.learned import hear
from sayso.attribution.lexicon import words
from sayso.attribution.phrases import read_according, read_adverb, read_citing, read_label, read_noun, read_tail
from sayso.attribution.sequels import unclaimed
from sayso.attribution.spoken import Spoken
from sayso.attribution.units import Range, Unit, is_quote, low, span, units
from sayso.attribution.verbs import read_verb
from sayso.encoder import Marks
from sayso.records import Attribution, Kind, Span
from sayso.text import Doc


def read_attributions(doc: Doc, marks: Marks | None = None) -> tuple[Attribution, ...]:
    """Every statement that the text attributes to somebody, in text order.

    By the learned model's marks where there are any, else by rules. Spans are half-open code points into
    ``doc.text``. ``speaker`` is provisional, the source's own words or ``unnamed``; ``via`` is empty.
    """
    spoken = hear(marks) if marks is not None else hear_by_rules(doc)
    return tuple(_attribution(doc, one) for one in spoken if not in_footer(doc, one))


def hear_by_rules(doc: Doc) -> list[Spoken]:
    """The attributions that the rules find. The content of a quotation includes its marks."""
    spoken: list[Spoken] = []
    last: tuple[int, Unit] | None = None
    for unit in units(doc):
        heard = _read_unit(unit)
        opening = _opening_quotes(unit, heard)
        if opening and spoken and last is not None and _goes_on(unit, last, heard):
            spoken[-1] = spoken[-1]._replace(content=spoken[-1].content + opening)
            last = (unit.paragraph, unit)
        for one in sorted([*heard, *unclaimed(unit, heard)], key=lambda one: one.content[0]):
            sources = _co_speakers(unit, one.source) if one.source is not None else [None]
            spoken += [_spoken(unit, one._replace(source=source)) for source in sources]
            last = (unit.paragraph, unit)
    return spoken


def _read_unit(unit: Unit) -> list[Heard]:
    held: list[Heard] = []
    floors = [0]
    at = 0
    while at < len(unit.items):
        found = None if unit.items[at].kind == "quote" else _read_next(unit, at, held, floors)
        at += 1
        if found is not None:
            held.append(found)
            at = max(at, found.end)
            floors.append(at)
    return [inner for one in held for inner in (one, *_within(unit, one))]


def _within(unit: Unit, outer: Heard) -> list[Heard]:
    """Statements told within an indirect statement: "X said Y had told them S"."""
    start, end = outer.content[-1]
    if outer.stance != "says" or not outer.cue or start < outer.cue[0][0]:
        return []
    start += low(unit, start) == "that"
    found: list[Heard] = []
    at = start + 1
    while at < end:
        inner = None if unit.items[at].kind != "word" else _read_at(unit, at, start, None)
        at += 1
        if inner is not None and _is_told(unit, inner, end):
            first, last = inner.content[0]
            found.append(inner._replace(content=((first, min(last, end)),)))
            at = start = max(at, min(inner.end, end))
    return found


def _is_told(unit: Unit, inner: Heard, end: int) -> bool:
    """Whether a clause of its own follows the cue, with a source and before ``end``."""
    first, last = inner.content[0]
    if not (inner.source and inner.cue and inner.stance in ("says", "denies") and inner.cue[0][0] < first < end):
        return False
    return has_finite(unit, (first, min(last, end)))


def _read_next(unit: Unit, at: int, held: list[Heard], floors: list[int]) -> Heard | None:
    """What is found at an item; what it takes over from the attribution before is taken off ``held``."""
    if not held:
        return _read_at(unit, at, 0, None)
    earlier = held[-1]
    if earlier.stance == "intends" or earlier.source is None:
        # "X hopes to win, officials said": all of it is what the officials say.
        wider = _read_at(unit, at, floors[-2], None)
        if wider is not None and _follows(wider) and wider.stance != "intends":
            held.pop()
            floors.pop()
            return wider
    found = _read_at(unit, at, floors[-1], earlier)
    if found is not None and found.content == earlier.content:
        held.pop()
        floors.pop()
    elif found is not None and _follows(found) and found.content[0][0] <= floors[-1] + 1:
        # "X said S, the agency reported": the agency relays what has its speaker already.
        return found if _is_statement(unit, found) else None
    return found


def _follows(found: Heard) -> bool:
    return bool(found.cue) and found.content[0][1] <= found.cue[0][0]


def _is_statement(unit: Unit, found: Heard) -> bool:
    piece = found.content[0]
    return has_finite(unit, piece) or any(is_quote(unit, at) for at in range(*piece))


def _read_at(unit: Unit, at: int, floor: int, earlier: Heard | None) -> Heard | None:
    if unit.items[at].kind == "mark":
        return read_tail(unit, at, floor) or read_label(unit, at, floor)
    return (
        read_according(unit, at, floor)
        or read_citing(unit, at, floor, earlier)
        or read_verb(unit, at, floor, earlier)
        or read_noun(unit, at, floor)
        or read_adverb(unit, at, floor)
    )


def _opening_quotes(unit: Unit, heard: list[Heard]) -> tuple[Span, ...]:
    """The quotations that open a unit and that no rule has given to a speaker."""
    taken = min((piece[0] for one in heard for piece in one.content), default=len(unit.items))
    pieces = []
    for at in range(min(taken, len(unit.items))):
        if not is_quote(unit, at):
            break
        pieces.append(span(unit, (at, at + 1)))
    return tuple(pieces)


def _goes_on(unit: Unit, last: tuple[int, Unit], heard: list[Heard]) -> bool:
    """Whether the speaker before goes on: in the same paragraph, or in the next one with quotations only."""
    only = all(item.kind != "word" for item in unit.items)
    return unit.paragraph == last[0] or (only and not heard and unit.paragraph == last[0] + 1)


def _spoken(unit: Unit, one: Heard) -> Spoken:
    return Spoken(
        source=(span(unit, one.source),) if one.source is not None else (),
        cue=tuple(span(unit, piece) for piece in one.cue),
        content=tuple(span(unit, piece) for piece in one.content),
        stance=one.stance,
    )


def _attribution(doc: Doc, one: Spoken) -> Attribution:
    speaker = " ".join(doc.words(piece) for piece in one.source) or "unnamed"
    return Attribution(
        source=one.source, cue=one.cue, content=one.content, kind=_kind(doc, one.content), stance=one.stance,
        speaker=speaker,
    )  # fmt: skip


def _kind(doc: Doc, content: tuple[Span, ...]) -> Kind:
    """``direct`` where quotations fill the content, ``mixed`` where they stand within it."""
    quoted = sum(
        min(end, quote[1]) - max(start, quote[0])
        for start, end in content
        for quote in doc.quotes
        if quote[0] < end and start < quote[1]
    )
    length = sum(end - start for start, end in content)
    if quoted >= length - 3 * len(content):
        return "direct"
    return "mixed" if quoted else "indirect"


def _co_speakers(unit: Unit, source: Range) -> list[Range]:
    """The speakers of one noun phrase: "residents and a monitor" are two, "the ministry of health and trade" is one."""
    start, end = source
    for at in range(start + 1, end - 1):
        word = low(unit, at)
        if word in words("prepositions") or word in (",", "("):
            break
        second = low(unit, at + 1) in words("determiners", "possessives")
        if word == "and" and (second or (at - start == 1 and end - at == 2 and unit.items[at - 1].low.endswith("s"))):
            return [(start, at), (at + 1, end)]
    return [source]
