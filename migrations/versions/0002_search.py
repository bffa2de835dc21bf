"""The tables that the library is searched in; made by hand, since each engine has its own."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    "create virtual table item_search using fts5(title, summary, body, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3')",
)
# A configuration of our own, because the built-in one leaves out words like "own" and "more" that SQLite keeps.
POSTGRESQL = (
    "create text search dictionary item_search_stem (template = snowball, language = english)",
    "create text search configuration item_search (parser = default)",
    "alter text search configuration item_search add mapping for asciiword, word, numword, int, uint, float, sfloat with item_search_stem",
    "create table item_search (item_id integer primary key, title text not null, summary text not null, body text not null, vector tsvector not null)",
    # Beside the row, not out of line: the planner would read every vector from afar rather than use the index.
    "alter table item_search alter column vector set storage main",
    "create index ix_item_search_vector on item_search using gin (vector)",
)
BOTH = (
    "create table item_search_words (word varchar(40) not null primary key, items integer not null)",
    "create table item_search_state (id integer not null primary key, token varchar(32) not null)",
    "insert into item_search_state (id, token) values (1, '')",
)


def upgrade() -> None:
    for statement in ({"sqlite": SQLITE, "postgresql": POSTGRESQL}[op.get_bind().dialect.name], BOTH):
        for each in statement:
            op.execute(each)
