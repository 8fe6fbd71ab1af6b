"""What a page says of its article: each value with the words that say it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.pages.authors import people_in
from sayso.pages.dates import given_day, printed_day
from sayso.pages.metadata import describe
from sayso.pages.titles import without_site
from sayso.records import Article, Block, Given, Mark, Page, PageView

BODY = "The ferry left the harbour in the morning and sank before noon, the harbour master said. " * 3


def read(
    *lines: str | Block, marks: tuple[Mark, ...] = (), text: str = BODY, kind: Any = "html", **given: Any
) -> Article:
    blocks = tuple(line if isinstance(line, Block) else Block(text=line, tag="p") for line in lines)
    body = (Block(text=text, tag="p", start=0),) if kind == "html" else ()
    page = Page(id="x", content=b"", kind=kind, given=Given(**given))
    return describe(page, PageView(marks=marks, blocks=(*blocks, *body)), text)


def mark(key: str, value: str, origin: Any = "json-ld") -> Mark:
    return Mark(origin=origin, key=key, value=value)


def heading(text: str) -> Block:
    return Block(text=text, tag="h1")


class TestTrust:
    def test_what_the_sender_gives_wins(self) -> None:
        article = read(
            heading("Ferry sinks off Port Ember"), marks=(mark("newsarticle.publisher.name", "Evening Lantern"),),
            title="Given", publisher="Given Post", published="3 May 2020", url="https://given.example/a",
            authors=("Ann Ode",),
        )  # fmt: skip

        assert (article.title, article.publisher, article.published) == ("Given", "Given Post", "2020-05-03")
        assert (article.site, article.authors) == ("given.example", ("Ann Ode",))
        assert {article.evidence[field].origin for field in ("title", "publisher", "published", "url", "site")} == {
            "given"
        }
        assert article.evidence["published"].quote == "3 May 2020"

    def test_the_visible_heading_outranks_a_title_made_for_search(self) -> None:
        article = read(
            heading("A ferry, a storm and forty minutes of silence"),
            marks=(mark("og:title", "Ferry sinks: all we know - Evening Lantern", "opengraph"),),
        )

        assert article.title == "A ferry, a storm and forty minutes of silence"
        assert article.evidence["title"].origin == "visible"

    def test_a_logo_is_no_heading(self) -> None:
        article = read(heading("Lantern"), marks=(mark("og:title", "Ferry sinks off Port Ember", "opengraph"),))

        assert article.title == "Ferry sinks off Port Ember"

    def test_an_agency_in_the_mark_up_is_not_the_host(self) -> None:
        article = read(
            marks=(
                mark("newsarticle.publisher.name", "Associated Press"),
                mark("og:site_name", "Ember Post", "opengraph"),
            )
        )

        assert article.publisher == "Ember Post"
        assert article.evidence["publisher"].origin == "opengraph"

    def test_an_agency_is_the_host_of_its_own_site(self) -> None:
        article = read(
            marks=(
                mark("newsarticle.publisher.name", "AP News"),
                mark("newsarticle.publisher.name", "Associated Press"),
                mark("canonical", "https://apnews.com/article/x", "link"),
            )
        )

        assert article.publisher is not None
        assert article.site == "apnews.com"

    def test_the_visible_date_corrects_universal_time(self) -> None:
        marks = (mark("newsarticle.datepublished", "2019-11-20T02:10:00Z"),)

        local = read(heading("Ferry sinks off Port Ember"), "Nov. 19, 2019 9:10 pm", marks=marks)
        update = read(heading("Ferry sinks off Port Ember"), "Updated November 21, 2019", marks=marks)

        assert (local.published, local.evidence["published"].origin) == ("2019-11-19", "visible")
        assert (update.published, update.evidence["published"].origin) == ("2019-11-20", "json-ld")

    def test_the_visible_by_line_names_all_authors(self) -> None:
        article = read(
            heading("Ferry sinks off Port Ember"), "By ANN ODE and Bo O'Hara, Evening Lantern",
            marks=(mark("newsarticle.author.name", "Ann Ode"), mark("og:site_name", "Evening Lantern", "opengraph")),
        )  # fmt: skip

        assert article.authors == ("Ann Ode", "Bo O'Hara")

    def test_the_day_of_the_address_is_local_where_no_line_shows_one(self) -> None:
        marks = (mark("newsarticle.datepublished", "2020-05-04T02:30:00Z"),)
        address = "https://lantern.example/2020/05/{}/ferry"

        assert read(marks=(*marks, mark("canonical", address.format("03"), "link"))).published == "2020-05-03"
        assert read(marks=(*marks, mark("canonical", address.format("05"), "link"))).published == "2020-05-04"
        assert read(marks=(*marks, mark("canonical", address.format("01"), "link"))).published == "2020-05-04"

    def test_what_any_site_may_be_called_is_no_name(self) -> None:
        assert read(marks=(mark("og:site_name", "Hosted", "opengraph"),)).publisher is None

    def test_unknown_is_none(self) -> None:
        article = read(text="")

        assert article == Article(text="")


class TestSavedText:
    def test_title_and_site_from_a_first_line_that_is_repeated(self) -> None:
        lines = ("Ferry sinks - all lost - Ember Notes", "Sunday, May 3, 2020", "Ferry sinks - all lost", BODY)
        blocks = [Block(text=line, tag="line") for line in lines]
        article = read(*blocks, kind="text")

        assert (article.title, article.publisher) == ("Ferry sinks - all lost", "Ember Notes")
        assert article.published == "2020-05-03"

    def test_the_day_on_which_another_published_it_is_not_the_pages(self) -> None:
        lines = ("Monday, May 4, 2020", "Share this", "First published by the Evening Lantern, 3 May 2020", "Print")
        own = [Block(text=line, tag="line") for line in lines]

        assert read(*own, kind="text").published == "2020-05-04"
        assert read(*own[1:], kind="text").published is None
        assert read(Block(text="Posted by Ann Ode 3 May 2020", tag="line"), kind="text").published == "2020-05-03"

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("3 May 2020 A ferry sank on 4 May 2020.", "2020-05-03"),
            ("Posted on May 3 2020 by Ann Ode A ferry sank.", "2020-05-03"),
            ("A ferry sank on 3 May 2020 off Port Ember.", None),
            ("03.05.2020 A ferry sank.", "2020-05-03"),
        ],
    )
    def test_a_bare_article_prints_its_date_first(self, text: str, day: str | None) -> None:
        assert read(text=text, kind="article").published == day


class TestRights:
    def test_an_open_licence_and_a_foreign_copyright_stand_side_by_side(self) -> None:
        article = read(
            "Copyright © Evening Lantern, 2016",
            "Ember Notes follows the Creative Commons rule. Write to me to have your article removed.",
        )

        assert article.licence == "Ember Notes follows the Creative Commons rule; Copyright © Evening Lantern, 2016"
        assert article.removal_contact == "Write to me to have your article removed."

    @pytest.mark.parametrize(
        ("line", "licence"),
        [
            ("Jobs Contact us About us © 2020 Ember. All rights reserved. Terms", "© 2020 Ember. All rights reserved."),
            ("© Ember Media Ltd. 9 Mill Quay, Port Ember.", "© Ember Media Ltd."),
            ("Copyright 2019. Ember Media. All rights reserved.", "Copyright 2019. Ember Media. All rights reserved."),
            ("2019 Ember Media, Inc. All rights reserved. Careers", "2019 Ember Media, Inc. All rights reserved."),
            ("It may not be rewritten. ©2019 Ember. All quotes delayed.", "It may not be rewritten. ©2019 Ember."),
            ("Image copyright Ann Ode", None),
            ("The ferry in May, photos © Ann Ode", None),
            ("The plan behind it all explained by us ©", None),
        ],
    )  # fmt: skip
    def test_the_licence_is_what_stands_beside_the_sign(self, line: str, licence: str | None) -> None:
        assert read(line).licence == licence

    def test_a_sign_above_the_article_gives_way_to_one_below(self) -> None:
        above, below = "A boat. © Wirefoto / Ann Ode", "© 2020 Evening Lantern"
        lines = [Block(text=f"{BODY} {at}", tag="p", start=at * (len(BODY) + 4)) for at in range(8)]
        text = "\n\n".join(block.text for block in lines)

        assert read(above, *lines, below, text=text).licence == below
        assert read(above, *lines, text=text).licence == "© Wirefoto / Ann Ode"

    def test_an_address_for_removal(self) -> None:
        article = read("To have your text removed, contact desk@ember.example.")

        assert article.removal_contact == "desk@ember.example"

    def test_a_removal_of_something_else_is_none(self) -> None:
        assert read("The wreck will be removed, the ministry said by email.").removal_contact is None


class TestLanguage:
    def test_words_outrank_the_template(self) -> None:
        text = "Die Fähre verließ den Hafen am Morgen und sank vor dem Mittag, sagte der Hafenmeister der Zeitung. " * 3

        assert read(text=text, marks=(mark("lang", "en", "meta"),)).language == "de"
        assert read(text=BODY).language == "en"
        assert read(text="Too short.").language is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2019-11-19T09:01:42+05:30", "2019-11-19"),
        ("Published 10:02 AM EST Nov 19, 2019", "2019-11-19"),
        ("19th of November 2019", "2019-11-19"),
        ("19.11.2019, 08:57", "2019-11-19"),
        ("11/19/2019", "2019-11-19"),
        ("03/04/2019", None),
        ("31 February 2019", None),
    ],
)
def test_printed_days(words: str, day: str | None) -> None:
    assert given_day(words) == day


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("By JANE VAN DER BERG, MARY O'NEIL and J. K. ROE", ("Jane Van Der Berg", "Mary O'Neil", "J. K. Roe")),
        ("Ann Ode, MS, RD", ("Ann Ode",)),
        ("Ann Ode - Nov 19, 2019, 10:31 pm", ("Ann Ode",)),
        ("Von Ann Ode am 30. Juli 2018", ("Ann Ode",)),
        ("Staff Reports", ()),
        ("Reuters", ()),
        ("kei_ode", ()),
        ("By Ember Post Staff", ()),
    ],
)
def test_people(words: str, people: tuple[str, ...]) -> None:
    assert people_in(words) == people


def test_a_date_that_no_page_can_have_is_no_date() -> None:
    assert read(marks=(mark("newsarticle.datepublished", "0001-01-01T00:00:00Z"),)).published is None


def test_a_title_that_is_the_name_of_the_site_stays() -> None:
    assert without_site("Evening Lantern", ("Evening Lantern",)) == "Evening Lantern"
    assert without_site("Ferry sinks | News | Evening Lantern", ("evening lantern", "News")) == "Ferry sinks"


lines = st.lists(
    st.text("aA1 -|©@.,:()\nBy20è", max_size=30) | st.sampled_from(["By Ann Ode", "3 May 2020", "© 2019 X"])
)


@settings(max_examples=60, deadline=None)
@given(
    lines,
    st.lists(st.tuples(st.sampled_from(["title", "og:title", "canonical", "author", "date"]), st.text(max_size=20))),
)
def test_never_raises_and_every_value_has_its_words(lines: list[str], stated: list[tuple[str, str]]) -> None:
    view = PageView(
        marks=tuple(mark(key, value, "meta") for key, value in stated if value.strip()),
        blocks=tuple(Block(text=line, tag="h1" if at == 2 else "p") for at, line in enumerate(lines) if line.strip()),
    )
    article = describe(Page(id="x", content=b"", kind="html"), view, "\n".join(lines))
    known = {"title", "publisher", "site", "published", "url", "language", "licence", "removal_contact"}
    valued = {name for name in known if getattr(article, name) is not None} | (
        {"authors"} if article.authors else set()
    )

    assert set(article.evidence) == valued
    assert all(evidence.quote for evidence in article.evidence.values())


@given(st.text(max_size=200))
def test_printed_days_stand_where_they_say(text: str) -> None:
    if found := printed_day(text):
        assert 0 <= found[1][0] < found[1][1] <= len(text)
