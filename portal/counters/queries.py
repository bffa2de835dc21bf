"""The totals, summed over a practice and everything below it; never a scan of people or events."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, cast, func, literal, select, union_all
from sqlalchemy.orm import aliased

from portal.accounts.models import Practice
from portal.counters.disclosure import Group, showable
from portal.counters.models import DailyCount, Standing
from portal.counters.services import BY_MONTH
from portal.db import db, rows

_part, _within = aliased(Practice), aliased(Practice)

# Every practice at or below the one shown, beside the part it counts in: the practice itself, or one of its children.
# The end of a path's range is the path with its last slash raised to the next character, 0, as in accounts.queries.
_PARTS = union_all(
    select(Practice.id.label("part_id"), Practice.id.label("practice_id")).where(
        Practice.id == bindparam("practice_id")
    ),
    select(_part.id, _within.id).where(
        _part.parent_id == bindparam("practice_id"),
        _within.path >= _part.path,
        _within.path < func.rtrim(_part.path, "/") + "0",
    ),
).cte("parts")

_LEVELS = (
    select(
        _PARTS.c.part_id,
        Standing.measure,
        Standing.of,
        cast(func.sum(Standing.n), BigInteger).label("n"),
        cast(func.sum(Standing.amount), BigInteger).label("amount"),
    )
    .select_from(_PARTS)
    .join(Standing, Standing.practice_id == _PARTS.c.practice_id)
    .group_by(_PARTS.c.part_id, Standing.measure, Standing.of)
)

_IN_PART = and_(DailyCount.practice_id == _PARTS.c.practice_id, DailyCount.discipline == "")
_FLOWS = union_all(
    select(
        _PARTS.c.part_id,
        DailyCount.measure,
        DailyCount.on,
        cast(func.sum(DailyCount.n), BigInteger).label("n"),
        literal(0, BigInteger).label("amount"),
    )
    .select_from(_PARTS)
    .join(DailyCount, _IN_PART)
    .where(DailyCount.measure == "active-people", DailyCount.on >= bindparam("weeks_since"))
    .group_by(DailyCount.measure, _PARTS.c.part_id, DailyCount.on),
    select(
        literal(0),
        DailyCount.measure,
        DailyCount.on,
        cast(func.sum(DailyCount.n), BigInteger),
        cast(func.sum(DailyCount.amount), BigInteger),
    )
    .select_from(_PARTS)
    .join(DailyCount, _IN_PART)
    .where(DailyCount.measure.in_(tuple(BY_MONTH.values())), DailyCount.on >= bindparam("months_since"))
    .group_by(DailyCount.measure, DailyCount.on),
)


_TREE = select(Practice.id, Practice.parent_id, func.coalesce(Standing.n, 0).label("people")).outerjoin(
    Standing, and_(Standing.practice_id == Practice.id, Standing.measure == "people", Standing.of == "")
)


def disclosable() -> frozenset[int]:
    """The practices of whose people's private things even a number may be shown."""
    return showable(Group(row.id, row.parent_id, row.people) for row in rows(_TREE))


def levels(practice_id: int) -> Sequence[Any]:
    """What stands now: part (the practice itself, or a child with all below it), measure, what of, n, amount."""
    return db.session.execute(_LEVELS, {"practice_id": practice_id}).all()


def flows(practice_id: int, *, weeks_since: date, months_since: date) -> Sequence[Any]:
    """What happened: part, measure, day, n, amount. People active by part and week, all else by month, as part 0."""
    since = {"weeks_since": weeks_since, "months_since": months_since}
    return db.session.execute(_FLOWS, {"practice_id": practice_id, **since}).all()
