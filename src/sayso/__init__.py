"""sayso: on whose say-so? Reads news pages and answers who says what, and whom they had it from."""

from typing import TYPE_CHECKING, Any

from sayso.version import VERSION as __version__

if TYPE_CHECKING:
    from sayso.api import open_case, read, show, tables

__all__ = ["__version__", "open_case", "read", "show", "tables"]


def __getattr__(name: str) -> Any:
    """What people use is imported when it is used: the command line needs none of it to start."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module("sayso.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
