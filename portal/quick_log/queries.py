"""Own contacts to recognise, and what was logged with one press."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Select, select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.network import identity
from portal.network import queries as network
from portal.network.models import Channel, Contact, Touch
from portal.quick_log.models import QuickLog
from portal.quick_log.names import Known
from portal.quick_log.offers import Met

MOST_CONTACTS = 10_000
UNDO_WITHIN = timedelta(days=1)


def visible_to(viewer: Viewer) -> Select[QuickLog]:
    """What this person logged. Every other query starts here."""
    return select(QuickLog).where(QuickLog.person_id == viewer.id)


def log_for(viewer: Viewer, log_id: int) -> QuickLog:
    """One of them."""
    row = db.session.scalar(visible_to(viewer).where(QuickLog.id == log_id))
    if row is None:
        raise NotFound
    return row


def by_key(viewer: Viewer, key: str) -> QuickLog | None:
    """What was logged with a key, if it was."""
    return db.session.scalar(visible_to(viewer).where(QuickLog.key == key))


def can_be_undone(row: QuickLog, now: datetime) -> bool:
    """Whether it can still be taken back."""
    return row.undone_at is None and row.at > now - UNDO_WITHIN


def contacts(viewer: Viewer) -> list[Known]:
    """Everybody in one's network, those of late first."""
    found = (
        network.visible_to(viewer)
        .with_only_columns(Contact.id, Contact.name, Contact.organisation)
        .order_by(Contact.last_touch_on.is_(None), Contact.last_touch_on.desc(), Contact.id)
        .limit(MOST_CONTACTS)
    )
    return [Known(*row) for row in db.session.execute(found)]


def recognised(viewer: Viewer, people: Iterable[Met]) -> dict[Met, Known]:
    """Which of these people are in one's network, by mail address or number."""
    secret = str(current_app.config["SECRET_KEY"])
    keys = {identity.match_key(secret, kind, value): one for one in people for kind, value in one.ways}
    wanted = [key for key in keys if key]
    if not wanted:
        return {}
    found = db.session.execute(
        network.visible_to(viewer)
        .with_only_columns(Channel.match_key, Contact.id, Contact.name, Contact.organisation)
        .join(Channel, Channel.contact_id == Contact.id)
        .where(Channel.match_key.in_(wanted))
        .order_by(Contact.id.desc())
    )
    return {keys[key]: Known(id_, name, organisation) for key, id_, name, organisation in found}


def touches(viewer: Viewer, row: QuickLog) -> list[tuple[Touch, str]]:
    """The touches that were logged with one press, each with the contact's name."""
    found = (
        select(Touch, Contact.name)
        .join(Contact, Contact.id == Touch.contact_id)
        .where(Touch.id.in_(row.touch_ids), Touch.owner_id == viewer.id)
        .order_by(Touch.id)
    )
    return [(touch, name) for touch, name in db.session.execute(found)]


def ask_touch_or_none(viewer: Viewer, opportunity_id: int) -> Touch | None:
    """The touch that the pipeline logged for an ask."""
    key = f"opportunity-{opportunity_id}-asked"
    return db.session.scalar(select(Touch).where(Touch.owner_id == viewer.id, Touch.key == key))
