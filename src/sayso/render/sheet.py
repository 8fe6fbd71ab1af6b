"""A sheet of text lines no wider than a screen: wrapping, hanging indents and shortening by whole words."""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

#: Below this many cells nothing is readable; a narrower screen gets lines of this width.
MIN_WIDTH = 24


class Sheet:
    """Lines put one under another, at most ``width`` cells wide, with colour codes only if asked for."""

    def __init__(self, *, width: int, colour: bool) -> None:
        self.width = max(width, MIN_WIDTH)
        self._out = StringIO()
        self._console = Console(
            file=self._out, width=self.width, force_terminal=colour, color_system="standard" if colour else None,
            no_color=False, legacy_windows=False, force_interactive=False, highlight=False, markup=False, emoji=False,
        )  # fmt: skip

    def put(self, text: Text, *, lead: str = "", indent: int = 0) -> None:
        """The text, wrapped; its first line follows ``lead``, the others stand under its beginning."""
        margin = min(max(indent, cell_len(lead)), self.width // 2)
        first = lead[:margin].ljust(margin)
        for line in text.wrap(self._console, self.width - margin, overflow="fold"):
            line.rstrip()
            self._console.print(Text(first) + line, soft_wrap=True)
            first = " " * margin

    def rule(self, title: str) -> None:
        """A heading after a blank line."""
        self.blank()
        rest = "─" * max(2, self.width - cell_len(title) - 4)
        self._console.print(Text.assemble(("─ ", "dim"), (title, "bold"), (f" {rest}", "dim")), soft_wrap=True)

    def blank(self) -> None:
        self._console.print()

    def text(self) -> str:
        """All lines, each ended by a newline."""
        return self._out.getvalue()


def shorten(words: str, cells: int) -> str:
    """The words if they fit into ``cells``, else as many whole ones from the start as do, and an ellipsis.

    A single word that does not fit stays whole: words are left out, never altered.
    """
    if cell_len(words) <= cells:
        return words
    kept: list[str] = []
    room = cells - 2
    for word in words.split(" "):
        room -= cell_len(word) + 1
        if kept and room < -1:
            break
        kept.append(word)
    return f"{' '.join(kept)} …" if len(kept) < words.count(" ") + 1 else words
