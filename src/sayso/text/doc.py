"""An article's text with its paragraphs, sentences and tokens, all as half-open spans; made once, read by all."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from sayso.records import Span
from sayso.text.quotes import quoted_spans
from sayso.text.sentences import split_sentences

#: The tokens that the measure counts: runs of word characters, or single marks.
TOKEN = re.compile(r"\w+|\S")

_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")


class Doc:
    """A text and its parts. Immutable in use; the parts are computed on first need.

    Every part is a ``Span``; ``doc.words(span)`` gives its words. A paragraph is a line that is not
    blank; a sentence lies within one paragraph; a token is ``\\w+`` or one other mark.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def words(self, span: Span) -> str:
        """The words at ``span``."""
        return self.text[span[0] : span[1]]

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        return tuple(match.span() for match in _PARAGRAPH.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return tuple(
            (start + a, start + b) for start, end in self.paragraphs for a, b in split_sentences(self.text[start:end])
        )

    @cached_property
    def tokens(self) -> tuple[Span, ...]:
        return tuple(match.span() for match in TOKEN.finditer(self.text))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """What stands between quotation marks, marks included; see ``quoted_spans``."""
        return quoted_spans(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [start for start, _ in self.tokens]

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence that holds ``offset``, or of the last one that begins before it (at least 0)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds ``offset``; ``(0, 0)`` in an empty text."""
        return self.sentences[self.sentence_index(offset)] if self.sentences else (0, 0)

    def paragraph_index(self, offset: int) -> int:
        """Index of the paragraph that holds ``offset``, or of the last one that begins before it."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def tokens_in(self, span: Span) -> tuple[Span, ...]:
        """The tokens that begin within ``span``."""
        first = bisect_right(self._token_starts, span[0] - 1)
        return self.tokens[first : bisect_right(self._token_starts, span[1] - 1)]

    def quote_at(self, offset: int) -> Span | None:
        """The quotation that holds ``offset``, marks included, or None."""
        return next((quote for quote in self.quotes if quote[0] <= offset < quote[1]), None)
