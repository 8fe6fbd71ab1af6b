"""Is a spot a place? What the words in and around it say, each with a weight.

The weights stand in ``weights.tsv``: log odds, fitted by logistic regression on LGL's train file (484 articles,
10,000 spots) and rounded, so that each can be read and argued with. A spot is a place where they sum to zero or more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import exp

from sayso.places.folding import plain_key
from sayso.places.lists import table, words
from sayso.places.spotting import Spot
from sayso.text import Doc

_WORD_BEFORE = re.compile(r"([\w’'-]+\.?)(\W{0,3})\Z")
_WORD_AFTER = re.compile(r"(\W{0,3})([\w’'-]+)")
_CAPITAL = re.compile(r"[A-Z]")

#: A town is "big", "fair" or "small" by the people of its largest namesake.
_BIG, _FAIR = 500_000, 30_000

#: Of the town's name and others: how much of the text around a spot is looked at (code points).
_WINDOW = 30


class Evidence:
    """Weighs the spots of one text; what a name means in one place of it counts in the others.

    Args:
        doc: the text.
        spots: all its spots.
        home: key of the name of the town that the article's outlet serves; "" where that is not known.
    """

    def __init__(self, doc: Doc, spots: tuple[Spot, ...], home: str) -> None:
        self.doc, self.spots, self.home = doc, spots, home
        self._starts = {span[0] for span in doc.sentences}
        self._index = {found.span[0]: position for position, found in enumerate(spots)}
        self._ends = {found.span[1]: found for found in spots}
        self._lands = _lands(spots)
        self._names = Counter(plain_key(doc.words(found.span)) for found in spots)
        self._people = self._persons()
        self._strong = {plain_key(doc.words(found.span)) for found in spots if self._is_strong(found)}

    def chance(self, found: Spot) -> float:
        """How likely the spot is a place, in [0, 1]."""
        total = sum(weights().get(sign, 0.0) for sign in self.signs(found))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def signs(self, found: Spot) -> Iterator[str]:
        """The names of all that speaks for or against a spot; each is a line of ``weights.tsv``."""
        yield "always"
        kind = self._kind(found)
        yield f"kind {kind}"
        if kind in ("people", "short", "street", "ground", "country", "listed"):
            around = list(self._around(found, f" {kind}" if kind in ("people", "short", "country") else ""))
            yield from around
            if "after capital country" in around and plain_key(self.doc.words(found.span)) in words()["given"]:
                yield "opens like a person"
            return
        if any(c.country in self._lands and c.kind != "county" for c in found.candidates):
            yield "in a country named here"
        name = self.doc.words(found.span)
        key = plain_key(name)
        yield f"words {min(3, len(key.split()))}"
        if " " not in key:
            yield from self._single(key)
        yield from self._around(found, "")
        if name.isupper() and len(name) > 3:
            yield "capitals"
        if key in self._strong:
            yield "strong elsewhere"
        yield f"times {min(3, self._names[key])}"

    def _kind(self, found: Spot) -> str:
        if found.shape != "name":
            return found.shape
        kinds = {candidate.kind for candidate in found.candidates}
        for kind in ("country", "state", "county"):
            if kind in kinds and any(c.kind == kind and c.main for c in found.candidates):
                return kind
        if "capital" in kinds:
            return "capital"
        if kinds & {"province", "area", "world", "water", "site", "quarter"}:
            return "listed"
        if kinds == {"county"}:
            return "bare county"
        people = max(c.population for c in found.candidates if c.kind != "county")
        size = "big" if people >= _BIG else "fair" if people >= _FAIR else "small"
        return f"{size} town" if any(c.main for c in found.candidates) else f"{size} other name"

    def _single(self, key: str) -> Iterator[str]:
        if key in words()["never"]:
            yield "common word"
        if key in words()["given"]:
            yield "given name"
        if key in self._people:
            yield "family name here"
        if key == self.home:
            yield "home"

    def _around(self, found: Spot, kind: str) -> Iterator[str]:
        start, end = found.span
        text = self.doc.text
        before = _WORD_BEFORE.search(text[max(0, start - _WINDOW) : start])
        after = _WORD_AFTER.match(text[end : end + _WINDOW])
        opens = start in self._starts or before is None or "\n" in text[max(0, start - 2) : start]
        yield f"before {'opening' if opens or before is None else self._before(before[1], before[2], start)}{kind}"
        yield f"after {self._after(found, after[1], after[2]) if after else 'end'}{kind}"

    def _before(self, word: str, gap: str, start: int) -> str:
        low = word.lower().rstrip(".")
        lexicon = words()
        if gap not in (" ", "\u00a0", "-", ""):
            return "comma place" if gap.startswith(",") and self._place_ends(start - len(gap)) else "mark"
        if low == "of":
            earlier = _WORD_BEFORE.search(self.doc.text[max(0, start - _WINDOW) : start - 3])
            return "kind of" if earlier and earlier.group(1).lower() in lexicon["of_place"] else "of"
        for name in ("before", "titles", "compass"):
            if low in lexicon[name]:
                return name
        if low == "the":
            return "the"
        if not word[0].isupper():
            return "to" if low in ("to", "for", "by", "and", "with", "on") else "lower"
        if low in lexicon["given"] or (len(word) == 2 and word[1] == "."):
            return "given"
        return "capital"

    def _place_ends(self, end: int) -> bool:
        found = self._ends.get(end)
        return found is not None and found.shape in ("name", "short")

    def _after(self, found: Spot, gap: str, word: str) -> str:
        end = found.span[1]
        low, lexicon = word.lower(), words()
        follower = self._index.get(end + len(gap))
        if gap.startswith(",") and follower is not None:
            return "comma whole" if self._encloses(self.spots[follower]) else "comma place"
        if gap in ("'", "’") and low == "s":
            return "possessive"
        if gap == "-":
            return "based" if low in ("based", "area", "born") else "hyphen"
        if gap not in (" ", "\u00a0"):
            return "dateline" if gap.strip() in ("(", "—", "–", "--", ":") else "mark"
        if low in lexicon["speech"]:
            return "speech"
        if low in lexicon["papers"] and word[0].isupper():
            return "paper"
        if low in lexicon["bodies"]:
            return "body" if word[0].isupper() else "lower body"
        return "capital" if word[0].isupper() else "lower"

    def _encloses(self, found: Spot) -> bool:
        return found.shape == "short" or any(c.kind in ("country", "state", "province") for c in found.candidates)

    def _is_strong(self, found: Spot) -> bool:
        signs = set(self._around(found, ""))
        return found.shape == "name" and bool(
            signs & {"before before", "before kind of", "after comma whole", "after dateline"}
        )

    def _persons(self) -> frozenset[str]:
        """Keys of what follows a given name, an initial or a title somewhere: family names in this text."""
        given, titles = words()["given"], words()["titles"]
        found: set[str] = set()
        previous = ""
        text = self.doc.text
        for start, end in self.doc.tokens:
            if not text[start].isupper():
                previous = previous if text[start] == "." else ""
                continue
            word = text[start:end]
            if previous in given or previous in titles or (len(previous) == 1 and previous.isalpha()):
                found.add(plain_key(word))
            previous = word.lower()
        return frozenset(found)


def _lands(spots: tuple[Spot, ...]) -> frozenset[str | None]:
    """Countries other than the United States (which its own papers do not name) that the text names twice."""
    named = Counter(
        c.country for found in spots for c in found.candidates
        if c.kind == "country" and c.country != "US" and all(other.kind != "state" for other in found.candidates)
    )  # fmt: skip
    return frozenset(country for country, times in named.items() if times >= 2)


@cache
def weights() -> dict[str, float]:
    """Each sign's weight; a sign that is not listed has none."""
    return {sign: float(weight) for sign, weight, *_ in table("weights.tsv")}
