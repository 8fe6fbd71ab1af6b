"""What a page says and shows: bytes in, article and page view out."""

from sayso.pages.article import read_article
from sayso.pages.glance import glance, resiliparse

__all__ = ["glance", "read_article", "resiliparse"]
