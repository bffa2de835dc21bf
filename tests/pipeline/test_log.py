"""Logging an opportunity in half a minute."""

from datetime import date

import pytest

from portal.counters.models import DailyCount, PersonActivity, Standing
from portal.db import db
from portal.pipeline.models import Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import Stage
from tests.make import TODAY
from tests.pipeline.make_pipeline import SENT


def only():
    return db.session.query(Opportunity).one()


def test_it_is_kept_with_its_first_step(browser, ana):
    answer = browser.sign_in(ana).submit("/pipeline/new", **SENT)
    assert answer.status_code == 200
    assert "Logged: referral, planned." in answer.text
    row = only()
    assert (row.kind, row.stage, row.value, row.currency) == (OpportunityKind.REFERRAL, Stage.PLANNED, 1_250_000, "EUR")
    assert (row.owner_id, row.practice_id, row.next_on, row.asked_on) == (
        ana.id,
        ana.practice_id,
        date(2026, 3, 9),
        None,
    )
    assert [(change.before, change.after) for change in db.session.query(StageChange)] == [(None, Stage.PLANNED)]


def test_something_asked_already_counts_as_an_ask(browser, ana):
    browser.sign_in(ana).post("/pipeline/new", **SENT, is_asked="y")
    assert (only().stage, only().asked_on) == (Stage.ASKED, TODAY)
    assert db.session.query(DailyCount).filter_by(measure="asks").one().n == 1
    standing = db.session.query(Standing).one()
    assert (standing.measure, standing.of, standing.n, standing.amount) == ("referral", "asked", 1, 1_250_000)
    assert db.session.get(PersonActivity, ana.id).last_on == TODAY


def test_the_kind_can_stand_in_the_address(browser, ana):
    page = browser.sign_in(ana).submit(
        "/pipeline/new?kind=cross-sell", **SENT | {"kind": "cross-sell", "service": "Tax"}
    )
    assert "Cross-sell, Tax" in page.text
    chosen = '<input checked id="kind-1" name="kind" type="radio" value="cross-sell">'
    assert chosen in browser.get("/pipeline/new", kind="cross-sell").text


def test_an_odd_kind_in_the_address_does_no_harm(browser, ana):
    assert browser.sign_in(ana).get("/pipeline/new", kind="\x00").status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("contact", "", "Say whom you ask."),
        ("contact", "x" * 201, "under 200"),
        ("organisation", " ", "This is needed."),
        ("ask", "", "This is needed."),
        ("ask", "NUL \x00", "can&#39;t be kept"),
        ("value", "a lot", "Give an amount like"),
        ("value", "9" * 5000, "Give an amount like"),
        ("value", "٣", "Give an amount like"),
        ("value", "-5", "Give an amount like"),
        ("value", "99999999999999", "more than we can keep"),
        ("next_on", "soon", "Give a day like"),
        ("next_on", "2036-12-31", "within ten years"),
        ("next_on", "0001-01-01", "within ten years"),
        ("next_step", "", "Say what you will do"),
        ("kind", "favour", "Choose one of these."),
    ],
)
def test_it_explains_what_does_not_fit_and_keeps_the_rest(browser, ana, field, typed, reason):
    answer = browser.sign_in(ana).post("/pipeline/new", **{**SENT, "ask": "A patent attorney", field: typed})
    assert answer.status_code == 422
    assert reason in answer.text
    assert "Ring her" in answer.text or field == "next_step"
    assert db.session.query(Opportunity).count() == 0


def test_a_service_is_named_for_a_cross_sell(browser, ana):
    answer = browser.sign_in(ana).post("/pipeline/new", **SENT | {"kind": "cross-sell"})
    assert answer.status_code == 422
    assert "Say which service would help." in answer.text


def test_a_second_press_logs_it_once(browser, ana):
    browser.sign_in(ana)
    assert len({browser.post("/pipeline/new", **SENT).location for _ in range(2)}) == 1
    assert db.session.query(StageChange).count() == 1


def test_it_needs_signing_in(browser):
    assert browser.get("/pipeline/new").status_code == 302
    assert browser.post("/pipeline/new", **SENT).status_code == 302
