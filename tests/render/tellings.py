"""Stories of any shape: chains of few voices, so that they meet, with names that a hostile page may give."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from sayso.records import Article, MadeBy, Origin, Reading, Report, Story
from tests.render.strategies import NASTY

VOICES = ("Army", "Hospital", "Agency", "Wire", "unnamed", "unnamed resident", *NASTY, "\u0301" * 300, "x" * 10_000)
ARTICLES = tuple(f"page-{n}" for n in range(8))

voices = st.sampled_from(VOICES)
tellings = st.builds(
    Report, article=st.sampled_from(ARTICLES), trigger=st.just((0, 1)), type=st.just("shelling"), event=st.just(0),
    claim=st.none(), chain=st.lists(voices, max_size=4).map(tuple),
    copied_from=st.none() | st.sampled_from((*ARTICLES, "elsewhere")),
)  # fmt: skip


def told(reports: tuple[Report, ...], held: int = 1_000, roofs: dict[str, str] | None = None) -> Story:
    """A story of these reports; the first voices of those before ``held`` are its origins, the army a party."""
    numbers: dict[str, list[int]] = {}
    for number, one in enumerate(reports[:held]):
        numbers.setdefault(one.chain[0] if one.chain else "shared copy", []).append(number)
    origins = tuple(
        Origin(voice=voice, roof=(roofs or {}).get(voice, voice), party=voice == "Army", reports=tuple(rows))
        for voice, rows in numbers.items()
    )
    return Story(
        id="5b3b", title="Shelling <in> Halvorin", type="shelling", place=None, date=None, reports=reports,
        origins=origins, independent_origins=len({one.roof for one in origins}), status="corroborated",
    )  # fmt: skip


stories = st.builds(
    told, st.lists(tellings, max_size=12).map(tuple), st.integers(0, 12),
    st.dictionaries(voices, st.sampled_from(["State", "Press", "x" * 10_000])),
)  # fmt: skip


def page(ident: str, publisher: str | None = None, url: str | None = None, day: str | None = "2024-03-17") -> Reading:
    """A reading without text, for a page's outlet, day and address."""
    article = Article(text="", publisher=publisher, url=url, published=day, title=f"Title of {ident}")
    return Reading(id=ident, made_by=MadeBy(sayso="test"), page=None, article=article)


def shuffled(story: Story, order: list[int]) -> Story:
    """The same story with its reports in another order, and its origins the other way round."""
    places = {number: place for place, number in enumerate(order)}
    origins = tuple(
        replace(one, reports=tuple(sorted(places[number] for number in one.reports))) for one in story.origins[::-1]
    )
    return replace(story, reports=tuple(story.reports[number] for number in order), origins=origins)


def report(article: str, *chain: str, copied_from: str | None = None) -> Report:
    """A report by its chain."""
    return Report(
        article=article, trigger=(0, 1), type="shelling", event=0, claim=None, chain=chain, copied_from=copied_from
    )  # fmt: skip
