"""One app per run and engine; each test inside a transaction that is undone; reading changes nothing."""

import os
import tempfile
from pathlib import Path

import pytest
import time_machine
from flask import request
from hypothesis import HealthCheck, settings
from sqlalchemy import event

from portal import clock, mail, schema
from portal import db as portal_db
from portal.access import Role
from portal.accounts.viewer import of
from portal.app import create_app
from portal.config import Config
from portal.db import SAFE_METHODS, db
from portal.jobs.queue import Inline
from tests import make
from tests.browser import Browser
from tests.make import NOON

# How long something takes is no test's business; and what decides looks at the same examples each time.
settings.register_profile(
    "portal", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("portal")


@pytest.fixture(scope="session")
def data_folder():
    """A folder of this run's own."""
    with tempfile.TemporaryDirectory(prefix="portal-test-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database_url(data_folder):
    """SQLite by default; PostgreSQL, one server a run and one database a worker, when PORTAL_TEST_DATABASE says so."""
    asked = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    if asked == "sqlite":
        yield f"sqlite:///{data_folder / 'test.db'}"
    else:
        from tests.postgres import (
            fresh_database,
        )  # only where it is asked for: importing it starts nothing, but needs its wheel

        yield fresh_database(asked)


@pytest.fixture(scope="session")
def app(data_folder, database_url):
    """The portal on an empty, migrated database."""
    app = create_app(
        Config(DATA=str(data_folder), DATABASE_URL=database_url, PASSWORD_MEMORY_KIB=8, MAIL_FROM="portal@example.org"),
        TESTING=True,
    )
    app.extensions["job_queue"] = Inline()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        schema.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()  # PostgreSQL's driver warns of connections that nobody closed


@pytest.fixture(autouse=True)
def session(request, app):
    """A session whose every change is undone after the test."""
    if "chromium" in request.keywords or "no_session" in request.keywords:
        yield None
        return
    context = app.app_context()
    context.push()
    engine = db.engine
    connection = engine.connect()
    outer = connection.begin()
    db.engines[None] = connection
    db.session.configure(join_transaction_mode="create_savepoint")
    yield db.session
    db.session.remove()
    outer.rollback()
    connection.close()
    db.engines[None] = engine
    for letter in mail.folder(app.extensions["portal_config"]).glob("*.eml"):
        letter.unlink()
    context.pop()


@pytest.fixture(autouse=True)
def now(request):
    """It is always noon on a Wednesday; save in a real browser, whose clock runs."""
    if "chromium" in request.keywords:
        yield clock.now()
        return
    with time_machine.travel(NOON, tick=False):
        yield NOON


@pytest.fixture
def browser(app):
    """A browser, not signed in."""
    return Browser(app.test_client())


@event.listens_for(db.session, "before_flush")
def reading_changes_nothing(session, _context, _instances):
    """A GET that is about to write is a bug."""
    if request and request.method in SAFE_METHODS and (session.new or session.dirty or session.deleted):
        raise AssertionError(f"GET {request.path} changes {list(session.new)[:3]} {list(session.dirty)[:3]}")


@pytest.fixture
def firm(session):
    """The root of the practice tree: Firm > Tax > Corporate tax, and Firm > Law."""
    return make.practice("Firm")


@pytest.fixture
def tax(firm):
    return make.practice("Tax", firm, key="tax-advisory")


@pytest.fixture
def corporate_tax(tax):
    return make.practice("Corporate tax", tax)


@pytest.fixture
def law(firm):
    return make.practice("Law", firm)


@pytest.fixture
def ana(corporate_tax):
    """A practitioner in Corporate tax."""
    return make.person("Ana Ferreira", corporate_tax)


@pytest.fixture
def ben(corporate_tax):
    """A practitioner beside Ana."""
    return make.person("Ben Okoro", corporate_tax)


@pytest.fixture
def charlie(law):
    """A practitioner in Law: a stranger to Tax."""
    return make.person("Charlie Stone", law)


@pytest.fixture
def leader(tax):
    """Leads Tax and all below it."""
    return make.person("Lena Berg", tax, (Role.LEADER, tax))


@pytest.fixture
def other_leader(law):
    """Leads Law."""
    return make.person("Otto Lind", law, (Role.LEADER, law))


@pytest.fixture
def coach(tax):
    """Coaches Tax and what is below."""
    return make.person("Cora Lind", tax, (Role.COACH, tax))


@pytest.fixture
def second_coach(tax):
    return make.person("Dara Moss", tax, (Role.COACH, tax))


@pytest.fixture
def marketer(firm):
    return make.person("Mira Sand", firm, Role.MARKETING)


@pytest.fixture
def admin(firm):
    return make.person("Adam Reed", firm, Role.ADMIN)


@pytest.fixture
def executive(firm):
    return make.person("Eva Holm", firm, Role.EXECUTIVE)


@pytest.fixture
def viewer():
    """Turns a person into the one asking."""
    return of


@pytest.fixture
def budget(app):
    """Counts the statements of a block: `with budget(8): ...` fails when there are more."""
    from contextlib import contextmanager

    @contextmanager
    def within(most: int):
        said = []

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")):
                said.append(statement)

        target = db.session.connection().engine
        event.listen(target, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(target, "before_cursor_execute", note)
        assert len(said) <= most, f"{len(said)} statements, {most} allowed:\n" + "\n".join(said)

    return within


assert portal_db  # the engine's listeners must be in place before the first test
