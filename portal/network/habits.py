"""How somebody wants their rhythm and their digest."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from portal.accounts.viewer import Viewer
from portal.clock import week_of
from portal.db import changed, db, insert_or, rows
from portal.network import rhythm
from portal.network.models import Contact, Digest, NetworkSettings, Tier

_DAYS = select(NetworkSettings.inner_days, NetworkSettings.middle_days, NetworkSettings.outer_days).where(
    NetworkSettings.person_id == bindparam("person_id")
)
_FACTS = select(
    Contact.id,
    Contact.tier,
    Contact.pace,
    Contact.rhythm_days,
    Contact.snoozed_until,
    Contact.started_on,
    Contact.stagger,
    Contact.last_touch_on,
    Contact.due_on,
)


def tier_days(person_id: int) -> Mapping[Tier, int]:
    """How many days apart somebody wants to be in touch, by tier; the firm's days where they didn't say."""
    own = rows(_DAYS, person_id=person_id).first()
    if own is None:
        return rhythm.DAYS
    return {tier: days or rhythm.DAYS[tier] for tier, days in zip(Tier, own, strict=True)}


def settings_of(viewer: Viewer) -> NetworkSettings | None:
    """What this person chose, if they did."""
    return db.session.get(NetworkSettings, viewer.id)


def begin(viewer: Viewer, *, now: datetime) -> None:
    """Somebody has contacts now: from the next period on there is a digest."""
    usual = {
        "person_id": viewer.id,
        "digest": Digest.WEEKLY,
        "digest_on": next_digest(Digest.WEEKLY, viewer.today(now)),
    }
    changed(insert_or(NetworkSettings.__table__).values(usual).on_conflict_do_nothing())


def keep(
    *,
    inner_days: int | None,
    middle_days: int | None,
    outer_days: int | None,
    digest: Digest,
    by: Viewer,
    now: datetime,
) -> None:
    """Keep the days and the digest that somebody chose, and let the rhythm of all their contacts follow."""
    begin(by, now=now)
    row = db.session.get_one(NetworkSettings, by.id)
    if row.digest != digest:
        row.digest, row.digest_on = digest, next_digest(digest, by.today(now))
    row.inner_days, row.middle_days, row.outer_days = inner_days, middle_days, outer_days
    db.session.flush()
    _settle_all(by.id)


def next_digest(digest: Digest, today: date) -> date | None:
    """The day from which the digest after today's is due: tomorrow, or next Monday."""
    if digest == Digest.NONE:
        return None
    return today + timedelta(days=1) if digest == Digest.DAILY else week_of(today) + timedelta(weeks=1)


def _settle_all(owner_id: int) -> None:
    days = tier_days(owner_id)
    moved: list[dict[str, Any]] = []
    for row in db.session.execute(_FACTS.where(Contact.owner_id == owner_id)):
        due_on = rhythm.next_on(row, days)  # type: ignore[arg-type]
        if due_on != row.due_on:
            moved.append({"contact_id": row.id, "due": due_on})
    if moved:
        table: Any = Contact.__table__
        statement = update(table).where(table.c.id == bindparam("contact_id")).values(due_on=bindparam("due"))
        db.session.connection().execute(statement, moved)
        db.session.expire_all()
