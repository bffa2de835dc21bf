"""How long the scoreboard and the page of one item take over 10,000 items and a year of days, on either database.

Run with `python -m benchmarks.usage`, or `python -m tests.on_postgres python -m benchmarks.usage --postgres`; it works
on a database of its own, which is thrown away.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import func, insert, select, text

from portal import clock, schema
from portal.access import Role
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer, of
from portal.app import create_app
from portal.config import Config
from portal.db import db
from portal.library import usage
from portal.library.kinds import Kind
from portal.library.models import Item, ItemDay, ItemState
from portal.usage import board, figures, times
from tests.postgres import fresh_database

ITEMS, DAYS, RUNS = 10_000, 365, 7
MOST_MS = 500


def fill(by: Viewer, now: datetime) -> None:
    """Ten thousand items, each used on each day of a year: more than any firm has."""
    long_ago = now - timedelta(days=DAYS + 30)
    facts: dict[str, Any] = {"kind": Kind.ARTICLE, "state": ItemState.PUBLISHED, "source": "", "version": 1}
    facts |= {"summary": "", "html": "", "renderer": "", "minutes": 1, "owner_id": by.id, "revision": 1, "facts": {}}
    facts |= {"published_at": long_ago, "revised_at": long_ago, "step": "published", "byline": [], "is_internal": False}
    facts |= {"published_revision": 1, "major_revision": 1, "file_hash": "", "edited_here": False}
    rows = [{"key": f"item-{number}", "title": f"Item {number}", **facts} for number in range(ITEMS)]
    db.session.execute(insert(Item), rows)
    columns = ", ".join(usage.COUNTED)
    values = ", ".join(f"(id * {3 + place} + :k) % {2 + place}" for place in range(len(usage.COUNTED)))
    adding = text(f'insert into item_days (item_id, "on", {columns}) select id, :day, {values} from items')
    for back in range(DAYS):
        day: Any = by.today(now) - timedelta(days=back)
        is_sqlite = db.engine.dialect.name == "sqlite"
        db.session.execute(adding, {"k": back, "day": day.isoformat() if is_sqlite else day})
    db.session.commit()
    usage.add_up_months()
    db.session.commit()
    db.session.execute(text("analyze"))
    db.session.commit()


def measured(what: str, run: Callable[[], Any]) -> str:
    """The median of some runs, in words."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        run()
        db.session.rollback()
        took.append(1000 * (time.perf_counter() - began))
    verdict = "within" if median(took) < MOST_MS else "OVER"
    return f"  {what}: {median(took):.0f} ms, {verdict} {MOST_MS}"


def from_the_days(by: Viewer) -> list[Any]:
    """The same sums without the months, for comparison."""
    sums = [func.sum(getattr(ItemDay, key)) for key in usage.COUNTED]
    found = select(ItemDay.item_id, *sums).where(ItemDay.on >= board.since(by)).group_by(ItemDay.item_id)
    return list(db.session.execute(found))


def one_item(by: Viewer) -> Any:
    """What the page of one item reads and adds up: a year, by week."""
    today = by.today()
    span = times.span("year", "week", first_on=today, today=today)
    item_id = ITEMS // 2
    days = figures.by_day(item_id, span.since, span.until)
    return times.stepped(days, span, usage.COUNTED), figures.people([item_id], span.since, by)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    url = fresh_database(os.environ["PORTAL_TEST_DATABASE"]) if parser.parse_args().postgres else ""
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
        app = create_app(Config(DATA=folder, DATABASE_URL=url))
        with app.app_context():
            schema.upgrade()
            db.session.add(Practice(name="Firm", key="firm", path="/1/"))
            db.session.flush()
            facts = {"email": "mira@example.org", "practice_id": 1, "password_hash": None, "created_at": clock.now()}
            owner = Person(name="Mira", roles=str(Role.MARKETING), **facts)
            db.session.add(owner)
            db.session.commit()
            by = of(owner)
            fill(by, clock.now())
            print(f"{db.engine.dialect.name}: {ITEMS:,} items, {DAYS} days each")
            print(measured("the scoreboard", lambda: board.placed(by, board.Filters())))
            print(measured("its sums from the days instead", lambda: from_the_days(by)))
            print(measured("one item over a year", lambda: one_item(by)))
            print(measured("counting one read", lambda: usage.count(ITEMS // 2, by.today(), views=1)))
            db.engine.dispose()


if __name__ == "__main__":
    main()
