"""What both readers of attributions hand on: one attribution in spans of the text."""

from __future__ import annotations

from typing import NamedTuple

from sayso.records import Span, Stance


class Spoken(NamedTuple):
    """An attribution: source, cue and content, each in as many pieces as it has."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
