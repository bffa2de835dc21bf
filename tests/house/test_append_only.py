"""The audit log is added to and never changed: not by any line of code, and not by the session."""

import re
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from portal.audit import services as audit
from portal.audit.models import AuditEvent, LogIsAppendOnly
from portal.db import db

CHANGES = re.compile(
    r"(update|delete)\(\s*(\w+\.)?AuditEvent\b|AuditEvent\)[\w\s.()=,]*\.(update|delete)\("
    r"|(update|delete\s+from)\s+[\"'`]?audit_events|drop_table\([\"']audit_events",
    re.IGNORECASE,
)


def test_no_code_changes_the_log():
    files = [path for folder in ("portal", "benchmarks") for path in Path(folder).rglob("*.py")]
    guilty = [f"{path}: {found[0]}" for path in files if (found := CHANGES.search(path.read_text()))]
    assert not guilty, f"The audit log is append-only; add an event instead: {guilty}"


@pytest.fixture
def event():
    audit.note("signed in", actor="somebody")
    db.session.flush()
    return db.session.query(AuditEvent).one()


def test_changing_a_row_is_refused(event):
    event.action = "signed out"
    with pytest.raises(LogIsAppendOnly):
        db.session.flush()


def test_deleting_a_row_is_refused(event):
    db.session.delete(event)
    with pytest.raises(LogIsAppendOnly):
        db.session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditEvent).values(action="x"),
        delete(AuditEvent),
        update(AuditEvent.__table__).values(action="x"),
        delete(AuditEvent.__table__),
        text("DELETE from audit_events"),
        text("update audit_events set action = 'x'"),
    ],
)
def test_changing_many_is_refused(event, statement):
    with pytest.raises(LogIsAppendOnly):
        db.session.execute(statement)
