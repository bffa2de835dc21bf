"""Several workers, and several files of one person, at the same time."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from portal import schema
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import of
from portal.address_book import imports, jobs, undo
from portal.address_book.models import ContactImport, ImportState
from portal.app import create_app
from portal.config import Config
from portal.db import db
from portal.jobs.queue import Inline
from portal.network.models import Channel, Contact
from tests.address_book.make_address_book import connection, linkedin
from tests.make import NOON

PEOPLE = 60
BODY = linkedin(*(connection("P", f"Number {n:03}", f"p{n}", f"p{n}@example.org") for n in range(PEOPLE)))
pytestmark = pytest.mark.no_session


@pytest.fixture
def portal(tmp_path):
    """A portal over a database of its own, with one person."""
    asked = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    address = f"sqlite:///{tmp_path}/portal.db"
    if asked != "sqlite":
        from tests.postgres import fresh_database  # its wheel is only there where it is asked for

        address = fresh_database(asked)
    app = create_app(Config(DATA=str(tmp_path), DATABASE_URL=address, PASSWORD_MEMORY_KIB=8), TESTING=True)
    app.extensions["job_queue"] = Inline()
    with app.app_context():
        schema.upgrade()
        practice = Practice(name="Firm", key="firm", path="/1/")
        db.session.add(practice)
        db.session.flush()
        db.session.add(
            Person(name="Ana", email="ana@example.org", practice_id=practice.id, password_hash=None, created_at=NOON)
        )
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


def in_threads(app, work, given) -> None:
    def one(each):
        with app.app_context():
            work(each)
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(len(given)) as pool:
        list(pool.map(one, given))


def running(app, n) -> list[int]:
    """So many looks at the same file, all of them begun."""
    with app.app_context():
        ana = of(db.session.scalars(select(Person)).one())
        found = [imports.take_in(BODY, filename="Connections.csv", by=ana, now=NOON) for _ in range(n)]
        for each in found:
            each.state, each.started_at = ImportState.RUNNING, NOON
        db.session.commit()
        ids = [each.id for each in found]
        db.session.remove()
    return ids


def counted(app) -> tuple[int, int]:
    with app.app_context():
        found = tuple(db.session.scalar(select(func.count()).select_from(model)) for model in (Contact, Channel))
        db.session.remove()
    return found


def test_two_workers_bring_a_file_in_once(portal, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 7)
    (only,) = running(portal, 1)
    in_threads(portal, jobs.import_contacts, [only] * 3)
    assert counted(portal) == (PEOPLE, 2 * PEOPLE)


def test_the_same_file_twice_at_once_makes_nobody_twice(portal, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 7)
    in_threads(portal, jobs.import_contacts, running(portal, 3))
    assert counted(portal) == (PEOPLE, 2 * PEOPLE)


def test_undoing_twice_at_once_is_undoing_once(portal):
    (only,) = running(portal, 1)
    in_threads(portal, jobs.import_contacts, [only])

    def take_back(import_id):
        ana = of(db.session.scalars(select(Person)).one())
        undo.undo(db.session.get_one(ContactImport, import_id), by=ana, now=NOON)

    in_threads(portal, take_back, [only] * 2)
    assert counted(portal) == (0, 0)
