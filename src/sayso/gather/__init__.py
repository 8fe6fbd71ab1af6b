"""Where pages come from: files, folders, archives, the web, standard input."""

from sayso.gather.captures import Archive, Capture, Known, NoArchive
from sayso.gather.fetch import Web
from sayso.gather.jsonl import pages_of_jsonl
from sayso.gather.ranges import cuts_of_warc, pages_of_warc_range
from sayso.gather.sniff import kind_of
from sayso.gather.sources import Gathered, Wanted, gather, is_page

__all__ = [
    "Archive",
    "Capture",
    "Gathered",
    "Known",
    "NoArchive",
    "Wanted",
    "Web",
    "cuts_of_warc",
    "gather",
    "is_page",
    "kind_of",
    "pages_of_jsonl",
    "pages_of_warc_range",
]
