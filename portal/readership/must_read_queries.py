"""What a person is asked to read, and who has read it; the numbers come from running totals, never from a count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, cast, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.access import Can, Role
from portal.accounts import queries as accounts
from portal.accounts import tree
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.counters.models import Standing
from portal.db import db, rows
from portal.errors import NotFound
from portal.library.models import IS_READABLE, Item, Revision
from portal.message import queries as message
from portal.readership.models import AcknowledgedCount, Acknowledgement, MustRead, MustReadPractice, MustReadReminder

IS_OPEN = and_(MustRead.ended_at.is_(None), MustRead.until_on >= bindparam("today"), IS_READABLE)
"""That people are asked now; the parameter is `today`."""
_top = aliased(Practice)


def includes(path: Any) -> ColumnElement[bool]:
    """That a must-read asks the people of the practice at this path."""
    # A range, as in accounts.queries.below; '0' follows '/'.
    return or_(
        MustRead.for_everybody,
        exists()
        .where(MustReadPractice.must_read_id == MustRead.id, _top.id == MustReadPractice.practice_id)
        .where(path >= _top.path, path < func.rtrim(_top.path, "/") + "0"),
    )


_OF_LINE = or_(
    MustRead.for_everybody,
    exists().where(
        MustReadPractice.must_read_id == MustRead.id,
        MustReadPractice.practice_id.in_(bindparam("line", expanding=True)),
    ),
)
_MINE = (
    select(
        MustRead.id,
        MustRead.item_id,
        MustRead.until_on,
        MustRead.asked_at,
        Item.key,
        Item.kind,
        Item.title,
        Item.minutes,
        Item.major_revision,
        Acknowledgement.at,
        Revision.change,
        select(func.max(Acknowledgement.revision))
        .where(Acknowledgement.item_id == Item.id, Acknowledgement.person_id == bindparam("person"))
        .correlate(Item)
        .scalar_subquery()
        .label("before"),
    )
    .join(Item, Item.id == MustRead.item_id)
    .outerjoin(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.major_revision))
    .outerjoin(
        Acknowledgement,
        (Acknowledgement.item_id == Item.id)
        & (Acknowledgement.person_id == bindparam("person"))
        & (Acknowledgement.revision == Item.major_revision),
    )
    .where(IS_OPEN, _OF_LINE)
    .order_by(Acknowledgement.at.is_not(None), MustRead.until_on, MustRead.id)
)
_OF_ITEM = _MINE.where(Item.id == bindparam("item_id"))


def _asking(viewer: Viewer, today: date) -> dict[str, Any]:
    return {"person": viewer.id, "line": message.line_of(viewer), "today": today}


def mine(viewer: Viewer, today: date) -> Sequence[Any]:
    """What this person is asked to read, first what they have not read: with `at`, when they said so, and `before`,
    the newest revision that they ever said so of."""
    return rows(_MINE, **_asking(viewer, today)).all()


def asked_or_none(viewer: Viewer, item_id: int, today: date) -> Any:
    """What this person is asked to read of one item, if they are asked."""
    return rows(_OF_ITEM, item_id=item_id, **_asking(viewer, today)).first()


def asked_of(viewer: Viewer, item_id: int, today: date) -> Any:
    """The same; NotFound for those who are not asked."""
    row = asked_or_none(viewer, item_id, today)
    if row is None:
        raise NotFound
    return row


def of_item_or_none(item_id: int) -> MustRead | None:
    """The must-read of an item, open or over."""
    return db.session.scalar(select(MustRead).where(MustRead.item_id == item_id))


_OPEN_ID = select(MustRead.id).join(Item, Item.id == MustRead.item_id).where(IS_OPEN, Item.id == bindparam("item_id"))


def open_id_or_none(item_id: int, today: date) -> int | None:
    """The number of the must-read of an item that people are asked to read on a day."""
    found: int | None = rows(_OPEN_ID, item_id=item_id, today=today).scalar()
    return found


def listed() -> Select[MustRead]:
    """Every must-read, open ones first, for publishers."""
    return (
        select(MustRead)
        .join(Item, Item.id == MustRead.item_id)
        .options(joinedload(MustRead.item))
        .order_by(MustRead.ended_at.is_not(None), MustRead.until_on.desc(), MustRead.id.desc())
    )


def practice_ids(must_read_id: int) -> list[int]:
    """The practices that are asked; none for everybody."""
    found = select(MustReadPractice.practice_id).where(MustReadPractice.must_read_id == must_read_id)
    return list(db.session.scalars(found.order_by(MustReadPractice.practice_id)))


def asked_names(ids: Sequence[int]) -> dict[int, list[str]]:
    """By must-read: the names of the practices that are asked."""
    found = (
        select(MustReadPractice.must_read_id, Practice.name)
        .join(Practice, Practice.id == MustReadPractice.practice_id)
        .where(MustReadPractice.must_read_id.in_(ids))
        .order_by(Practice.path)
    )
    names: dict[int, list[str]] = {must_read_id: [] for must_read_id in ids}
    for must_read_id, name in db.session.execute(found):
        names[must_read_id].append(name)
    return names


@dataclass(frozen=True)
class Numbers:
    """How many are asked, and how many of them have read it."""

    asked: int = 0
    read: int = 0

    @property
    def missing(self) -> int:
        """How many have not."""
        return max(0, self.asked - self.read)

    @property
    def percent(self) -> int:
        """The share of those who have."""
        return min(100, 100 * self.read // self.asked) if self.asked else 0


_PEOPLE = and_(Standing.practice_id == Practice.id, Standing.measure == "people", Standing.of == "")
_NOW = and_(AcknowledgedCount.item_id == Item.id, AcknowledgedCount.revision == Item.major_revision)


def numbers(ids: Sequence[int]) -> dict[int, Numbers]:
    """By must-read: how many are asked, and have read what it says now."""
    asked = (
        select(MustRead.id, cast(func.sum(Standing.n), BigInteger))
        .select_from(MustRead)
        .join(Practice, includes(Practice.path))
        .join(Standing, _PEOPLE)
        .where(MustRead.id.in_(ids))
        .group_by(MustRead.id)
    )
    read = (
        select(MustRead.id, cast(func.sum(AcknowledgedCount.n), BigInteger))
        .select_from(MustRead)
        .join(Item, Item.id == MustRead.item_id)
        .join(AcknowledgedCount, _NOW)
        .join(Practice, and_(Practice.id == AcknowledgedCount.practice_id, includes(Practice.path)))
        .where(MustRead.id.in_(ids))
        .group_by(MustRead.id)
    )
    people = {must_read_id: n for must_read_id, n in db.session.execute(asked)}
    readers = {must_read_id: n for must_read_id, n in db.session.execute(read)}
    return {must_read_id: Numbers(people.get(must_read_id, 0), readers.get(must_read_id, 0)) for must_read_id in ids}


@dataclass(frozen=True)
class Seen:
    """A must-read as somebody who may look at it sees it."""

    row: MustRead
    paths: list[str]
    """The practices whose people they see: those asked that they lead; for publishers all that are asked."""


def seen_by(viewer: Viewer, must_read_id: int) -> Seen:
    """A must-read, for publishers, and for leaders of people who are asked."""
    row = db.session.scalar(listed().where(MustRead.id == must_read_id))
    if row is None:
        raise NotFound
    asked = _paths(row)
    paths = asked if Can.PUBLISH in viewer.powers else overlap(asked, accounts.led_paths(viewer, Role.LEADER))
    if not paths:
        raise NotFound
    return Seen(row, paths)


def _paths(row: MustRead) -> list[str]:
    found = select(Practice.path).where(Practice.parent_id.is_(None))
    if not row.for_everybody:
        found = (
            select(Practice.path)
            .join(MustReadPractice, MustReadPractice.practice_id == Practice.id)
            .where(MustReadPractice.must_read_id == row.id)
        )
    return list(db.session.scalars(found.order_by(Practice.path)))


def overlap(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """The practices that lie in both: a path of one list that is, or lies below, a path of the other."""
    inner = {path for path in some if any(path.startswith(other) for other in others)}
    return sorted(inner | {path for path in others if any(path.startswith(other) for other in some)})


@dataclass(frozen=True)
class Part:
    """A practice with all below it."""

    branch: tree.Branch
    numbers: Numbers


def by_practice(seen: Seen) -> list[Part]:
    """The practices that somebody sees, and those directly below them."""
    practices = db.session.scalars(select(Practice).order_by(Practice.path)).all()
    within = accounts.below(seen.paths)
    people = select(Practice.id, Standing.n).join(Standing, _PEOPLE).where(within)
    read = (
        select(Practice.id, AcknowledgedCount.n)
        .join(AcknowledgedCount, AcknowledgedCount.practice_id == Practice.id)
        .where(within, AcknowledgedCount.item_id == seen.row.item_id)
        .where(AcknowledgedCount.revision == seen.row.item.major_revision)
    )
    branches = tree.ordered(practices)
    asked = tree.totals(branches, {id_: n for id_, n in db.session.execute(people)})
    have = tree.totals(branches, {id_: n for id_, n in db.session.execute(read)})
    tops = {path: len(tree.ids(path)) for path in seen.paths}
    shown = [
        branch
        for branch in branches
        if any(branch.path.startswith(path) and len(tree.ids(branch.path)) <= n + 1 for path, n in tops.items())
    ]
    return [Part(branch, Numbers(asked[branch.id], have[branch.id])) for branch in shown]


def together(seen: Seen, parts: Sequence[Part]) -> Numbers:
    """All whom somebody sees."""
    tops = [part.numbers for part in parts if part.branch.path in seen.paths]
    return Numbers(sum(each.asked for each in tops), sum(each.read for each in tops))


def people(seen: Seen, *, has: bool | None = None) -> Select[Any]:
    """The people who are asked: name, title, practice, at (when they read it), reminded_at; those who left are not
    among them. With `has` only those who have read it, or have not."""
    item = seen.row.item
    found: Any = (
        select(
            Person.id,
            Person.name,
            Person.email,
            Practice.name.label("practice"),
            Acknowledgement.at,
            MustReadReminder.at.label("reminded_at"),
        )
        .join(Practice, Practice.id == Person.practice_id)
        .outerjoin(
            Acknowledgement,
            (Acknowledgement.person_id == Person.id)
            & (Acknowledgement.item_id == item.id)
            & (Acknowledgement.revision == item.major_revision),
        )
        .outerjoin(
            MustReadReminder,
            (MustReadReminder.person_id == Person.id)
            & (MustReadReminder.item_id == item.id)
            & (MustReadReminder.revision == item.major_revision),
        )
        .where(Person.is_active, accounts.below(seen.paths))
        .order_by(Practice.path, Person.name, Person.id)
    )
    if has is None:
        return found
    return found.where(Acknowledgement.at.is_not(None) if has else Acknowledgement.at.is_(None))
