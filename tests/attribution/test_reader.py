"""Who says what: reviewed cases in invented texts, and what holds for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution import read_attributions
from sayso.attribution.footers import in_footer
from sayso.attribution.spoken import Spoken
from sayso.text import Doc

Row = tuple[str, str, str, str]

CASES: list[tuple[str, list[Row]]] = [
    ("The harbour office said that two boats sank.", [("The harbour office", "said", "that two boats sank", "says")]),
    ("Two boats sank on Monday, the harbour office said.",
     [("the harbour office", "said", "Two boats sank on Monday", "says")]),
    ("“We lost two boats,” said Ana Bell, head of the harbour office.",
     [("Ana Bell, head of the harbour office", "said", "“We lost two boats,”", "says")]),
    ('"We lost two," Bell said, "and one is missing."',
     [("Bell", "said", '"We lost two,"|"and one is missing."', "says")]),
    ('"We lost two," Bell told the Daily Harbour. "One is missing."',
     [("Bell", "told", '"We lost two,"|"One is missing."', "says")]),
    ("According to the harbour office, two boats sank.",
     [("the harbour office", "According to", "two boats sank", "says")]),
    ("Two boats sank, according to the harbour office.",
     [("the harbour office", "according to", "Two boats sank", "says")]),
    ("The minister told Harbour News that two boats sank.",
     [("The minister", "told", "that two boats sank", "says")]),
    ("The union accused the owners of hiding the damage.",
     [("The union", "accused", "the owners of hiding the damage", "says")]),
    ("The owners denied the charge.", [("The owners", "denied", "the charge", "denies")]),
    ("The minister wants to close the harbour.", [("The minister", "wants", "to close the harbour", "intends")]),
    ("Carla Diaz, the mayor of Norbury, said the harbour would stay open.",
     [("Carla Diaz, the mayor of Norbury", "said", "the harbour would stay open", "says")]),
    ("The mayor praised the crews, adding that the harbour would stay open.",
     [("The mayor", "praised", "the crews", "says"),
      ("The mayor", "adding", "that the harbour would stay open", "says")]),
    ("The agency quoted the mayor as saying that the harbour was safe.",
     [("the mayor", "quoted|as saying", "that the harbour was safe", "says")]),
    ("Two boats sank, the agency said, citing a harbour official.",
     [("a harbour official", "citing", "Two boats sank", "says")]),
    ("Two boats sink in Norbury storm - official", [("official", "", "Two boats sink in Norbury storm", "says")]),
    ("The pilot reportedly left the harbour early.", [("", "reportedly", "The pilot|left the harbour early", "says")]),
    ("As Harbour News reported, the pilot was late.",
     [("Harbour News", "reported", "the pilot was late", "says")]),
    ("The mayor said the union had told her that two boats sank.",
     [("The mayor", "said", "the union had told her that two boats sank", "says"),
      ("the union", "had told", "that two boats sank", "says")]),
    ("Two boats sank, sailors and a harbour official said.",
     [("sailors", "said", "Two boats sank", "says"), ("a harbour official", "said", "Two boats sank", "says")]),
    ("The storm was reported by the harbour office.",
     [("the harbour office", "was reported", "The storm", "says")]),
    ("Bell was accused of hiding the damage.", [("", "was accused", "Bell|of hiding the damage", "says")]),
    ("The mayor rejected the owners' claim that the pilot was late.",
     [("The mayor", "rejected", "the owners' claim that the pilot was late", "denies")]),
    ("Asked about the storm, Bell went further: “We had no warning at all, not even an hour before the first wave.”",
     [("Bell", ":", "“We had no warning at all, not even an hour before the first wave.”", "says")]),
    ("Updated Friday 3 Jun 2016 Two boats sank off Norbury, a harbour official said.",
     [("a harbour official", "said", "Two boats sank off Norbury", "says")]),
    ("“Two boats sank,” the statement by the harbour office says.",
     [("the statement by the harbour office", "says", "“Two boats sank,”", "says")]),
    ("“Two boats sank,” the statement reads.", [("the statement", "reads", "“Two boats sank,”", "says")]),
    ("In particular the outlet says IS has control of the harbour, which it took.",
     [("the outlet", "says", "IS has control of the harbour, which it took", "says")]),
    ("According to Harbour News, citing the Norbury Rescue Network, two boats sank.",
     [("the Norbury Rescue Network", "citing", "two boats sank", "says")]),
    ("Harbour News, citing two sailors, reported that two boats sank.",
     [("two sailors", "citing|reported", "that two boats sank", "says")]),
    ("Citing a sailor, Harbour News reported earlier that two boats had sunk.",
     [("a sailor", "Citing|reported", "that two boats had sunk", "says")]),
    ("A sailor who asked not to be named for fear of her job said the storm lasted two hours.",
     [("A sailor", "said", "the storm lasted two hours", "says")]),
    ("A sailor, who gave her name only as Ana, said 10 to 15 boats had sunk.",
     [("A sailor", "said", "10 to 15 boats had sunk", "says")]),
    ("A sailor who left at noon said that two boats sank.", [("A sailor", "said", "that two boats sank", "says")]),
    ("Two boats sank near the harbour, said a sailor who asked not to be named.",
     [("a sailor", "said", "Two boats sank near the harbour", "says")]),
    ("A pilot, speaking on condition of anonymity, said two boats sank.",
     [("A pilot", "said", "two boats sank", "says")]),
    ("The pilot, when asked about the storm, said two boats sank.", [("The pilot", "said", "two boats sank", "says")]),
    ("Claims by the owners that they have saved the pilot are untrue.",
     [("the owners", "Claims", "that they have saved the pilot", "says")]),
    ("NORBURY, March 17 (Harbour News) - Two boats sank in the storm, sailors said.",
     [("sailors", "said", "Two boats sank in the storm", "says")]),
    ("NORBURY (Harbour News) - A pilot said two boats sank.", [("A pilot", "said", "two boats sank", "says")]),
    ("NORBURY: The pilot said two boats sank.", [("The pilot", "said", "two boats sank", "says")]),
    ("SEND (Photo HN) Two boats sank in the storm, sailors said.",
     [("sailors", "said", "Two boats sank in the storm", "says")]),
    ("The pilot denied that he had left and blamed the owners for the storm damage.",
     [("The pilot", "denied", "that he had left", "denies"),
      ("The pilot", "blamed", "the owners for the storm damage", "says")]),
    ("The pilot rejected as a lie the owners' claim that he was late.",
     [("The pilot", "rejected", "the owners' claim that he was late", "denies")]),
    ("Unconfirmed reports put the number of dead as high as 60.",
     [("Unconfirmed reports", "put", "the number of dead as high as 60", "says")]),
    ("The harbour office put the toll at 12.", [("The harbour office", "put", "the toll at 12", "says")]),
    ("Another claimed that two boats sank.", [("Another", "claimed", "that two boats sank", "says")]),
    ("It was, as Bell put it, a bad day.", [("Bell", "put", "It was|a bad day", "says")]),
    ("In the words of Bell, the harbour is lost.", [("Bell", "In the words of", "the harbour is lost", "says")]),
    ("The station reported the storm but did not say where it began.",
     [("The station", "reported", "the storm", "says")]),
    ("Two boats sink in Norbury storm, official HN, Sunday 24 Aug 2014",
     [("official", "", "Two boats sink in Norbury storm", "says")]),
    ("The mayor asked whether two boats sank.", [("The mayor", "asked", "whether two boats sank", "intends")]),
    ("'The harbour is lost,' Bell said.", [("Bell", "said", "'The harbour is lost,'", "says")]),
    ("The harbour office on Tuesday said two boats sank.", [("The harbour office", "said", "two boats sank", "says")]),
    ("The report's claim that ten died was wrong.", [("The report's", "claim", "that ten died", "says")]),
    ("The owners, who denied the charge, had left.", [("who", "denied", "the charge", "denies")]),
    ("Ten boats sank, the pilot said, adding some twelve boats were saved.",
     [("the pilot", "said", "Ten boats sank", "says"),
      ("the pilot", "adding", "some twelve boats were saved", "says")]),
    ("Mayor Diaz: “We stay open.”", [("Mayor Diaz", ":", "“We stay open.”", "says")]),
]  # fmt: skip


def rows(text: str) -> list[Row]:
    doc = Doc(text)
    return [
        (
            "|".join(map(doc.words, a.source)),
            "|".join(map(doc.words, a.cue)),
            "|".join(map(doc.words, a.content)),
            a.stance,
        )
        for a in read_attributions(doc)
    ]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_reviewed_cases(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_plain_report_has_no_voice() -> None:
    assert rows("Two boats sank in the storm. The harbour of the United States Lines was closed.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Who fired",
        "What we know",
        "This is who says what.",
        "Sailors could not tell who held the harbour.",
        "Harbour News could not tell on Monday who held the harbour.",
        "The mayor told Morning Harbour by email.",
    ],
)
def test_no_statement(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    "footer",
    [
        "Additional reporting by Ana Bell and Carl Diaz; editing by Dora Finch",
        "(Additional reporting by Ana Bell in Norbury and the Oldmill newsroom, writing by Eli van der Fox.)",
        "With additional reporting by Harbour News.", "Additional reporting: Ana Bell @anabell",
        "Reporting by Ana Bell", "By Ana Bell, additional reporting by Carl Diaz",
    ],
)  # fmt: skip
def test_a_footer_says_nothing(footer: str) -> None:
    assert rows(f"Two boats sank, sailors said.\n\n{footer}") == [("sailors", "said", "Two boats sank", "says")]


def test_a_footer_says_nothing_whichever_reader_heard_it() -> None:
    text = "Two boats sank.\n\nReporting by Ana Bell; writing by Dora Finch"
    name, cue, rest = ((text.index(words), text.index(words) + len(words)) for words in ("Ana", "by", "Bell"))
    for one in (Spoken((name,), (cue,), (rest,), "says"), Spoken((), (), (name,), "says")):
        assert in_footer(Doc(text), one)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Reporting by Harbour News says that two boats sank.", "says"),
        ("Reporting by Harbour News that two boats sank was right.", "Reporting"),
        ("Reporting By Harbour News Says Two Boats Sank", "Says"),
    ],
)
def test_what_somebody_s_reporting_says_is_no_footer(text: str, cue: str) -> None:
    at = text.index(cue), text.index(cue) + len(cue)
    assert not in_footer(Doc(text), Spoken((), (at,), ((at[1] + 1, len(text)),), "says"))


def test_speaker_goes_on_in_the_next_paragraph() -> None:
    text = "“We lost two boats,” Bell said.\n\n“We will look for the third.”\n\nThe storm has passed."
    assert rows(text) == [("Bell", "said", "“We lost two boats,”|“We will look for the third.”", "says")]


def test_speaker_is_the_source_or_unnamed() -> None:
    assert [a.speaker for a in read_attributions(Doc("The mayor said it was late."))] == ["The mayor"]
    assert [a.speaker for a in read_attributions(Doc("The pilot allegedly left the harbour."))] == ["unnamed"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“It is late,” Bell said.", "direct"),
        ("Bell said it was late.", "indirect"),
        ("Bell said it was “too late” to sail again.", "mixed"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [a.kind for a in read_attributions(Doc(text))] == [kind]


WORDS = st.sampled_from(
    'said that “We left,” "No." , . : ; — ( ) told according to citing adding the Mr. Bell who and but reportedly '
    "accused of was by claim's claims in a statement - monitor 2016 Monday , \n\n he quoted as saying".split(" ")
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_spans_within_it(text: str) -> None:
    doc = Doc(text)
    found = read_attributions(doc)
    for one in found:
        assert one.content
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
        assert list(one.content) == sorted(one.content)
        assert one.speaker
    assert read_attributions(Doc(text)) == found


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        "a, ",
        "X said Y, ",
        "“a” said ",
        "of the ",
        "according to ",
        "as saying (",
        "x and ",
        "said, ",
        "who said, ",
        "NORBURY (A) - ",
        ", citing the x, ",
    ],
)
def test_junk_is_bounded(piece: str) -> None:
    def seconds(size: int) -> float:
        doc = Doc(piece * (size // len(piece)))
        assert doc.sentences
        begun = time.perf_counter()
        read_attributions(doc)
        return time.perf_counter() - begun

    seconds(1_000)
    assert seconds(40_000) < 60 * max(seconds(4_000), 0.02)
