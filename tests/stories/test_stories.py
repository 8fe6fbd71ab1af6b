"""Happenings across articles: which mentions are one, whose say-so they rest on, and where they differ."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.records import Reading, Story, from_json, to_json
from sayso.stories import find_stories
from tests.stories.reports import report

HOSPITAL = report(
    "gazette", "Shells killed 16 people at the market of Varnholt, the hospital said.", trigger="Shells",
    speaker="the hospital", killed=(16, 16),
)  # fmt: skip
AGAIN = report(
    "courier", "At the market of Varnholt shells killed 16 people, the hospital said on Wednesday.", trigger="shells",
    speaker="the hospital", killed=(16, 16),
)  # fmt: skip
MONITOR = report(
    "herald", "Shells on the market of Varnholt killed at least 18 people, the Varnholt Monitor said.",
    trigger="Shells", speaker="the Varnholt Monitor", killed=(18, None),
)  # fmt: skip
NEXT_WEEK = report(
    "observer", "Shells killed 4 people at the market of Varnholt, the hospital said.", trigger="Shells",
    speaker="the hospital", killed=(4, 4), date=("2024-03-20", "2024-03-20"),
)  # fmt: skip
ELSEWHERE = report(
    "tribune", "Rebels seized the harbour of Eskmouth, the governor said.", trigger="seized", kind="territory_taken",
    speaker="the governor", place="Eskmouth",
)  # fmt: skip
ALL = (HOSPITAL, AGAIN, MONITOR, NEXT_WEEK, ELSEWHERE)


def articles(story: Story) -> set[str]:
    return {one.article for one in story.reports}


def story_with(ident: str, readings: tuple[Reading, ...] = ALL) -> Story:
    return next(story for story in find_stories(readings) if ident in articles(story))


def test_one_attack_in_three_pages_is_one_story_and_next_weeks_attack_is_another() -> None:
    assert {frozenset(articles(story)) for story in find_stories(ALL)} == {
        frozenset({"gazette", "courier", "herald"}), frozenset({"observer"}), frozenset({"tribune"}),
    }  # fmt: skip


def test_every_event_stands_in_exactly_one_story() -> None:
    reports = [(one.article, one.event) for story in find_stories(ALL) for one in story.reports]

    assert sorted(reports) == sorted((reading.id, n) for reading in ALL for n in range(len(reading.events)))


def test_the_order_of_the_articles_makes_no_difference() -> None:
    expected = find_stories(ALL)

    assert all(find_stories(order) == expected for order in permutations(ALL))


def test_a_trigger_points_at_its_words() -> None:
    texts = {reading.id: reading.article.text for reading in ALL}
    words = {texts[one.article][slice(*one.trigger)] for story in find_stories(ALL) for one in story.reports}

    assert words == {"Shells", "shells", "seized"}


def test_two_pages_with_one_speaker_have_one_origin_and_a_second_speaker_is_a_second() -> None:
    story = story_with("gazette")

    assert story.independent_origins == 2
    assert {origin.voice: len(origin.reports) for origin in story.origins} == {
        "the hospital": 2, "the Varnholt Monitor": 1,
    }  # fmt: skip


def test_counts_that_cannot_both_be_true_are_shown_with_their_origins() -> None:
    story = story_with("gazette")

    assert story.status == "disputed"
    assert [(dispute.slot, {(side.value, side.origins) for side in dispute.sides}) for dispute in story.disputes] == [
        ("killed", {("16", ("the hospital",)), ("at least 18", ("the Varnholt Monitor",))})
    ]


def test_at_least_16_and_16_are_no_dispute() -> None:
    open_ended = report(
        "herald", "Shells on the market of Varnholt killed at least 12 people, the Varnholt Monitor said.",
        trigger="Shells", speaker="the Varnholt Monitor", killed=(12, None),
    )  # fmt: skip
    story = story_with("gazette", (HOSPITAL, AGAIN, open_ended))

    assert story.disputes == ()
    assert story.status == "corroborated"


def test_outlets_that_tell_it_in_the_same_words_have_one_origin() -> None:
    words = "Shells fell on the old market of Varnholt shortly before noon, killing traders and wounding dozens."
    copies = tuple(report(name, words, trigger="Shells") for name in ("gazette", "courier", "herald"))
    other = report("tribune", "The market of Varnholt was hit by shells at noon.", trigger="shells")

    assert story_with("gazette", copies).independent_origins == 1
    assert story_with("gazette", (*copies, other)).independent_origins == 2


def test_an_outlet_that_cites_the_speaker_adds_no_origin_by_telling_it_itself() -> None:
    text = "Shells killed 16 people at the market of Varnholt, the hospital said."
    twice = report("gazette", text, trigger="Shells", speaker="the hospital", killed=(16, 16))
    own = report("courier", text + " Shells hit the market of Varnholt.", trigger="Shells", speaker="the hospital")

    assert story_with("gazette", (twice, own)).independent_origins == 1


@pytest.mark.parametrize("voice", ["SANA", "Syrian Defence Ministry"])
def test_bodies_under_one_roof_are_one_origin(voice: str) -> None:
    one = report("gazette", f"Shells hit the market of Varnholt, {voice} said.", trigger="Shells", speaker=voice)
    army = report("courier", "Shells hit the market of Varnholt, the Syrian army said.", trigger="Shells",
                  speaker="the Syrian army")  # fmt: skip
    story = story_with("gazette", (one, army))

    assert articles(story) == {"gazette", "courier"}
    assert story.independent_origins == 1


def test_a_story_goes_to_json_and_back() -> None:
    for story in find_stories(ALL):
        assert from_json(to_json(story), Story, place="here") == story


def test_nothing_read_gives_no_story() -> None:
    assert find_stories(()) == ()


def test_who_takes_a_place_together_is_the_same_in_either_order() -> None:
    from sayso.stories.apart import are_apart

    assert not are_apart("taken by the army and Hezbollah", "taken by Hezbollah and the army")
    assert are_apart("taken by the army", "taken by Hezbollah")


def test_to_deny_that_one_did_it_is_a_dispute_over_the_agent_and_not_over_whether_it_happened() -> None:
    from msgspec.structs import replace

    def by_army(reading: Reading, **event: str) -> Reading:
        return replace(reading, events=(replace(reading.events[0], agent="the army", **event),))  # type: ignore[arg-type]

    denial = report(
        "herald", "Shells of the army on the market of Varnholt were denied, the ministry said.", trigger="Shells",
        speaker="the ministry",
    )  # fmt: skip
    story = story_with("gazette", (by_army(HOSPITAL), by_army(denial, modality="denied")))

    assert [(dispute.slot, [side.value for side in dispute.sides]) for dispute in story.disputes] == [
        ("agent", ["the army: asserted", "the army: denied"])
    ]
