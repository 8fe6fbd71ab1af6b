"""What read_times finds: reviewed sentences, each with the day on which it was published."""

from __future__ import annotations

import pytest

from sayso.records import Time
from sayso.text import Doc
from sayso.times import read_times

SUNDAY = "2016-12-11"


def only(text: str, published: str | None = SUNDAY) -> tuple[str, Time]:
    """The one time expression of ``text``, with its words."""
    doc = Doc(text)
    (time,) = read_times(doc, published)
    return doc.words(time.span), time


def summary(text: str, published: str | None = SUNDAY) -> tuple[str, str, str, str | None, str | None]:
    words, time = only(text, published)
    return words, time.type, time.value, time.start, time.end


DATES = {
    "Shells fell on 4 April 2015 near the dam.": ("4 April 2015", "2015-04-04"),
    "Sun Jul 31 2016 Shells fell near the dam.": ("Sun Jul 31 2016", "2016-07-31"),
    "Saturday, 10 December 2016 Shells fell.": ("Saturday, 10 December 2016", "2016-12-10"),
    "Last updated at Jun 14,2016 THE DAM": ("Jun 14,2016", "2016-06-14"),
    "28.04.2017Get short URL": ("28.04.2017", "2017-04-28"),
    "2016/12/09 The dam burst.": ("2016/12/09", "2016-12-09"),
    "2016-12-09 The dam burst.": ("2016-12-09", "2016-12-09"),
    "04-12-2016 The dam burst.": ("04-12-2016", "2016-12-04"),
    "The dam burst on 12/25/2015.": ("12/25/2015", "2015-12-25"),
    "The dam burst on October 13th, officials said.": ("October 13th", "2016-10-13"),
    "The dam burst on 4 April, officials said.": ("4 April", "2016-04-04"),
    "The vote will be held on 4 April.": ("4 April", "2017-04-04"),
    "Officials said on Saturday the dam had burst.": ("Saturday", "2016-12-10"),
    "Officials said on Sunday the dam had burst.": ("Sunday", "2016-12-11"),
    "The council will meet on Tuesday.": ("Tuesday", "2016-12-13"),
    "The dam burst last Friday.": ("last Friday", "2016-12-09"),
    "The dam burst last Sunday.": ("last Sunday", "2016-12-04"),
    "The council is to meet next Sunday.": ("next Sunday", "2016-12-18"),
    "The dam burst yesterday.": ("yesterday", "2016-12-10"),
    "The dam burst the day before yesterday.": ("the day before yesterday", "2016-12-09"),
    "The dam burst 11 days ago.": ("11 days ago", "2016-11-30"),
    "The dam burst on Christmas Eve, officials said.": ("Christmas Eve", "2016-12-24"),
    "The dam burst last Thanksgiving.": ("last Thanksgiving", "2016-11-24"),
}


@pytest.mark.parametrize("text", DATES)
def test_days(text: str) -> None:
    words, day = DATES[text]

    assert summary(text) == (words, "DATE", day, day, day)


#: Which way a day lies from Sunday 11 December, by what stands about it.
WAYS = {
    "They gave the council until Tuesday to answer.": "2016-12-13",
    "They extended the truce until 9 a.m. Tuesday.": "2016-12-13T09:00",
    "The council will greet Mr. Ode at 9 a.m. Tuesday.": "2016-12-13T09:00",
    "The council had been due to meet Tuesday.": "2016-12-06",
    "The council met as previously planned Tuesday.": "2016-12-06",
    "The council would gather at a still unnamed place Tuesday.": "2016-12-13",
    "The younger man will succeed the elder Tuesday.": "2016-12-13",
    "The council agreed Tuesday.": "2016-12-06",
    "They postponed until Tuesday any vote.": "2016-12-13",
    "The trial begins Tuesday.": "2016-12-13",
    "It will at a new place open Tuesday, he said.": "2016-12-13",
    "It should close Tuesday.": "2016-12-13",
    "It should have closed Tuesday.": "2016-12-06",
    "In the race of this Tuesday.": "2016-12-13",
    "There is calm since 20 December.": "2015-12-20",
}


@pytest.mark.parametrize("text", WAYS)
def test_the_way_a_day_lies(text: str) -> None:
    assert values(text) == [WAYS[text]]


PERIODS = {
    "He left this week.": ("this week", "2016-W49", "2016-12-05", "2016-12-11"),
    "He left last week.": ("last week", "2016-W48", "2016-11-28", "2016-12-04"),
    "He left three weeks ago.": ("three weeks ago", "2016-W46", "2016-11-14", "2016-11-20"),
    "He left over the weekend.": ("the weekend", "2016-W49-WE", "2016-12-10", "2016-12-11"),
    "In October he left.": ("October", "2016-10", "2016-10-01", "2016-10-31"),
    "He left in March this year.": ("March this year", "2016-03", "2016-03-01", "2016-03-31"),
    "He left in June last year.": ("June last year", "2015-06", "2015-06-01", "2015-06-30"),
    "He left last month.": ("last month", "2016-11", "2016-11-01", "2016-11-30"),
    "He left in August 2013.": ("August 2013", "2013-08", "2013-08-01", "2013-08-31"),
    "He left in late 2014.": ("late 2014", "2014", "2014-10-01", "2014-12-31"),
    "He left in early July.": ("early July", "2016-07", "2016-07-01", "2016-07-10"),
    "He left in mid-March 2011.": ("mid-March 2011", "2011-03", "2011-03-11", "2011-03-20"),
    "He left earlier this month.": ("earlier this month", "2016-12", "2016-12-01", "2016-12-11"),
    "He left in 2015.": ("2015", "2015", "2015-01-01", "2015-12-31"),
    "He left two years ago.": ("two years ago", "2014", "2014-01-01", "2014-12-31"),
    "He left in the third quarter.": ("the third quarter", "2016-Q3", "2016-07-01", "2016-09-30"),
    "He left in the first half of 2015.": ("the first half of 2015", "2015-H1", "2015-01-01", "2015-06-30"),
    "He left last summer.": ("last summer", "2016-SU", "2016-06-01", "2016-08-31"),
    "He left in the winter of 1994.": ("the winter of 1994", "1994-WI", "1994-12-01", "1995-02-28"),
    "He left in the late 1970s.": ("the late 1970s", "197", "1970-01-01", "1979-12-31"),
    "He left in the '80s.": ("the '80s", "198", "1980-01-01", "1989-12-31"),
    "He left in the first half of the 1980s.": ("the first half of the 1980s", "198", "1980-01-01", "1989-12-31"),
    "He left in 2014's second quarter.": ("2014's second quarter", "2014-Q2", "2014-04-01", "2014-06-30"),
    "He left in the most recent quarter.": ("the most recent quarter", "2016-Q3", "2016-07-01", "2016-09-30"),
    "Of this weekend.": ("this weekend", "2016-W49-WE", "2016-12-10", "2016-12-11"),
    "It is the third day of the siege.": ("the third day", "2016-12-11", "2016-12-11", "2016-12-11"),
    "He left in the nineties.": ("the nineties", "199", "1990-01-01", "1999-12-31"),
    "He left in the 19th century.": ("the 19th century", "18", "1800-01-01", "1899-12-31"),
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text: str) -> None:
    words, value, start, end = PERIODS[text]

    assert summary(text) == (words, "DATE", value, start, end)


HOURS = {
    "Shells fell overnight Saturday.": ("overnight Saturday", "2016-12-10TNI", "2016-12-10"),
    "Shells fell overnight, he said.": ("overnight", "2016-12-10TNI", "2016-12-10"),
    "Shells fell late on Friday night.": ("late on Friday night", "2016-12-09TNI", "2016-12-09"),
    "Shells fell in the early hours of Thursday.": ("the early hours of Thursday", "2016-12-08TMO", "2016-12-08"),
    "Shells fell at dawn on Tuesday.": ("dawn on Tuesday", "2016-12-06TMO", "2016-12-06"),
    "Shells fell last night.": ("last night", "2016-12-10TNI", "2016-12-10"),
    "Shells fell at 5 p.m. Monday.": ("5 p.m. Monday", "2016-12-05T17:00", "2016-12-05"),
    "Shells fell at noon Thursday.": ("noon Thursday", "2016-12-08T12:00", "2016-12-08"),
    "Sun Jul 31 2016 3:41AM Shells fell.": ("Sun Jul 31 2016 3:41AM", "2016-07-31T03:41", "2016-07-31"),
    "Wed 01 Oct 2014 at 1459 Shells fell.": ("Wed 01 Oct 2014 at 1459", "2014-10-01T14:59", "2014-10-01"),
    "2016-12-10T14:47:05Z Shells fell.": ("2016-12-10T14:47:05Z", "2016-12-10T14:47", "2016-12-10"),
    "Shells fell late in the afternoon on Friday.": ("late in the afternoon on Friday", "2016-12-09TAF", "2016-12-09"),
    "Shells fell at 10:35 a.m. (0735 GMT) Friday.": ("10:35 a.m. (0735 GMT) Friday", "2016-12-09T10:35", "2016-12-09"),
    "Shells fell at 6:30 this morning.": ("6:30 this morning", "2016-12-11T06:30", "2016-12-11"),
    "Shells fell at 10 a.m. last Friday.": ("10 a.m. last Friday", "2016-12-09T10:00", "2016-12-09"),
    "Saturday, 10 December 2016 14:47": ("Saturday, 10 December 2016 14:47", "2016-12-10T14:47", "2016-12-10"),
}


@pytest.mark.parametrize("text", HOURS)
def test_hours_and_parts_of_the_day(text: str) -> None:
    words, value, day = HOURS[text]

    assert summary(text) == (words, "TIME", value, day, day)


LENGTHS = {
    "In the past 24 hours five fell.": ("the past 24 hours", "PT24H", "2016-12-10", "2016-12-11"),
    "During the past ten days five fell.": ("the past ten days", "P10D", "2016-12-02", "2016-12-11"),
    "Over the last two months five fell.": ("the last two months", "P2M", "2016-10-11", "2016-12-11"),
    "During the past week five fell.": ("the past week", "P1W", "2016-12-04", "2016-12-11"),
    "In the next two weeks more may fall.": ("the next two weeks", "P2W", "2016-12-11", "2016-12-25"),
    "They fell for the tenth day in a row.": ("the tenth day in a row", "P10D", "2016-12-02", "2016-12-11"),
    "It has held the town for more than a year.": ("more than a year", "P1Y", "2015-12-11", "2016-12-11"),
    "They met on 5-7 May 2015.": ("5-7 May 2015", "P3D", "2015-05-05", "2015-05-07"),
    "A siege of 2 1/2 years ended.": ("2 1/2 years", "P2Y6M", None, None),
    "A five-day truce ended.": ("five-day", "P5D", None, None),
    "A five-year-old war ended.": ("five-year-old", "P5Y", None, None),
    "The siege lasted several months.": ("several months", "PXM", None, None),
    "The siege lasted four decades.": ("four decades", "P40Y", None, None),
    "It took a year and a half.": ("a year and a half", "P1Y6M", None, None),
    "It took two-and-a-half years.": ("two-and-a-half years", "P2Y6M", None, None),
    "A yearlong siege ended.": ("yearlong", "P1Y", None, None),
    "A week-long siege ended.": ("week-long", "P1W", None, None),
    "A few days later it burst.": ("A few days later", "PXD", None, None),
    "He fled within weeks or months.": ("weeks or months", "PXW", None, None),
    "It took two hundred and five days.": ("two hundred and five days", "P205D", None, None),
    "It took between two and four years.": ("four years", "P4Y", None, None),
}


@pytest.mark.parametrize("text", LENGTHS)
def test_lengths(text: str) -> None:
    words, value, start, end = LENGTHS[text]

    assert summary(text) == (words, "DURATION", value, start, end)


SETS = {
    "They meet every Tuesday.": ("every Tuesday", "XXXX-WXX-2"),
    "They meet on Fridays.": ("Fridays", "XXXX-WXX-5"),
    "They meet daily.": ("daily", "P1D"),
    "They meet every two weeks.": ("every two weeks", "P2W"),
    "They earn $5 a year.": ("a year", "P1Y"),
}


@pytest.mark.parametrize("text", SETS)
def test_sets(text: str) -> None:
    words, value = SETS[text]

    assert summary(text) == (words, "SET", value, None, None)


MODS = {
    "It took about two years.": ("about two years", "APPROX"),
    "It took more than a month.": ("more than a month", "MORE_THAN"),
    "It took at least 30 days.": ("at least 30 days", "EQUAL_OR_MORE"),
    "It took nearly two years.": ("nearly two years", "LESS_THAN"),
    "It took a couple of years.": ("a couple of years", "APPROX"),
    "It broke in early March.": ("early March", "START"),
    "It broke in the mid-1990s.": ("the mid-1990s", "MID"),
    "It broke late on Wednesday.": ("late on Wednesday", "END"),
    "It broke at the end of 1990.": ("the end of 1990", "END"),
}


@pytest.mark.parametrize("text", MODS)
def test_mods(text: str) -> None:
    words, time = only(text)

    assert (words, time.mod) == MODS[text]


REFERENCES = {
    "He is now in charge.": "PRESENT_REF",
    "He was recently seen.": "PAST_REF",
    "Of the future.": "FUTURE_REF",
    "The dam will one day burst.": "FUTURE_REF",
    "Of losses in future quarters.": "FUTURE_REF",
    "Of losses in previous years.": "PAST_REF",
    "Of losses in recent weeks and months.": "PAST_REF",
}


@pytest.mark.parametrize("text", REFERENCES)
def test_times_that_no_calendar_holds(text: str) -> None:
    _, time = only(text)

    assert (time.type, time.value, time.start, time.end) == ("DATE", REFERENCES[text], None, None)


def values(text: str, published: str | None = SUNDAY) -> list[str]:
    return [time.value for time in read_times(Doc(text), published)]


def test_some_are_told_from_the_date_last_spoken_of() -> None:
    assert values("On 4 April 2015 it burst. Two days later he left.") == ["2015-04-04", "2015-04-06"]
    assert values("On Thursday it burst. A day earlier he had left.") == ["2016-12-08", "2016-12-07"]
    assert values("On Thursday it burst. He left the same day.") == ["2016-12-08", "2016-12-08"]
    assert values("It burst in May 1995. He left the following year.") == ["1995-05", "1996"]
    assert values("In the third quarter it earned 5, against 4 a year earlier.") == ["2016-Q3", "2015-Q3"]
    assert values("In the third quarter it earned 5, 4 in the like quarter of 2014.") == ["2016-Q3", "2014-Q3"]
    assert values("In the third quarter it earned 5, 4 in the prior-year quarter.") == ["2016-Q3", "2015-Q3"]


def test_what_is_compared_with_the_months_of_a_result_is_no_quarter() -> None:
    results = "It earned 5 in the third quarter. For the nine months it earned 9, against 8"

    assert values(f"{results} a year earlier.") == ["2016-Q3", "P9M", "2015"]
    assert values(f"{results} in the 2014 period.") == ["2016-Q3", "P9M", "2014"]
    assert values(f"{results} in the year-ago period.") == ["2016-Q3", "P9M", "P9M"]
    assert values(f"{results}.\n\nSales were lower than a year ago.") == ["2016-Q3", "P9M", "2015-Q3"]
    assert values(f"{results} in the first quarter, and 3 a year ago.") == ["2016-Q3", "P9M", "2016-Q1", "2015-Q3"]


def test_a_later_quarter_that_the_text_looks_back_on_is_the_companys_own() -> None:
    assert values("It said fourth-quarter profit fell. A year earlier it earned 5.") == ["2016-Q4", "2015-Q4"]
    assert values("It will sell in the fourth quarter. Sales in the quarter rose.") == ["2016-Q4", "2016-Q3"]
    assert values("In the quarter ended June 30 it earned 5.") == ["2016-Q2", "2016-06-30"]
    assert values("In the first quarter it earned 5. Sales in the quarter ended Sept. 30 rose.")[:2] == ["2016-Q1"] * 2


def test_two_days_of_one_month() -> None:
    assert values("It burst on May 21 and 22.") == ["2016-05-21", "2016-05-22"]
    assert values("It burst between 5 and 7 June.") == ["2016-06-05", "2016-06-07"]


def test_parts_of_other_days() -> None:
    assert values("On Thursday he left. He was back the next morning.") == ["2016-12-08", "2016-12-09TMO"]
    assert values("On Thursday he left. It was late afternoon.") == ["2016-12-08", "2016-12-08TAF"]
    assert values("He left this morning.") == ["2016-12-11TMO"]


def test_without_a_day_of_publication_nothing_is_guessed() -> None:
    for text, value in {
        "It burst on Friday.": "XXXX-WXX-5",
        "It burst in October.": "XXXX-10",
        "It burst on 4 April.": "XXXX-04-04",
        "It burst at noon.": "XXXX-XX-XXT12:00",
    }.items():
        words, time = only(text, None)

        assert (time.value, time.start, time.end) == (value, None, None), words


def test_a_stated_date_needs_no_day_of_publication() -> None:
    assert summary("It burst on 4 April 2015.", None)[2:] == ("2015-04-04", "2015-04-04", "2015-04-04")


def test_the_hour_of_publication_is_of_no_account() -> None:
    assert values("It burst on Friday.", "2016-12-11T23:30:00") == ["2016-12-09"]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the town.",
        "He is 23 years old, his five-year-old son said.",
        "They hit 1354 targets and more than 2000 tankers for $1995.",
        "It burned three-quarters of the second village.",
        "The sat nav broke in the fall from the wall at 10:99.",
        "It was on 31 February, or 99.99.2016.",
        "It opens 24 hours a day, seven days a week.",
        "Sales rose 8% annually, or 200 tons annually.",
        "He is told of in \"This Week\" and ``60 Minutes''.",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    found = [Doc(text).words(time.span) for time in read_times(Doc(text), SUNDAY)]

    assert found in ([], ["February"], ["the fall"])


def test_typographic_marks_and_line_breaks_are_no_matter() -> None:
    assert values("It burst in mid–March\n2011, in this year’s third quarter.") == ["2011-03", "2016-Q3"]
