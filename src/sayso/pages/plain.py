"""Plain text to lines, and the article's paragraphs among them.

Text that somebody copied from a page often brings the page's furniture along. It is dropped only where the text
shows that there is some (a notice, a date or by-line above the article, a title that stands there twice); other text
stays whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.pages.furniture import furniture, is_dateline, plain_words
from sayso.records import Block, Record

#: Characters from which a paragraph that ends like a sentence is prose. Titles and notices of news pages are shorter
#: or do not.
PROSE_CHARS = 80

#: Lines of this many characters that run on into the next one were broken to fit a window or a mail.
WRAPPED_CHARS = range(45, 101)

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")


class Paragraph(Record, frozen=True, kw_only=True):
    """Lines that no blank line parts, as indices into the lines of the text."""

    at: tuple[int, ...]
    text: str

    @property
    def is_sentence(self) -> bool:
        return _SENTENCE_END.search(self.text) is not None

    @property
    def is_prose(self) -> bool:
        return len(self.text) >= PROSE_CHARS and self.is_sentence and not furniture().is_notice(self.text)


def article_blocks(text: str) -> tuple[Block, ...]:
    """The lines of a text that is taken as it stands, each where it begins.

    A block's text is its line without the white space around it, so that it is found at ``start``.
    """
    return tuple(
        Block(text=said, tag="line", start=line.start() + line[0].index(said))
        for line in _LINE.finditer(text)
        if (said := line[0].strip())
    )


def body_of_text(text: str) -> tuple[str, tuple[Block, ...]]:
    """The article in plain text, and every line of the text as a block, with ``start`` where it is in the article."""
    lines, paragraphs = _read(text)
    kept = _kept(lines, paragraphs)
    parts: list[str] = []
    starts: dict[int, int] = {}
    length = 0
    for paragraph in paragraphs:
        own = [at for at in paragraph.at if at in kept]
        gap = " " if _is_wrapped([lines[at] for at in own]) else "\n"
        for at in own:
            between = "" if not parts else gap if at != own[0] else "\n\n"
            parts += (between, lines[at])
            starts[at] = length + len(between)
            length = starts[at] + len(lines[at])
    blocks = (Block(text=line, tag="line", start=starts.get(at)) for at, line in enumerate(lines))
    return "".join(parts), tuple(blocks)


def _read(text: str) -> tuple[list[str], list[Paragraph]]:
    lines: list[str] = []
    paragraphs: list[Paragraph] = []
    for part in re.split(r"(?:\r\n|[\r\n\x85\u2028\u2029])[^\S\r\n]*(?:\r\n|[\r\n\x85\u2028\u2029])", text):
        said = [line for found in _LINE.finditer(part) if (line := " ".join(found[0].split()))]
        if said:
            at = tuple(range(len(lines), len(lines) + len(said)))
            lines += said
            paragraphs.append(Paragraph(at=at, text=" ".join(said)))
    return lines, paragraphs


def _kept(lines: Sequence[str], paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the lines of the article: all of them where nothing shows furniture."""
    prose = [number for number, paragraph in enumerate(paragraphs) if paragraph.is_prose]
    everything = frozenset(range(len(lines)))
    if not prose:
        return everything
    notices = {at for at, line in enumerate(lines) if furniture().is_notice(line)}
    head = [at for paragraph in paragraphs[: prose[0]] if not paragraph.is_sentence for at in paragraph.at]
    if not (notices or any(map(is_dateline, (lines[at] for at in head))) or _has_repeats(lines)):
        return everything
    end = _end(lines, paragraphs[prose[0]].at[0])
    dropped = notices | set(head) | set(range(end, len(lines))) | set(_notice_runs(lines, paragraphs))
    return everything - dropped


def _end(lines: Sequence[str], first: int) -> int:
    """Index of the line below the article that begins its comments or its list of other articles."""
    return next((at for at in range(first, len(lines)) if furniture().is_end(lines[at])), len(lines))


def _notice_runs(lines: Sequence[str], paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """Lines of wrapped paragraphs that are a notice as a whole."""
    for paragraph in paragraphs:
        if furniture().is_notice(paragraph.text) and _is_wrapped([lines[at] for at in paragraph.at]):
            yield from paragraph.at


def _has_repeats(lines: Sequence[str]) -> bool:
    """Whether a short line, such as a title, stands in the text twice, or in the first line with the site's name."""
    short = Counter(plain_words(line) for line in lines if len(line) < 200 and not _SENTENCE_END.search(line))
    first = plain_words(lines[0]) if lines else ""
    return any(len(words) > 15 and (count > 1 or (words != first and words in first)) for words, count in short.items())


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines of a paragraph were one line before it was broken to fit."""
    if len(lines) < 2 or any(len(line) not in WRAPPED_CHARS for line in lines[:-1]):
        return False
    return any(not _SENTENCE_END.search(line) and after[0].islower() for line, after in pairwise(lines))
