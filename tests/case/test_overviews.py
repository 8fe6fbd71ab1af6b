"""A case at a glance, on every database: counts that agree with the lists, voices, what waits for a person."""

from __future__ import annotations

from typing import get_args

import pytest
from starlette.testclient import TestClient

from sayso.case import Decision, Only, Order, open_case
from sayso.serve import Options, make_app
from sayso.settings import Settings
from tests.case.test_stories import filled
from tests.stories.test_stories import ALL


def test_counts_agree_with_the_lists(where: str) -> None:
    with filled(where) as case:
        for only in (Only(), Only(pages=2), Only(since="2024-03-19"), Only(place="eskmouth"), Only(dated=False)):
            seen, rows = case.overview(only), case.stories(only)

            assert seen.stories == len(rows) == case.count_stories(only)
            assert seen.undated == sum(row.first_day is None for row in rows)
            assert seen.unplaced == sum(row.lat is None for row in rows)
            assert sum(bar.stories for bar in seen.bars) == len(rows) - seen.undated
            assert {name: count for name, count in seen.types.items() if count} == {
                name: sum(row.type == name for row in rows) for name in {row.type for row in rows}
            }


def test_lists_go_by_day_pages_or_origins(where: str) -> None:
    with filled(where) as case:
        by_pages, by_origins = case.stories(order="pages"), case.stories(order="origins")

        assert [row.pages for row in by_pages] == sorted((row.pages for row in by_pages), reverse=True)
        assert [row.origins for row in by_origins] == sorted((row.origins for row in by_origins), reverse=True)
        assert {row.id for row in by_pages} == {row.id for row in by_origins} == {row.id for row in case.stories()}


def test_one_voice_is_as_in_the_list_of_all(where: str) -> None:
    with filled(where) as case:
        case.decide(Decision(what="merge", voice="the hospital", to="the Varnholt hospital"), who="Ada")
        for row in case.voices():
            assert case.voice(row.name) == row
            for name in row.names:
                assert case.voice(name) == row
        assert case.voice("nobody") is None
        stories, count = case.stories_of_voice("the governor", limit=10)
        assert count == len(stories) == 1
        assert case.stories_of_voice("the governor", limit=10, offset=1) == ((), 1)


def test_what_is_decided_about_waits_no_more(where: str) -> None:
    with filled(where) as case:
        (story,), count = case.stories_to_review(limit=1)
        claims = tuple(report.claim for report in story.reports if report.claim)
        assert count == 1
        case.decide(Decision(what="accept", claims=claims[:1]), who="Ada")
        assert case.stories_to_review(limit=1)[1] == 1
        case.decide(Decision(what="accept", claims=claims), who="Ada")
        assert case.stories_to_review(limit=1) == ((), 0)
        case.undo(who="Ada")
        assert case.stories_to_review(limit=1)[1] == 1


def test_claims_are_found_where_they_are_reported(where: str) -> None:
    with filled(where) as case:
        story = next(case.full_stories())
        for report in story.reports:
            assert report.claim
            assert [(home.article, home.story) for home in case.homes_of_claims([report.claim])] == [
                (report.article, story.id)
            ]


def test_names_are_found_whatever_their_case(where: str) -> None:
    from msgspec.structs import replace

    reading = ALL[0]
    about = replace(reading.article, publisher="Ήλιος Ñandú", url=None)
    with filled(where, [replace(reading, id="ilios", article=about)]) as case:
        for part in ("ήΛΙΟΣ", "ñandú"):
            assert [row.id for row in case.articles(Only(outlet=part))] == ["ilios"]
            assert len(case.stories(Only(outlet=part))) == len(case.stories())


def test_every_screen_answers_on_every_database(where: str) -> None:
    with filled(where) as case:
        case.refresh()
        ident = case.stories()[0].id
    with open_case(where, keeps_up=False) as case:
        client = TestClient(make_app(case, Options(settings=Settings(reader="rules"))))
        for address in (
            "/",
            f"/stories/{ident}",
            "/articles?words=market",
            "/voices",
            "/control",
            "/review",
            "/export",
        ):
            assert client.get(address).status_code == 200, address
        for query in (
            "words=market",
            "voice=governor&order=origins",
            "box=-90,-180,90,180",
            "outlet=tribune",
            "place=SY",
        ):
            assert client.get(f"/?{query}").status_code == 200, query


def test_a_page_of_a_list_is_a_part_of_the_whole_list(where: str) -> None:
    narrowed = [
        Only(), Only(voice="the"), Only(words="killed"), Only(words="killed bridge", pages=2), Only(outlet="a"),
        Only(voice="governor", outlet="a", words="the"), Only(voice="nobody"), Only(words="!"),
    ]  # fmt: skip
    with filled(where) as case:
        found = set[int]()
        for only in narrowed:
            for order in get_args(Order):
                whole = case.stories(only, order=order)
                found.add(len(whole))
                for limit, offset in ((1, 0), (2, 1), (1, 2), (50, 0)):
                    page = case.stories(only, limit=limit, offset=offset, order=order)

                    assert page == whole[offset : offset + limit], (only, order)
            full = list(case.full_stories(only))
            assert list(case.full_stories(only, limit=2, offset=1)) == full[1:3]
        assert len(found) > 2  # the filters tell the stories apart


@pytest.mark.parametrize("few", [0, 1, 2000])
def test_many_and_few_are_narrowed_alike(where: str, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """Which way the database is asked goes by how many there are; the answer must not."""
    monkeypatch.setattr("sayso.case.narrowing._FEW", few)
    with filled(where) as case:
        whole = {story.id: story for story in case.full_stories()}
        for only, fits in (
            (Only(words="killed", place="Varnholt"), lambda story: story.place.name == "Varnholt"),
            (Only(voice="governor", pages=1, since="2024-01-01"), lambda story: story.place.name == "Eskmouth"),
            (Only(words="killed", place="Eskmouth"), lambda story: False),
            (Only(voice="hospital", type="shelling"), lambda story: story.place.name == "Varnholt"),
        ):
            expected = {ident for ident, story in whole.items() if fits(story)}
            assert {row.id for row in case.stories(only)} == expected
            assert {row.id for row in case.stories(only, limit=50)} == expected
            assert case.count_stories(only) == case.overview(only).stories == len(expected)


def test_words_of_an_older_version_are_found_no_more(where: str) -> None:
    from msgspec.structs import replace

    old = replace(ALL[0], article=replace(ALL[0].article, text=ALL[0].article.text + " A word: quagga."))
    with filled(where, [old, *ALL[1:]]) as case:
        for only in (Only(words="quagga"), Only(words="quagga", outlet=old.article.publisher)):
            assert case.stories(only, limit=1)
            assert len(case.search("quagga", only)) == 1
        assert case.add(ALL[0]) == "changed"
        case.refresh()
        for only in (Only(words="quagga"), Only(words="quagga", outlet=old.article.publisher)):
            assert case.stories(only, limit=1) == case.stories(only) == ()
            assert case.search("quagga", only) == ()


def test_claims_are_found_in_the_articles_that_fit_best(where: str) -> None:
    with filled(where) as case:
        articles = [one.id for one in case.search("killed")]
        found = [one.article for one in case.search_claims("killed")]

        assert len(articles) > 1
        assert set(found) <= set(articles)
        assert [articles.index(one) for one in found] == sorted(articles.index(one) for one in found)
        assert [one.article for one in case.search_claims("killed", limit=2)] == found[:2]
