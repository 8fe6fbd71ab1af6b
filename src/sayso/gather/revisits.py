"""Pages that an archive holds once and names again: a revisit says which earlier answer it is, unchanged.

Most archives have none, so the earlier answers are looked up only when the first revisit is met: the way to it is
walked once more. A pipe cannot be gone back in: what it revisits is counted as missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.gather.archived import Found, records
from sayso.gather.tape import Tape

#: Names of earlier answers that are kept at most, and at least half as many, the last ones: some fifty megabytes.
NAMES = 400_000


class Earlier:
    """The answers that stand before a place of an archive.

    Args:
        tape: the archive, as it is being read.
        longest: of a longer record only so many bytes are held.
        most: names that are kept.
    """

    def __init__(self, tape: Tape, longest: int, most: int = NAMES) -> None:
        self._tape, self._longest, self._most = tape, longest, most
        # a hash for each name, so that long addresses take no room; what is found under one is asked for its name
        self._newer: dict[int, int] = {}
        self._older: dict[int, int] = {}
        self._noting = False
        self.count, self._first = 0, ""

    @property
    def missing(self) -> str | None:
        """Of how many revisits the earlier answer is not there, with the first of them; None where all are."""
        where = "" if self._tape.seeks else ", in a stream that cannot be gone back in"
        return f"{self.count} that do not, the first of them {self._first}{where}" if self.count else None

    def note(self, item: Found) -> None:
        """Remembers where an answer stands, once there was a revisit."""
        if not self._noting or item.kind not in {"response", "resource"}:
            return
        for name in _own_names(item):
            # the last one of a name is the nearest
            self._newer[hash(name)] = item.at
        if len(self._newer) >= self._most // 2:
            self._newer, self._older = {}, self._newer

    def of(self, revisit: Found) -> Found | None:
        """The answer that a revisit speaks of, None (and counted) where it is not there."""
        here = self._tape.at
        found = self._looked_up(revisit) if self._tape.seeks else None
        self._tape.goto(here)
        if found is None:
            self.count += 1
            self._first = self._first or f"{revisit.fields.get('warc-target-uri')} at byte {revisit.at}"
        return found

    def _looked_up(self, revisit: Found) -> Found | None:
        if not self._noting:
            self._noting = True
            for item in self._from(0, since=revisit.at):
                if item.at > revisit.at or item.fields == revisit.fields:
                    break
                self.note(item)
        for name in _named(revisit):
            at = self._newer.get(hash(name), self._older.get(hash(name)))
            for item in self._from(at, since=at) if at is not None else ():
                if item.at != at:
                    break
                if name in _own_names(item):
                    return item
        return None

    def _from(self, at: int, since: int) -> Iterator[Found]:
        self._tape.goto(at)
        for item in records(self._tape, self._longest, since):
            if isinstance(item, Found):
                yield item


def _own_names(item: Found) -> list[tuple[str, ...]]:
    """By what a revisit can name an answer: its id, its address and time, the sum of its bytes."""
    return _names(item, "warc-record-id", "warc-target-uri", "warc-date")


def _named(revisit: Found) -> list[tuple[str, ...]]:
    return _names(revisit, "warc-refers-to", "warc-refers-to-target-uri", "warc-refers-to-date")


def _names(item: Found, ident: str, url: str, date: str) -> list[tuple[str, ...]]:
    fields = {name: value.strip("<>") for name, value in item.fields.items()}
    ways = (("id", ident), ("at", url, date), ("sum", "warc-payload-digest"))
    return [(way, *(fields[key] for key in keys)) for way, *keys in ways if all(map(fields.get, keys))]
