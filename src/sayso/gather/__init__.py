"""Where pages come from: files, folders, archives, standard input."""

from sayso.gather.sources import Gathered, Wanted, gather

__all__ = ["Gathered", "Wanted", "gather"]
