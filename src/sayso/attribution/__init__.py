"""Who says what, as the words stand: source, cue and content spans of every attribution."""

from sayso.attribution.reader import read_attributions

__all__ = ["read_attributions"]
