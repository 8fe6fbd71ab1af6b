"""Where: place names in a text, and the point on the map that each stands for."""

from sayso.places.gazetteer import country_name
from sayso.places.reading import read_places

__all__ = ["country_name", "read_places"]
