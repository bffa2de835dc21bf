"""Counting how items are used: one row for each item and day, whatever happens."""

from datetime import date

from portal.db import db, insert_or
from portal.library.models import ItemDay

WHAT = frozenset(
    {"views", "readers", "found", "copied", "downloaded", "shared", "opened", "used", "helped", "did_not_help"}
)


def count(item_id: int, on: date, **happened: int) -> None:
    """Add to an item's day, like `count(item.id, today, copied=1)`; a number may be negative to take one back."""
    if unknown := set(happened) - WHAT:
        raise ValueError(f"Nothing is counted as {sorted(unknown)}")
    row = insert_or(ItemDay).values(item_id=item_id, on=on, **happened)
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["item_id", "on"],
            set_={what: getattr(ItemDay, what) + getattr(row.excluded, what) for what in happened},
        )
    )
