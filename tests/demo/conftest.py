"""One demo firm of sixty for all tests of this room, in a database of its own."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine

from portal import schema
from portal.app import create_app
from portal.config import Config
from portal.content import loader
from portal.db import db
from portal.demo import services
from portal.jobs.queue import Inline
from tests.make import NOON

PEOPLE = 60


def _fresh_database(folder: Path) -> str:
    asked = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    if asked == "sqlite":
        return f"sqlite:///{folder / 'demo.db'}"
    from tests.postgres import fresh_database  # needs its wheel only where it is asked for

    return fresh_database(asked)


@contextmanager
def portal_with_a_firm(folder: Path, *, seed: int = 2026, told=lambda *_step: None):
    """A portal with the content of this repository and a firm."""
    app = create_app(Config(DATA=str(folder), DATABASE_URL=_fresh_database(folder), PASSWORD_MEMORY_KIB=8))
    app.extensions["job_queue"] = Inline()
    with app.app_context(), time_machine.travel(NOON, tick=False):
        schema.upgrade()
        assert not loader.load(Path("content"), now=NOON).problems
        services.make_firm(PEOPLE, seed=seed, now=NOON, progress=told)
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def told():
    """What was said while the firm was made."""
    return []


@pytest.fixture(scope="session")
def demo(tmp_path_factory, told):
    """The portal with the demo firm; changes are undone by whoever makes them."""
    with portal_with_a_firm(tmp_path_factory.mktemp("demo"), told=lambda *step: told.append(step)) as app:
        yield app


@pytest.fixture
def session(demo):
    """The session of the demo's own database, in place of that of the other tests."""
    with demo.app_context():
        yield db.session
        db.session.rollback()
        db.session.remove()
