"""TIMEX3 values and their days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sayso.times.calendar import days_of, easter, grain_of, nth_weekday, part_of, shift, value_of

GRAINS = ["D", "W", "M", "Q", "Y", "10Y", "100Y"]
days = st.dates(date(1500, 1, 1), date(2900, 12, 31))


@given(days, st.sampled_from(GRAINS))
def test_a_day_lies_in_its_unit_and_the_unit_has_one_name(day: date, grain: str) -> None:
    value = value_of(day, grain)
    covered = days_of(value)

    assert covered is not None
    assert covered[0] <= day <= covered[1]
    assert value_of(covered[0], grain) == value_of(covered[1], grain) == value
    assert grain_of(value) == grain


@given(days, st.sampled_from(GRAINS), st.integers(-20, 20))
def test_steps_are_counted_in_units(day: date, grain: str, count: int) -> None:
    moved = shift(day, grain, count)

    if moved is not None and grain in "DWMQY":
        first, last = days_of(value_of(day, grain)), days_of(value_of(moved, grain))
        assert first is not None
        assert last is not None
        assert (last[0] > first[0]) == (count > 0)


@given(days, st.sampled_from(GRAINS), st.sampled_from(["START", "MID", "END"]))
def test_a_part_lies_in_the_whole(day: date, grain: str, mod: str) -> None:
    value = value_of(day, grain)
    whole, part = days_of(value), part_of(value, mod)

    assert whole is not None
    assert part is not None
    assert whole[0] <= part[0] <= part[1] <= whole[1]


def test_what_is_no_calendar_value_has_no_days() -> None:
    for value in ("PAST_REF", "P2D", "XXXX-08", "XXXX-WXX-5", "2015-13", "2015-02-31", "2015-W60", ""):
        assert days_of(value) is None


def test_steps_out_of_the_calendar_have_no_day() -> None:
    assert shift(date(2016, 1, 1), "Y", 9_999) is None
    assert shift(date(2016, 1, 1), "D", -(10**9)) is None


def test_moving_feasts() -> None:
    assert easter(2016) == date(2016, 3, 27)
    assert easter(2000) == date(2000, 4, 23)
    assert nth_weekday(2016, 11, 4, 4) == date(2016, 11, 24)
