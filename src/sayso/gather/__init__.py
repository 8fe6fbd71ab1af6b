"""Where pages come from: files, folders, archives, the web, standard input."""

from sayso.gather.captures import Archive, Capture, Known, NoArchive
from sayso.gather.fetch import Web
from sayso.gather.sources import Gathered, Wanted, gather

__all__ = ["Archive", "Capture", "Gathered", "Known", "NoArchive", "Wanted", "Web", "gather"]
