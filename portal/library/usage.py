"""Counting how items are used: one row for each item and day, and one for each item and month, whatever happens."""

from datetime import date
from typing import Any

from sqlalchemy import Date, cast, delete, func, insert, select

from portal.db import db, insert_or
from portal.library.models import ItemDay, ItemMonth

COUNTED = ("views", "readers", "found", "copied", "downloaded", "shared", "opened", "used", "helped", "did_not_help")
WHAT = frozenset(COUNTED)


def count(item_id: int, on: date, **happened: int) -> None:
    """Add to an item's day and month, like `count(item.id, today, copied=1)`; a number may be negative to take one
    back."""
    if unknown := set(happened) - WHAT:
        raise ValueError(f"Nothing is counted as {sorted(unknown)}")
    _add(ItemDay, happened, item_id=item_id, on=on)
    _add(ItemMonth, happened, item_id=item_id, month=on.replace(day=1))


def _add(table: Any, happened: dict[str, int], **place: Any) -> None:
    row = insert_or(table).values(**place, **happened)
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=list(place),
            set_={what: getattr(table, what) + getattr(row.excluded, what) for what in happened},
        )
    )


def add_up_months() -> None:
    """Work the months out anew from the days."""
    on = ItemDay.on
    is_sqlite = db.session.get_bind().dialect.name == "sqlite"
    month = func.date(on, "start of month") if is_sqlite else cast(func.date_trunc("month", on), Date)
    sums = [func.sum(getattr(ItemDay, what)) for what in COUNTED]
    added_up = select(month, ItemDay.item_id, *sums).group_by(month, ItemDay.item_id)
    db.session.execute(delete(ItemMonth))
    db.session.execute(insert(ItemMonth).from_select(["month", "item_id", *COUNTED], added_up))
