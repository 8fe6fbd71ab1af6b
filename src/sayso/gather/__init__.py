"""Where pages come from: files, folders, tables, archives, the web, standard input."""

from sayso.gather.captures import Archive, Capture, Known, NoArchive
from sayso.gather.columns import FIELDS
from sayso.gather.fetch import Web
from sayso.gather.ranges import cuts_of_warc, pages_of_warc_range
from sayso.gather.sniff import kind_of
from sayso.gather.sources import Gathered, gather, is_source
from sayso.gather.tables import is_list, items_of_lines
from sayso.gather.wanted import Wanted

__all__ = [
    "FIELDS",
    "Archive",
    "Capture",
    "Gathered",
    "Known",
    "NoArchive",
    "Wanted",
    "Web",
    "cuts_of_warc",
    "gather",
    "is_list",
    "is_source",
    "items_of_lines",
    "kind_of",
    "pages_of_warc_range",
]
