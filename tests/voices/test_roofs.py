"""Under whose roof a voice stands, and what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.voices import kind_of, roof_of


@pytest.mark.parametrize(
    ("voice", "roof"),
    [
        ("unnamed U.S. officials", "US government"),
        ("defence ministry in Moscow", "Russian state"),
        ("residents in Moscow", None),
        ("SANA", "Syrian government"),
        ("Syrian army", "Syrian government"),
        ("Russian Defence Ministry", "Russian state"),
        ("Agence France-Presse", "AFP"),
        ("sana", "Syrian government"),
        ("www.rt.com", "Russian state"),
        ("Turkey", "Turkish state"),
        ("Washington", "US government"),
        ("Norwegian foreign ministry", "Norwegian government"),
        ("unnamed military source (Syria)", "Syrian government"),
        ("unnamed AFP correspondent", "AFP"),
        ("Syrian rebels", "Syrian opposition"),
        ("ISIL", "Islamic State"),
        ("Lake Monitor", None),
        ("pro-Moscow media", "Russian state"),
        ("Oslo-based fishermen's government", None),
        ("unnamed Syria-based military blogger", None),
        ("Independent Doctors Association", None),
        ("Syrian interim government", "Syrian opposition"),
        ("unnamed activists", None),
        ("Norwegian fishermen", None),
        ("", None),
    ],
)
def test_roof(voice: str, roof: str | None) -> None:
    assert roof_of(voice) == roof


@pytest.mark.parametrize(
    ("voice", "kind"),
    [
        ("Reuters", "agency"), ("Daesh", "armed_group"), ("unnamed activists", "anonymous"),
        ("unspecified", "anonymous"), ("Norway", "state"), ("Moscow", "state"), ("Lake Monitor", None),
    ],
)  # fmt: skip
def test_kind(voice: str, kind: str | None) -> None:
    assert kind_of(voice) == kind


@given(st.text(max_size=80))
def test_any_voice_has_a_roof_or_none(voice: str) -> None:
    roof = roof_of(voice)

    assert roof is None or roof
