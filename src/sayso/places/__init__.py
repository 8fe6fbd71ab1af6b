"""Where: place names in a text, and the point on the map that each stands for."""

from sayso.places.gazetteer import country_name, towns_in
from sayso.places.own import own_places
from sayso.places.reading import read_places
from sayso.places.scale import Scale, scale_of

__all__ = ["Scale", "country_name", "own_places", "read_places", "scale_of", "towns_in"]
