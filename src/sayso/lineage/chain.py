"""The chain: credits ranked, named once each, and closed by the host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import urlsplit

from sayso.lineage.bylines import byline_credits
from sayso.lineage.credits import Credit, Rank, text_credits
from sayso.lineage.lines import lines_of
from sayso.lineage.names import credit_names
from sayso.records import Article, LineageStep, PageView, Span, Spans
from sayso.text.outlets import fold_name, outlet_at, outlet_named, same_outlet

#: More hands than this is a list of sources, not a way that a text came.
_MAX_STEPS = 6
#: Quotes of one step; a footer may repeat a credit many times.
_MAX_QUOTES = 3
_STATED = frozenset(
    "author.name author creator.name creator publisher.name provider.name sourceorganization.name "
    "isbasedon.publisher.name isbasedon.author.name copyrightholder.name".split()
)
#: Things on a page that have authors of their own.
_PARTS = frozenset({"imageobject", "videoobject", "comment", "usercomments", "claimreview"})
_META = ("author", "dc.source", "dc.creator", "original-source", "syndication-source", "article:author")


def read_lineage(article: Article, view: PageView) -> tuple[LineageStep, ...]:
    """The publishers that a text passed through, origin first and host last.

    Signs, in the order of their weight: a sentence that names the original source; datelines, agency credits and
    by-lines; what the mark-up says of authors and publishers; stacked by-lines with their dates; copyright lines.
    Credits of pictures and "contributed to this report" are none.

    Args:
        article: whose ``text`` the evidence spans index.
        view: the page's marks and lines; empty for a bare text.

    Returns:
        () where neither host nor another hand is known; one step where only the host is.
    """
    lines = lines_of(article, view)
    found = [*text_credits(lines)]
    named = [credit.publisher for credit in found]
    found += byline_credits(lines, article.authors, article.publisher, named=named)
    found += [*_mark_credits(view), *_canonical_credits(article, view)]
    hands = _in_order([credit for credit in found if not _is_host(credit.publisher, article)])
    own = [credit for credit in found if _is_host(credit.publisher, article)]
    steps = [_step(name, group, "republisher" if at else "origin") for at, (name, group) in enumerate(hands)]
    return (*steps[:_MAX_STEPS], *_host_step(article, own))


def _mark_credits(view: PageView) -> Iterator[Credit]:
    """Agencies that the mark-up names as author, publisher or source."""
    for mark in view.marks:
        kind, _, name = mark.key.partition(".")
        stated = mark.origin in ("json-ld", "microdata") and name in _STATED and kind not in _PARTS
        if not stated and mark.key not in _META:
            continue
        for name in credit_names(mark.value, known_only=True):
            known = outlet_named(name)
            if known and known.kind == "agency":
                yield Credit(name, Rank.AGENCY, None, mark.value)


def _canonical_credits(article: Article, view: PageView) -> Iterator[Credit]:
    """The known outlet to which a page points as the canonical place of its text, where that is not the page's own."""
    for mark in view.marks:
        known = outlet_at(_host_of(mark.value)) if mark.origin == "link" and mark.key == "canonical" else None
        if known and not _is_host(known.name, article):
            yield Credit(known.name, Rank.SAID_ORIGIN, None, mark.value)


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_host(name: str, article: Article) -> bool:
    """Whether the name is the page's own outlet: by the publisher's name, else by the site.

    Where the publisher is another known outlet the site does not count: an aggregator's page may give its source's
    address as its own.
    """
    if article.publisher and same_outlet(name, article.publisher):
        return True
    known = outlet_at(article.site or "")
    return known is not None and same_outlet(known.name, name) and not outlet_named(article.publisher or "")


def _in_order(found: Sequence[Credit]) -> list[tuple[str, list[Credit]]]:
    """Each publisher once with its credits: the best rank first, within a rank as they stand."""
    groups: dict[str, list[Credit]] = {}
    names: dict[str, str] = {}
    for credit in found:
        key = next((key for key in groups if same_outlet(names[key], credit.publisher)), fold_name(credit.publisher))
        names.setdefault(key, credit.publisher)
        groups.setdefault(key, []).append(credit)
    ranked = sorted(groups.items(), key=lambda item: min(credit.rank for credit in item[1]))
    named = [(names[key], group) for key, group in ranked]
    # unnamed agencies are only a finding where none is named
    return [item for item in named if item[0] != "News agencies"] or named


def _step(name: str, group: Sequence[Credit], role: Literal["origin", "republisher"]) -> LineageStep:
    """The step with the first date that a credit gives, and the words of those that stand outside the text."""
    quotes = dict.fromkeys(credit.quote for credit in group if not credit.span)
    date = next((credit.date for credit in group if credit.date), None)
    quote = "; ".join(list(quotes)[:_MAX_QUOTES]) or None
    return LineageStep(publisher=name, role=role, date=date, evidence=_spans(group), quote=quote)


def _host_step(article: Article, own: Sequence[Credit]) -> tuple[LineageStep, ...]:
    """The page's own outlet; none where nobody says who that is."""
    if not article.publisher:
        return ()
    spans = _spans(own)
    said = article.evidence.get("publisher")
    quote = said.quote if said and not spans else None
    return (LineageStep(publisher=article.publisher, date=article.published, role="host", evidence=spans, quote=quote),)


def _spans(group: Sequence[Credit]) -> Spans:
    """Where the credits stand in the text, in its order; of two that overlap the longer."""
    kept: list[Span] = []
    for start, end in sorted(
        {credit.span for credit in group if credit.span}, key=lambda span: (span[0] - span[1], span)
    ):
        if all(end <= first or start >= last for first, last in kept):
            kept.append((start, end))
    return tuple(sorted(kept))
