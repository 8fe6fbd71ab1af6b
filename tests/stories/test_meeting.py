"""Names that meet across articles, and names that must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.stories import meet


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Varnholt Monitor", "the Varnholt Monitor"),
        ("Rami Abdel Rahman", "Rami Abdulrahman"),
        ("Rami Abdel-Rahman", "Rami Abdel Rahman"),
        ("Talal Barazi", "Talal al-Barazi"),
        ("Élodie Marchand", "Elodie Marchand"),
        ("Ostravel Network for Human Rights", "ONHR"),
        ("Syrian Observatory for Human Rights", "SOHR"),
        ("Bibars Mishal", "Bebars Mishal"),
    ],
)
def test_names_of_one_voice_meet_with_a_reason(one: str, other: str) -> None:
    found = meet([one, other])

    assert set(found) == {other} or set(found) == {one}
    assert all(meeting.name in (one, other) and meeting.reason for meeting in found.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ali Hassan", "Ali Hussein"),
        ("Free Syrian Army", "Syrian army"),
        ("unnamed activists", "Unnamed Activists"),
        ("Ministry of Defence of Tarsenia", "Ministry of Defence of Varland"),
        ("Mira Talven", "Marta Talvin"),
        ("Martin Eliot Nash", "MEN"),
    ],
)
def test_names_of_two_voices_do_not_meet(one: str, other: str) -> None:
    assert meet([one, other]) == {}


@given(st.lists(st.text(max_size=30), unique=True))
def test_no_name_goes_by_one_that_goes_by_another(names: list[str]) -> None:
    found = meet(names)

    assert not {meeting.name for meeting in found.values()} & set(found)
