"""Counts as ranges, and whose harm they are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.events.counts import Line, read_counts
from sayso.events.harms import read_harms
from sayso.events.lexicon import words_of

WORDS = "at least 20 15 killed wounded and one two dozens of people , . children to between or more".split()

CASES = {
    "Ten villagers were killed when shells hit a bus": {"killed": (10, 10)},
    "the blast killed 20 and injured 30": {"killed": (20, 20), "injured": (30, 30)},
    "20 dead, 30 wounded": {"killed": (20, 20), "injured": (30, 30)},
    "40 Killed 100 Injured in Harbour Blast": {"killed": (40, 40), "injured": (100, 100)},
    "At least 18 people, including 10 children, were killed and 40 others wounded": {
        "killed": (18, None),
        "injured": (40, 40),
    },
    "Six children were among 19 people killed on Monday": {"killed": (19, 19)},
    "the death toll from the raids on the old town rose to 25": {"killed": (25, 25)},
    "175 people were killed or injured": {"both": (None, 175)},
    "Eleven soldiers and 17 rebel fighters were killed": {"killed": (28, 28)},
    "A woman and her three children, as well as another child, were killed": {"killed": (5, 5)},
    "killing at least 57 civilians": {"killed": (57, None)},
    "over 20 died": {"killed": (20, None)},
    "up to 20 people were killed": {"killed": (None, 20)},
    "between 10 and 15 people died": {"killed": (10, 15)},
    "killing dozens of civilians": {"killed": (24, None)},
    "hundreds were wounded": {"injured": (200, None)},
    "nearly 20 people were killed": {"killed": (20, 20)},
    "no one was killed": {"killed": (0, 0)},
    "a man was killed": {"killed": (1, 1)},
    "20 years after 3 people were killed": {"killed": (3, 3)},
    "the shells killed a resident 15 kilometres away in 2016": {"killed": (1, 1)},
    "At least 11 were killed when bombs hit the market": {"killed": (11, None)},
    "The number of people killed in a raid on a market has risen to 21": {"killed": (21, 21)},
    "The death toll climbed from 16 to 21": {"killed": (21, 21)},
    "The toll in the old town reached 3, in addition to 8 injured people": {"killed": (3, 3), "injured": (8, 8)},
    "We have received 16 bodies and 38 wounded people": {"killed": (16, 16), "injured": (38, 38)},
    "killed 15 civilians, with another 10 bodies yet to be identified": {"killed": (25, 25)},
    "Twenty-three civilians, among them five children, died": {"killed": (23, 23)},
    "people were killed after resolution 2118": {},
}


@pytest.mark.parametrize("text", sorted(CASES))
def test_tolls(text: str) -> None:
    line = Line(text, words_of(text))
    found = {harm.role: harm.range for harm in read_harms(line, read_counts(line)) if harm.counts}
    assert found == CASES[text]


def test_victims_are_mixed_where_fighters_and_civilians_are_summed() -> None:
    text = "The raid killed 15 civilians and 27 fighters"
    line = Line(text, words_of(text))
    (harm,) = read_harms(line, read_counts(line))
    assert (harm.range, harm.victims) == ((42, 42), "mixed")


def test_what_is_no_people_is_not_counted() -> None:
    text = "12 villages, 30 tanks, 5 km and 40 percent in 2017"
    assert read_counts(Line(text, words_of(text))) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Over 4,000 Northern League (NL, formerly NLA/NLB) fighters", (4000, None)),
        ("up to 5,000 NL-militants", (None, 5000)),
        ("over 600 militants with mortars", (600, None)),
    ],
)
def test_brackets_and_hyphens_do_not_hide_whom_a_number_counts(
    text: str, number: tuple[int | None, int | None]
) -> None:
    (count,) = read_counts(Line(text, words_of(text)))
    assert (count.range, count.kind) == (number, "fighters")


def test_the_numbers_of_a_date_count_nobody() -> None:
    text = "VIENNA, March 18 (Lodestar) - Killed in the raid"
    line = Line(text, words_of(text))
    assert [count.range for count in read_counts(line)] == [(18, 18)]
    assert read_counts(line, [(8, 16)]) == ()


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_counts_lie_in_the_text_in_order(text: str) -> None:
    counts = read_counts(Line(text, words_of(text)))
    assert all(0 <= c.start < c.end <= len(text) and c.first < c.last <= c.noun for c in counts)
    assert all(a.end <= b.start for a, b in pairwise(counts))
    assert all(c.low is None or c.high is None or c.low <= c.high for c in counts)
