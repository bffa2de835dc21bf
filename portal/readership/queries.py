"""Comments as people see them, what readers said of an item, and each person's items of the week."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access import Can
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.library.kinds import Kind
from portal.library.models import IS_READABLE, Item, ItemReader
from portal.readership.models import Comment, MutedKind, ReadingWeek, WeeklyItem

MOST_SAID = 50
IS_OPEN = (Comment.settled_at.is_(None), Comment.withdrawn_at.is_(None), Comment.hidden_at.is_(None))


def visible_to(viewer: Viewer) -> Select[Comment]:
    """The comments that this person may see: those on items they may open, without what others took back or what is
    hidden; of their own all, and those who publish see what is hidden, too."""
    shown: ColumnElement[bool] = Comment.withdrawn_at.is_(None)
    if Can.PUBLISH not in viewer.powers:
        shown = shown & Comment.hidden_at.is_(None) & IS_READABLE
    return (
        select(Comment)
        .join(Item, Item.id == Comment.item_id)
        .where(or_(Comment.person_id == viewer.id, shown))
        .options(
            joinedload(Comment.person).load_only(Person.name),
            joinedload(Comment.answered_by).load_only(Person.name),
            contains_eager(Comment.item).load_only(Item.key, Item.title, Item.state, Item.owner_id),
        )
    )


def on_item(viewer: Viewer, item_id: int) -> Sequence[Comment]:
    """What is said about an item, in the order it was said."""
    found = visible_to(viewer).where(Comment.item_id == item_id).order_by(Comment.id).limit(200)
    return db.session.scalars(found).all()


def comment_for(viewer: Viewer, comment_id: int) -> Comment:
    """One comment that this person may see."""
    found = db.session.scalar(visible_to(viewer).where(Comment.id == comment_id))
    if found is None:
        raise NotFound
    return found


def own_comment_for(viewer: Viewer, comment_id: int) -> Comment:
    """One comment that this person wrote; nobody else is shown the form to change it."""
    found = comment_for(viewer, comment_id)
    if found.person_id != viewer.id:
        raise NotFound
    return found


def to_answer(viewer: Viewer) -> Select[Comment]:
    """What waits for this person's answer, oldest first: on items they look after; those who publish see all."""
    found = visible_to(viewer).where(*IS_OPEN).order_by(Comment.at, Comment.id)
    return found if Can.PUBLISH in viewer.powers else found.where(Item.owner_id == viewer.id)


def written_by(viewer: Viewer) -> Select[Comment]:
    """What this person asked or added, newest first."""
    return visible_to(viewer).where(Comment.person_id == viewer.id).order_by(Comment.id.desc())


def answered_about(viewer: Viewer) -> Select[Comment]:
    """What is settled on the items that this person looks after, newest first; those who publish see all."""
    found = visible_to(viewer).where(Comment.settled_at.is_not(None)).order_by(Comment.settled_at.desc(), Comment.id)
    return found if Can.PUBLISH in viewer.powers else found.where(Item.owner_id == viewer.id)


_VERDICTS = (
    select(ItemReader.useful, ItemReader.reason, func.count())
    .where(ItemReader.item_id == bindparam("item_id"), ItemReader.useful.is_not(None))
    .group_by(ItemReader.useful, ItemReader.reason)
    .order_by(ItemReader.useful.desc(), func.count().desc(), ItemReader.reason)
)
_WORDS = (
    select(ItemReader.useful, ItemReader.reason, ItemReader.reason_words, ItemReader.is_signed, Person.name)
    .join(Person, Person.id == ItemReader.person_id)
    .where(ItemReader.item_id == bindparam("item_id"), ItemReader.useful.is_not(None), ItemReader.reason_words != "")
    .order_by(ItemReader.useful_on.desc(), ItemReader.person_id)
    .limit(MOST_SAID)
)


def verdicts(item_id: int) -> Sequence[Any]:
    """How many found an item useful or not, by reason: useful, reason, n."""
    return rows(_VERDICTS, item_id=item_id).all()


def words_said(item_id: int) -> list[tuple[bool, str, str, str]]:
    """Why, in readers' words: useful, reason, words, and the name of who signed; empty for those who did not."""
    return [
        (row.useful, row.reason, row.reason_words, row.name if row.is_signed else "")
        for row in rows(_WORDS, item_id=item_id)
    ]


_THIS_WEEK = (
    select(
        Item.id,
        Item.key,
        Item.kind,
        Item.title,
        Item.summary,
        Item.minutes,
        WeeklyItem.why,
        ItemReader.first_at.label("read_at"),
    )
    .join(Item, Item.id == WeeklyItem.item_id)
    .outerjoin(ItemReader, (ItemReader.item_id == Item.id) & (ItemReader.person_id == WeeklyItem.person_id))
    .outerjoin(MutedKind, (MutedKind.person_id == WeeklyItem.person_id) & (MutedKind.kind == Item.kind))
    .where(WeeklyItem.person_id == bindparam("person"), WeeklyItem.week_on == bindparam("week_on"))
    .where(IS_READABLE, MutedKind.kind.is_(None))
    .order_by(WeeklyItem.position)
)


def this_week(viewer: Viewer, week_on: date) -> Sequence[Any]:
    """The few items chosen for a person in the week of this Monday, with why, and when they read each."""
    return rows(_THIS_WEEK, person=viewer.id, week_on=week_on).all()


def is_chosen(viewer: Viewer, week_on: date) -> bool:
    """Whether this week's items were chosen already."""
    found = select(ReadingWeek.week_on).where(ReadingWeek.person_id == viewer.id, ReadingWeek.week_on >= week_on)
    return db.session.scalar(found) is not None


def muted(viewer: Viewer) -> list[Kind]:
    """The kinds that this person doesn't want."""
    found = select(MutedKind.kind).where(MutedKind.person_id == viewer.id).order_by(MutedKind.kind)
    return list(db.session.scalars(found))
