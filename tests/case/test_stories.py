"""The stories of a case: kept, grown article by article, and laid over by what people decide."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace
from sqlalchemy import create_engine, text

from sayso.case import Case, Decision, Only, open_case
from sayso.case import grouping as grouping_module
from sayso.records import CaseError, Reading
from sayso.stories import find_stories
from tests.case.conftest import words_by_index_alone
from tests.stories.reports import report
from tests.stories.test_stories import AGAIN, ALL, ELSEWHERE, HOSPITAL, MONITOR, NEXT_WEEK


def told(case: Case) -> set[frozenset[str]]:
    return {frozenset(one.article for one in story.reports) for story in case.full_stories()}


def filled(where: str, readings: Iterable[Reading] = ALL) -> Case:
    case = open_case(where)
    for reading in readings:
        case.add(reading)
    return case


@pytest.fixture
def growing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are put to what is there one by one, however small the case."""
    monkeypatch.setattr(grouping_module, "_SMALL", 0)
    monkeypatch.setattr(grouping_module, "_MANY", 1.0)


@pytest.fixture(params=["joined", "anew"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are put to what is there one by one, and all are grouped anew with each."""
    monkeypatch.setattr(grouping_module, "_SMALL", 0 if request.param == "joined" else 300)
    monkeypatch.setattr(grouping_module, "_MANY", 1.0)


def test_a_case_tells_the_stories_of_its_readings(where: str) -> None:
    with filled(where) as case:
        assert tuple(case.full_stories()) == find_stories(ALL)
        assert [row.id for row in case.stories()] == [story.id for story in find_stories(ALL)]


@pytest.mark.usefixtures("growing")
@pytest.mark.parametrize("ahead", range(len(ALL) + 1))
def test_articles_that_come_later_join_what_is_there(tmp_path_factory: pytest.TempPathFactory, ahead: int) -> None:
    where = str(tmp_path_factory.mktemp("case") / "a.sayso")
    with filled(where, ALL[:ahead]) as case:
        case.refresh()
        for reading in ALL[ahead:]:
            case.add(reading)
            case.refresh()

        assert set(case.full_stories()) == set(find_stories(ALL))
    with open_case(where) as again:
        assert set(again.full_stories()) == set(find_stories(ALL))


@pytest.mark.usefixtures("growing")
def test_a_changed_page_is_told_by_its_newest_version_alone(where: str) -> None:
    changed = report(
        "herald", "Shells on the market of Varnholt killed 16 people, the Varnholt Monitor said.", trigger="Shells",
        speaker="the Varnholt Monitor", killed=(16, 16),
    )  # fmt: skip
    with filled(where) as case:
        case.refresh()
        case.add(changed)

        assert set(case.full_stories()) == set(find_stories((HOSPITAL, AGAIN, changed, NEXT_WEEK, ELSEWHERE)))


def test_lists_are_narrowed(where: str) -> None:
    with filled(where) as case:
        by = {
            "place": Only(place="eskm"), "type": Only(type="territory_taken"), "voice": Only(voice="governor"),
            "outlet": Only(outlet="tribune"), "words": Only(words="harbour"),
        }  # fmt: skip
        for name, only in by.items():
            assert [row.place for row in case.stories(only)] == ["Eskmouth"], name
        assert [row.id for row in case.articles(Only(outlet="tribune"))] == ["tribune"]
        assert [row.id for row in case.articles(Only(place="Eskmouth"))] == ["tribune"]
        assert [row.pages for row in case.stories(Only(pages=2))] == [3]
        assert {row.first_day for row in case.stories(Only(since="2024-03-19"))} == {"2024-03-20"}
        assert len(case.stories(limit=1)) == 1
        assert case.count_stories() == len(case.stories())
        assert case.stories(limit=1, offset=1) == case.stories()[1:2]
        assert case.stories(Only(place="100%_")) == ()


def test_claims_and_voices_are_found_by_their_words(where: str) -> None:
    with filled(where) as case:
        assert [one.article for one in case.search_claims("seized harbour")] == ["tribune"]
        assert [one.chain[0] for one in case.search_claims("shells", Only(voice="monitor"))] == ["the Varnholt Monitor"]
        assert [row.name for row in case.voices("monit")] == ["the Varnholt Monitor"]
        assert {row.name for row in case.voices()} == {"the hospital", "the Varnholt Monitor", "the governor"}


DECISIONS = {
    "reject": Decision(what="reject", claims=(MONITOR.claims[0].id,)),
    "together": Decision(what="together", claims=(HOSPITAL.claims[0].id, NEXT_WEEK.claims[0].id)),
    "apart": Decision(what="apart", claims=(AGAIN.claims[0].id,)),
    "merge": Decision(what="merge", voice="the Varnholt Monitor", to="the hospital"),
    "roof": Decision(what="roof", voice="the hospital", to="the town"),
    "kind": Decision(what="kind", voice="the hospital", to="party"),
}


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_changes_the_stories_and_a_withdrawn_one_leaves_no_trace(where: str, name: str) -> None:
    with filled(where) as case:
        before = tuple(case.full_stories())
        number = case.decide(DECISIONS[name], who="Ada", why="seen the page")
        after = tuple(case.full_stories())
        case.undo(number, who="Grace")

        assert after != before
        assert tuple(case.full_stories()) == before
        (row,) = case.decisions()
        assert (row.who, row.why, row.withdrawn_by) == ("Ada", "seen the page", "Grace")


@pytest.mark.parametrize("name", DECISIONS)
def test_decisions_survive_a_re_read_and_a_grouping_anew(where: str, name: str) -> None:
    with filled(where) as case:
        case.decide(DECISIONS[name], who="Ada")
        decided = tuple(case.full_stories())
        for reading in ALL:
            case.replace(replace(reading, made_by=replace(reading.made_by, sayso="later")))

        assert tuple(case.full_stories()) == decided


@pytest.mark.usefixtures("growing")
def test_decisions_hold_while_articles_come(where: str) -> None:
    with filled(where, ALL[:4]) as case:
        case.decide(DECISIONS["together"], who="Ada")
        case.decide(DECISIONS["merge"], who="Ada")
        case.add(ELSEWHERE)

        assert told(case) == {frozenset({"gazette", "courier", "herald", "observer"}), frozenset({"tribune"})}


def test_of_several_decisions_the_last_is_withdrawn_first(where: str) -> None:
    with filled(where) as case:
        case.decide(DECISIONS["merge"], who="Ada")
        case.decide(DECISIONS["apart"], who="Ada")

        assert case.undo(who="Ada").number == 2
        assert case.undo(who="Ada").number == 1
        with pytest.raises(CaseError, match="none that counts"):
            case.undo(who="Ada")


def test_a_decision_about_no_claim_of_the_case_is_refused(where: str) -> None:
    with filled(where) as case, pytest.raises(CaseError, match="feedface"):
        case.decide(Decision(what="reject", claims=("feedface",)), who="Ada")


def test_a_case_of_the_first_revision_is_brought_up_to_date(where: str) -> None:
    with filled(where) as case:
        expected = tuple(case.full_stories())
    url = where.replace("postgresql://", "postgresql+psycopg://") if "://" in where else f"sqlite:///{where}"
    engine = create_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER versions_gone"))
        words_by_index_alone(connection)
        for table in (
            "account_changes", "accounts", "captures", "copies", "decisions", "feeds", "former", "links", "meetings",
            "names", "reports", "sessions", "speakers", "state", "stories", "tombstones",
        ):  # fmt: skip
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP INDEX versions_by_publisher"))
        for column in ("sketch", "sketch_version"):
            connection.execute(text(f"ALTER TABLE versions DROP COLUMN {column}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    with open_case(where) as case:
        assert tuple(case.full_stories()) == expected
        assert {row.name for row in case.voices()} == {"the hospital", "the Varnholt Monitor", "the governor"}


@pytest.mark.usefixtures("either_way")
def test_a_story_is_found_by_the_ids_that_it_had(where: str) -> None:
    with filled(where, ALL[:1]) as case:
        (first,) = (story.id for story in case.full_stories())
        for reading in ALL[1:]:
            case.add(reading)
            case.refresh()
        (now,) = case.stories_named(first)

        assert now.id != first
        assert ALL[0].id in {one.article for one in now.reports}
        assert case.stories_named(first[:8]) == ()
        assert case.stories_named("feedfacefeedface") == ()


@pytest.mark.usefixtures("either_way")
def test_names_that_meet_are_one_origin_from_the_first(where: str) -> None:
    told = (
        report(name, f"Shells on the market of Varnholt killed 16 people{more}, {speaker} said.", trigger="Shells",
               speaker=speaker, killed=(16, 16))
        for name, speaker, more in (("a", "Syrian state television", ""), ("b", "Syrian state TV", " at noon"))
    )  # fmt: skip
    with open_case(where) as case:
        for reading in told:
            case.add(reading)
            case.refresh()
        (story,) = case.full_stories()

        assert len(story.origins) == 1
        assert {report.chain[0] for report in story.reports} == {story.origins[0].voice}


def test_copies_are_kept_with_the_case(where: str) -> None:
    words = " ".join(f"word{n} fell on the old market of Varnholt before noon" for n in range(9)) + "."
    copies = tuple(report(name, words, trigger="market") for name in ("gazette", "courier"))
    with filled(where, copies) as case:
        (copy,) = case.copies()

        assert {copy.first, copy.second} == {"gazette", "courier"}
        assert case.copies("gazette") == (copy,)
        assert case.copies("nobody") == ()
        (story,) = case.full_stories()
        assert story.independent_origins == 1
