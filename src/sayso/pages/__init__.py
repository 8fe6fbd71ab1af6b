"""What a page says and shows: bytes in, article and page view out."""

from sayso.pages.article import read_article

__all__ = ["read_article"]
