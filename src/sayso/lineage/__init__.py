"""Through whose hands a text came: origin first, host last, each with the words that show it."""

from sayso.lineage.chain import read_lineage

__all__ = ["read_lineage"]
