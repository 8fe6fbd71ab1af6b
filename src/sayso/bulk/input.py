"""The files of a job's input: which there are, what is known of each before it is read, and what it is called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from sayso.gather import Wanted, is_source
from sayso.gather.outputs import is_output
from sayso.gather.sniff import KINDS
from sayso.records import JobError
from sayso.settings import Settings

#: What is known of a file: its size in bytes and when it was written, in nanoseconds.
Seen: TypeAlias = tuple[int, int]


#: Bytes that are no UTF-8, as Python holds them in a text.
_HALVES = re.compile("[\udc80-\udcff]")


def files_in(root: Path, settings: Settings = Settings()) -> dict[str, Seen]:
    """The files of a folder that can hold pages, by their ``escaped`` paths in it; a file stands for itself.

    Raises:
        JobError: where a folder in it cannot be listed (what it holds would be missing, and nobody told), nothing in
            it can be read, or bulk reading wrote it.
    """
    if is_output(root):
        found_there = "what bulk reading wrote: its readings are there already, and sayso add loads them"
        raise JobError(expected="pages", found=found_there, place=str(root))
    others = 0
    found: dict[str, Seen] = {}
    try:
        if root.is_file():
            return {escaped(root.name): seen_now(root)}
        for path in _below(root):
            if is_source(path, root, Wanted(), settings):
                found[escaped(path.relative_to(root).as_posix())] = seen_now(path)
            else:
                others += 1
    except OSError as error:
        place = str(error.filename or root)
        raise JobError(expected="what can be read", found=error.strerror or str(error), place=place) from None
    if not found:
        # an empty folder is more often a disk that is not there than a month without news
        what = f"{others} others" if others else "an empty folder"
        raise JobError(expected=f"files ending in {', '.join(KINDS)}", found=what, place=str(root))
    return dict(sorted(found.items()))


def _below(root: Path) -> Iterator[Path]:
    """All files below a folder; hidden and linked folders, and those that bulk reading wrote, are left."""
    for at, folders, names in os.walk(root, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".") and not is_output(Path(at, name))]
        yield from (Path(at) / name for name in names)


def _raise(error: OSError) -> None:
    raise error


def seen_now(path: Path) -> Seen:
    """What is known of a file now."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def base_of(root: Path) -> Path:
    """Where the paths of slices begin."""
    return root.parent if root.is_file() else root


def escaped(path: str) -> str:
    """A path as JSON and tables can carry it: bytes that are no UTF-8, and the sign itself, are written ``%E9``."""
    whole = os.fsencode(path).replace(b"%", b"%25").decode("utf-8", "surrogateescape")
    return _HALVES.sub(lambda half: f"%{ord(half[0]) - 0xDC00:02X}", whole)


def unescaped(path: str) -> str:
    """The path that was ``escaped``.

    >>> unescaped(escaped("50%/caf\udce9.html")) == "50%/caf\udce9.html"
    True
    """
    return os.fsdecode(unquote_to_bytes(path))
