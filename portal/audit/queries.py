"""Reading the audit log; its page is for admins alone."""

from datetime import date, datetime, time

from sqlalchemy import Select, or_, select

from portal import clock
from portal.audit.models import AuditEvent
from portal.db import db


def events(*, words: str = "", action: str = "", since: date | None = None, zone: str = "UTC") -> Select[AuditEvent]:
    """The log, newest first, by words, by action and from a day on."""
    found = select(AuditEvent).order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
    if words:
        found = found.where(
            or_(
                AuditEvent.actor.icontains(words, autoescape=True), AuditEvent.subject.icontains(words, autoescape=True)
            )
        )
    if action:
        found = found.where(AuditEvent.action == action)
    if since:
        found = found.where(AuditEvent.at >= datetime.combine(since, time(), clock.zone(zone)))
    return found


def trail(person_id: int, most: int = 15) -> list[AuditEvent]:
    """What one person did and what was done to them, newest first."""
    return list(
        db.session.scalars(
            select(AuditEvent)
            .where(or_(AuditEvent.actor_id == person_id, AuditEvent.subject_id == person_id))
            .order_by(AuditEvent.id.desc())
            .limit(most)
        )
    )


def actions() -> list[str]:
    """Every action that ever happened, for the filter."""
    return list(db.session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)))
