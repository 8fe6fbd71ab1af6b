"""From the sketches of all slices to copies and stories: the same functions by which a case tells its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from sayso.bulk.parts import TableFile, path_of, rows_in
from sayso.bulk.settling import Seen, Settled, settled
from sayso.bulk.tables import Row
from sayso.case.cores import counted
from sayso.case.store import Progress, unpacked
from sayso.export import material, story_rows
from sayso.records import Story, to_json
from sayso.stories import (
    Columns,
    Copy,
    Grouping,
    Mention,
    Over,
    Repeats,
    Rulings,
    Sketch,
    Text,
    find_copies,
    in_order,
    meet,
    story_of,
    text_of,
)

#: Happenings that are told in one part of the work, and rows of a table that are written at once.
_AT_ONCE = 200

#: Of a table that is told of all there is one part.
_PART = "all"


class Told(NamedTuple):
    """How much there was to tell."""

    articles: int
    copies: int
    stories: int
    status: dict[str, int]


class _Texts(msgspec.Struct):
    text: str


class _Reading(msgspec.Struct):
    """As much of a reading as copies are looked for in."""

    article: _Texts


def tell(output: Path, names: Sequence[str], over: Over, progress: Progress) -> Told:
    """Writes the tables that are told of all slices.

    Args:
        names: the slices, in the order of the input.
        over: what parts of the work are done by.
    """
    columns = ["slice", "number", "article", "key", "fetched", "text_sha256"]
    articles = list(settled(Seen(*row) for row in rows_in(output, "sketches", names, columns)))
    told = sorted((one.article, n) for n, one in enumerate(articles) if one.state == "told")
    homes = {ident: _place(articles[n]) for ident, n in told}
    wanted = {n: row for row, (_, n) in enumerate(told)}
    packed = _at(rows_in(output, "sketches", names, ["sketch"]), wanted)
    kept = _Sketches(packed, [ident for ident, _ in told])
    grouping = Grouping(kept.all(progress))
    groups, mentions = grouping.groups(counted(over, "comparing", progress)), grouping.columns
    # the index of words is large, and what follows needs room
    del grouping
    texts = _texts(output, names, wanted, kept)
    copies = find_copies(texts, counted(over, "looking for copies", progress))
    stories = _stories(groups, mentions, kept, copies, _rulings(output, names, set(homes.values())), over, progress)
    _write(output, "articles", map(_article_row, articles))
    _write(output, "copies", map(_copy_row, copies))
    _write(output, "stories", (row for row, _ in stories))
    placed = ({**row, **homes[row["article"]]._asdict()} for _, rows in stories for row in rows)
    _write(output, "reports", placed)
    status = Counter(row["status"] for row, _ in stories)
    return Told(len(told), len(copies), len(stories), dict(sorted(status.items())))


class _Place(NamedTuple):
    """Where the rows of a reading stand in the tables of slices."""

    slice: str
    number: int


def _place(one: Settled) -> _Place:
    return _Place(one.seen.slice, one.seen.number)


def _article_row(one: Settled) -> Row:
    return {
        **_place(one)._asdict(),
        "reading": one.seen.id,
        "article": one.article,
        "key": one.seen.key,
        "state": one.state,
    }


def _at(rows: Iterable[tuple[Any]], wanted: dict[int, int]) -> list[Any]:
    """One column of the rows that are told of, in the order in which they are."""
    found: list[Any] = [None] * len(wanted)
    for n, (value,) in enumerate(rows):
        if n in wanted:
            found[wanted[n]] = value
    return found


class _Sketches:
    """All sketches, packed, under the ids of their articles; they are unpacked as they are asked for."""

    def __init__(self, packed: Sequence[bytes], idents: Sequence[str]) -> None:
        self._packed, self._idents = packed, idents
        self.at = lru_cache(maxsize=2048)(self._unpacked)

    def _unpacked(self, number: int) -> Sketch:
        sketch, ident = unpacked(self._packed[number]), self._idents[number]
        if sketch.article == ident:
            return sketch
        mentions = tuple(replace(one, article=ident) for one in sketch.mentions)
        return replace(sketch, article=ident, mentions=mentions)

    def all(self, progress: Progress) -> Iterator[Sketch]:
        for number in range(len(self._packed)):
            progress("indexing", number, len(self._packed))
            yield self._unpacked(number)


def _texts(output: Path, names: Sequence[str], wanted: dict[int, int], kept: _Sketches) -> list[Text]:
    """The texts in which copies are looked for; of a reading no more than its text stays in memory."""
    decoder, found = msgspec.json.Decoder(_Reading), dict[int, Text]()
    for n, (reading,) in enumerate(rows_in(output, "readings", names, ["reading"])):
        if n in wanted:
            found[wanted[n]] = text_of(kept.at(wanted[n]), decoder.decode(reading).article.text)
    return [found[row] for row in range(len(found))]


def _rulings(output: Path, names: Sequence[str], told: set[_Place]) -> Rulings:
    """The names that meet, the most frequent first: by these stories are told."""
    counts: Counter[str] = Counter()
    for voice, claims, *place in rows_in(output, "speakers", names, ["voice", "claims", "slice", "number"]):
        if tuple(place) in told:
            counts[voice] += claims
    found = meet(sorted(counts, key=lambda voice: (-counts[voice], voice)))
    return Rulings(names={voice: one.name for voice, one in found.items()})


def _stories(
    groups: Sequence[Sequence[int]], columns: Columns, kept: _Sketches, copies: Sequence[Copy], rulings: Rulings,
    over: Over, progress: Progress,
) -> list[tuple[Row, list[Row]]]:  # fmt: skip
    """The row of each story with those of its reports, in the order of stories."""
    repeats, done = Repeats(copies), 0

    def mention(row: int) -> Mention:
        article = int(columns.article.values[row])
        return kept.at(article).mentions[row - int(columns.first_rows.values[article])]

    def told(lot: Sequence[Sequence[int]]) -> list[tuple[tuple[str, str], Row, list[Row]]]:
        return [_told(rulings.ruled(map(mention, rows)), repeats) for rows in lot]

    # day by day: what is told of one day stands in few articles, which are at hand then
    ordered = sorted(groups, key=lambda rows: columns.told_on(rows[0]))
    lots = [ordered[n : n + _AT_ONCE] for n in range(0, len(ordered), _AT_ONCE)]
    found: list[tuple[tuple[str, str], Row, list[Row]]] = []
    for lot in over(told, lots):
        progress("telling", done, len(ordered))
        done += len(lot)
        found += lot
    return [(story, reports) for _, story, reports in sorted(found, key=lambda one: one[0])]


def _told(mentions: Sequence[Mention], repeats: Repeats) -> tuple[tuple[str, str], Row, list[Row]]:
    story = story_of(mentions, repeats)
    reports = [
        {"story": story.id, "article": one.article, "event": one.event, "claim": one.claim,
         "copied_from": one.copied_from, "voice": mention.voice, "roof": mention.roof}
        for one, mention in zip(story.reports, _in_order(mentions, story), strict=True)
    ]  # fmt: skip
    return in_order(story), _story_row(story, mentions), reports


def _in_order(mentions: Sequence[Mention], story: Story) -> Iterator[Mention]:
    by_key = {mention.key: mention for mention in mentions}
    return (by_key[report.article, report.event] for report in story.reports)


def _story_row(story: Story, mentions: Sequence[Mention]) -> Row:
    (row,) = story_rows(material((story,), ()))
    # as in the tables of a case: no denials, no plans, nothing that may have happened
    tolls = [one.killed for one in mentions if one.killed is not None and one.event.modality == "asserted"]
    lows = [low for low, _ in tolls if low is not None]
    highs = [high for _, high in tolls if high is not None]
    row |= {"killed_low": min(lows, default=None), "killed_high": max(highs, default=None)}
    return {**row, "json": to_json(story).decode()}


def _copy_row(copy: Copy) -> Row:
    return {
        "first": copy.first, "second": copy.second, "direction": copy.direction, "share": copy.share,
        "reasons": "; ".join(copy.reasons), "passages": msgspec.json.encode(copy.passages).decode(),
    }  # fmt: skip


def _write(output: Path, table: str, rows: Iterable[Row]) -> None:
    with TableFile(path_of(output, table, _PART), table) as file:
        lot: list[Row] = []
        for row in rows:
            lot.append(row)
            if len(lot) >= _AT_ONCE:
                file.write(lot)
                lot = []
        file.write(lot)
