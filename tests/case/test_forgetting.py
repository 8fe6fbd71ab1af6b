"""What is forgotten is gone from the file's very bytes, stays away, and takes nothing else with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.case import Case, Decision, open_case
from sayso.case.redaction import BLOT, without_voice
from sayso.records import Reading
from tests.stories.reports import report

NAME = "Qorvindel"
HIS = report(
    "gazette", f"Zephyrous shells of the harbour battery killed 16, {NAME} Marsk said.", trigger="shells",
    speaker=f"{NAME} Marsk", killed=(16, 16), publisher="The Forgettable",
)  # fmt: skip
HERS = report(
    "herald", "Traders marched in Eskmouth, the mayor said.", trigger="marched", kind="protest", speaker="the mayor",
    place="Eskmouth", date=("2024-05-01", "2024-05-01"),
)  # fmt: skip


def bytes_of(where: str) -> bytes:
    """All that lies on the disk of a case."""
    folder = Path(where).parent
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def filled(where: str) -> Case:
    case = open_case(where)
    for reading in (HIS, HERS):
        case.add(reading)
    case.refresh()
    case.decide(Decision(what="merge", voice="Marsk", to=f"{NAME} Marsk"), who="Ada")
    return case


FORGOTTEN = [("article", "gazette"), ("outlet", "the forgettable"), ("voice", f"{NAME} Marsk")]


@pytest.mark.parametrize(("what", "name"), FORGOTTEN)
def test_no_byte_of_it_is_left_on_the_disk(tmp_path: Path, what: str, name: str) -> None:
    where = str(tmp_path / "a.sayso")
    with filled(where) as case:
        assert b"Zephyrous" in bytes_of(where)
        case.forget(what, name, why="asked to", who="Ada")  # type: ignore[arg-type]
    left = bytes_of(where).lower()

    for word in (b"zephyrous", NAME.casefold().encode(), b"forgettable"):
        # that a person decided about the voice is that person's own, and goes with the voice alone
        stays = {"voice": b"forgettable"}.get(what, NAME.casefold().encode())
        assert word not in left or word == stays, word
    assert b"mayor" in left


@pytest.mark.parametrize(("what", "name"), FORGOTTEN)
def test_it_stays_away_and_the_rest_stays(where: str, what: str, name: str) -> None:
    with filled(where) as case:
        before = [story for story in case.full_stories() if story.reports[0].article == "herald"]
        done = case.forget(what, name, why="asked to", who="Ada")  # type: ignore[arg-type]
        again = case.add(HIS)

        assert [story for story in case.full_stories() if story.reports[0].article == "herald"] == before
        assert all(NAME not in reading.article.text for reading in case.readings())
        assert case.search("Zephyrous") == ()
        assert (done.removed or done.blotted) == ("gazette",)
        assert again == ("forgotten" if what != "voice" else "same")
        (stone, *_) = case.tombstones()
        assert (stone.what, stone.why, stone.who) == (what, "asked to", "Ada")
        assert name not in str(case.tombstones())


def test_a_changed_page_of_a_forgotten_voice_comes_without_its_words(where: str) -> None:
    changed = report(
        "gazette", f"Zephyrous shells of the harbour battery killed 20, {NAME} Marsk said.", trigger="shells",
        speaker=f"{NAME} Marsk", killed=(20, 20), publisher="The Forgettable",
    )  # fmt: skip
    with filled(where) as case:
        case.forget("voice", f"{NAME} Marsk", why="asked to", who="Ada")
        case.add(changed)

        assert all("Zephyrous" not in version.article.text for version in case.versions("gazette"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=60, deadline=None)
def test_blotting_out_keeps_every_other_offset(tail: str) -> None:
    text = f"Shells hit the market, Marsk said. {tail}"
    before = report("gazette", text, trigger="Shells", speaker="Marsk")
    after = without_voice(before, "Marsk")

    assert isinstance(after, Reading)
    assert len(after.article.text) == len(text)
    assert "Marsk" not in after.article.text
    assert after.attributions == after.claims == after.events == ()
    kept = [(one, other) for one, other in zip(text, after.article.text, strict=True) if other != BLOT]
    assert all(one == other for one, other in kept)


def test_a_reading_without_the_voice_is_left_as_it_is() -> None:
    assert without_voice(HERS, f"{NAME} Marsk") is None
