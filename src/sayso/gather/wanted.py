"""How a caller wants sources to be taken, and what is said of all of them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from sayso.records import Given, Record

TakeAs: TypeAlias = Literal["auto", "page", "article", "list"]


class Wanted(Record, frozen=True, kw_only=True):
    """How sources are to be taken: as pages to clean, articles as they stand or lists of addresses.

    ``given`` is what is said of all; ``columns`` which column of a table holds which field, where its name does not
    tell; ``most_addresses`` how many addresses of one list are fetched (0: all).
    """

    take_as: TakeAs = "auto"
    given: Given = Given()
    columns: dict[str, str] = {}
    most_addresses: int = 0
