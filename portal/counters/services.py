"""Adding to the totals. Rooms call these in the transaction of the event; moving a person moves their levels."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from portal import clock
from portal.accounts.viewer import Viewer
from portal.counters.models import DailyCount, PersonActivity, Standing
from portal.db import changed, db, insert_or, rows

FLOWS = {
    "active-people": "people active in the week (kept on its Monday, once a person and week)",
    "drills": "cards answered",
    "steps": "steps done, by discipline",
    "modules": "modules done, by discipline",
    "asks": "referrals asked and cross-sells proposed",
    "won": "opportunities won, with their value",
    "reads": "library items read",
    "touches": "touches with contacts, on the day they happened, less those taken back",
    "certified": "people certified on a version while it was in force, less those who no longer are",
}
BY_MONTH = {measure: f"{measure}-by-month" for measure in ("drills", "modules", "asks", "touches", "won")}
"""Flows that leaders see over a year: also summed by month, kept on its first day, so that a page reads few rows."""

LEVELS = {
    "people": "active people",
    "module-under-way": "people who started a module and have not done it, by discipline",
    "module-done": "people who have done a module, by discipline",
    "referral": "referrals, by stage, with their value",
    "cross-sell": "cross-sell opportunities, by stage, with their value",
    "certified": "people certified on what a pitch says now, by pitch",
    "contacts": "contacts that people keep",
}


_LAST = select(PersonActivity.last_on).where(PersonActivity.person_id == bindparam("person_id"))


def happened(measure: str, *, practice_id: int, on: date, discipline: str = "", n: int = 1, amount: int = 0) -> None:
    """Count something that happened."""
    places = [
        {"practice_id": practice_id, "measure": kept, "discipline": of, "on": day}
        for kept, of, day in kept_as(measure, discipline, on)
    ]
    _add(DailyCount, places, n, amount)


def kept_as(measure: str, discipline: str, on: date) -> list[tuple[str, str, date]]:
    """Where an event is counted, as measure, discipline and day: on its day and, for some, in its month."""
    assert measure in FLOWS, measure
    month = [(BY_MONTH[measure], "", on.replace(day=1))] if measure in BY_MONTH else []
    return [(measure, discipline, on), *month]


def moved(measure: str, *, practice_id: int, of: str = "", n: int = 1, amount: int = 0) -> None:
    """Raise or lower a level."""
    assert measure in LEVELS, measure
    if n or amount:
        _add(Standing, [{"practice_id": practice_id, "measure": measure, "of": of}], n, amount)


def active(viewer: Viewer, on: date) -> None:
    """Remember that somebody was active on a day, and count them once a week."""
    last = rows(_LAST, person_id=viewer.id).scalar()
    if last is not None and last >= on:
        return
    # Two tabs at once: only the one whose update finds the old day counts.
    if last is None:
        made = insert_or(PersonActivity).values(person_id=viewer.id, last_on=on).on_conflict_do_nothing()
    else:
        made = (
            update(PersonActivity)
            .where(PersonActivity.person_id == viewer.id, PersonActivity.last_on == last)
            .values(last_on=on)
        )
    if changed(made) and (last is None or clock.week_of(last) < clock.week_of(on)):
        happened("active-people", practice_id=viewer.practice_id, on=clock.week_of(on))


def rebuild(table: type[DailyCount] | type[Standing], totals: Iterable[dict[str, object]]) -> None:
    """Replace a table of totals with rows counted anew from the evidence."""
    db.session.query(table).delete()
    batch = list(totals)
    if batch:
        db.session.execute(insert(table), batch)


def _add(model: type[DailyCount] | type[Standing], places: list[dict[str, object]], n: int, amount: int) -> None:
    added = [{**place, "n": n, "amount": amount} for place in places]
    connection = db.session.connection()
    connection.execute(_adding(model, connection.dialect.name), added)


@cache
def _adding(model: type[DailyCount] | type[Standing], _dialect: str) -> Any:
    # Built once for each engine: every answered card adds to the totals.
    table = model.__table__
    row = insert_or(table)
    return row.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={"n": table.c.n + row.excluded.n, "amount": table.c.amount + row.excluded.amount},
    )
