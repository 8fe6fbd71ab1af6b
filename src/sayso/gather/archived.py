"""Records of a web archive as they stand in the file: where each begins, its bytes, and where the archive is broken.

A record counts only where it is whole: as long as it says, and with its end behind it. Behind a break the next record
is looked for, so that damage costs what is damaged. What follows at a place depends on the bytes from there on alone:
whoever begins to read where a record begins gets what a reader from the beginning gets from there.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from sayso.gather.tape import Member, Tape

_GZIP = b"\x1f\x8b\x08"
_LINES = b"\r\n"
_BLANK = re.compile(rb"\r?\n\r?\n")
_BEGIN = re.compile(rb"WARC/\d+\.\d+\r?\n")
_STARTS = re.compile(rb"WARC/\d+\.\d+\r?\n|\x1f\x8b\x08")

#: Fields that every record has.
_ALWAYS = {"warc-type", "warc-record-id", "warc-date", "content-length"}

#: Bytes that the head of a record may have: some hold a long address twice.
HEAD = 1 << 18
_SAMPLE = 1 << 12
_PIECE = 1 << 16


class Found(NamedTuple):
    """A whole record: where it begins (its gzip member, where it is packed), its fields by name, and its bytes.

    ``raw`` is empty for a record that is only passed, and of a long one only the beginning.
    """

    at: int
    fields: dict[str, str]
    raw: bytes

    @property
    def kind(self) -> str:
        """What kind of record it is: ``response``, ``revisit``, …"""
        return self.fields.get("warc-type", "").lower()


class Broken(NamedTuple):
    """A place where there is no whole record."""

    at: int
    expected: str
    found: str


def records(tape: Tape, longest: int, since: int = 0) -> Iterator[Found | Broken]:
    """The records from where the tape stands, and its breaks, in order.

    Args:
        tape: the archive.
        longest: of a longer record only so many bytes are held.
        since: of records that begin before this place no bytes are held.
    """
    while _pass_lines(tape):
        tape.hold()
        if tape.peek(len(_GZIP)) == _GZIP:
            yield from _packed(tape, longest, since)
        else:
            yield _record(tape, longest if tape.at >= since else 0)


def _packed(tape: Tape, longest: int, since: int) -> Iterator[Found | Broken]:
    """The records of one gzip member: one, by the standard, but some archives are packed in one piece."""
    begin = tape.at
    member = Member(tape)
    inner = Tape(member, longest)
    while _pass_lines(inner):
        inner.hold()
        one = _record(inner, longest if begin >= since else 0)
        # a sum that is wrong may be the last record's fault; that a member is broken is said once, below
        if not member.damage or (isinstance(one, Found) and inner.peek(1)):
            yield one._replace(at=begin)
    if member.damage:
        yield Broken(begin, "whole gzip data", member.damage)
        _to_next(tape, begin + 1)


def _pass_lines(tape: Tape) -> bool:
    """Passes ends of lines; False at the end."""
    while piece := tape.peek(_SAMPLE):
        tape.goto(tape.at + len(piece) - len(piece.lstrip(_LINES)))
        if piece.lstrip(_LINES):
            return True
    return False


def _record(tape: Tape, longest: int) -> Found | Broken:
    """The record at this place, and the tape behind it; of one that is not whole, why, and the tape at the next."""
    begin = tape.at
    head = _head(tape)
    fields = _fields(head) if head else {}
    begun = tape.peek(5) == b"WARC/"
    wrong: tuple[str, str] | None = ("a WARC record", "a head that breaks off" if begun else "something else")
    raw = b""
    if head and fields.get("content-length", "").isdecimal() and len(fields["content-length"]) < 16:
        tape.skip(len(head))
        raw, wrong = _block(tape, int(fields["content-length"]), longest)
    elif head:
        wrong = ("the length of a record", repr(fields.get("content-length")))
    if wrong is None:
        return Found(begin, fields, head + raw if longest else b"")
    # what a broken record says it holds may be the next ones
    _to_next(tape, begin + max(len(head), 1))
    return Broken(begin, *wrong)


def _block(tape: Tape, length: int, longest: int) -> tuple[bytes, tuple[str, str] | None]:
    """What a record holds, and what is wrong with it, if anything."""
    raw = tape.read(min(length, longest))
    there = len(raw) + tape.skip(length - len(raw))
    if there < length:
        return b"", (f"a record of {length} bytes", f"{there}, then the end")
    whole = tape.peek(4) == b"\r\n\r\n"
    more = _pass_lines(tape)
    # some writers leave the two lines out, or write others: the next record then shows that this one is whole
    if whole or not more or _begins(tape.peek(_SAMPLE)):
        return raw, None
    return b"", (f"a record of {length} bytes", "one of another length")


def _head(tape: Tape) -> bytes:
    """The head of the record at this place with the blank line behind it, empty where there is none."""
    sample = tape.peek(_SAMPLE)
    if not _BEGIN.match(sample):
        return b""
    end = _BLANK.search(sample)
    if end is None:
        sample = tape.peek(HEAD)
        end = _BLANK.search(sample)
    head = sample[: end.end()] if end else b""
    # a head that breaks off would run on into the next one, and give its own address to that one's words
    return b"" if any(_fields(head[next_.start() :]).keys() >= _ALWAYS for next_ in _BEGIN.finditer(head, 1)) else head


def _fields(head: bytes) -> dict[str, str]:
    """Fields by their names in small letters; of two with one name the first."""
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _to_next(tape: Tape, start: int) -> None:
    """Goes to the next place from a start on where a record begins, else to the end."""
    tape.goto(start)
    while piece := tape.peek(_PIECE):
        base = tape.at
        for match in _STARTS.finditer(piece):
            tape.goto(base + match.start())
            if _begins(tape.peek(_SAMPLE)) and (match[0] == _GZIP or "warc-type" in _fields(_head(tape))):
                return
        # the last bytes may be the first of a beginning
        tape.goto(base + max(len(piece) - 16, 1) if len(piece) == _PIECE else base + len(piece))


def _begins(sample: bytes) -> bool:
    """Whether a record begins here, plain or packed."""
    if not sample.startswith(_GZIP):
        return _BEGIN.match(sample) is not None
    try:
        start = zlib.decompressobj(31).decompress(sample, 64).lstrip(_LINES)
    except zlib.error:
        return False
    return _BEGIN.match(start) is not None
