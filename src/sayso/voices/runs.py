"""Runs of capitalised words, told apart by titles, roles, head words and first names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.records import EntityType, Span
from sayso.text import Doc
from sayso.voices.nations import nation_of_adjective
from sayso.voices.words import Word, word_list

#: No name of a person runs longer (words); what does is a heading.
_MAX_PERSON = 4
_MAX_RUN = 9

#: Words that join two capitalised words into one name.
_LINKS = frozenset({"of", "for", "the", "bin", "ibn", "de", "al", "el", "van", "von", "der", "and"})


#: Ends of abstract nouns, adverbs and participles, in which hardly a name ends.
_ABSTRACT = re.compile(r"(?i)(?:tions?|ments?|ness|ities|isms?|ships?|ances?|ences?|ings|ally|ables?|ives?|ously)$")


def read_runs(doc: Doc, words: Sequence[Word], located: Sequence[Span]) -> Iterator[tuple[Span, EntityType, str]]:
    """People and bodies that no list knows, with their spans."""
    places = {start for start, _ in located}
    lowered = frozenset(word.text for word in words if word.text.islower())
    at = 0
    while at < len(words):
        if not words[at].capital:
            at += 1
            continue
        run = _run_from(doc, words, at)
        before = words[at - 1] if at and doc.text[words[at - 1].end : words[at].start] == " " else None
        for span, kind in _read_run(run, before, places, lowered):
            yield span, kind, " ".join(doc.words(span).split())
        at += len(run)


def breaks(words: Sequence[Word], taken: Sequence[Span]) -> tuple[Word, ...]:
    """The words, of which those that lie in a name already read join no run."""
    inside = {at for span in taken for at in range(*span)}
    return tuple(word._replace(capital=False, text="") if word.start in inside else word for word in words)


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
    return len(word) == 1 or (len(word) <= 4 and word in word_list("titles"))


def _read_run(
    run: list[Word], before: Word | None, places: set[int], lowered: frozenset[str]
) -> Iterator[tuple[Span, EntityType]]:
    titles, no_names, roles = word_list("titles"), word_list("no_names"), word_list("roles")
    titled = before is not None and before.text in roles
    while run and (run[0].text in no_names or run[0].text in titles or nation_of_adjective(run[0].text)):
        if nation_of_adjective(run[0].text) and _is_body(run):
            break
        titled = titled or run[0].text in titles
        run = run[1:]
    while run and run[-1].text in no_names:
        run = run[:-1]
    if not run or run[0].start in places:
        return
    kind = _kind_of(run, lowered, titled=titled)
    if kind is not None:
        yield (run[0].start, run[-1].end), kind


def _is_body(run: Sequence[Word]) -> bool:
    heads = word_list("body_heads")
    return len(run) > 1 and (
        run[-1].text in heads or any(a.text in heads and b.text in ("of", "for") for a, b in pairwise(run))
    )


def _kind_of(run: Sequence[Word], lowered: frozenset[str], *, titled: bool) -> EntityType | None:
    first = run[0].text
    if _is_body(run):
        return "ORG"
    if titled or first in word_list("first_names") or (len(run) > 1 and _is_abbreviation(first)):
        return "PER" if len(run) <= _MAX_PERSON else None
    if any(_is_common(word.text, lowered) for word in run):
        return None
    if len(run) > 1 and (run[-1].text in word_list("place_heads") or first in word_list("place_firsts")):
        return "LOC"
    if len(run) == 1:
        return "ORG" if 3 <= len(first) <= 6 and first.isupper() and first.isalpha() else None
    return "PER" if len(run) <= 3 and all(word.text[:1].isalpha() and not word.text.isupper() for word in run) else None


def _is_common(word: str, lowered: frozenset[str]) -> bool:
    """Whether a capitalised word is an ordinary one: the text writes it small too, or a page's furniture holds it."""
    title = word.capitalize()
    if title in word_list("no_names") or title in word_list("page_words") or _ABSTRACT.search(word):
        return True
    return word.lower() in lowered and title not in word_list("place_heads")
