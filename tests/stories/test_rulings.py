"""What people decide changes what stories are told from; nothing else changes with it."""

from __future__ import annotations

from itertools import chain

from sayso.records import Reading, Story
from sayso.stories import Correction, Rulings, find_stories
from tests.stories.reports import report
from tests.stories.test_stories import AGAIN, ALL, HOSPITAL, MONITOR, articles, story_with


def claim_of(reading: Reading) -> str:
    return reading.claims[0].id


def told(rulings: Rulings, ident: str, readings: tuple[Reading, ...] = ALL) -> Story:
    return next(story for story in find_stories(readings, rulings) if ident in articles(story))


def test_no_ruling_changes_nothing() -> None:
    assert find_stories(ALL, Rulings()) == find_stories(ALL)


def test_a_rejected_claim_is_told_in_no_story_and_the_others_stay() -> None:
    rulings = Rulings(rejected=frozenset({claim_of(MONITOR)}))
    stories = find_stories(ALL, rulings)

    assert "herald" not in set(chain.from_iterable(map(articles, stories)))
    assert told(rulings, "gazette").status == "single-source"


def test_a_corrected_toll_takes_the_place_of_what_was_read() -> None:
    rulings = Rulings(corrected={claim_of(MONITOR): Correction(killed=(16, 16))})

    assert story_with("gazette").status == "disputed"
    assert told(rulings, "gazette").status == "corroborated"


def test_a_corrected_speaker_is_the_origin() -> None:
    rulings = Rulings(corrected={claim_of(MONITOR): Correction(speaker="the hospital")})

    assert [origin.voice for origin in told(rulings, "gazette").origins] == ["the hospital"]


def test_a_corrected_occurrence_is_disputed() -> None:
    shells = report("herald", "Shells fell on Varnholt, the mayor said.", trigger="Shells", speaker="the mayor")
    again = report("courier", "Shells fell on Varnholt, the priest said.", trigger="Shells", speaker="the priest")
    rulings = Rulings(corrected={claim_of(again): Correction(happened="denied")})

    assert [dispute.slot for dispute in told(rulings, "herald", (shells, again)).disputes] == ["occurrence"]


def test_two_names_of_one_voice_are_one_origin() -> None:
    rulings = Rulings(names={"the Varnholt Monitor": "the hospital"})
    story = told(rulings, "gazette")

    assert story.independent_origins == 1
    assert all(one.chain[0] == "the hospital" for one in story.reports)


def test_two_voices_under_one_roof_are_one_origin_and_a_voice_may_be_taken_out_of_its_roof() -> None:
    under = Rulings(roofs={"the Varnholt Monitor": "the town", "the hospital": "the town"})
    army = report("courier", "Shells hit the market of Varnholt, the Syrian army said.", trigger="Shells",
                  speaker="the Syrian army")  # fmt: skip
    agency = report("herald", "Shells hit the market of Varnholt, SANA said.", trigger="Shells", speaker="SANA")
    alone = Rulings(roofs={"SANA": "SANA"})

    assert told(under, "gazette").independent_origins == 1
    assert told(Rulings(), "herald", (army, agency)).independent_origins == 1
    assert told(alone, "herald", (army, agency)).independent_origins == 2


def test_a_party_is_one_by_decision() -> None:
    story = told(Rulings(kinds={"the hospital": "party"}), "gazette")

    assert {origin.voice: origin.party for origin in story.origins} == {
        "the hospital": True, "the Varnholt Monitor": False,
    }  # fmt: skip


def test_claims_put_together_are_one_story_and_claims_taken_apart_another() -> None:
    together = ("together", (claim_of(HOSPITAL), claim_of(ALL[3])))
    apart = ("apart", (claim_of(AGAIN),))

    assert articles(told(Rulings(membership=(together,)), "gazette")) == {"gazette", "courier", "herald", "observer"}
    assert articles(told(Rulings(membership=(apart,)), "gazette")) == {"gazette", "herald"}
    assert articles(told(Rulings(membership=(together, apart)), "courier")) == {"courier"}


def test_every_report_stays_in_one_story_whatever_is_put_together_or_apart() -> None:
    claims = tuple(map(claim_of, ALL))
    rulings = Rulings(membership=(("together", claims), ("apart", claims[:2]), ("together", claims[1:3])))
    reports = [(one.article, one.event) for story in find_stories(ALL, rulings) for one in story.reports]

    assert sorted(reports) == sorted((reading.id, 0) for reading in ALL)
