"""The learned model's runtime: what one pass of a small encoder marks in a text."""

from sayso.encoder.decode import Range
from sayso.encoder.labels import CANDIDATES, SLOTS, TAGS
from sayso.encoder.model import Marks, Model, model_for

__all__ = ["CANDIDATES", "SLOTS", "TAGS", "Marks", "Model", "Range", "model_for"]
