"""The firm says what its stages are called, how likely they are, when something is stale, and why things end."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from portal.db import db
from portal.pipeline import agreement
from portal.pipeline.agreement import REASONS
from portal.pipeline.models import Agreement, OpportunityKind
from portal.pipeline.stages import LABELS, PROBABILITIES, STALE_DAYS, Stage, probability
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make

PAGE = "/pipeline/stages"


def test_until_the_firm_says_something_the_portal_does():
    terms = agreement.in_force()
    assert (terms.number, terms.labels, terms.probabilities, terms.stale_days) == (0, LABELS, PROBABILITIES, STALE_DAYS)
    assert terms.reasons[Stage.LOST] == list(REASONS[Stage.LOST])


def test_marketing_and_admins_change_it_in_versions_and_it_is_noted(browser, ana, marketer, admin):
    for number, person in enumerate((marketer, admin), 1):
        answer = browser.sign_in(person).submit(PAGE, label_asked=f"Request {number}", probability_asked="15")
        assert "It holds from now on" in answer.text
    assert [row.number for row in db.session.query(Agreement).order_by(Agreement.number)] == [1, 2]
    assert db.session.query(AuditEvent).filter_by(action="changed how the pipeline is run").count() == 2
    assert browser.sign_in(ana).get(PAGE).status_code == 403


def test_saying_the_same_again_is_no_version(browser, marketer):
    browser.sign_in(marketer).submit(PAGE)
    assert db.session.query(Agreement).count() == 0


def test_its_names_are_used_everywhere(browser, ana, leader, marketer, tax):
    brennan = make.client(tax)
    row = make.opportunity(ana, kind=OpportunityKind.CROSS_SELL, is_asked=True, client_id=brennan.id)
    browser.sign_in(marketer).submit(PAGE, label_asked="Out with them")
    browser.sign_in(ana)
    for address in (
        "/pipeline",
        "/pipeline?view=list",
        f"/pipeline/{row.id}",
        "/pipeline/export.csv",
        f"/clients/{brennan.id}",
    ):
        assert "Out with them" in browser.get(address).text, address
    browser.sign_in(leader)
    for address in ("/team", f"/team/people/{ana.id}"):
        assert "Out with them" in browser.get(address).text, address


def test_its_limits_hold_for_what_stands_there_already(browser, ana, marketer):
    row = make.opportunity(ana, is_asked=True, now=NOON - timedelta(days=5))
    ahead = make.opportunity(ana, is_asked=True, next_step="Ring", next_on=TODAY + timedelta(days=9), ask="Another")
    browser.sign_in(marketer).submit(PAGE, stale_asked="3")
    db.session.expire_all()
    assert row.stale_on == TODAY - timedelta(days=2)
    assert ahead.stale_on == TODAY + timedelta(days=10)
    assert "nothing for 5 days" in browser.sign_in(ana).get("/pipeline").text


def test_its_reasons_are_offered_when_something_ends(browser, ana, marketer):
    row = make.opportunity(ana, is_asked=True)
    browser.sign_in(marketer).submit(PAGE, reasons_lost="Too far away\n\n Too late \nToo far away")
    assert agreement.in_force().reasons[Stage.LOST] == ["Too far away", "Too late"]
    browser.sign_in(ana).submit(f"/pipeline/{row.id}", stage="lost", reason="Too late", note="They moved on.")
    assert row.reason == "Too late"
    assert "Asked to lost, €12,500: Too late" in browser.get(f"/pipeline/{row.id}").text
    browser.sign_in(marketer).submit(PAGE, reasons_lost="Something else")
    browser.sign_in(ana).submit(f"/pipeline/{row.id}", note="Met them again.")
    assert row.reason == "Too late"
    make.move(row, ana, Stage.PROPOSAL)
    assert row.reason == ""


def test_a_reason_that_is_not_on_the_list_is_none(browser, ana):
    row = make.opportunity(ana, is_asked=True)
    browser.sign_in(ana).submit(f"/pipeline/{row.id}", stage="lost", reason="<b>Made up</b>")
    assert row.reason == ""
    assert "Nobody has said yet why it is lost" in browser.get(f"/pipeline/{row.id}").text


def test_two_who_change_it_at_once_are_told(browser, marketer):
    browser.sign_in(marketer).submit(PAGE, label_won="Ours")
    answer = browser.submit(PAGE, number="0", label_won="Signed")
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.text
    assert 'value="Signed"' in answer.text
    assert agreement.labels()[Stage.WON] == "Ours"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"label_won": ""}, "This is needed."),
        ({"label_won": "lost"}, "Two stages"),
        ({"label_won": "x" * 31}, "under 30"),
        ({"probability_asked": "101"}, "between 0 and 100"),
        ({"probability_asked": "٣"}, "whole number"),
        ({"stale_asked": "0"}, "between 1 and 365"),
        ({"reasons_won": " \n "}, "needed"),
        ({"answer_days": "31"}, "between 1 and 30"),
    ],
)
def test_what_makes_no_sense_is_explained(browser, marketer, fields, reason):
    answer = browser.sign_in(marketer).submit(PAGE, **fields)
    assert answer.status_code == 422
    assert reason in answer.text
    assert db.session.query(Agreement).count() == 0


def test_a_win_is_certain_and_an_end_is_none():
    assert probability(Stage.WON, {}) == 100
    assert probability(Stage.LOST, PROBABILITIES) == 0
    assert probability(Stage.PROPOSAL, PROBABILITIES) == 60


def test_a_reason_belongs_to_its_stage(browser, ana):
    row = make.opportunity(ana, is_asked=True)
    answer = browser.sign_in(ana).submit(f"/pipeline/{row.id}", stage="won", reason="We never heard back", note="Kept")
    assert answer.status_code == 422
    assert "That is no reason of “Won”" in answer.text
    assert "Kept" in answer.text
    browser.submit(f"/pipeline/{row.id}", stage="won", reason="Price")
    assert (row.stage, row.reason) == (Stage.WON, "Price")
