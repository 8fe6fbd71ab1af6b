"""Many pages at once, by the same functions that read one."""

from sayso.bulk.local import read_all
from sayso.reading import is_unread

__all__ = ["is_unread", "read_all"]
