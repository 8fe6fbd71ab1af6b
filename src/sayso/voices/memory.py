"""Who has spoken so far in an article: what pronouns and "the source" look back to."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from sayso.voices.unnamed import is_unnamed

#: What stands further back than this many speakers is no longer meant by "he" or "the source".
_REACH = 64


class Heard(NamedTuple):
    """One who has spoken: under which name, called by which head noun, and what they are.

    ``sort`` is person (named), lone (one without a name), many (people, a side) or body.
    """

    name: str
    head: str
    sort: str


class Memory:
    """The last speakers, nearest last."""

    def __init__(self) -> None:
        self._heard: deque[Heard] = deque(maxlen=_REACH)
        self.last_at = -1

    def add(self, one: Heard, at: int) -> None:
        """Remember a speaker; who has spoken before stays what they were, though now called "it" or "he"."""
        sort = next((past.sort for past in reversed(self._heard) if past.name == one.name), one.sort)
        self._heard.append(one._replace(sort=sort))
        self.last_at = at

    @property
    def latest(self) -> Heard | None:
        """Who spoke last."""
        return self._heard[-1] if self._heard else None

    def last(self, *sorts: str) -> Heard | None:
        """The last speaker of one of these sorts."""
        return next((past for past in reversed(self._heard) if past.sort in sorts), None)

    def last_named(self, *sorts: str) -> Heard | None:
        """The last speaker of one of these sorts who has a name."""
        return next((past for past in reversed(self._heard) if past.sort in sorts and not is_unnamed(past.name)), None)

    def called(self, head: str) -> Heard | None:
        """The last speaker called by this noun, one or many: "sources" may come back as "the source"."""
        stem = head.rstrip("s")
        return next((past for past in reversed(self._heard) if past.head.rstrip("s") == stem), None)

    def bodies(self) -> list[str]:
        """Names of the bodies that have spoken, nearest first."""
        return [past.name for past in reversed(self._heard) if past.sort == "body"]
