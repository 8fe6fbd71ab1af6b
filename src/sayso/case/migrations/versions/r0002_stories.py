"""Stories as they were last grouped, copies, what people decided, and what was forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(*names: str, needed: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=not needed) for name in names]


def upgrade() -> None:
    """Adds the tables; sketches of what is there already are made when stories are first asked for."""
    op.add_column("versions", sa.Column("sketch", sa.LargeBinary))
    op.add_column("versions", sa.Column("sketch_version", sa.Integer))
    _make_stories()
    op.create_table("former", sa.Column("story", sa.Text, primary_key=True), *_text("claim"))
    op.create_table(
        "copies",
        sa.Column("first", sa.Text, primary_key=True),
        sa.Column("second", sa.Text, primary_key=True),
        *_text("copy"),
    )
    op.create_index("copies_of_second", "copies", ["second"])
    op.create_table("speakers", *_text("article", "voice"), sa.Column("claims", sa.Integer, nullable=False))
    op.create_index("speakers_of_article", "speakers", ["article"])
    op.create_index("speakers_by_voice", "speakers", ["voice", "article", "claims"])
    op.create_index("versions_by_publisher", "versions", ["publisher"])
    op.create_table(
        "names",
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        *_text("folded"),
    )
    op.create_table("meetings", sa.Column("voice", sa.Text, primary_key=True), *_text("name", "reason"))
    op.create_index("meetings_by_name", "meetings", ["name"])
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True),
        *_text("what", "decision", "who"),
        *_text("why", needed=False),
        *_text("decided"),
        *_text("withdrawn", "withdrawn_by", needed=False),
    )
    op.create_table(
        "tombstones",
        sa.Column("number", sa.Integer, primary_key=True),
        *_text("what", "sha256", "why", "who", "forgotten", "removed"),
    )
    op.create_index("tombstones_by_hash", "tombstones", ["sha256"])
    if op.get_bind().dialect.name == "sqlite":
        # the index holds no text of its own: it must be told what to take out
        gone = (
            "INSERT INTO searchable(searchable, rowid, title, text) VALUES('delete', old.number, old.title, old.text);"
        )
        op.execute(f"CREATE TRIGGER versions_gone AFTER DELETE ON versions BEGIN {gone} END")
    op.create_table("state", sa.Column("name", sa.Text, primary_key=True), *_text("value"))


def _make_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Text, primary_key=True),
        *_text("title", "type"),
        *_text("place", "country", needed=False),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        *_text("scale", "first_day", "last_day", needed=False),
        *_text("in_order"),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("origins", sa.Integer, nullable=False),
        *_text("status", "story"),
    )
    op.create_index("stories_by_day", "stories", ["in_order", "id"])
    op.create_index("stories_by_place", "stories", ["place"])
    op.create_index("stories_by_pages", "stories", [sa.text("pages DESC"), "in_order", "id", "status"])
    op.create_index("stories_by_origins", "stories", [sa.text("origins DESC"), "in_order", "id"])
    op.create_index(
        "stories_outline",
        "stories",
        [
            "in_order", "id", "type", "status", "pages", "origins", "place", "country", "lat", "lon", "scale",
            "first_day", "last_day", "title",
        ],
    )  # fmt: skip
    op.create_table(
        "reports",
        *_text("article"),
        sa.Column("event", sa.Integer, nullable=False),
        *_text("story"),
        *_text("claim", needed=False),
        *_text("voice", "roof"),
        sa.Column("happening", sa.Integer, nullable=False),
    )
    op.create_index("reports_of_happening", "reports", ["happening"])
    op.create_index("reports_of_article", "reports", ["article", "event"], unique=True)
    op.create_index("reports_of_story", "reports", ["story"])
    op.create_index("reports_of_voice", "reports", ["voice"])
    op.create_index("reports_of_roof", "reports", ["roof"])
    op.create_index("reports_of_claim", "reports", ["claim"])
