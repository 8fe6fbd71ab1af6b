"""How work on many parts is done: one after the other, or by whatever else does what ``map`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Over(Protocol):
    """Does a task for each part and gives what comes of it, in order; ``map`` is one."""

    def __call__(self, task: Callable[[T], R], parts: Iterable[T], /) -> Iterator[R]: ...
