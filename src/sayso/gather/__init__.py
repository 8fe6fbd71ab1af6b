"""Where pages come from: files, folders, tables, archives, the web, standard input."""

from sayso.gather.captures import Archive, Capture, Known, NoArchive
from sayso.gather.columns import FIELDS
from sayso.gather.fetch import Web
from sayso.gather.sources import Gathered, gather
from sayso.gather.tables import is_list
from sayso.gather.wanted import Wanted

__all__ = ["FIELDS", "Archive", "Capture", "Gathered", "Known", "NoArchive", "Wanted", "Web", "gather", "is_list"]
