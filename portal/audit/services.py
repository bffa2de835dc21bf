"""Writing the audit log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from flask import has_request_context, request
from flask_login import current_user

from portal import clock
from portal.audit.models import AuditEvent
from portal.db import db

_acting: ContextVar[Any] = ContextVar("acting", default=None)


@contextmanager
def acting_as(person: Any) -> Iterator[None]:
    """Work in the background in somebody's name: what is noted in this block, they did."""
    before = _acting.set(person)
    try:
        yield
    finally:
        _acting.reset(before)


def note(action: str, subject: Any = "", *, actor: Any = None, **detail: Any) -> None:
    """Add an event to the transaction of what it tells of. Without `actor`: the person asking, or the system.

    The subject is a person, or words.
    """
    actor = actor or _acting.get()
    if actor is None and has_request_context() and current_user.is_authenticated:
        actor = current_user
    db.session.add(
        AuditEvent(
            at=clock.now(),
            actor_id=getattr(actor, "id", None),
            actor=actor if isinstance(actor, str) else getattr(actor, "email", "system"),
            action=action,
            subject=getattr(subject, "email", subject)[:500],
            subject_id=getattr(subject, "id", None),
            detail=detail,
            address=(request.remote_addr or "") if has_request_context() else "",
        )
    )
