"""What the library asks for on Today: items to look at again, and texts that wait for a second pair of eyes."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, func, select

from portal import clock
from portal.access import Can
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking
from portal.library.models import IS_READABLE, Item, ItemState, Revision, Step
from portal.publishing import services

SOON = timedelta(days=14)


def _soon() -> date:
    return clock.day_in(clock.now(), services.firm_zone()) + SOON


_is_mine = (
    Item.owner_id == bindparam("person"),
    IS_READABLE,
    Item.review_on <= bindparam("look_again_by", callable_=_soon, type_=Date()),
)
_first = select(Item.title).where(*_is_mine).order_by(Item.review_on, Item.id).limit(1).scalar_subquery()
_waits = (Item.step == Step.IN_REVIEW, Item.state != ItemState.ARCHIVED)


def _review(row: Any, today: date) -> Entry:
    is_late = row.on < today
    when = f"Its review date {'was' if is_late else 'is'} {clock.said_day(row.on, today)}."
    if row.id == 1:
        return Entry(28, 3, f"Look whether “{row.first}” still holds", when, "/studio/mine", "Look", is_late)
    what = f"Look whether {row.id} items of yours still hold"
    return Entry(28, 3 * min(row.id, 3), what, f"“{row.first}” first. {when}", "/studio/mine", "Look", is_late)


def _second(row: Any, today: date) -> Entry:
    others = f" And {row.id - 1} more." if row.id > 1 else ""
    why = f"A colleague asked for a second pair of eyes.{others}"
    return Entry(29, 5, f"Read “{row.first}” before it goes out", why, "/studio?show=in-review", "Read it")


PARTS: list[Part] = [
    Part(
        "reviews-due",
        asking("reviews-due", func.count(Item.id), _first, on=func.min(Item.review_on))
        .where(*_is_mine)
        .having(func.count(Item.id) > 0),
        _review,
    ),
    Part(
        "second-eyes",
        asking("second-eyes", func.count(Item.id), func.min(Revision.title))
        .join(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.revision))
        .where(*_waits, func.coalesce(Revision.by_id, 0) != bindparam("person"))
        .having(func.count(Item.id) > 0),
        _second,
        Can.PUBLISH,
    ),
]
