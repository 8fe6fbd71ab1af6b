"""A sheet of text lines no wider than a screen: wrapping, hanging indents and shortening by whole words."""

from __future__ import annotations

from io import StringIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

#: Below this many cells nothing is readable; a narrower screen gets lines of this width.
MIN_WIDTH = 32


class Sheet:
    """Lines put one under another, at most ``width`` cells wide."""

    def __init__(self, *, width: int) -> None:
        self.width = max(width, MIN_WIDTH)
        self._lines: list[Text] = []
        self._console = self._console_for(colour=False)

    def put(self, text: Text, *, lead: str = "", indent: int = 0) -> None:
        """The text, wrapped; its first line follows ``lead``, the others stand under its beginning."""
        margin = min(max(indent, cell_len(lead)), self.width // 2)
        first = set_cell_size(lead, margin)
        for line in text.wrap(self._console, self.width - margin, overflow="fold"):
            line.rstrip()
            self._lines.append(Text(first) + line)
            first = " " * margin

    def rule(self, title: str) -> None:
        """A heading after a blank line."""
        self.blank()
        rest = "─" * max(0, self.width - cell_len(title) - 3)
        self._lines.append(Text.assemble(("─ ", "dim"), (title, "bold"), (f" {rest}", "dim")))

    def banner(self, name: str) -> None:
        """What begins one of several sheets."""
        name = name if cell_len(name) <= self.width - 6 else set_cell_size(name, self.width - 7) + "…"
        self._lines.append(Text(f"══ {name} {'═' * max(0, self.width - cell_len(name) - 4)}", style="bold"))

    def blank(self) -> None:
        self._lines.append(Text())

    def plain(self) -> str:
        """All lines without colour, each ended by a newline."""
        return "".join(f"{line.plain}\n" for line in self._lines)

    def coloured(self) -> str:
        """All lines with the codes that colour them on a terminal, each ended by a newline."""
        console = self._console_for(colour=True)
        console.print(Text("\n").join(self._lines), soft_wrap=True)
        return str(console.file.getvalue())  # type: ignore[attr-defined]

    def _console_for(self, *, colour: bool) -> Console:
        """A console that asks nothing of the environment, so that the same reading looks the same everywhere."""
        return Console(
            file=StringIO(), width=self.width, force_terminal=colour, color_system="standard" if colour else None,
            no_color=False, legacy_windows=False, force_interactive=False, highlight=False, markup=False, emoji=False,
        )  # fmt: skip


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
