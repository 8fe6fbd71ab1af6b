"""Who speaks, and through whom: exact cases of reviewed kinds, and promises for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Article, Attribution
from sayso.text import Doc
from sayso.voices import read_entities, resolve_speakers


def attribution(text: str, source: str, cue: str, start: int = 0) -> Attribution:
    """An attribution by its words; its content is what follows from the next "it" on, or the rest of the sentence."""
    at = text.index(source, start) if source else start
    cue_at = text.index(cue, max(at - 40, 0)) if cue else at
    end = max(at + len(source), cue_at + len(cue))
    stop = text.find(".", end)
    begin = text.find(" it ", end, stop)
    content = ((begin if begin > 0 else end, stop),) if stop > end else ()
    return Attribution(
        source=((at, at + len(source)),) if source else (), cue=((cue_at, cue_at + len(cue)),) if cue else (),
        content=content, kind="indirect", stance="says", speaker=source or "unnamed",
    )  # fmt: skip


def speakers(text: str, *heard: tuple[str, str], publisher: str | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """(speaker, via) of the sayings given by (source, cue), each looked for behind the last."""
    doc, start, attributions = Doc(text), 0, []
    for source, cue in heard:
        one = attribution(text, source, cue, start)
        attributions.append(one)
        start = max(span[1] for span in (*one.source, *one.cue))
    article = Article(text=text, publisher=publisher)
    resolved = resolve_speakers(doc, article, read_entities(doc, ()), tuple(attributions))
    return [(one.speaker, one.via) for one in resolved]


def names(text: str, *heard: tuple[str, str]) -> list[str]:
    return [speaker for speaker, _ in speakers(text, *heard)]


def test_a_name_with_its_office_is_the_name() -> None:
    text = "Rola Hadidi, head of the Lake Observatory, said it rained. The Lake Observatory head Rola Hadidi said so."

    assert names(text, ("Rola Hadidi, head of the Lake Observatory", "said"),
                 ("The Lake Observatory head Rola Hadidi", "said")) == ["Rola Hadidi"] * 2  # fmt: skip


def test_pronouns_and_surnames_look_back() -> None:
    text = (
        "Mayor Rola Hadidi said it rained. She added that it stopped. "
        "The Harbour Ministry said no. It said so. Hadidi said yes."
    )
    heard = (
        ("Mayor Rola Hadidi", "said"), ("She", "added"), ("The Harbour Ministry", "said"), ("It", "said"),
        ("Hadidi", "said"),
    )  # fmt: skip

    assert names(text, *heard) == ["Rola Hadidi"] * 2 + ["Harbour Ministry"] * 2 + ["Rola Hadidi"]


def test_a_lead_says_a_monitor_and_means_the_one_named_further_on() -> None:
    text = (
        "Shells fell, a monitor said today. The Syrian Observatory for Human Rights said two fell. "
        "The Britain-based group said so."
    )
    heard = (
        ("a monitor", "said"),
        ("The Syrian Observatory for Human Rights", "said"),
        ("The Britain-based group", "said"),
    )

    assert names(text, *heard) == ["Syrian Observatory for Human Rights"] * 3


def test_the_source_is_the_last_source() -> None:
    text = "A port official said it burned. The official said it stopped. Activists said no. The activists said so."
    heard = ("A port official", "said"), ("The official", "said"), ("Activists", "said"), ("The activists", "said")

    assert names(text, *heard) == ["unnamed port official"] * 2 + ["unnamed activists"] * 2


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("Reportedly it rained.", "", "unnamed"),
        ("Residents of Marjuba said it rained.", "Residents of Marjuba", "unnamed residents of Marjuba"),
        ("In Syria a military source said it rained.", "a military source", "unnamed military source (Syria)"),
        ("A statement by the Turkish army said so.", "A statement by the Turkish army", "Turkish army"),
        ("Turkey also said it rained.", "Turkey also", "Turkey"),
        (f"{'word ' * 20}said it rained.", "word " * 20, "unnamed"),
        ("Moscow said it rained.", "Moscow", "Russian government"),
        ("The US said it rained.", "The US", "United States"),
        ("Syrian state TV said it rained.", "Syrian state TV", "Syrian state TV"),
        ("Opponents of Rola Hadidi said it rained.", "Opponents of Rola Hadidi", "unnamed opponents of Rola Hadidi"),
        (
            "AP, citing the activist-run Lake Network said so.",
            "AP, citing the activist-run Lake Network",
            "Lake Network",
        ),
        ("The source, who fled, said it rained.", "The source, who fled,", "unnamed source"),
    ],
)
def test_one_source(text: str, source: str, speaker: str) -> None:
    assert names(text, (source, "said" if source else "Reportedly")) == [speaker]


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("An unnamed official said it rained.", "An unnamed official", "unnamed official"),
        ("Two diplomats familiar with it said it rained.", "Two diplomats familiar with it", "unnamed diplomats"),
        ("A trader said it rained.", "A trader", "unnamed trader"),
        ("The militants said it rained.", "The militants", "unnamed militants"),
        ("Unconfirmed reports it rained.", "Unconfirmed", "unnamed"),
        ("An officer at a gate near Marjuba said it rained.", "An officer at a gate near Marjuba", "unnamed officer"),
        ("The relief group Open Road said it rained.", "The relief group Open Road", "Open Road"),
        ("The town hospital in nearby Marjuba said no.", "The town hospital in nearby Marjuba",
         "town hospital in Marjuba"),
        ("The ministry's claim that it rained.", "The ministry's", "unnamed ministry"),
        ("Army chiefs of the army said it rained.", "Army chiefs", "unnamed army chiefs"),
        ("Norwegian foreign ministry officers said so.", "Norwegian foreign ministry", "Norwegian foreign ministry"),
        ("Rola's followers, however, said so.", "Rola's followers, however", "unnamed Rola's followers"),
        ("Easy access to Lanternia said so.", "Easy access to Lanternia", "Easy access to Lanternia"),
        ("According to survey data, it rained.", "survey data", "unnamed survey data"),
    ],
)  # fmt: skip
def test_who_is_not_named_is_unnamed_in_few_words(text: str, source: str, speaker: str) -> None:
    assert names(text, (source, "said" if "said" in text else source.split(maxsplit=1)[0])) == [speaker]


def test_who_is_the_noun_before_it_and_another_is_of_the_same_kind() -> None:
    text = "A resident, who asked not to be named for fear, said it rained. Another claimed it snowed."
    heard = (("who", "asked"), ("named for fear", "said"), ("Another", "claimed"))

    assert names(text, *heard) == ["unnamed resident"] * 3


def test_she_is_the_trader_and_the_statement_that_of_a_body_with_a_name() -> None:
    text = (
        "The Harbour Command said no. Mayor Rola Hadidi agreed. The ministry's claim was denied, the statement reads. "
        "A trader said it rained. She fled, she said."
    )
    heard = (("The Harbour Command", "said"), ("The ministry's", "claim"), ("the statement", "reads"),
             ("A trader", "said"), ("she", "said"))  # fmt: skip

    assert names(text, *heard)[2:] == ["Harbour Command", "unnamed trader", "unnamed trader"]


def test_the_last_word_of_a_body_stands_for_it() -> None:
    text = "Fighters of the Northern Accord fled. The Accord said it rained. The Northern Accord's spokesman said no."

    assert names(text, ("The Accord", "said")) == ["Northern Accord"]


def test_the_ministry_is_the_one_whose_page_it_is() -> None:
    text = "The ministry said it rained."

    assert speakers(text, ("The ministry", "said"), publisher="Ministry of Rain")[0][0] == "Ministry of Rain"


def test_an_office_is_whoever_holds_it() -> None:
    text = "President Rola Hadidi met Foreign Minister Omar Zeidan. The president said no. The minister said yes."

    assert names(text, ("The president", "said"), ("The minister", "said")) == ["Rola Hadidi", "Omar Zeidan"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "via"),
    [
        ("Rola Hadidi told AFP that it rained.", "Rola Hadidi", "told", ("AFP",)),
        ("Rola Hadidi, in an interview with Reuters, said it rained.", "Rola Hadidi", "said", ("Reuters",)),
        ("Speaking to AFP, Rola Hadidi said it rained.", "Rola Hadidi", "said", ("AFP",)),
        ("SANA quoted a military source as saying it rained.", "a military source", "quoted", ("SANA",)),
        ("Rola Hadidi was quoted by Interfax as saying it rained.", "Rola Hadidi", "quoted", ("Interfax",)),
        ("AP, citing the Lake Network said so.", "AP, citing the Lake Network", "said", ("AP",)),
        ("Rola Hadidi told the council that it rained.", "Rola Hadidi", "told", ()),
        ("Reuters said that it rained.", "Reuters", "said", ()),
    ],
)  # fmt: skip
def test_one_relay(text: str, source: str, cue: str, via: tuple[str, ...]) -> None:
    assert speakers(text, (source, cue))[0][1] == via


def test_whom_the_source_cites_is_the_speaker() -> None:
    text = "According to AP, citing the activist-run Lake Network, it rained."

    assert speakers(text, ("AP", "According to")) == [("Lake Network", ("AP",))]


def test_whom_the_source_cites_may_have_a_saying_of_their_own() -> None:
    text = "According to AP, citing the activist-run Lake Network, it rained."

    heard = speakers(text, ("AP", "According to"), ("the activist-run Lake Network", "citing"))

    assert heard == [("AP", ()), ("Lake Network", ("AP",))]


def test_a_relay_holds_for_the_rest_of_the_talk() -> None:
    text = "Rola Hadidi told AFP that it rained. She said that it stopped. The Harbour Ministry said no."

    heard = speakers(text, ("Rola Hadidi", "told"), ("She", "said"), ("The Harbour Ministry", "said"))

    assert [via for _, via in heard] == [("AFP",), ("AFP",), ()]


@pytest.mark.parametrize(
    ("text", "source", "cue", "via"),
    [
        ("Rola Hadidi told the Marjuba Gazette that it rained.", "Rola Hadidi", "told", ("Marjuba Gazette",)),
        ("Rola Hadidi told Lanternpost that it rained. Lanternpost reported more.", "Rola Hadidi", "told",
         ("Lanternpost",)),
        ("Lanternpost, citing the town hospital, said so.", "the town hospital", "citing", ("Lanternpost",)),
        ("Rola Hadidi told the Lake Council that it rained.", "Rola Hadidi", "told", ()),
        ("The town said no; Rola Hadidi told the Marjuba Gazette it rained.", "The town", "said", ()),
    ],
)  # fmt: skip
def test_a_medium_of_no_list_relays_too(text: str, source: str, cue: str, via: tuple[str, ...]) -> None:
    assert speakers(text, (source, cue))[0][1] == via


def test_the_outlet_itself_is_no_relay() -> None:
    text = "Rola Hadidi told SANA that it rained."

    assert speakers(text, ("Rola Hadidi", "told"), publisher="Syrian Arab News Agency")[0][1] == ()


pieces = st.sampled_from(
    "Rami Abdel Rahman|said|told AFP|the source|a monitor|He|It|they|, citing|the ministry|SANA|quoted|by|Syrian|army|"
    'statement|his office|.|\n\n|"|U.S.|which|state TV|the president'.split("|")
)
texts = st.one_of(st.text(max_size=200), st.lists(pieces, max_size=60).map(" ".join)).filter(bool)


@st.composite
def heard(draw: st.DrawFn) -> tuple[str, tuple[Attribution, ...]]:
    text = draw(texts)
    places = st.integers(0, len(text) - 1)
    spans = st.tuples(places, st.integers(1, 40)).map(lambda pair: ((pair[0], min(len(text), pair[0] + pair[1])),))
    parts = st.just(()) | spans
    attributions = st.builds(
        Attribution, source=parts, cue=parts, content=parts, kind=st.sampled_from(["direct", "indirect"]),
        stance=st.just("says"), speaker=st.just("unnamed"),
    )  # fmt: skip
    return text, tuple(draw(st.lists(attributions, max_size=8)))


@given(heard())
def test_every_speaker_has_a_name_and_nothing_else_changes(case: tuple[str, tuple[Attribution, ...]]) -> None:
    text, attributions = case
    doc = Doc(text)
    entities = read_entities(doc, ())

    resolved = resolve_speakers(doc, Article(text=text), entities, attributions)

    assert len(resolved) == len(attributions)
    for before, after in zip(attributions, resolved, strict=True):
        assert (after.source, after.cue, after.content) == (before.source, before.cue, before.content)
        assert after.speaker
        assert all(after.via)
        assert after.speaker not in after.via
    assert resolved == resolve_speakers(Doc(text), Article(text=text), entities, attributions)
