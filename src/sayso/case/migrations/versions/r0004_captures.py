"""Pages as they were fetched from the web, and feeds that are watched for new ones."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables; what was added before came from files, and stays where it was."""
    op.create_table(
        "captures",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("url", "final_url", "fetched", "sha256")),
        *(sa.Column(name, sa.Text) for name in ("etag", "last_modified")),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.number")),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    for column in ("url", "final_url", "sha256", "article"):
        op.create_index(f"captures_by_{column}", "captures", [column])
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("final_url", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("etag", "last_modified")),
    )
    op.create_table(
        "links",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("feed_sha256", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("place", "tries")),
        sa.Column("url", sa.Text),
    )
    op.create_index("links_of_feed", "links", ["feed_sha256", "place"])
