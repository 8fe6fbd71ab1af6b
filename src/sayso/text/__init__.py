"""Spans, tokens, sentences, quotations and numbers of a text."""

from sayso.text.doc import TOKEN, Doc
from sayso.text.numbers import NUMBER, number_value

__all__ = ["NUMBER", "TOKEN", "Doc", "number_value"]
