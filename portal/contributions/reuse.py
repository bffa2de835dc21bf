"""Items used again: words for a newsletter, a post or a slide, and where they went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.contributions.models import Place, Reuse, ReuseText
from portal.contributions.reusing import LIMITS, Told, text_for
from portal.db import db
from portal.errors import NotFound, Refused
from portal.library import kinds, usage
from portal.sharing.outward import without_inside

MOST_SHOWN = 50


def may_leave(item: Any) -> bool:
    """Whether words of this item may go outside at all."""
    return not item.is_internal and item.kind not in kinds.INTERNAL


def texts(item: Any) -> dict[Place, str]:
    """The words for each place: as marketing changed them, or made from what may leave the firm by the rules."""
    changed = dict(
        db.session.execute(select(ReuseText.place, ReuseText.text).where(ReuseText.item_id == item.id)).all()
    )
    told = Told(item.title, item.summary, without_inside(item.html), item.byline)
    return {place: changed.get(place) or text_for(place, told) for place in Place}


def change_text(item: Any, place: Place, text: str, *, by: Viewer, now: datetime) -> None:
    """Keep other words for a place; empty ones go back to those of the rules."""
    _may_leave(item)
    if len(text) > LIMITS[place]:
        raise Refused(f"Keep this to {LIMITS[place]:,} characters.")
    row = db.session.get(ReuseText, (item.id, place))
    if row is not None and not text:
        db.session.delete(row)
    elif row is not None:
        row.text, row.by_id, row.at = text, by.id, now
    elif text:
        db.session.add(ReuseText(item_id=item.id, place=place, text=text, by_id=by.id, at=now))


def copied(item: Any, *, by: Viewer, now: datetime) -> None:
    """Count that words of it were copied."""
    _may_leave(item)
    usage.count(item.id, by.today(now), copied=1)


def note(item: Any, *, place: Place, on: date, note: str, by: Viewer, now: datetime) -> None:
    """Remember that it was used somewhere. The same twice on a day is once."""
    _may_leave(item)
    if on > by.today(now):
        raise Refused("That day is still to come. Note it once it is out.", field="on")
    there = select(Reuse.id).where(Reuse.item_id == item.id, Reuse.place == place, Reuse.on == on, Reuse.by_id == by.id)
    if db.session.scalar(there.limit(1)) is None:
        db.session.add(Reuse(item_id=item.id, place=place, on=on, by_id=by.id, note=note))


def remove(item: Any, reuse_id: int, *, by: Viewer) -> None:
    """Take a note back: one's own, or as marketing."""
    row = db.session.scalar(select(Reuse).where(Reuse.id == reuse_id, Reuse.item_id == item.id))
    if row is None or (row.by_id != by.id and Can.PUBLISH not in by.powers):
        raise NotFound
    db.session.delete(row)


def of_item(item_id: int) -> list[Reuse]:
    """Where it was used, newest first."""
    found = select(Reuse).where(Reuse.item_id == item_id).options(joinedload(Reuse.by))
    return list(db.session.scalars(found.order_by(Reuse.on.desc(), Reuse.id.desc()).limit(MOST_SHOWN)))


def _may_leave(item: Any) -> None:
    if not may_leave(item):
        raise Refused("This is for colleagues only; nothing of it goes outside.")
