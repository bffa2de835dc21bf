"""Several at once, on a database of their own: nothing is lost, nothing counts twice."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal import schema
from portal.accounts.viewer import of
from portal.app import create_app
from portal.config import Config
from portal.counters.models import DailyCount
from portal.db import db
from portal.network import services
from portal.network.models import Contact, Touch, TouchKind
from tests import make
from tests.make import NOON, TODAY
from tests.network.make_network import contact, touched

pytestmark = pytest.mark.no_session
AT_ONCE = 6


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """A portal whose database really commits."""
    folder = tmp_path_factory.mktemp("together")
    url = f"sqlite:///{folder / 'together.db'}"
    if os.environ.get("PORTAL_TEST_DATABASE", "sqlite") != "sqlite":
        from tests.postgres import fresh_database  # needs its wheel only where it is asked for

        url = fresh_database(os.environ["PORTAL_TEST_DATABASE"])
    app = create_app(Config(DATA=str(folder), DATABASE_URL=url, PASSWORD_MEMORY_KIB=8))
    with app.app_context():
        schema.upgrade()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def known(portal):
    """A contact and its owner, by id; what is counted begins at nothing."""
    with portal.app_context():
        person = make.person()
        found = contact(person).id, of(person)
        db.session.commit()  # and nothing is read after it: on SQLite that would hold up the others
        yield found


def together(portal, act, each=range(AT_ONCE)):
    """Let several threads act at the same moment, each in a transaction of its own."""
    gate = threading.Barrier(len(each))

    def one(number):
        with portal.app_context():
            gate.wait()
            act(number)
            db.session.commit()

    with ThreadPoolExecutor(len(each)) as pool:
        list(pool.map(one, each))
    db.session.rollback()


def counted(viewer):
    """What the leader's totals say of the person's practice."""
    found = select(func.sum(DailyCount.n)).where(
        DailyCount.measure == "touches", DailyCount.practice_id == viewer.practice_id
    )
    return db.session.scalar(found) or 0


def test_the_same_press_counts_once(portal, known):
    number, viewer = known

    def press(_number):
        row = db.session.get_one(Contact, number)
        services.touch(row, kind=TouchKind.CALL, happened_on=TODAY, note="", key="the-same-press", by=viewer, now=NOON)

    together(portal, press)
    assert db.session.scalar(select(func.count()).where(Touch.contact_id == number)) == 1
    assert counted(viewer) == 1


def test_different_touches_all_count_and_the_latest_decides(portal, known):
    number, viewer = known

    def press(back):
        row = db.session.get_one(Contact, number)
        day = TODAY - timedelta(days=back)
        services.touch(row, kind=TouchKind.CALL, happened_on=day, note="", key=f"press-{back}", by=viewer, now=NOON)

    together(portal, press)
    row = db.session.get_one(Contact, number)
    assert (counted(viewer), row.last_touch_on) == (AT_ONCE, TODAY)
    assert row.due_on == TODAY + timedelta(days=90)


def test_taking_back_twice_is_once(portal, known):
    number, viewer = known
    wrong = touched(db.session.get_one(Contact, number), viewer).id
    db.session.commit()

    def press(_number):
        services.take_back_touch(db.session.get_one(Touch, wrong), by=viewer, now=NOON)

    together(portal, press)
    assert db.session.scalar(select(func.count()).where(Touch.takes_back_id == wrong)) == 1
    assert counted(viewer) == 0
    assert db.session.get_one(Contact, number).last_touch_on is None
