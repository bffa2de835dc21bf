"""The board: a card is moved and the move undone, by the script or by a button; two tabs never overwrite each other."""

import pytest

from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.pipeline.models import OpportunityKind, StageChange
from portal.pipeline.stages import Stage
from tests.make import TODAY
from tests.pipeline import make_pipeline as make

SCRIPT = {"Accept": "application/json"}


def by_script(browser, address, **fields):
    """What the board's script sends."""
    headers = {"X-CSRFToken": browser.token(), **SCRIPT}
    browser.forget_who()
    return browser.client.post(address, data=fields, headers=headers)


def put(browser, row, stage, version=None):
    return by_script(browser, f"/pipeline/{row.id}/stage", stage=stage, version=version or row.version)


def test_a_card_says_where_it_may_go(browser, ana):
    make.opportunity(ana)
    page = browser.sign_in(ana).get("/pipeline").text
    assert 'data-ways="planned asked introduced in-conversation proposal nurture won lost"' in page
    assert 'data-stage="declined" data-label="Declined"' in page


def test_a_card_is_put_on_another_stage(browser, ana):
    row = make.opportunity(ana, next_step="Ring", next_on=TODAY)
    told = put(browser.sign_in(ana), row, "asked").json
    assert (told["stage"], told["label"], told["version"]) == ("asked", "Asked", row.version)
    assert (row.stage, row.next_step, row.asked_on) == (Stage.ASKED, "Ring", TODAY)


def test_without_the_script_a_button_does_the_same(browser, ana):
    row = make.opportunity(ana)
    answer = browser.sign_in(ana).post(f"/pipeline/{row.id}/stage", stage="asked", version=str(row.version))
    assert answer.location == f"/pipeline/{row.id}"
    assert row.stage == Stage.ASKED


def test_of_two_tabs_the_first_moves_and_the_other_is_told(browser, ana):
    row = make.opportunity(ana)
    version = row.version
    browser.sign_in(ana)
    assert put(browser, row, "asked", version).status_code == 200
    answer = put(browser, row, "proposal", version)
    assert answer.status_code == 422
    assert "changed in another tab" in answer.json["error"]
    assert row.stage == Stage.ASKED


def test_a_double_press_moves_once(browser, ana):
    row = make.opportunity(ana)
    version = row.version
    browser.sign_in(ana)
    for _ in range(2):
        put(browser, row, "asked", version)
    assert db.session.query(StageChange).count() == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"stage": "declined"}, "can't go there"),
        ({"stage": "sideways"}, "Choose one"),
        ({"stage": "\x00"}, "Choose one"),
        ({"stage": "asked", "version": "٣"}, "whole number"),
        ({}, "Choose one"),
    ],
)
def test_what_is_not_possible_is_said_and_changes_nothing(browser, ana, fields, reason):
    row = make.opportunity(ana)
    answer = by_script(browser.sign_in(ana), f"/pipeline/{row.id}/stage", **{"version": row.version} | fields)
    assert answer.status_code == 422
    assert reason in answer.json["error"]
    assert row.stage == Stage.PLANNED


def test_a_move_is_undone_in_place_and_both_are_kept(browser, ana):
    row = make.opportunity(ana, next_step="Ring", next_on=TODAY)
    browser.sign_in(ana)
    told = put(browser, row, "won").json
    assert row.next_step == ""
    undone = by_script(browser, f"/pipeline/{row.id}/undo", version=told["version"], change_id=told["change"]).json
    assert undone["stage"] == "planned"
    assert (row.stage, row.next_step, row.next_on, row.asked_on) == (Stage.PLANNED, "Ring", TODAY, None)
    assert [(one.before, one.after) for one in db.session.query(StageChange).order_by(StageChange.id)][1:] == [
        (Stage.PLANNED, Stage.WON),
        (Stage.WON, Stage.PLANNED),
    ]
    assert {(one.measure, one.n) for one in db.session.query(DailyCount) if one.measure in {"asks", "won"}} == {
        ("asks", 0),
        ("won", 0),
    }
    assert {(one.of, one.n, one.amount) for one in db.session.query(Standing) if one.n} == {("planned", 1, 1_250_000)}


def test_the_page_offers_to_undo_what_was_moved_just_now(browser, ana):
    row = make.opportunity(ana)
    make.move(row, ana, Stage.ASKED)
    page = browser.sign_in(ana).get(f"/pipeline/{row.id}").text
    assert "Undo the last move" in page
    change = db.session.query(StageChange).order_by(StageChange.id.desc()).first()
    browser.post(f"/pipeline/{row.id}/undo", version=str(row.version), change_id=str(change.id))
    page = browser.get(f"/pipeline/{row.id}").text
    assert "Undone: back to planned" in page
    assert "Undo the last move" not in page


@pytest.mark.parametrize("what", ["the first row", "an undo", "something else happened"])
def test_what_cannot_be_undone_is_refused(browser, ana, what):
    row = make.opportunity(ana)
    change_id = db.session.query(StageChange).one().id
    browser.sign_in(ana)
    if what != "the first row":
        change_id = make.move(row, ana, Stage.ASKED)
    if what == "an undo":
        by_script(browser, f"/pipeline/{row.id}/undo", version=row.version, change_id=change_id)
        change_id = db.session.query(StageChange).order_by(StageChange.id.desc()).first().id
    if what == "something else happened":
        make.move(row, ana, Stage.ASKED, note="They rang.")
    answer = by_script(browser, f"/pipeline/{row.id}/undo", version=row.version, change_id=change_id)
    assert answer.status_code == 422
    assert "nothing to undo" in answer.json["error"]


def test_an_ask_that_was_undone_and_made_again_counts_once(browser, ana):
    row = make.opportunity(ana)
    browser.sign_in(ana)
    for _ in range(2):
        change_id = make.move(row, ana, Stage.ASKED)
        by_script(browser, f"/pipeline/{row.id}/undo", version=row.version, change_id=change_id)
        assert row.asked_on is None
    make.move(row, ana, Stage.ASKED)
    assert db.session.query(DailyCount).filter_by(measure="asks").one().n == 1


def test_strangers_move_nothing(browser, ana, ben):
    row = make.opportunity(ana)
    browser.sign_in(ben)
    assert put(browser, row, "asked").status_code == 404
    assert by_script(browser, f"/pipeline/{row.id}/undo", version=1, change_id=1).status_code == 404
    assert by_script(browser, f"/pipeline/{row.id}/again", version=1).status_code == 404


def test_sums_are_weighted_by_how_likely_each_stage_is(browser, ana):
    make.opportunity(ana, value=1_000_000)
    make.opportunity(ana, kind=OpportunityKind.CROSS_SELL, value=2_000_000, is_asked=True)
    text = browser.sign_in(ana).get("/pipeline").text
    assert "worth €30,000 together; €2,500 weighted" in text
