"""The first look: what is read is read like any page, and what is passed over says why."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from sayso.bulk.sieve import Passed, Sieve, read_or_pass
from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.settings import Settings
from tests.bulk.inputs import article, html_of, other_subject

RULES = Settings(reader="rules", threads=1)


def page(row: dict[str, str]) -> Page:
    return Page(id=row["id"], content=html_of(row), kind="html")


def test_a_report_of_war_is_read_as_any_page() -> None:
    one = page(article(1))

    assert read_or_pass(one, RULES, Sieve()) == read_page(one, RULES)


def test_another_subject_is_passed_over_with_its_reason() -> None:
    for kind, seen in (("html", "page"), ("text", "article")):
        row = other_subject(2)
        content = html_of(row) if kind == "html" else row["text"].encode()
        passed = read_or_pass(Page(id="a2", content=content, kind=kind), RULES, Sieve())  # type: ignore[arg-type]

        assert isinstance(passed, Passed)
        assert (passed.id, passed.why, passed.seen) == ("a2", "other subject", seen)
        assert passed.page == hashlib.sha256(content).hexdigest()
        assert passed.score is not None
        assert 0 <= passed.score < 0.5


def test_what_a_glance_cannot_tell_is_looked_at_again() -> None:
    # the very same page by its article: a glance must not pass over what that would let through
    for number in range(15):
        one = page(article(number))
        assert isinstance(read_or_pass(one, RULES, Sieve()), Reading)
    deep = page(other_subject(2))
    nested = replace(deep, content=b"<div>" * 9_000 + deep.content)
    passed = read_or_pass(nested, RULES, Sieve())

    assert isinstance(passed, Passed)
    assert passed.seen == "article"


def test_another_language_is_passed_over_without_a_score() -> None:
    german = "Der Stadtrat von Mirsk hat am Montag die neue Bibliothek eröffnet. " * 6
    passed = read_or_pass(page(article(3, german)), RULES, Sieve())

    assert isinstance(passed, Passed)
    assert (passed.why, passed.score) == ("other language", None)


def test_everything_is_read_where_that_is_wanted() -> None:
    one = page(other_subject(2))

    assert read_or_pass(one, RULES, Sieve(everything=True)) == read_page(one, RULES)


def test_the_least_score_can_be_set() -> None:
    assert isinstance(read_or_pass(page(other_subject(2)), RULES, Sieve(least=0.0)), Reading)
    assert isinstance(read_or_pass(page(article(1)), RULES, Sieve(least=1.0)), Passed)


def test_a_page_of_which_nothing_can_be_taken_is_read_so_that_its_problems_stand_somewhere() -> None:
    empty = Page(id="e", content=b"", kind="html")

    assert read_or_pass(empty, RULES, Sieve()) == read_page(empty, RULES)
