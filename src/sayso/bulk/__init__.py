"""Many pages at once, by the same functions that read one."""

from sayso.bulk.engine import HERE
from sayso.bulk.job import Job, Report
from sayso.bulk.local import read_all
from sayso.bulk.parts import Done
from sayso.bulk.sieve import Sieve
from sayso.reading import is_unread

__all__ = ["HERE", "Done", "Job", "Report", "Sieve", "is_unread", "read_all"]
