"""The article's body among the lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.records import Block


def body_of(tree: Any, blocks: Sequence[Block]) -> tuple[str, tuple[Block, ...]]:
    """The body text, and the blocks with ``start`` set where they are part of it."""
    lines = {line.strip() for line in extracted(tree).split("\n")}
    return joined(blocks, [block.text in lines for block in blocks])


def extracted(tree: Any) -> str:
    """What trafilatura takes for the article."""
    from trafilatura import extract

    return extract(tree, fast=True, include_comments=False, deduplicate=False) or ""


def joined(blocks: Sequence[Block], chosen: Sequence[bool]) -> tuple[str, tuple[Block, ...]]:
    """The chosen blocks as one text, a blank line between each two, and all blocks with their starts."""
    from msgspec.structs import replace

    parts: list[str] = []
    placed: list[Block] = []
    length = 0
    for block, wanted in zip(blocks, chosen, strict=True):
        if not wanted:
            placed.append(block)
            continue
        length += 2 if parts else 0
        placed.append(replace(block, start=length))
        parts.append(block.text)
        length += len(block.text)
    return "\n\n".join(parts), tuple(placed)
