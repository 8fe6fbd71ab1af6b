"""The tables of a case, as its newest revision has them; ``migrations`` makes them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text

METADATA = MetaData()

#: One row for each article, however often its page changed. ``key`` is its address, else its id.
ARTICLES = Table(
    "articles", METADATA,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
)  # fmt: skip

#: One row for each text that an article had, oldest first; ``reading`` is its JSON.
VERSIONS = Table(
    "versions", METADATA,
    Column("number", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), nullable=False),
    Column("id", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("url", Text),
    Column("claims", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Index("versions_of_article", "article", "number"),
    Index("versions_by_id", "id"),
)  # fmt: skip
