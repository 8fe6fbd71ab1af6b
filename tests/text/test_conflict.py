"""The first look: what is read, what is passed over, and that neither is silent."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather import Wanted, gather
from sayso.pages import read_article
from sayso.records import Page
from sayso.settings import Settings
from sayso.text.conflict import FEWEST_WORDS, conflict_score, first_look, words_of_look

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"

WAR = (
    "At least nine soldiers were killed and dozens of civilians wounded on Tuesday when rebel forces shelled an army "
    "post near the town of Pelnik, the regional government said; the armed group denied the attack."
)
PEACE = (
    "The bakery on the corner has won a prize for its bread again this year, and its owner says that the secret is to "
    "let the dough rest for two days before she puts it in the oven with a little butter and some honey."
)


def test_war_is_read_and_bread_is_not() -> None:
    war, peace = first_look(WAR, "en"), first_look(PEACE, "en")

    assert (war.read, war.why) == (True, "conflict")
    assert (peace.read, peace.why) == (False, "other subject")
    assert war.score is not None
    assert peace.score is not None
    assert peace.score < 0.5 < war.score


def test_every_page_of_the_examples_is_read() -> None:
    looks = {}
    for page in gather([str(ROOT / "examples")], Wanted(), Settings()):
        assert isinstance(page, Page)
        article = read_article(page, Settings())[0]
        looks[page.id] = first_look(f"{article.title or ''}\n{article.text}", article.language)

    assert len(looks) == 10
    assert all(look.read for look in looks.values()), looks


def test_other_languages_and_scraps_are_named_as_such() -> None:
    assert first_look(WAR, "fr").why == "other language"
    assert first_look("Two killed in shelling.").why == "too short"
    assert first_look(WAR).read


@given(st.text(max_size=3000), st.sampled_from([None, "en", "de"]), st.floats(0, 1))
def test_any_text_gets_one_look_whose_score_decides(text: str, language: str | None, least: float) -> None:
    look = first_look(text, language, least)

    assert look == first_look(text, language, least)
    assert look.read == (look.why == "conflict")
    assert (look.score is None) == (language == "de" or len(words_of_look(text)) < FEWEST_WORDS)
    assert look.score is None or (0 <= look.score <= 1 and look.read == (look.score >= least))


@given(st.permutations(words_of_look(WAR)))
def test_neither_order_nor_repetition_counts(words: list[str]) -> None:
    assert conflict_score(words) == conflict_score(words + words) == conflict_score(words_of_look(WAR))


def test_the_table_is_small_sorted_and_without_names() -> None:
    data = (files("sayso.text") / "conflict.tsv").read_bytes()
    head, *rows = data.decode().splitlines()
    words = [row.split("\t")[0] for row in rows]

    assert len(data) <= 300_000
    assert len(head.split("\t")) == 2
    assert words == sorted(set(words))
    assert all(word == word.lower() and word.isalpha() for word in words)
    assert not {"syria", "syrian", "aleppo", "damascus", "assad", "salvador", "trump", "clinton"} & set(words)


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the data beside the repository")
def test_nearly_all_reports_of_war_and_few_others_are_read() -> None:
    def share(name: str, field: str = "text") -> float:
        rows = [json.loads(line) for line in (DATA / name).read_bytes().splitlines()]
        return sum(first_look(f"{row.get('title') or ''}\n{row[field]}").read for row in rows) / len(rows)

    assert share("conflict/gold_dev.jsonl") >= 0.98
    assert share("conflict/articles.jsonl") >= 0.98
    assert share("pages/truth.jsonl", "articleBody") <= 0.1
    assert share("attribution/dev.jsonl") <= 0.1


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the data beside the repository")
def test_pages_as_they_are_cleaned_are_passed_over_too() -> None:
    read = []
    for path in sorted((DATA / "pages" / "html").glob("*.gz"))[:20]:
        page = Page(id=path.stem, content=gzip.decompress(path.read_bytes()), kind="html")
        article = read_article(page, Settings())[0]
        read.append(first_look(f"{article.title or ''}\n{article.text}", article.language).read)

    assert sum(read) <= 2
