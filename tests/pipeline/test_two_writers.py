"""Two at once, each with a connection of their own: one is kept, the other is told, and nothing is counted twice."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select

from portal import schema
from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.app import create_app
from portal.config import Config
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.errors import Refused
from portal.jobs.queue import Inline
from portal.pipeline import agreement, handing_over, sales_desk, services, thanks
from portal.pipeline.models import Agreement, HandOver, HandOverStep, Opportunity, StageChange, Thanks
from portal.pipeline.stages import Stage
from tests import make as rows
from tests.make import NOON
from tests.pipeline import make_pipeline as make

pytestmark = pytest.mark.no_session


@pytest.fixture
def portal(tmp_path):
    """A portal over a database of its own, with an opportunity of somebody's and two colleagues at the sales desk."""
    asked = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    address = f"sqlite:///{tmp_path}/portal.db"
    if asked != "sqlite":
        from tests.postgres import fresh_database  # its wheel is only there where it is asked for

        address = fresh_database(asked)
    app = create_app(Config(DATA=str(tmp_path), DATABASE_URL=address, PASSWORD_MEMORY_KIB=8), TESTING=True)
    app.extensions["job_queue"] = Inline()
    with app.app_context():
        schema.upgrade()
        db.session.configure(join_transaction_mode="conditional_savepoint")
        people = [rows.person(f"Writer {number}") for number in range(3)]
        row = make.opportunity(people[0], contact_id=make.contact(people[0]).id)
        for person in people[1:]:
            sales_desk.add(person)
        db.session.commit()
        app.cast = [person.id for person in people]  # type: ignore[attr-defined]
        app.row = row.id  # type: ignore[attr-defined]
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def both(app, *deeds):
    """What two do in the same moment, each in a request of their own: done, or the refusal."""
    ready = Barrier(len(deeds))

    def act(deed):
        with app.app_context():
            ready.wait()
            try:
                deed()
                db.session.commit()
                return "done"
            except Refused as refusal:
                db.session.rollback()
                return refusal.message
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(act, deeds))


def viewer(person_id):
    return of(db.session.get_one(Person, person_id))


def test_two_tabs_that_move_the_same_card_keep_one_and_tell_the_other(portal):
    with portal.app_context():
        version = db.session.get_one(Opportunity, portal.row).version

    def put(stage):
        def deed():
            row = db.session.get_one(Opportunity, portal.row)
            services.place(row, stage=stage, version=version, by=viewer(portal.cast[0]), now=NOON)

        return deed

    told = both(portal, put(Stage.ASKED), put(Stage.PROPOSAL))
    assert sorted(one == "done" for one in told) == [False, True]
    assert any("changed in another tab" in one for one in told)
    with portal.app_context():
        row = db.session.get_one(Opportunity, portal.row)
        assert row.stage in {Stage.ASKED, Stage.PROPOSAL}
        assert db.session.scalar(select(func.count()).select_from(StageChange)) == 2
        levels = {one.of: one.n for one in db.session.query(Standing) if one.n and one.measure == "referral"}
        assert levels == {row.stage: 1}
        assert db.session.query(DailyCount).filter_by(measure="asks").one().n == 1


def test_of_two_at_the_sales_desk_one_has_it(portal):
    with portal.app_context():
        row = db.session.get_one(Opportunity, portal.row)
        hand_over = make.handed_over(row, db.session.get_one(Person, portal.cast[0]))
        db.session.commit()
        hand_over_id = hand_over.id

    def take(person_id):
        def deed():
            hand_over = db.session.get_one(HandOver, hand_over_id)
            handing_over.accept(hand_over, by=viewer(person_id), now=NOON)

        return deed

    told = both(portal, *(take(person_id) for person_id in portal.cast[1:]))
    assert sorted(one == "done" for one in told) == [False, True]
    with portal.app_context():
        winner = portal.cast[1:][told.index("done")]
        row = db.session.get_one(Opportunity, portal.row)
        assert row.owner_id == winner
        levels = {one.practice_id: one.n for one in db.session.query(Standing) if one.n and one.measure == "referral"}
        assert levels == {row.practice_id: 1}


def test_offered_in_two_tabs_it_is_offered_once(portal):
    with portal.app_context():
        version = db.session.get_one(Opportunity, portal.row).version

    def offer(to_id):
        def deed():
            row = db.session.get_one(Opportunity, portal.row)
            facts = {"note": f"For {to_id}", "with_contact": False, "with_notes": False, "to_sales": False}
            by = viewer(portal.cast[0])
            handing_over.offer(row, to_id=to_id, version=version, by=by, now=NOON, **facts)

        return deed

    told = both(portal, *(offer(person_id) for person_id in portal.cast[1:]))
    assert sorted(one == "done" for one in told) == [False, True]
    with portal.app_context():
        assert db.session.scalar(select(func.count()).select_from(HandOverStep)) == 1


def test_thanks_said_in_two_tabs_are_said_once(portal):
    with portal.app_context():
        row = db.session.get_one(Opportunity, portal.row)
        make.move(row, db.session.get_one(Person, portal.cast[0]), Stage.WON)
        db.session.commit()

    def say():
        row = db.session.query(Thanks).one()
        thanks.say(row, is_left=False, by=viewer(portal.cast[0]), now=NOON)

    assert both(portal, say, say) == ["done", "done"]
    with portal.app_context():
        assert db.session.query(Thanks).one().done_on is not None


def test_logged_twice_in_one_moment_it_is_logged_once(portal):
    def log():
        make.opportunity(db.session.get_one(Person, portal.cast[0]), organisation="Elm")

    assert both(portal, log, log) == ["done", "done"]
    with portal.app_context():
        assert db.session.query(Opportunity).filter_by(organisation="Elm").count() == 1


def test_two_who_agree_on_something_at_once_make_one_version(portal):
    def agree(days):
        def deed():
            terms = agreement.in_force()
            agreement.change(replace(terms, answer_days=days), by=viewer(portal.cast[0]), now=NOON)

        return deed

    told = both(portal, agree(3), agree(4))
    assert all(one == "done" or "changed this" in one for one in told)
    with portal.app_context():
        numbers = [row.number for row in db.session.query(Agreement).order_by(Agreement.number)]
        assert numbers == list(range(1, told.count("done") + 1))


def test_two_who_move_in_opposite_ways_wait_for_each_other(portal):
    with portal.app_context():
        ids = [
            make.opportunity(person, organisation=f"Elm {person.id}", is_asked=is_asked).id
            for is_asked, person in zip(
                (True, False), (db.session.get_one(Person, one) for one in portal.cast[1:]), strict=True
            )
        ]
        db.session.commit()

    def to_and_fro(row_id, person_id):
        def deed():
            for _ in range(6):
                row = db.session.get_one(Opportunity, row_id)
                stage = Stage.PROPOSAL if row.stage != Stage.PROPOSAL else Stage.INTRODUCED
                services.place(row, stage=stage, version=row.version, by=viewer(person_id), now=NOON)
                db.session.commit()

        return deed

    assert both(portal, *map(to_and_fro, ids, portal.cast[1:])) == ["done", "done"]
