"""How long it takes to remind 20,000 people of 25 must-reads that nobody has read, and how long anybody waits for it.

Run with `python -m benchmarks.reminders`; behind `python -m tests.on_postgres .venv/bin/python` it runs on PostgreSQL.
It works on a database of its own, which is thrown away; the letters are written down, and not sent.
"""

import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, func, insert, select, text

from portal import schema
from portal.accounts.models import Person, Practice
from portal.app import create_app
from portal.config import Config
from portal.db import db
from portal.jobs.models import Job
from portal.library.kinds import Kind
from portal.library.models import Item, ItemState
from portal.readership import reminding
from portal.readership.models import MustRead, MustReadReminder

PEOPLE, MUST_READS, PRACTICES = 20_000, 25, 40
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)


class NoQueue:
    """Takes no job: what is measured is the writing down."""

    def run_soon(self, _job_id: int) -> None:
        """Leave it."""

    run_later = run_soon

    def sweep_soon(self) -> None:
        """Leave them."""


class Transactions:
    """How long each was open."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.began = 0.0
        event.listen(db.engine, "begin", self._begin)
        event.listen(db.engine, "commit", self._commit)

    def _begin(self, _connection: Any) -> None:
        self.began = time.perf_counter()

    def _commit(self, _connection: Any) -> None:
        self.seconds.append(time.perf_counter() - self.began)


def fill() -> None:
    """A firm of practices below one, and as many items that everybody is asked to read."""
    db.session.execute(insert(Practice), [{"id": 1, "key": "firm", "name": "Firm", "path": "/1/"}])
    below = [
        {"id": n, "key": f"practice-{n}", "name": f"Practice {n}", "path": f"/1/{n}/", "parent_id": 1}
        for n in range(2, PRACTICES + 1)
    ]
    db.session.execute(insert(Practice), below)
    about: dict[str, Any] = {"created_at": LONG_AGO, "joined_at": LONG_AGO, "password_hash": None}
    people = [
        {"email": f"p{n}@example.org", "name": f"Person {n}", "practice_id": 1 + n % PRACTICES, **about}
        for n in range(PEOPLE)
    ]
    db.session.execute(insert(Person), people)
    facts: dict[str, Any] = {"kind": Kind.ARTICLE, "state": ItemState.PUBLISHED, "source": "", "revised_at": LONG_AGO}
    facts |= {"published_at": LONG_AGO, "published_revision": 1, "major_revision": 1, "revision": 1}
    items = [{"id": n, "key": f"item-{n}", "title": f"Item {n}", **facts} for n in range(1, MUST_READS + 1)]
    db.session.execute(insert(Item), items)
    asked = {"asked_at": LONG_AGO, "until_on": (NOW + timedelta(days=30)).date(), "by_id": 1}
    db.session.execute(insert(MustRead), [{"item_id": item["id"], **asked} for item in items])
    db.session.commit()
    db.session.execute(text("analyze"))
    db.session.commit()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
        address = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
        if address == "sqlite":
            address = f"sqlite:///{folder}/portal.db"
        else:
            from tests.postgres import fresh_database  # its wheel is only there where it is asked for

            address = fresh_database(address)
        app = create_app(Config(DATA=folder, DATABASE_URL=address))
        app.extensions["job_queue"] = NoQueue()
        with app.app_context():
            schema.upgrade()
            fill()
            open_for = Transactions()
            began, worked = time.perf_counter(), time.process_time()
            written = reminding.remind(NOW)
            took, work = time.perf_counter() - began, time.process_time() - worked
            kept, letters = (db.session.scalar(select(func.count()).select_from(of)) for of in (MustReadReminder, Job))
            assert kept == written == PEOPLE * MUST_READS
            print(
                f"{db.engine.dialect.name}: {PEOPLE:,} people, {MUST_READS} must-reads: {took:.1f} s ({work:.1f} s of "
                f"work), {letters:,} letters; the longest of {len(open_for.seconds):,} transactions was open for "
                f"{1000 * max(open_for.seconds):.0f} ms"
            )
            db.session.rollback()
            db.engine.dispose()


if __name__ == "__main__":
    main()
