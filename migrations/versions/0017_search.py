"""One index of our own for both engines, in place of each engine's: facts, authors and the words in files are found too."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BLOB = {"sqlite": "blob", "postgresql": "bytea"}
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    engine = op.get_bind().dialect.name
    op.execute("drop table item_search")
    op.execute("drop table item_search_words")
    if engine == "postgresql":
        op.execute("drop text search configuration item_search")
        op.execute("drop text search dictionary item_search_stem")
    bytewise = ' collate "C"' if engine == "postgresql" else ""
    for statement in (
        f"create table item_search_entries (term varchar(40){bytewise} not null, block integer not null, "
        f"entries {BLOB[engine]} not null, primary key (term, block))",
        "create table item_search_texts (item_id integer not null primary key, text text not null, words text not null)",
        f"create table item_search_words (word varchar(40){bytewise} not null primary key, items integer not null, "
        "changed integer not null)",
        "create index ix_item_search_words_changed on item_search_words (changed)",
        "create table item_search_changes (number integer not null primary key, token varchar(32) not null, item_id integer)",
        "create unique index ix_item_search_changes_token on item_search_changes (token)",
        "alter table item_search_state add column number integer not null default 0",
        # Whoever remembers the library as it was reads it anew.
        "update item_search_state set token = 'to be built'",
    ):
        op.execute(statement)
    _have_it_filled()


def _have_it_filled() -> None:
    """What is published already becomes findable again within a minute of the next start."""
    if not op.get_bind().execute(sa.text("select count(*) from items")).scalar():
        return
    jobs = sa.table(
        "jobs",
        *(sa.column(name) for name in ("handler", "state", "error")),
        sa.column("payload", sa.JSON),
        *(sa.column(name, sa.Integer) for name in ("attempts", "progress", "total")),
        *(sa.column(name, MOMENT) for name in ("run_at", "created_at")),
    )
    now = datetime.now(UTC)
    told = {"handler": "rebuild-search", "payload": {}, "state": "waiting", "error": "", "attempts": 0}
    op.execute(jobs.insert().values(**told, progress=0, total=0, run_at=now, created_at=now))
