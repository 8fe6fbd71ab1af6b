"""Who each speaker is, and who relays them."""

from __future__ import annotations

from sayso.records import Article, Attribution, Entity
from sayso.text import Doc


def resolve_speakers(
    doc: Doc, article: Article, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]
) -> tuple[Attribution, ...]:
    """The attributions, each under its speaker's canonical name, with its relays."""
    return attributions
