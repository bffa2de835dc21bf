"""The audit log's one table."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Index, TextClause, event
from sqlalchemy.orm import Mapped, ORMExecuteState, mapped_column

from portal.db import Base, db


class AuditEvent(Base):
    """Something that happened; rows are added and never changed."""

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_at_id", "at", "id"),
        Index("ix_audit_events_action", "action", "id"),
        Index("ix_audit_events_actor_id", "actor_id", "id"),
        Index("ix_audit_events_subject_id", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    """The person who did it; no foreign key, so that the log outlives people."""
    actor: Mapped[str]
    """Their e-mail address at the time; or what was typed, for a sign-in that failed; or 'system'."""
    action: Mapped[str]
    """A verb with its subject, like 'sign-in failed' or 'role granted'."""
    subject: Mapped[str] = mapped_column(default="")
    """What it was done to, in words; a person by their e-mail address at the time."""
    subject_id: Mapped[int | None]
    """The person it was done to, if it was one."""
    detail: Mapped[dict[str, Any]]
    address: Mapped[str] = mapped_column(default="")
    """The network address that the request came from."""


_CHANGES = re.compile(r"\b(update|delete\s+from)\s+[\"`]?audit_events\b", re.IGNORECASE)


class LogIsAppendOnly(Exception):
    """Somebody tried to change or delete what the audit log holds."""


@event.listens_for(db.session, "before_flush")
def _rows_stay(session: Any, _context: Any, _instances: Any) -> None:
    touched = [*session.deleted, *(row for row in session.dirty if session.is_modified(row))]
    if any(isinstance(row, AuditEvent) for row in touched):
        raise LogIsAppendOnly


@event.listens_for(db.session, "do_orm_execute")
def _statements_only_add(asked: ORMExecuteState) -> None:
    table = getattr(getattr(asked.statement, "table", None), "name", "")
    changes = (asked.is_update or asked.is_delete) and table == AuditEvent.__tablename__
    if changes or (isinstance(asked.statement, TextClause) and _CHANGES.search(asked.statement.text)):
        raise LogIsAppendOnly
