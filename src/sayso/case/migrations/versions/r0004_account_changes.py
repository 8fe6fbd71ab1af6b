"""Passwords that are good once, and what was changed about accounts, by whom and when."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
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
