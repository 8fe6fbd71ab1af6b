"""A case: one investigation, kept in one SQLite file or a database: pages as they were read, their versions, search."""

from sayso.case.case import Added, ArticleRow, Case, Found, open_case

__all__ = ["Added", "ArticleRow", "Case", "Found", "open_case"]
