"""Annotated texts as token labels, links and slots: what the network is trained on.

Every corpus labels some of the heads; the others are ``UNLABELLED`` on its texts and give no loss there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.encoder.inputs import Inputs, Vocabulary, make_inputs
from sayso.encoder.labels import TAGS
from sayso.records import Span
from sayso.text import Doc
from training.candidates import Candidate, Wanted, slots_of

UNLABELLED = -100

#: How often a text of each corpus is read in one pass over the data. The conflict gold is small and what matters most.
TIMES_READ = {"attribution": 1.0, "conflict": 5.0, "time": 1.0, "entity": 0.5, "place": 0.25}

FILES = {
    "attribution": "attribution/train.jsonl",
    "conflict": "conflict/gold_train.jsonl",
    "time": "time/train.jsonl",
    "entity": "entity/train.jsonl",
    "place": "place/train.jsonl",
}


@dataclass
class Link:
    """One attribution as token ranges of its pieces."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]


@dataclass
class Text:
    """One annotated text: the model's inputs, labels of every token by head, links and events."""

    id: str
    corpus: str
    inputs: Inputs
    labels: dict[str, NDArray[np.int64]]
    links: list[Link] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)


def load(shared: Path, vocabulary: Vocabulary, only: Sequence[str] = tuple(FILES)) -> list[Text]:
    """All training texts below ``shared``, in the order of the files.

    Raises:
        OSError: where a file of the data is missing.
    """
    return [text for corpus in only for text in _read(shared, corpus, vocabulary)]


def records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _read(shared: Path, corpus: str, vocabulary: Vocabulary) -> Iterator[Text]:
    for record in records(shared / "data" / FILES[corpus]):
        doc = Doc(record["text"])
        text = Text(str(record["id"]), corpus, make_inputs(doc, vocabulary), {})
        _LABEL[corpus](text, doc, record)
        yield text


def _attribution(text: Text, doc: Doc, record: dict[str, Any]) -> None:
    rows: list[tuple[str, Span]] = []
    for row in record["attributions"]:
        link = Link(*(_token_ranges(doc, row[role]) for role in ("source", "cue", "content")))
        text.links.append(link)
        # What lies within another's content is written last: the innermost speaker holds the words.
        rows += [("content", span) for span in link.content]
    rows.sort(key=lambda row: row[1][0] - row[1][1])
    rows += [(role, span) for link in text.links for role in ("source", "cue") for span in getattr(link, role)]
    text.labels["attribution"] = _bio(doc, "attribution", rows)


def _conflict(text: Text, doc: Doc, record: dict[str, Any]) -> None:
    _attribution(text, doc, record)
    labels = {name: np.full(len(doc.tokens), UNLABELLED, dtype=np.int64) for name in ("type", "modality")}
    spans = []
    for event in record["events"]:
        for first, last in _token_ranges(doc, [event["trigger"]]):
            spans.append(("trigger", (first, last)))
            for name, values in labels.items():
                values[first:last] = TAGS[name].index(event[name])
    text.labels |= labels
    text.labels["trigger"] = _bio(doc, "trigger", spans)
    candidates, wanted = slots_of(doc, record)
    text.candidates = [replace(row, span=_token_range(doc, row.span)) for row in candidates]
    text.wanted = [replace(row, trigger=_token_range(doc, row.trigger)) for row in wanted]


def _spans_of(field_name: str, head: str, default: str) -> Any:
    def label(text: Text, doc: Doc, record: dict[str, Any]) -> None:
        rows = [
            (row["type"] if head != "place" else default, span)
            for row in record[field_name]
            for span in _token_ranges(doc, [row["span"]])
        ]
        text.labels[head] = _bio(doc, head, rows)

    return label


_LABEL = {
    "attribution": _attribution,
    "conflict": _conflict,
    "time": _spans_of("timexes", "time", "DATE"),
    "entity": _spans_of("entities", "entity", "PER"),
    "place": _spans_of("toponyms", "place", "place"),
}


def _token_ranges(doc: Doc, spans: Iterable[Sequence[int]]) -> list[Span]:
    """Token ranges of spans; a span without a token is left out."""
    starts = np.array([start for start, _ in doc.tokens])
    ends = np.array([end for _, end in doc.tokens])
    ranges = [(int(np.searchsorted(ends, s, "right")), int(np.searchsorted(starts, e, "left"))) for s, e in spans]
    return [(first, last) for first, last in ranges if first < last]


def _token_range(doc: Doc, span: Span) -> Span:
    return next(iter(_token_ranges(doc, [span])), (0, 0))


def _bio(doc: Doc, head: str, rows: Iterable[tuple[str, Span]]) -> NDArray[np.int64]:
    values = np.zeros(len(doc.tokens), dtype=np.int64)
    for kind, (first, last) in rows:
        values[first] = TAGS[head].index(f"B-{kind}")
        values[first + 1 : last] = TAGS[head].index(f"I-{kind}")
        # An outer span that goes on behind an inner one begins anew there.
        if last < len(values) and TAGS[head][values[last]].startswith("I-"):
            values[last] -= 1
    return values
