"""Copies: passages hold the shared words wherever they stand, quotations are no copies, no direction is guessed."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.records import Span
from sayso.stories.copies import Copy, Text, find_copies
from sayso.stories.seeds import RUN, own_runs, words_of

#: Syllables of invented words: long texts in which no run of words stands twice by chance.
SYLLABLES = "ba do fe gi lu mo na pe ri su ta vo we zi ko ha".split()


QUOTE = (
    "“We came to speak of the harbour and of nothing else, and we shall stay in this room until every one of the "
    "boats that were taken from our fishermen last winter lies at its own quay again and its crew is home,”"
)


def tells_in_same_words(one: str, here: Span, other: str, there: Span) -> bool:
    return not own_runs(words_of(one), here).isdisjoint(own_runs(words_of(other), there))


def prose(seed: int, words: int) -> str:
    """Invented sentences, the same for a seed."""
    chance = random.Random(seed)  # noqa: S311
    made = ["".join(chance.choices(SYLLABLES, k=5)) for _ in range(words)]
    return " ".join(f"{word}." if n % 12 == 11 else word for n, word in enumerate(made))


def text(name: str, words: str, **more: object) -> Text:
    return Text(id=name, text=words, **more)  # type: ignore[arg-type]


def plain(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def one_copy(first: str, second: str) -> Copy:
    (copy,) = find_copies([text("a", first), text("b", second)])
    return copy


@given(st.integers(0, 10**6), st.integers(40, 200), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_a_passage_is_the_very_words_that_both_have(seed: int, size: int, before: int, after: int) -> None:
    shared = prose(seed, size)
    first = f"{prose(seed + 1, before)} {shared} {prose(seed + 2, after)}"
    second = f"{prose(seed + 3, after)}\n\n{shared.upper()}\n\n{prose(seed + 4, before)}"

    copy = one_copy(first, second)

    (passage,) = copy.passages
    assert plain(first[slice(*passage.first)]) == plain(second[slice(*passage.second)]) == plain(shared)
    assert passage.words == passage.own == size
    assert copy.share == round(size / (size + before + after), 4)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_articles_does_not_matter(seeds: list[int], chance: random.Random) -> None:
    rows = [text(f"n{n}", f"{prose(seed, 60)} {prose(100 + n, 30)}") for n, seed in enumerate(seeds)]
    shuffled = chance.sample(rows, len(rows))

    assert find_copies(shuffled) == find_copies(rows)
    assert {(copy.first, copy.second) for copy in find_copies(rows)} == {
        (f"n{i}", f"n{j}") for i in range(len(seeds)) for j in range(i + 1, len(seeds)) if seeds[i] == seeds[j]
    }


@given(st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_spans_stand_within_any_text_and_never_overlap(one: str, other: str) -> None:
    seam = prose(1, 40)
    first, second = f"{one} {seam} {other}", f"{other} {seam} {one}"

    for copy in find_copies([text("a", first), text("b", second)]):
        assert 0 < copy.share <= 1
        for spans, whole in (([p.first for p in copy.passages], first), ([p.second for p in copy.passages], second)):
            spans.sort()
            assert all(0 <= start < end <= len(whole) for start, end in spans)
            assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize("words", [prose(1, 30), prose(2, 300), f"{QUOTE} she said.", prose(1, 9)])
def test_the_same_text_is_one_passage_of_the_whole(words: str) -> None:
    copy = one_copy(words, words)

    spans = words_of(words).spans
    assert copy.share == 1
    assert [passage.first for passage in copy.passages] == [(spans[0][0], spans[-1][1])]


def test_a_text_of_a_few_words_is_no_copy() -> None:
    assert not find_copies([text("a", "Harbour closed until Monday."), text("b", "Harbour closed until Monday.")])
    assert not find_copies([text("a", ""), text("b", "")])
    assert not find_copies([])


def test_the_same_quotation_is_no_copy() -> None:
    rows = [text(f"n{n}", f"{prose(n, 80)}\n\n{QUOTE} the mayor said.\n\n{prose(50 + n, 80)}") for n in range(3)]

    assert not find_copies(rows)


def test_a_quotation_within_a_copied_paragraph_belongs_to_it() -> None:
    shared = f"{prose(7, 40)} {QUOTE} the mayor said. {prose(8, 40)}"

    copy = one_copy(f"{prose(1, 50)} {shared}", f"{shared} {prose(2, 50)}")

    (passage,) = copy.passages
    assert passage.words == len(plain(shared))
    assert passage.own == len(plain(shared)) - len(plain(QUOTE))


def test_one_word_in_ten_may_differ() -> None:
    words = prose(3, 200).split()
    changed = [f"other{n}" if n % 10 == 4 else word for n, word in enumerate(words)]

    copy = one_copy(" ".join(words), " ".join(changed))

    (passage,) = copy.passages
    assert passage.words == 180
    assert copy.share == 0.9


def test_moved_paragraphs_are_found_where_they_went() -> None:
    paragraphs = [prose(n, 45) for n in range(4)]
    moved = [paragraphs[n] for n in (2, 0, 3, 1)]
    first, second = "\n\n".join(paragraphs), "\n\n".join(moved)

    copy = one_copy(first, second)

    assert copy.share == 1
    assert [plain(first[slice(*p.first)]) for p in copy.passages] == [plain(words) for words in paragraphs]
    assert [plain(second[slice(*p.second)]) for p in copy.passages] == [plain(words) for words in paragraphs]


def test_a_new_title_furniture_and_cuts_do_not_hide_a_copy() -> None:
    paragraphs = [prose(n, 45) for n in range(6)]
    retitled = "A title of our own\n\n" + "\n\n".join(paragraphs)
    furnished = "\n\nRead more: all of our reports in one place, every day anew\n\n".join(paragraphs[:2])

    found = find_copies([text("a", "\n\n".join(paragraphs)), text("b", retitled), text("c", furnished)])

    assert {(copy.first, copy.second): copy.share for copy in found} == {
        ("a", "b"): 1, ("a", "c"): pytest.approx(90 / 102, abs=0.01), ("b", "c"): pytest.approx(90 / 102, abs=0.01),
    }  # fmt: skip


def test_what_an_outlet_adds_to_all_its_articles_is_no_copy() -> None:
    house = prose(99, 50)
    rows = [text(f"n{n}", f"{prose(n, 120)}\n\n{house}", publisher="Quay Times") for n in range(4)]

    assert not find_copies(rows)
    assert find_copies([*rows[:1], text("x", f"{prose(77, 120)}\n\n{house}", publisher="Hill Post")])


SHARED = prose(5, 80)
EARLIER, LATER = {"published": "2024-05-01"}, {"published": "2024-05-03"}


@pytest.mark.parametrize(
    ("first", "second", "direction", "reason"),
    [
        ({}, {}, "unknown", None),
        ({"publisher": "Quay Times"}, {"origins": ("The Quay Times",)}, "first", "b credits"),
        ({"origins": ("Quay Times", "Hill Post")}, {"publisher": "Quay Times"}, "second", "a credits"),
        ({"publisher": "AFP", **LATER}, {"origins": ("Agence France-Presse",), **EARLIER}, "first", "b credits"),
        ({"origins": ("AFP",), **EARLIER}, {"origins": ("AFP News",), **LATER}, "unknown", "both credit AFP"),
        (EARLIER, LATER, "first", "2024-05-03"),
        (LATER, EARLIER, "second", "2024-05-01"),
        (EARLIER, EARLIER, "unknown", None),
        (EARLIER, {}, "unknown", None),
        (
            {"publisher": "Quay Times", "origins": ("Hill Post",)},
            {"publisher": "Hill Post", "origins": ("Quay Times",)},
            "unknown", "credits",
        ),
        # A lineage may end with the host itself, which credits nobody.
        ({"publisher": "Quay Times"}, {"publisher": "Quay Times", "origins": ("Quay Times",)}, "unknown", None),
    ],
)  # fmt: skip
def test_who_had_it_first_is_told_from_what_is_stated(
    first: dict[str, object], second: dict[str, object], direction: str, reason: str | None
) -> None:
    (copy,) = find_copies([text("a", SHARED, **first), text("b", f"{SHARED} {prose(6, 40)}", **second)])

    assert copy.direction == direction
    assert any(reason in words for words in copy.reasons) if reason else not copy.reasons


def test_of_very_many_copies_each_is_found_beside_its_neighbours() -> None:
    found = find_copies([text(f"n{n:03}", f"{SHARED} {prose(200 + n, 20)}") for n in range(150)])

    assert {(f"n{n:03}", f"n{n + 1:03}") for n in range(149)} <= {(copy.first, copy.second) for copy in found}


def test_the_same_words_need_a_run_outside_quotations() -> None:
    run = " ".join(prose(4, 12).split()[:RUN])
    one, other = f"Before it {run} and after", f"{prose(9, 20)} {run} more"
    whole = (0, len(one)), (0, len(other))

    assert tells_in_same_words(one, whole[0], other, whole[1])
    assert not tells_in_same_words(one, (0, len(one) - 12), other, whole[1])
    quoted = f"He said: “{run} and after”"
    assert not tells_in_same_words(quoted, (0, len(quoted)), other, whole[1])


def test_marks_around_a_term_do_not_make_it_a_quotation() -> None:
    one = 'The army killed ten "terrorists" near the old mill on Friday, it said.'
    other = "The army killed ten terrorists near the old mill on Friday, it said."

    assert tells_in_same_words(one, (0, len(one)), other, (0, len(other)))
