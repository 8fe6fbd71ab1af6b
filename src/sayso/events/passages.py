"""Sentences as the room reads them: headlines that stand in the text set apart, with their clause boundaries."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from sayso.events.lexicon import Word, words_of
from sayso.records import Article, Span
from sayso.text import Doc

#: Where a headline that stands in the text may begin and end (code points).
HEADLINE_WITHIN = 600

#: Words of a title that are looked for.
MAX_TITLE = 40

#: A sentence longer than this is cut (code points): no editor writes one, and the work on a passage is not linear.
MAX_PASSAGE = 1_500

# What parts two clauses: marks, words that begin a clause, "and" before a verb or a subject of its own.
_STRONG = re.compile(
    r"[;:]|\s[-–—]\s|(?<=\w)[.?!]\s|\b(?:when|while|after|before|because|although|though|but|which|who|where|that|whereas|if|until|since|as)\b"
    r"|,\s(?:and|with|in addition to|adding|saying)\b|\band\s(?=(?:\w+\s){0,6}(?:was|were|had|has|have|is|are)\b)",
    re.IGNORECASE,
)
#: A question, or a heading that leaves its answer to the text under it: "Who fired", "How many died".
_QUESTION = re.compile(r"\?[\"”’'»)]*$|^(?:who|what|how|why|when|where|which)\b(?:\s[\w’'-]+){0,7}$", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_MARKS = re.compile(r"\W")
_WEAK = re.compile(r",|\band\b|\bor\b|\b[a-z]{3,}ing\b|[()\"“”]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or headline: its words, and the offsets where clauses (strong) and phrases (weak) part."""

    span: Span
    words: tuple[Word, ...]
    strong: tuple[int, ...]
    weak: tuple[int, ...]
    headline: bool = False
    asks: bool = False

    def clause(self, offset: int) -> Span:
        """The clause that holds ``offset``."""
        at = bisect_left(self.strong, offset + 1)
        start = self.strong[at - 1] if at else self.span[0]
        return start, self.strong[at] if at < len(self.strong) else self.span[1]

    def distance(self, a: Span, b: Span) -> float:
        """How far apart two spans stand, in words; a boundary of phrases between them counts 2 more, of clauses 8."""
        if a[0] > b[0]:
            a, b = b, a
        between = (a[1], max(a[1], b[0]))
        words = (between[1] - between[0]) / 6
        return words + 2 * _inside(self.weak, between) + 8 * _inside(self.strong, between)


def _inside(offsets: tuple[int, ...], span: Span) -> int:
    return max(0, bisect_left(offsets, span[1]) - bisect_left(offsets, span[0]))


def read_passages(doc: Doc, article: Article) -> tuple[Passage, ...]:
    """Every sentence of the text, in order; a sentence that opens with the article's title is parted after it."""
    headline = headline_span(doc.text, article.title)
    passages = []
    for start, end in doc.sentences:
        cuts = [start, end]
        if headline is not None:
            cuts += [cut for cut in headline if start < cut < end]
        cuts += range(start + MAX_PASSAGE, end, MAX_PASSAGE)
        cuts.sort()
        for a, b in pairwise(cuts):
            passages.append(_passage(doc.text, (a, b), headline is not None and headline[0] <= a and b <= headline[1]))
    return tuple(passages)


def _passage(text: str, span: Span, headline: bool) -> Passage:
    return Passage(
        span=span,
        words=words_of(text, *span),
        strong=tuple(match.start() for match in _STRONG.finditer(text, *span)),
        weak=tuple(match.start() for match in _WEAK.finditer(text, *span)),
        headline=headline,
        asks=_QUESTION.search(text[slice(*span)]) is not None,
    )


def headline_span(text: str, title: str | None) -> Span | None:
    """Where the title stands in the opening of the text, or None: at least four of its words in a row.

    Pages often repeat their headline, sometimes with other marks, at the head of the body.
    """
    heads = [(_bare(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text, 0, HEADLINE_WITHIN)]
    wanted = [_bare(word) for word in (title or "").split()[:MAX_TITLE]]
    best, found = max(3, len(wanted) // 2), None
    for at, (word, start, _) in enumerate(heads):
        # A title may open with the outlet's name, which the body leaves out.
        if word in wanted[:6]:
            run = _run(heads[at:], wanted[wanted.index(word) :])
            if run > best:
                best, found = run, (start, heads[at + run - 1][2])
    return found


def _run(heads: list[tuple[str, int, int]], wanted: list[str]) -> int:
    """How many words of the title stand there in a row."""
    pairs = zip(heads, wanted, strict=False)
    return next((n for n, (head, word) in enumerate(pairs) if head[0] != word), min(len(heads), len(wanted)))


def _bare(word: str) -> str:
    return _MARKS.sub("", word).casefold()
