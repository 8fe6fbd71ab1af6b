"""The words of a story's graph: what stands in a box, what a pointer shows, and the whole picture told as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sayso.records import Story
from sayso.render.hands import Hands, Page, Voice
from sayso.render.layout import Key
from sayso.render.wording import day_words, one_line

#: Letters of a name in the description, which is heard; names of a list before the rest is counted.
_HEARD, _LISTED = 80, 6


def shown_name(name: str) -> str:
    """A name on one line; one that holds nothing to see says so."""
    return one_line(name) or "no name"


def plural(count: int, noun: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def voice_name(voice: Voice) -> str:
    """Its name; of several without one, how many they are."""
    return shown_name(voice.names[0]) if len(voice.names) == 1 else f"{len(voice.names)} unnamed voices"


def voice_lines(voice: Voice) -> tuple[str, ...]:
    """What is said of a voice under its name."""
    rests = "rests" if voice.alone == 1 else "rest"
    on = "this roof" if voice.shared else "it"
    alone = f"{plural(voice.alone, 'page')} {rests} on {on} alone" if voice.alone else ""
    roof = f"under {shown_name(_other_roof(voice))}" if _other_roof(voice) else ""
    return tuple(filter(None, (roof, "a party to it" if voice.party else "", alone)))


def _other_roof(voice: Voice) -> str:
    """The authority above a voice; a roof that is the voice itself, or it in one article alone, is none to show."""
    itself = voice.roof in voice.names or voice.roof.startswith(f"{voice.names[0]}, ")
    return "" if itself else voice.roof


def page_lines(page: Page) -> tuple[str, ...]:
    """A page's outlet and day; of several pages how many, and whose they are."""
    if len(page.articles) == 1:
        day = page.days[0]
        title = one_line(page.titles[0] or "") if page.namesake else ""
        lines = (day_words(day) if day else "", title, "not in this story" if page.outside else "")
        return (shown_name(page.outlets[0]), *filter(None, lines))
    return (f"{len(page.articles)} pages carry this", ", ".join(dict.fromkeys(map(shown_name, page.outlets))))


def whole_voice(voice: Voice) -> str:
    """All that is known of a voice, nothing cut."""
    names = [voice_name(voice)] if len(voice.names) == 1 else [voice_name(voice), *map(shown_name, voice.names)]
    return ", ".join((*names, *voice_lines(voice)))


def whole_page(page: Page, names: Mapping[Key, str]) -> str:
    """Outlet, day and title of each of its articles, nothing cut; and through whom it has what it tells.

    The lines of several voices meet where one passes all of them on, so that they alone do not say which page has it
    from whom.
    """
    rows = zip(page.outlets, page.days, page.titles, strict=True)
    told = (" · ".join(filter(None, (shown_name(a), day_words(b) if b else "", one_line(c or "")))) for a, b, c in rows)
    chains = [" → ".join(names[key] for key in path) for path in page.paths if path]
    return "; ".join((*told, *(f"from {chain}" for chain in chains)))


def describe(story: Story, hands: Hands) -> str:
    """The graph in words, for those who hear it: by origin, through whom it reached which pages; then the copies."""
    pages = len({report.article for report in story.reports})
    head = f"{plural(pages, 'page')}, {plural(story.independent_origins, 'independent origin')}."
    names = heard_names(hands)
    ways = _ways(hands)
    told = [_voice_words(voice, ways.get(voice.key, {}), names) for voice in hands.voices if voice.origin]
    first = [voice for voice in hands.voices if not voice.origin and voice.key in ways]
    told += [f"{_passed(voice.key, ways[voice.key], names)}, without an origin." for voice in first]
    bare = [page for page in hands.pages if not page.outside and () in page.paths]
    if bare:
        told.append(f"Told again without an origin of its own: {_pages_words(bare)}.")
    return " ".join((head, *told, *_copy_words(hands)))


def heard_names(hands: Hands) -> dict[Key, str]:
    """Each voice as it is named in running text."""
    return {voice.key: _heard(voice_name(voice)) for voice in hands.voices}


def _heard(name: str) -> str:
    name = shown_name(name)
    return name if len(name) <= _HEARD else f"{name[:_HEARD]}…"


def _ways(hands: Hands) -> dict[Key, dict[tuple[Key, ...], list[Page]]]:
    """First voice -> the voices behind it -> the pages that have it from them."""
    found: dict[Key, dict[tuple[Key, ...], list[Page]]] = {}
    for page in hands.pages:
        for path in page.paths:
            if path:
                found.setdefault(path[0], {}).setdefault(path[1:], []).append(page)
    return found


def _voice_words(voice: Voice, ways: Mapping[tuple[Key, ...], list[Page]], names: Mapping[Key, str]) -> str:
    facts = (_heard(fact) for fact in voice_lines(voice))
    return f"{'; '.join((_passed(voice.key, ways, names), *facts))}."


def _passed(key: Key, ways: Mapping[tuple[Key, ...], list[Page]], names: Mapping[Key, str]) -> str:
    """``Ministry: on Lodestar (17 March 2024); through Lodestar on Gazette (17 March 2024)``."""
    told = (
        f"{'through ' + ', then '.join(names[one] for one in relays) + ' ' if relays else ''}on {_pages_words(pages)}"
        for relays, pages in sorted(ways.items(), key=lambda way: way[0])
    )
    return f"{names[key]}: {'; '.join(told)}" if ways else names[key]


def _pages_words(pages: Iterable[Page]) -> str:
    names = [
        f"{_heard(outlet)} ({day_words(day)})" if day else _heard(outlet)
        for page in pages
        for outlet, day in zip(page.outlets, page.days, strict=True)
    ]
    return _listed(list(dict.fromkeys(names)))


def _listed(names: Sequence[str]) -> str:
    more = [f"{len(names) - _LISTED} more"] if len(names) > _LISTED else []
    *others, last = [*names[:_LISTED], *more]
    return f"{', '.join(others)} and {last}" if others else last


def _copy_words(hands: Hands) -> list[str]:
    pages = {page.key: page for page in hands.pages}
    copies: dict[Key, list[Page]] = {}
    for source, copy in hands.copies:
        copies.setdefault(source, []).append(pages[copy])
    return [f"Copied from {_pages_words([pages[key]])}: {_pages_words(found)}." for key, found in copies.items()]
