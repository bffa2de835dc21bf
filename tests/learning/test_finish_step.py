"""Finishing lessons, and what follows from it."""

from datetime import timedelta

import pytest

from portal.counters.models import DailyCount, PersonActivity, Standing
from portal.db import db
from portal.learning import queries, services
from portal.learning.models import Completion, ModuleProgress, StepProgress
from tests.learning import make_learning as make


@pytest.fixture(autouse=True)
def programme(session):
    make.load(make.module(), make.module(key="network", order=2))


def level(measure, of="referrals"):
    return sum(row.n for row in db.session.query(Standing).filter_by(measure=measure, of=of))


def flow(measure, discipline="referrals"):
    return sum(row.n for row in db.session.query(DailyCount).filter_by(measure=measure, discipline=discipline))


def finish(person, viewer, now, *keys):
    for key in keys or make.LESSONS:
        services.finish_step(make.found(key), by=viewer(person), now=now)


def test_a_lesson_leads_to_the_next(browser, ana):
    page = browser.sign_in(ana).get("/modules/referrals/see")
    assert "Done, next: To say" in page.text
    assert browser.post("/modules/referrals/see", number="1").location == "/modules/referrals/say"
    assert db.session.query(Completion).one().person_id == ana.id


def test_the_last_lesson_leads_back_to_the_module(browser, ana):
    assert browser.sign_in(ana).post("/modules/referrals/ask", number="1").location == "/modules/referrals"


def test_finishing_twice_changes_nothing(browser, ana):
    browser.sign_in(ana)
    for _ in range(2):
        assert browser.post("/modules/referrals/see", number="1").status_code == 302
    assert db.session.query(Completion).count() == 1
    assert flow("steps") == 1


def test_a_step_counts_and_makes_the_module_under_way(ana, viewer, now):
    finish(ana, viewer, now, "see")
    assert (flow("steps"), level("module-under-way"), level("module-done")) == (1, 1, 0)
    assert db.session.query(PersonActivity).one().person_id == ana.id


def test_the_last_step_makes_the_module_done(ana, viewer, now):
    finish(ana, viewer, now)
    assert (level("module-under-way"), level("module-done"), flow("modules")) == (0, 1, 1)
    assert db.session.query(ModuleProgress).one().done_at == now


def test_steps_may_be_done_in_any_order(ana, viewer, now):
    finish(ana, viewer, now, "say")
    progress = db.session.query(ModuleProgress).one()
    assert (progress.steps_done, progress.next_step_id) == (1, make.found("see").id)


def test_one_persons_progress_is_not_anothers(browser, ana, ben, viewer, now):
    finish(ana, viewer, now, "see")
    assert "Done, next" in browser.sign_in(ben).get("/modules/referrals/see").text
    assert [ring.steps_done for ring in queries.rings(viewer(ben))] == [0, 0]


def test_a_completion_keeps_the_version_that_was_seen(browser, ana):
    make.load(make.module(make.step("see", text="Other words.")))
    browser.sign_in(ana).post("/modules/referrals/see", number="1")
    assert db.session.query(Completion).one().number == 1


@pytest.mark.parametrize("number", ["", "0", "99", "x", "1_0", "-1", "9" * 30, "１"])
def test_a_version_that_never_was_counts_as_the_newest(browser, ana, number):
    assert browser.sign_in(ana).post("/modules/referrals/see", number=number).status_code == 302
    assert db.session.query(Completion).one().number == 1


def test_progress_can_be_worked_out_anew_from_the_completions(ana, ben, viewer, now):
    finish(ana, viewer, now)
    finish(ben, viewer, now + timedelta(days=1), "ask")
    before = everything()
    db.session.query(StepProgress).delete()
    db.session.query(ModuleProgress).update({"steps_done": 7, "next_step_id": None, "last_at": now})
    services.rebuild_progress()
    assert everything() == before


def test_progress_that_was_lost_altogether_comes_back(ana, viewer, now):
    finish(ana, viewer, now)
    before = everything()
    db.session.query(ModuleProgress).delete()
    services.rebuild_progress()
    assert everything() == before


@pytest.mark.parametrize("address", ["/modules/referrals/nothing", "/modules/nothing/see", "/modules/x%00/see"])
def test_an_unknown_step_is_not_found(browser, ana, address):
    assert browser.sign_in(ana).get(address).status_code == 404
    assert browser.post(address).status_code == 404


def test_it_needs_signing_in(browser):
    assert browser.get("/modules/referrals/see").location.startswith("/sign-in")
    assert browser.post("/modules/referrals/see").location.startswith("/sign-in")


def everything():
    db.session.expire_all()
    return [
        sorted(
            tuple(getattr(row, column.name) for column in table.__table__.columns) for row in db.session.query(table)
        )
        for table in (StepProgress, ModuleProgress)
    ]
