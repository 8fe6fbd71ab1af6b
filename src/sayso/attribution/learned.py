"""Who says what as the learned model sees it: labelled ranges of tokens, joined into attributions.

Every piece of content picks the cue that it hangs on, and every cue its source; so a quotation in two pieces comes
together by itself, and two statements may share one speaker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from sayso.attribution.lexicon import lexicon
from sayso.attribution.spoken import Spoken
from sayso.encoder import Marks
from sayso.records import Span, Stance

#: Kinds of candidates as training knows them: words, none, and for content a source that speaks without a cue.
_WORDS, _NONE, _UNCUED = 0, 1, 2

#: A second cue of one speaker this near the first is part of it (tokens): "rejected and denied".
JOINED_WITHIN = 4

#: Sentences between a cue and its source, and between a piece of content and its cue: a quotation may run on.
SOURCE_WITHIN, CUE_WITHIN = 2, 4

#: Tokens between two ranges that go together: as far as one window of the training reaches.
NEAR = 250

#: Letters of a quotation mark: the old wire form has two.
MARK = 2

#: Ranges that are scored at once.
BLOCK = 32


def hear(marks: Marks) -> list[Spoken]:
    """The attributions of a text, in the order of what is said."""
    found: dict[str, list[Span]] = defaultdict(list)
    for piece in marks.ranges("attribution"):
        found[piece.kind].append((piece.first, piece.last))
    sources, cues, contents = found["source"], found["cue"], found["content"]
    speakers = _speakers(marks, cues, sources)
    said = _said(marks, contents, cues, sources)
    spoken = []
    for at, pieces in sorted(said.items(), key=lambda row: row[1]):
        cued = at < len(cues)
        source = speakers[at] if cued else sources[at - len(cues)]
        cue = [cues[at], *_further(at, cues, speakers, set(said))] if cued else []
        spoken.append(
            Spoken(
                source=(marks.span(*source),) if source else (),
                cue=tuple(marks.span(*one) for one in sorted(cue)),
                content=_pieces(marks, pieces),
                stance=stance_of([marks.doc.words(marks.span(*one)) for one in cue]),
            )
        )
    return spoken


def _speakers(marks: Marks, cues: list[Span], sources: list[Span]) -> list[Span | None]:
    """For each cue its source, or None where it has none."""
    rows = [(source, _WORDS) for source in sources]
    return [sources[n] if n >= 0 else None for n in _picked(marks, "speaker", cues, rows, SOURCE_WITHIN)]


def _said(marks: Marks, contents: list[Span], cues: list[Span], sources: list[Span]) -> dict[int, list[Span]]:
    """The pieces of content by what they hang on: a cue, or a source (counted on behind the cues).

    What hangs on neither is nobody's statement.
    """
    said: dict[int, list[Span]] = defaultdict(list)
    rows = [*((cue, _WORDS) for cue in cues), *((source, _UNCUED) for source in sources)]
    for content, n in zip(contents, _picked(marks, "saying", contents, rows, CUE_WITHIN), strict=True):
        if n >= 0:
            said[n].append(content)
    return said


def _picked(marks: Marks, scorer: str, left: list[Span], right: list[tuple[Span, int]], reach: int) -> list[int]:
    """For each left range the index of the right one (with its kind) that goes with it best, -1 for none.

    ``reach`` is in sentences. Block by block, so that the work grows with the text and not with its square.
    """
    picked: list[int] = []
    for at in range(0, len(left), BLOCK):
        block = left[at : at + BLOCK]
        low, high = block[0][0] - NEAR, block[-1][1] + NEAR
        near = [n for n, ((first, _), _) in enumerate(right) if low <= first <= high]
        spans = [right[n][0] for n in near]
        scores = marks.pairs(scorer, block, spans, [*(right[n][1] for n in near), _NONE])[:, :, 0]
        for row, one in zip(scores, block, strict=True):
            row[[k for k, span in enumerate(spans) if _is_far(marks, one, span, reach)]] = -np.inf
            picked.append([*near, -1][int(row.argmax())])
    return picked


def _is_far(marks: Marks, a: Span, b: Span, reach: int) -> bool:
    return abs(a[0] - b[0]) > NEAR or abs(marks.sentences[a[0]] - marks.sentences[b[0]]) > reach


def _further(at: int, cues: list[Span], speakers: Sequence[Span | None], busy: set[int]) -> list[Span]:
    """Cues without a content of their own that stand beside this one and have its speaker."""
    near = (n for n in (at - 1, at + 1) if 0 <= n < len(cues) and n not in busy and speakers[n] == speakers[at])
    return [cues[n] for n in near if max(cues[n][0] - cues[at][1], cues[at][0] - cues[n][1]) <= JOINED_WITHIN]


def _pieces(marks: Marks, pieces: list[Span]) -> tuple[Span, ...]:
    """The pieces as spans of the text; neighbours with nothing but white space between them are one."""
    spans: list[Span] = []
    for start, end in (_with_marks(marks, marks.span(*piece)) for piece in sorted(pieces)):
        if spans and not marks.doc.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _with_marks(marks: Marks, span: Span) -> Span:
    """The span with the quotation marks that it just leaves out, and the comma or full stop before a closing one."""
    start, end = span
    for opening, closing in marks.doc.quotes:
        if opening < end and start < closing:
            start = opening if 0 < start - opening <= MARK else start
            end = closing if 0 < closing - end <= MARK + 1 else end
    return start, end


def stance_of(cues: Sequence[str]) -> Stance:
    """What the words of a cue do, by the lexicon; words that it does not know say."""
    known: set[Stance] = set()
    for word in " ".join(cues).lower().split():
        if word in lexicon().verbs:
            known.add(lexicon().verbs[word][0].stance)
        elif word in lexicon().nouns:
            known.add(lexicon().nouns[word].stance)
        elif word in lexicon().adverbs:
            known.add(lexicon().adverbs[word].stance)
    order: tuple[Stance, ...] = ("denies", "doubts", "says", "intends")
    return next((stance for stance in order if stance in known), "says")
