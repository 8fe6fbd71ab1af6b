"""Many pages at once, by the same functions that read one."""

from sayso.bulk.local import read_all

__all__ = ["read_all"]
