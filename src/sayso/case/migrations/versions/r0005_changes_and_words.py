"""Passwords that are good once, what was changed about accounts, and in PostgreSQL the words of texts at hand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and the table; what was changed before is not on record."""
    op.add_column("accounts", sa.Column("once", sa.Text))
    op.create_table(
        "account_changes",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("account", "what", "who", "changed")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # an index alone lets each text be taken apart again to rank it, and to look whether one of few holds the words
        words = "to_tsvector('simple', coalesce(title, '') || ' ' || text)"
        op.execute(f"ALTER TABLE versions ADD COLUMN searchable tsvector GENERATED ALWAYS AS ({words}) STORED")
        op.execute("DROP INDEX versions_searchable")
        op.execute("CREATE INDEX versions_searchable ON versions USING gin (searchable)")
