"""Rows for tests: plain functions with defaults; a test states only what it is about."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from portal.access import Role
from portal.accounts import services as accounts
from portal.accounts.models import Person, Practice
from portal.db import db

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday in winter time; what tests call now."""
TODAY = date(2026, 3, 4)
PASSWORD = "a quiet harbour town"
_numbers = count(1)


def saved(row):
    """Add a row and give it its id."""
    db.session.add(row)
    db.session.flush()
    return row


def practice(name: str = "", parent: Practice | None = None, key: str = "") -> Practice:
    """A practice, at the root or below another."""
    number = next(_numbers)
    name = name or f"Practice {number}"
    row = saved(
        Practice(
            name=name,
            key=key or f"{name.lower().replace(' ', '-')}-{number}",
            parent_id=parent.id if parent else None,
            path=f"/new{number}/",
        )
    )
    row.path = f"{parent.path if parent else '/'}{row.id}/"
    db.session.flush()
    return row


def person(
    name: str = "",
    practice: Practice | None = None,
    *roles: tuple[Role, Practice | None] | Role,
    email: str = "",
    is_active: bool = True,
    joined_at: datetime | None = NOON - timedelta(days=300),
    **given,
) -> Person:
    """Somebody at the firm, with roles; their password is PASSWORD."""
    number = next(_numbers)
    name = name or f"Person {number}"
    row = saved(
        Person(
            name=name,
            email=email or f"{name.lower().replace(' ', '.')}@example.org",
            practice=practice or globals()["practice"](),
            password_hash=None,
            created_at=NOON - timedelta(days=365),
            joined_at=joined_at,
            is_active=is_active,
            **given,
        )
    )
    for role in roles:
        accounts.grant(row, *(role if isinstance(role, tuple) else (role, None)))
    db.session.flush()
    return row
