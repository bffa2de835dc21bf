"""Two people at the same moment, on two connections."""

from threading import Barrier, Thread

import pytest

from portal import schema
from portal.accounts.viewer import of
from portal.clients import counting, queries, services
from portal.clients.models import Use
from portal.db import db
from portal.errors import Refused
from tests import make
from tests.clients import make_clients as clients
from tests.foundation.test_migrations import portal
from tests.make import NOON
from tests.stewardship.test_merge import totals


@pytest.mark.no_session
def test_one_of_two_who_saw_the_same_wins_and_the_other_is_told(tmp_path):
    app = portal(tmp_path / "at-once")
    with app.app_context():
        schema.upgrade()
        somebody = make.person("Some Body", make.practice("Firm"))
        client, service = clients.client(somebody, "Larch"), clients.service()
        db.session.commit()
        client_id, service_id, viewer = client.id, service.id, of(somebody)
        db.session.remove()
    together, came = Barrier(2), []

    def say(use: Use) -> None:
        with app.app_context():
            together.wait()
            try:
                services.set_use(client_id, service_id, use, seen=0, by=viewer, now=NOON)
                db.session.commit()
                came.append(use)
            except Refused:
                db.session.rollback()
                came.append(None)
            finally:
                db.session.remove()

    threads = [Thread(target=say, args=(use,)) for use in (Use.USES, Use.DECLINED)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        changes = queries.history(client_id, service_id)
        assert sorted(came, key=str).count(None) == 1
        assert [change.after for change in changes] == [use for use in came if use]
        live = totals()
        counting.rebuild()
        assert totals() == live
        db.session.remove()
        db.engine.dispose()
