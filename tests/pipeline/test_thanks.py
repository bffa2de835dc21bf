"""Whoever made something possible is thanked when something comes of it."""

import pytest

from portal.db import db
from portal.home import queries as home
from portal.network.models import Touch
from portal.pipeline import handing_over, services
from portal.pipeline.models import Direction, OpportunityKind, Thanks
from portal.pipeline.stages import Stage
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make


@pytest.fixture
def row(ana):
    return make.opportunity(ana, contact_id=make.contact(ana).id, is_asked=True)


def only():
    return db.session.query(Thanks).one()


@pytest.mark.parametrize("stage", [Stage.INTRODUCED, Stage.WON, Stage.DECLINED])
def test_thanks_are_due(browser, ana, row, stage, viewer):
    make.move(row, ana, stage)
    assert (only().owner_id, only().contact, only().occasion, only().since_on) == (ana.id, "Dana Reed", stage, TODAY)
    assert "Thank Dana Reed" in {entry.what for entry in home.today(viewer(ana), NOON).entries}
    browser.sign_in(ana)
    assert "Dana Reed would like to hear from you" in browser.get(f"/pipeline/{row.id}").text
    assert "Words to begin with" in browser.get(f"/pipeline/thanks/{only().id}").text


@pytest.mark.parametrize("stage", [Stage.IN_CONVERSATION, Stage.PROPOSAL, Stage.LOST, Stage.NURTURE])
def test_other_stages_ask_for_none(ana, row, stage):
    make.move(row, ana, stage)
    assert db.session.query(Thanks).count() == 0


def test_received_work_is_thanked_for_and_given_work_is_not(ana):
    make.opportunity(ana, direction=Direction.RECEIVED)
    make.opportunity(ana, direction=Direction.GIVEN, ask="Other words")
    make.opportunity(ana, kind=OpportunityKind.CROSS_SELL, contact="", is_asked=True)
    assert only().occasion == Stage.INTRODUCED


def test_saying_so_is_a_touch_and_twice_is_once(browser, ana, row, viewer):
    make.move(row, ana, Stage.WON)
    browser.sign_in(ana)
    for _ in range(2):
        browser.post(f"/pipeline/thanks/{only().id}/said")
    assert db.session.query(Touch).filter(Touch.key == f"opportunity-{row.id}-thanks-won").count() == 1
    assert only().done_on == TODAY
    assert "Thank Dana Reed" not in {entry.what for entry in home.today(viewer(ana), NOON).entries}
    assert "You thanked them today" in browser.get(f"/pipeline/thanks/{only().id}").text


def test_they_may_be_left(browser, ana, row):
    make.move(row, ana, Stage.WON)
    browser.sign_in(ana).post(f"/pipeline/thanks/{only().id}/left")
    assert (only().done_on, only().is_left) == (TODAY, True)
    assert db.session.query(Touch).count() == 1  # the ask


def test_coming_to_the_same_stage_again_asks_for_none(ana, row):
    for stage in (Stage.INTRODUCED, Stage.ASKED, Stage.INTRODUCED):
        make.move(row, ana, stage)
    assert db.session.query(Thanks).count() == 1


def test_a_move_by_mistake_leaves_none(ana, row, viewer):
    change_id = make.move(row, ana, Stage.WON)
    services.undo(row, change_id=change_id, version=row.version, by=viewer(ana), now=NOON)
    assert db.session.query(Thanks).count() == 0


def test_what_is_won_no_longer_asks_for_none(ana, row):
    make.move(row, ana, Stage.WON)
    make.move(row, ana, Stage.LOST)
    assert db.session.query(Thanks).count() == 0
    make.move(row, ana, Stage.WON)
    assert only().occasion == Stage.WON


def test_after_a_hand_over_the_sender_thanks_whom_they_know(browser, ana, ben, row, viewer):
    handing_over.accept(make.handed_over(row, ana, ben), by=viewer(ben), now=NOON)
    make.move(row, ben, Stage.WON)
    assert only().owner_id == ana.id
    answer = browser.sign_in(ana).post(f"/pipeline/thanks/{only().id}/said")
    assert answer.location == "/pipeline/hand-overs?show=sent"
    assert "Dana Reed" not in browser.sign_in(ben).get(f"/pipeline/{row.id}").text


def test_strangers_find_nothing(browser, ana, ben, row):
    make.move(row, ana, Stage.WON)
    browser.sign_in(ben)
    assert browser.get(f"/pipeline/thanks/{only().id}").status_code == 404
    for what in ("said", "left"):
        assert browser.post(f"/pipeline/thanks/{only().id}/{what}").status_code == 404
    assert only().done_on is None
