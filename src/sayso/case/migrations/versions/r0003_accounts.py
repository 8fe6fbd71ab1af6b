"""Who may look at a case and decide about it, where it is served to others; and who is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables; a case that is not served to others has nobody in them."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("password", "role", "added")),
        sa.Column("disabled", sa.Text),
    )
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("account", "made", "expires")),
    )
    op.create_index("sessions_of_account", "sessions", ["account"])
