"""Every error that sayso raises, in one tree.

SaysoError
├── SourceError       a source cannot be opened, or holds nothing that can be read
├── RecordError       JSON that is not the record it should be
├── SettingError      a setting that sayso does not know, or a value it cannot take
├── CaseError         a case cannot be opened, or a later version of sayso wrote it
├── JobError          a job of bulk reading cannot begin or go on
├── AskError          a browser or program asks for what cannot be answered
├── DataError         data that ships with sayso is missing or damaged
└── MissingExtraError an optional part is not installed

Each carries what was expected, what was found and where, so that a program can tell them apart
without reading the sentence, and the sentence is always made in one way.
"""

from __future__ import annotations


class SaysoError(Exception):
    """Base of every error of sayso: ``place: expected …, found …``.

    Args:
        expected: what should have been there.
        found: what was there instead.
        place: a file, a line of one, a field: where to look.
    """

    def __init__(self, *, expected: str, found: str, place: str) -> None:
        self.expected = expected
        self.found = found
        self.place = place
        super().__init__(f"{place}: expected {expected}, found {found}")


class SourceError(SaysoError):
    """A source cannot be opened, or is no text: it yields no reading."""


class RecordError(SaysoError):
    """JSON that is not the record it should be."""


class SettingError(SaysoError):
    """A setting that sayso does not know, or a value that the setting cannot take."""


class CaseError(SaysoError):
    """A case cannot be opened: it is not there, is no case, or was written by a later version of sayso."""


class JobError(SaysoError):
    """A job of bulk reading cannot begin or go on: another one has its folder, or there is no room to write."""


class AskError(SaysoError):
    """What a browser or a program asks the web application for cannot be answered: a filter, a form, an address."""


class DataError(SaysoError):
    """Data that ships with sayso is missing or damaged; installing it again is the remedy."""


class MissingExtraError(SaysoError):
    """An optional part is not installed; the message names the command that installs it."""

    @classmethod
    def of(cls, package: str, extra: str, place: str) -> MissingExtraError:
        """That a package is missing, which an extra of sayso brings."""
        return cls(expected=package, found=f"none; install it with: pip install 'sayso[{extra}]'", place=place)
