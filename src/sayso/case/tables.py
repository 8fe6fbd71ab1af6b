"""The tables of a case, as its newest revision has them; ``migrations`` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

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
    Column("sketch", LargeBinary),
    Column("sketch_version", Integer),
    Index("versions_of_article", "article", "number"),
    Index("versions_by_id", "id"),
    Index("versions_by_publisher", "publisher"),
)  # fmt: skip

#: Pages as they were fetched from the web, one row for each time; ``record`` is a WARC record in gzip, ``sha256`` that
#: of the page in it. ``article`` is empty until the page was read.
CAPTURES = Table(
    "captures", METADATA,
    Column("number", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("fetched", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("article", Integer, ForeignKey("articles.number")),
    Column("record", LargeBinary, nullable=False),
    Index("captures_by_url", "url"),
    Index("captures_by_final_url", "final_url"),
    Index("captures_by_sha256", "sha256"),
    Index("captures_by_article", "article"),
)  # fmt: skip

#: Feeds that are watched: by what their hosts tell whether they changed. Nothing here but saves requests.
FEEDS = Table(
    "feeds", METADATA,
    Column("url", Text, primary_key=True),
    Column("final_url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
)  # fmt: skip

#: What feeds named, by hashes of its address and of the feed's; the address itself only until its page was read.
LINKS = Table(
    "links", METADATA,
    Column("sha256", Text, primary_key=True),
    Column("feed_sha256", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("url", Text),
    Index("links_of_feed", "feed_sha256", "place"),
)  # fmt: skip

#: What lists of stories are narrowed and counted by.
OUTLINE = (
    "in_order", "id", "type", "status", "pages", "origins", "place", "country", "lat", "lon", "scale", "first_day",
    "last_day", "title",
)  # fmt: skip

#: One row for each happening, as the articles were last grouped; ``story`` is its JSON, the rest is for lists.
STORIES = Table(
    "stories", METADATA,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("place", Text),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    # how much of the map its point stands for: "country", "region" or "spot"; empty where it has none
    Column("scale", Text),
    Column("first_day", Text),
    Column("last_day", Text),
    # the first day, or what sorts behind all days: an index can follow it
    Column("in_order", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("story", Text, nullable=False),
    Index("stories_by_day", "in_order", "id"),
    Index("stories_by_place", "place"),
    # all that counting and listing looks at, so that neither reads the stories themselves
    Index("stories_outline", *OUTLINE),
)  # fmt: skip

Index("stories_by_pages", STORIES.c.pages.desc(), STORIES.c.in_order, STORIES.c.id, STORIES.c.status)
Index("stories_by_origins", STORIES.c.origins.desc(), STORIES.c.in_order, STORIES.c.id)

#: Which article reports which story, by which voice under which roof: one row for each of its events. ``happening``
#: is what it was grouped to; ``story`` what people made of that, empty where they rejected the claim.
REPORTS = Table(
    "reports", METADATA,
    Column("article", Text, nullable=False),
    Column("event", Integer, nullable=False),
    Column("story", Text, nullable=False),
    Column("claim", Text),
    Column("voice", Text, nullable=False),
    Column("roof", Text, nullable=False),
    Column("happening", Integer, nullable=False),
    Index("reports_of_happening", "happening"),
    Index("reports_of_article", "article", "event", unique=True),
    Index("reports_of_story", "story"),
    Index("reports_of_voice", "voice"),
    Index("reports_of_roof", "roof"),
    Index("reports_of_claim", "claim"),
)  # fmt: skip

#: Ids that stories had before their reports changed, and a claim of each, by which it is found again: what was linked
#: to stays reachable.
FORMER = Table(
    "former", METADATA,
    Column("story", Text, primary_key=True),
    Column("claim", Text, nullable=False),
)  # fmt: skip

#: Pairs of articles that share passages; ``copy`` is the record's JSON.
COPIES = Table(
    "copies", METADATA,
    Column("first", Text, primary_key=True),
    Column("second", Text, primary_key=True),
    Column("copy", Text, nullable=False),
    Index("copies_of_second", "second"),
)  # fmt: skip

#: Who is cited in which article, by the name that the reading gives, and how often.
SPEAKERS = Table(
    "speakers", METADATA,
    Column("article", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Index("speakers_of_article", "article"),
    # with what is counted of a voice, so that counting reads nothing else
    Index("speakers_by_voice", "voice", "article", "claims"),
)  # fmt: skip

#: Every name once, by what it is of ("voice", "roof", "place", "outlet", "speaker"): what is found by a part of a name
#: is looked for here, and not in every row that has it. ``folded`` is the name whatever its case.
NAMES = Table(
    "names", METADATA,
    Column("what", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("folded", Text, nullable=False),
)  # fmt: skip

#: The names that go by another one across the case, and why.
MEETINGS = Table(
    "meetings", METADATA,
    Column("voice", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("meetings_by_name", "name"),
)  # fmt: skip

#: What a person decided, laid over what was read; a withdrawn row stays, and says when and by whom.
DECISIONS = Table(
    "decisions", METADATA,
    Column("number", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text),
    Column("decided", Text, nullable=False),
    Column("withdrawn", Text),
    Column("withdrawn_by", Text),
)  # fmt: skip

#: What was forgotten, and must not come back: a hash of the address, outlet or voice, never the thing itself.
TOMBSTONES = Table(
    "tombstones", METADATA,
    Column("number", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("forgotten", Text, nullable=False),
    Column("removed", Text, nullable=False),
    Index("tombstones_by_hash", "sha256"),
)  # fmt: skip

#: Who may sign in where the case is served to others; ``password`` is an argon2id hash. Where ``once`` is set, the
#: password is one that was made for them: it works until then, and whoever signs in by it sets their own.
ACCOUNTS = Table(
    "accounts", METADATA,
    Column("name", Text, primary_key=True),
    Column("password", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("disabled", Text),
    Column("once", Text),
)  # fmt: skip

#: What was changed about accounts: an entry stays, whatever becomes of the account.
ACCOUNT_CHANGES = Table(
    "account_changes", METADATA,
    Column("number", Integer, primary_key=True),
    Column("account", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("changed", Text, nullable=False),
)  # fmt: skip

#: Who is signed in, by the hash of what their browser holds.
SESSIONS = Table(
    "sessions", METADATA,
    Column("token_sha256", Text, primary_key=True),
    Column("account", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Index("sessions_of_account", "account"),
)  # fmt: skip

#: What the stories were grouped from: a change of it says that they are out of date.
STATE = Table(
    "state", METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip
