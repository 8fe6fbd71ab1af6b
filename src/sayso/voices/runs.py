"""Runs of capitalised words, told apart by titles, roles, head words and first names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.records import EntityType, Span
from sayso.text import Doc
from sayso.voices.nations import nation_of_adjective
from sayso.voices.spans import InOrder, Placed
from sayso.voices.words import Word, word_list

#: No name of a person runs longer (words); what does is a heading.
_MAX_PERSON = 4
_MAX_RUN = 9

#: Words that join two capitalised words into one name.
_LINKS = frozenset({"of", "for", "the", "bin", "ibn", "de", "al", "el", "van", "von", "der", "and"})


#: Ends of abstract nouns, adverbs and participles, in which hardly a name ends.
_ABSTRACT = re.compile(r"(?i)(?:tions?|ments?|ness|ities|isms?|ships?|ances?|ences?|ings|ally|ables?|ives?|ously)$")

#: So many capitalised words in a row are a heading: only titles and first names count in it.
_HEADING = 5


def read_runs(doc: Doc, words: Sequence[Word], located: Sequence[Span]) -> Iterator[tuple[Span, EntityType, str]]:
    """People, bodies and places that no list knows, with their spans."""
    places = {start for start, _ in located}
    lowered = frozenset(word.text for word in words if word.text.islower())
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        whole = _run_from(doc, words, at)
        role = at > 0 and words[at - 1].text in word_list("roles") and doc.text[words[at - 1].end] == " "
        run, titled = _trimmed(whole, titled=role)
        at += len(whole)
        if run and (run[0].start not in places or _is_body(run)):
            kind = _kind_of(run, lowered, titled=titled, heading=len(whole) >= _HEADING)
            if kind is not None:
                span = (run[0].start, run[-1].end)
                yield span, kind, " ".join(doc.words(span).split())


def breaks(words: Sequence[Word], taken: Sequence[Placed]) -> tuple[Word, ...]:
    """The words, of which those that lie in a name already read join no run."""
    inside, verbs = InOrder(taken), word_list("heading_verbs")
    return tuple(
        word._replace(capital=False, text="")
        if word.capital and (word.text in verbs or inside.overlaps((word.start, word.end)))
        else word
        for word in words
    )


def _run_from(doc: Doc, words: Sequence[Word], at: int) -> list[Word]:
    run = [words[at]]
    while at + 1 < len(words) and len(run) < _MAX_RUN:
        gap = doc.text[words[at].end : words[at + 1].start]
        if not (gap == " " or (gap == ". " and _is_abbreviation(words[at].text))):
            break
        if words[at + 1].capital:
            run.append(words[at := at + 1])
        elif words[at + 1].text in _LINKS and at + 2 < len(words) and words[at + 2].capital and _joins(doc, words, at):
            run += [words[at + 1], words[at + 2]]
            at += 2
        else:
            break
    return run


def _joins(doc: Doc, words: Sequence[Word], at: int) -> bool:
    """Whether "of" and its like join: behind a head word ("Ministry of ..."), or inside a person's name."""
    if doc.text[words[at + 1].end : words[at + 2].start] != " ":
        return False
    link = words[at + 1].text
    return link not in ("of", "for", "the", "and") or (link != "and" and words[at].text in word_list("body_heads"))


def _is_abbreviation(word: str) -> bool:
    return len(word) == 1 or word == "St" or (len(word) <= 4 and word in word_list("titles"))


def _trimmed(run: list[Word], *, titled: bool) -> tuple[list[Word], bool]:
    """The run without what stands before a name (nations, titles, "The") or behind it, and whether a title does."""
    titles, no_names, portfolios = word_list("titles"), word_list("no_names"), word_list("portfolios")
    while run and run[-1].text in no_names:
        run = run[:-1]
    while run and (run[0].text in no_names or (nation_of_adjective(run[0].text) and not _is_body(run))):
        run = run[1:]
    if not run or _is_body(run):
        return run, titled
    last = max((at for at, word in enumerate(run) if word.text in titles), default=-1)
    run, titled = run[last + 1 :], titled or last >= 0
    while len(run) > 1 and run[0].text in portfolios:
        run = run[1:]
    return run, titled


def _is_body(run: Sequence[Word]) -> bool:
    heads = word_list("body_heads")
    return len(run) > 1 and (
        run[-1].text in heads or any(a.text in heads and b.text in ("of", "for") for a, b in pairwise(run))
    )


def _kind_of(run: Sequence[Word], lowered: frozenset[str], *, titled: bool, heading: bool) -> EntityType | None:
    first = run[0].text
    if _is_body(run):
        return "ORG"
    ordinary = any(_is_common(word.text, lowered) for word in run if word.capital)
    initial = len(run) > 1 and _is_abbreviation(first)
    if first in word_list("first_names") or ((titled or initial) and not ordinary):
        return "PER" if len(run) <= _MAX_PERSON else None
    if ordinary or heading:
        return None
    if len(run) > 1 and (run[-1].text in word_list("place_heads") or first in word_list("place_firsts")):
        return "LOC"
    return _kind_by_letters(run)


def _kind_by_letters(run: Sequence[Word]) -> EntityType | None:
    """Initials name a body; two or three words that are nothing else name a person, most often."""
    first = run[0].text
    if len(run) == 1:
        return "ORG" if 3 <= len(first) <= 6 and first.isupper() and first.isalpha() else None
    return "PER" if len(run) <= 3 and not any(word.text.isupper() or word.text[0].isdigit() for word in run) else None


def _is_common(word: str, lowered: frozenset[str]) -> bool:
    """Whether a capitalised word is an ordinary one: the text writes it small too, or a page's furniture holds it."""
    title = word.capitalize()
    if title in word_list("no_names") or title in word_list("page_words") or _ABSTRACT.search(word):
        return True
    if nation_of_adjective(word) is not None or word.lower().startswith(("pro-", "anti-")):
        return True
    return word.lower() in lowered and title not in word_list("place_heads")
