"""What the library puts on Today: what one is asked to read, one of the few items of the week, comments."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, func, literal, select

from portal.access import Can
from portal.accounts.models import Person, Practice
from portal.clock import said_day
from portal.home.queue import Entry, capital, things
from portal.home.sources.reading import Part, asking
from portal.library.models import IS_READABLE, Item, ItemReader
from portal.readership.models import Acknowledgement, Comment, MustRead, MutedKind, WeeklyItem
from portal.readership.must_read_queries import IS_OPEN as IS_ASKED
from portal.readership.must_read_queries import includes
from portal.readership.queries import IS_OPEN

_path = (
    select(Practice.path)
    .join(Person, Person.practice_id == Practice.id)
    .where(Person.id == bindparam("person"))
    .scalar_subquery()
)
_has_read = exists().where(
    Acknowledgement.item_id == Item.id,
    Acknowledgement.revision == Item.major_revision,
    Acknowledgement.person_id == bindparam("person"),
)
_has_opened = exists().where(ItemReader.item_id == Item.id, ItemReader.person_id == bindparam("person"))
_is_muted = exists().where(MutedKind.kind == Item.kind, MutedKind.person_id == bindparam("person"))
_waiting = (*IS_OPEN, Comment.person_id != bindparam("person"))
_answerer = select(Person.name).where(Person.id == Comment.answered_by_id).scalar_subquery()


def _asked(row: Any, today: date) -> Entry:
    near = (row.on - today).days <= 2
    why = f"You are asked to read it by {said_day(row.on, today)}, and to say so at its end."
    return Entry(13 if near else 24, row.id, row.first, why, f"/library/{row.second}", "Read it")


def _new(row: Any, _today: date) -> Entry:
    key, _space, why = row.second.partition(" ")
    return Entry(70, row.id, row.first, f"New for you this week. {why}.", f"/library/{key}", "Read")


def _to_answer(row: Any, _today: date) -> Entry:
    what = f"{capital(things(row.id, 'comment'))} {'waits' if row.id == 1 else 'wait'} for an answer"
    return Entry(32, 3, what, f"About {row.first}.", "/library/comments", "Answer")


def _answered(row: Any, _today: date) -> Entry:
    return Entry(25, 1, f"{row.second} answered you", f"About {row.first}.", f"/library/comments/{row.id}", "Read")


PARTS: list[Part] = [
    Part(
        "must-read",
        asking("must-read", Item.minutes, Item.title, Item.key, on=MustRead.until_on)
        .join(MustRead, MustRead.item_id == Item.id)
        .where(IS_ASKED, includes(_path), ~_has_read)
        .order_by(MustRead.until_on, MustRead.id)
        .limit(3),
        _asked,
    ),
    Part(
        "new-for-you",
        asking("new-for-you", Item.minutes, Item.title, Item.key + literal(" ") + WeeklyItem.why)
        .join(WeeklyItem, WeeklyItem.item_id == Item.id)
        .where(WeeklyItem.person_id == bindparam("person"), WeeklyItem.week_on == bindparam("monday"))
        .where(IS_READABLE, ~_has_opened, ~_is_muted)
        .order_by(WeeklyItem.position)
        .limit(1),
        _new,
    ),
    Part(
        "comments-to-answer",
        asking("comments-to-answer", func.count(Comment.id), func.min(Item.title))
        .join(Item, Item.id == Comment.item_id)
        .where(*_waiting, Item.owner_id == bindparam("person"))
        .having(func.count(Comment.id) > 0),
        _to_answer,
    ),
    Part(
        "comments-nobody-answers",
        asking("comments-nobody-answers", func.count(Comment.id), func.min(Item.title))
        .join(Item, Item.id == Comment.item_id)
        .where(*_waiting, Item.owner_id.is_(None))
        .having(func.count(Comment.id) > 0),
        _to_answer,
        Can.PUBLISH,
    ),
    Part(
        "comment-answered",
        asking("comment-answered", Comment.id, Item.title, _answerer)
        .join(Item, Item.id == Comment.item_id)
        .where(Comment.person_id == bindparam("person"), Comment.answer != "", Comment.seen_at.is_(None))
        .where(Comment.answered_by_id != Comment.person_id, Comment.withdrawn_at.is_(None), IS_READABLE)
        .order_by(Comment.answered_at, Comment.id)
        .limit(3),
        _answered,
    ),
]
