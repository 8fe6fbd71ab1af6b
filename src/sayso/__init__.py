"""sayso: on whose say-so? Reads news pages and answers who says what, and whom they had it from."""

from sayso.version import VERSION as __version__

__all__ = ["__version__"]
