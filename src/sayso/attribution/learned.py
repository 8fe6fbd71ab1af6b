"""Who says what as the learned model sees it: labelled ranges of tokens, joined into attributions.

Every piece of content picks the cue that it hangs on, and every cue its source; so a quotation in two pieces comes
together by itself, and two statements may share one speaker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.attribution.lexicon import lexicon
from sayso.attribution.spoken import Spoken
from sayso.encoder import Marks
from sayso.records import Span, Stance

#: Kinds of candidates as training knows them: words, none, and for content a source that speaks without a cue.
_WORDS, _NONE, _UNCUED = 0, 1, 2

#: A second cue of one speaker this near the first is part of it (tokens): "rejected and denied".
JOINED_WITHIN = 4


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
        source = speakers[at] if cued else sources[at - len(cues)] if at < len(cues) + len(sources) else None
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
    if not cues:
        return []
    picked = marks.pairs("speaker", cues, sources, [_WORDS] * len(sources) + [_NONE])[:, :, 0].argmax(axis=1)
    return [sources[n] if n < len(sources) else None for n in picked]


def _said(marks: Marks, contents: list[Span], cues: list[Span], sources: list[Span]) -> dict[int, list[Span]]:
    """The pieces of content by what they hang on: a cue, a source (counted on behind the cues), or nothing."""
    said: dict[int, list[Span]] = defaultdict(list)
    if contents:
        kinds = [_WORDS] * len(cues) + [_UNCUED] * len(sources) + [_NONE]
        for content, n in zip(
            contents, marks.pairs("saying", contents, cues + sources, kinds)[:, :, 0].argmax(axis=1), strict=True
        ):
            # What hangs on nothing is nobody's one statement each.
            said[int(n) if n < len(kinds) - 1 else len(kinds) + content[0]].append(content)
    return said


def _further(at: int, cues: list[Span], speakers: Sequence[Span | None], busy: set[int]) -> list[Span]:
    """Cues without a content of their own that stand beside this one and have its speaker."""
    near = (n for n in (at - 1, at + 1) if 0 <= n < len(cues) and n not in busy and speakers[n] == speakers[at])
    return [cues[n] for n in near if max(cues[n][0] - cues[at][1], cues[at][0] - cues[n][1]) <= JOINED_WITHIN]


def _pieces(marks: Marks, pieces: list[Span]) -> tuple[Span, ...]:
    """The pieces as spans of the text; neighbours with nothing but white space between them are one."""
    spans: list[Span] = []
    for start, end in (marks.span(*piece) for piece in sorted(pieces)):
        if spans and not marks.doc.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


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
