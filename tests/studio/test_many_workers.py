"""Several workers at the same minute, on a database of their own: everything goes out, or is held back, once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from portal import clock, schema
from portal.access import Role
from portal.accounts.viewer import of
from portal.db import db
from portal.jobs.models import Job
from portal.library.models import Item, ItemState
from portal.publishing import services
from portal.publishing.models import StateChange
from portal.publishing.services import Going
from portal.publishing.states import Act
from portal.studio import by_the_clock
from tests import make
from tests.foundation.test_migrations import portal
from tests.library import make_library as lib
from tests.make import NOON
from tests.publishing.make_items import at

pytestmark = pytest.mark.no_session
WORKERS, ITEMS, HELD = 4, 6, 3


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A portal over a database of its own, which several connections write to."""
    app = portal(tmp_path_factory.mktemp("workers") / "portal")
    with app.app_context():
        schema.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_workers_that_wake_together_publish_expire_and_hold_back_each_item_once(own):
    person = make.person("Mira Sand", make.practice(), Role.MARKETING)
    for _ in range(ITEMS):
        going = Going(expires_at=NOON + timedelta(minutes=2))
        services.schedule(lib.draft(person), going, at=NOON + timedelta(minutes=1), by=of(person), now=NOON)
    for _ in range(HELD):
        item = lib.draft(person, source="Read [that](/library/not-there).")
        services.schedule(item, Going(), at=NOON + timedelta(minutes=1), by=of(person), now=NOON)
    db.session.commit()
    together = Barrier(WORKERS)

    def wake(_number):
        with own.app_context():
            together.wait()
            done = by_the_clock.catch_up(clock.now())
            db.session.remove()
            return done

    with at(NOON + timedelta(hours=1)), ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(wake, range(WORKERS))) == 2 * ITEMS + HELD
    db.session.rollback()
    acts = Counter(row.act for row in db.session.query(StateChange).filter_by(by_id=None))
    assert acts == {Act.PUBLISH: ITEMS, Act.EXPIRE: ITEMS, Act.HOLD: HELD}
    assert Counter(item.state for item in db.session.query(Item)) == {ItemState.EXPIRED: ITEMS, ItemState.DRAFT: HELD}
    assert db.session.query(Job).filter_by(handler="send-mail").count() == HELD
