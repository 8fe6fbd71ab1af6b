"""Articles, their versions, and full-text search over these."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the first tables."""
    op.create_table(
        "articles",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "versions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("title", "publisher", "published", "url")),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("problems", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
    )
    op.create_index("versions_of_article", "versions", ["article", "number"])
    op.create_index("versions_by_id", "versions", ["id"])
    _make_searchable()


def _make_searchable() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE searchable USING fts5"
            "(title, text, content='versions', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
        )
        op.execute(
            "CREATE TRIGGER versions_searchable AFTER INSERT ON versions BEGIN "
            "INSERT INTO searchable(rowid, title, text) VALUES (new.number, new.title, new.text); END"
        )
    else:
        op.execute(
            "CREATE INDEX versions_searchable ON versions "
            "USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || text))"
        )
