"""Keeping the search tables in step with what is published; each engine has its own statements."""

import html
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import TextClause, select, text

from portal.db import db
from portal.library.models import IS_READABLE, Item
from portal.library.words import LONGEST_WORD, words_of

_CHANGED = text("update item_search_state set token = :token where id = 1")
_HAVE_WORDS = text(
    "insert into item_search_words (word, items) values (:word, :n) "
    "on conflict (word) do update set items = item_search_words.items + excluded.items"
)
_FORGET_WORDS = text("delete from item_search_words where items < 1")
_VECTOR = (
    "setweight(to_tsvector('item_search', :title_words), 'A') || "
    "setweight(to_tsvector('item_search', :summary_words), 'B') || "
    "setweight(to_tsvector('item_search', :body_words), 'D')"
)
_STATEMENTS = {
    "sqlite": {
        "add": text("insert into item_search (rowid, title, summary, body) values (:id, :title, :summary, :body)"),
        "old": text("select title, summary, body from item_search where rowid = :id"),
        "remove": text("delete from item_search where rowid = :id"),
        "match": text(
            "select rowid from item_search where item_search match :question "
            "order by bm25(item_search, 5.0, 2.0, 1.0), rowid desc"
        ),
        "bodies": "select rowid, body from item_search where rowid in ({})",
    },
    "postgresql": {
        "add": text(
            "insert into item_search (item_id, title, summary, body, vector) "
            f"values (:id, :title, :summary, :body, {_VECTOR})"
        ),
        "old": text("select title, summary, body from item_search where item_id = :id"),
        "remove": text("delete from item_search where item_id = :id"),
        "match": text(
            "select item_id from item_search, to_tsquery('item_search', :question) as asked where vector @@ asked "
            "order by ts_rank('{0.2, 0.2, 0.4, 1.0}', vector, asked) desc, item_id desc"
        ),
        "bodies": "select item_id, body from item_search where item_id in ({})",
    },
}


def engine() -> str:
    """Which database this is."""
    return db.session.get_bind().dialect.name


def statement(name: str) -> Any:
    """One of the statements, for this database."""
    return _STATEMENTS[engine()][name]


def put(item_id: int, *, title: str, summary: str, body: str) -> None:
    """Make a published item findable as it is now; `body` is HTML."""
    _say_changed()
    gone = _take_out(item_id)
    row = _row(item_id, title, summary, body)
    db.session.execute(statement("add"), row)
    _count_words(_different(row), gone)


def remove(item_id: int) -> None:
    """Make an item findable no more."""
    _say_changed()
    _count_words((), _take_out(item_id))


def rebuild() -> int:
    """Fill the search tables anew from the published items; says how many there are."""
    _say_changed()
    db.session.execute(text("delete from item_search"))
    db.session.execute(text("delete from item_search_words"))
    words: Counter[str] = Counter()
    rows = []
    for found in db.session.execute(select(Item.id, Item.title, Item.summary, Item.html).where(IS_READABLE)):
        rows.append(_row(*found))
        words.update(_different(rows[-1]))
    if rows:
        db.session.execute(statement("add"), rows)
        db.session.execute(_HAVE_WORDS, [{"word": word, "n": n} for word, n in sorted(words.items())])
    return len(rows)


def bodies(ids: Sequence[int]) -> dict[int, str]:
    """The text of these items."""
    # Whole numbers of our own; a text clause takes no list on both engines alike.
    asked: TextClause = text(statement("bodies").format(",".join(str(int(item_id)) for item_id in ids)))
    return {item_id: body for item_id, body in db.session.execute(asked)} if ids else {}


def _say_changed() -> None:
    # First of all: whoever publishes at the same moment waits here, and the word counts never deadlock. The token is
    # random rather than a number, so that a change that was undone can't be mistaken for a later one.
    db.session.execute(_CHANGED, {"token": uuid.uuid4().hex})


def _row(item_id: int, title: str, summary: str, body: str) -> dict[str, Any]:
    plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).strip()
    row = {"id": item_id, "title": title, "summary": summary, "body": plain}
    if engine() == "postgresql":
        row |= {f"{part}_words": " ".join(words_of(str(row[part]))) for part in ("title", "summary", "body")}
    return row


def _take_out(item_id: int) -> set[str]:
    old = db.session.execute(statement("old"), {"id": item_id}).mappings().first()
    if old is None:
        return set()
    db.session.execute(statement("remove"), {"id": item_id})
    return _different(old)


def _different(row: Any) -> set[str]:
    every = words_of(f"{row['title']} {row['summary']} {row['body']}")
    return {word for word in every if 3 <= len(word) <= LONGEST_WORD and not word.isdigit()}


def _count_words(come: Iterable[str], gone: Iterable[str]) -> None:
    change = Counter(come)
    change.subtract(gone)
    counts = [{"word": word, "n": n} for word, n in sorted(change.items()) if n]
    if counts:
        db.session.execute(_HAVE_WORDS, counts)
        db.session.execute(_FORGET_WORDS)
