"""The command line: the only room, with web/, that prints, exits or listens."""

from sayso.cli.main import main

__all__ = ["main"]
