"""Readers see a hundred percent at every moment, however many write."""

import contextlib
import threading

import pytest
from sqlalchemy import text

from portal import clock, schema
from portal.access import Role
from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.credit import ledger, queries, recount, services
from portal.credit.models import Dispute, DisputeState, DisputeWord
from portal.db import db, writing
from portal.errors import Refused
from portal.pipeline.models import Opportunity
from portal.pipeline.shares import WHOLE, CreditRole, Holder
from tests import make
from tests.credit.make_credit import state, won
from tests.foundation.test_migrations import portal

TURNS = 8
READ = text("""
    select (select coalesce(sum(points), 0) from credit_shares where opportunity_id = :id),
    (select coalesce(sum(e.points), 10000) from credit_entries e join credit_heads h
     on h.opportunity_id = e.opportunity_id where e.opportunity_id = :id and e.posting <= h.posting),
    (select coalesce(sum(amount), 0) from credited_parts where opportunity_id = :id)
""")


@pytest.fixture
def firm_of_three(tmp_path):
    """A portal over a database of its own, an opportunity that is won, and three people."""
    app = portal(tmp_path / "portal")
    with app.app_context():
        schema.upgrade()
        people = [make.person(f"Writer {number}", make.practice("Tax")) for number in range(3)]
        row = won(people[0], value=999_999)
        ids = row.id, [person.id for person in people]
        db.session.commit()
        db.session.remove()
    yield app, *ids
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def write(app, row_id, ids, mine, kept):
    """Share the credit anew several times; whoever comes second is refused, and looks again."""
    with app.app_context():
        for turn in range(TURNS):
            with contextlib.suppress(Refused):
                found, me = db.session.get_one(Opportunity, row_id), of(db.session.get_one(Person, ids[0]))
                points = 2500 + turn
                shares = {
                    Holder(CreditRole.SOURCE, ids[mine]): points,
                    Holder(CreditRole.OPENER, ids[0]): WHOLE - points,
                }
                version = queries.closed(row_id)
                services.share(found, shares=shares, reason="", version=version, by=me, now=clock.now())
                db.session.commit()
                kept.append(mine)
            db.session.rollback()
        db.session.remove()


def read(app, row_id, writers, wrong):
    """Look again and again while somebody writes."""
    writing.set(False)
    with app.app_context():
        while any(writer.is_alive() for writer in writers):
            found = tuple(int(value) for value in db.session.execute(READ, {"id": row_id}).one())
            if found != (WHOLE, WHOLE, 999_999):
                wrong.append(found)
            db.session.rollback()
        db.session.remove()


@pytest.mark.no_session
def test_readers_see_a_hundred_percent_while_writers_write(firm_of_three):
    app, row_id, ids = firm_of_three
    kept, wrong = [], []
    writers = [threading.Thread(target=write, args=(app, row_id, ids, mine, kept)) for mine in (1, 2)]
    reader = threading.Thread(target=read, args=(app, row_id, writers, wrong))
    for thread in (*writers, reader):
        thread.start()
    for thread in (*writers, reader):
        thread.join()
    assert not wrong
    assert len(kept) >= TURNS
    with app.app_context():
        assert ledger.adds_up(ledger.replay(queries.entries(row_id), queries.closed(row_id)))
        before = state()
        recount.recount()
        assert state() == before


def at_once(app, *deeds):
    """What several do in the same moment, each in a transaction of their own: done, or the refusal."""
    ready, told = threading.Barrier(len(deeds)), []

    def act(deed):
        with app.app_context():
            ready.wait()
            try:
                deed()
                db.session.commit()
                told.append("done")
            except Refused as refusal:
                db.session.rollback()
                told.append(refusal.message)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.no_session
def test_a_dispute_is_filed_once_and_decided_once(firm_of_three):
    app, row_id, ids = firm_of_three

    def somebody(person_id):
        return of(db.session.get_one(Person, person_id))

    def file(person_id):
        by = somebody(person_id)
        services.raise_dispute(db.session.get_one(Opportunity, row_id), words="Mine.", by=by, now=clock.now())

    told = at_once(app, *(lambda person_id=person_id: file(person_id) for person_id in ids))
    assert told.count("done") == 1
    assert len([one for one in told if "disputed already" in one]) == 2

    with app.app_context():
        dispute_id = db.session.query(Dispute).one().id
        leaders = [make.person(name, make.practice(), (Role.EXECUTIVE, None)).id for name in ("Iris", "Nils")]
        db.session.commit()
        db.session.remove()

    def decide(person_id):
        found = db.session.get_one(Dispute, dispute_id)
        services.decide(
            found, words="So.", shares=None, version=found.version, posting=0, by=somebody(person_id), now=clock.now()
        )

    told = at_once(app, *(lambda person_id=person_id: decide(person_id) for person_id in leaders))
    assert told.count("done") == 1
    with app.app_context():
        states = [word.state for word in db.session.query(DisputeWord).order_by(DisputeWord.id)]
        assert states == [DisputeState.RAISED, DisputeState.DECIDED]
