"""Disputing credit, and deciding."""

import pytest

from portal.accounts.viewer import of
from portal.audit.models import AuditEvent
from portal.credit import queries, services
from portal.credit.models import Dispute, DisputeState, DisputeWord
from portal.db import db
from portal.errors import Refused
from portal.pipeline.shares import CreditRole
from tests.credit.make_credit import as_, dispute, sent, share, won
from tests.make import NOON


@pytest.fixture
def row(ana, ben):
    found = won(ana)
    share(found, ana, {as_(ana): 8000, as_(ben, CreditRole.OPENER): 2000})
    return found


def page(row):
    return f"/pipeline/{row.id}/credit"


def at(found, what):
    return f"/pipeline/{found.opportunity_id}/credit/disputes/{found.id}/{what}"


def test_who_is_named_disputes_and_the_leader_finds_it_on_today(browser, row, ben, leader, other_leader):
    browser.sign_in(ben).submit(page(row) + "/dispute", words="Half of it is mine.")
    found = db.session.query(Dispute).one()
    assert found.state == DisputeState.RAISED
    assert "Decide about Larch Logistics" in browser.sign_in(leader).get("/").text
    assert "Decide about" not in browser.sign_in(other_leader).get("/").text
    assert "Half of it is mine." in browser.sign_in(leader).get(page(row)).text
    assert db.session.query(AuditEvent).filter_by(action="credit disputed").count() == 1


def test_it_stands_on_the_page_of_those_who_decide(browser, row, ben, executive, other_leader):
    dispute(row, ben)
    assert "Waits for a decision" in browser.sign_in(executive).get("/team/origination").text
    assert "Waits for a decision" not in browser.sign_in(other_leader).get("/team/origination").text


def test_there_is_one_open_dispute_at_a_time(browser, row, ana, ben):
    dispute(row, ben)
    found = browser.sign_in(ana).submit(page(row) + "/dispute", words="No, mine.")
    assert found.status_code == 422
    assert "disputed already" in found.text


def test_while_it_is_disputed_the_shares_stay(browser, row, ana, ben):
    dispute(row, ben)
    assert "Share it anew" not in browser.sign_in(ana).get(page(row)).text
    with pytest.raises(Refused, match="disputed"):
        share(row, ana, {as_(ana): 10_000})


def test_it_is_answered_and_the_words_stay_in_their_order(browser, row, ana, ben):
    found = dispute(row, ben)
    browser.sign_in(ana).submit(at(found, "answer"), words="I made the first call.")
    db.session.refresh(found)
    assert found.state == DisputeState.ANSWERED
    assert [word.words for word in db.session.query(DisputeWord).order_by(DisputeWord.id)] == [
        "I opened the door.",
        "I made the first call.",
    ]


def test_a_decision_corrects_the_shares_and_tells_everybody(browser, row, ana, ben, leader):
    found = dispute(row, ben)
    rows = [("source", "Ana Ferreira", "50"), ("opener", "Ben Okoro", "50")]
    browser.sign_in(leader).submit(at(found, "decide"), outcome="change", **sent(*rows, reason="Both did half."))
    db.session.refresh(found)
    assert (found.state, found.decided_by_id, found.posting) == (DisputeState.DECIDED, leader.id, 3)
    assert queries.shares_of(row) == {as_(ana): 5000, as_(ben, CreditRole.OPENER): 5000}
    for person in (ana, ben):
        assert "Credit for Larch Logistics" in browser.sign_in(person).get("/").text


def test_a_decision_may_leave_them(browser, row, ana, ben, leader):
    found = dispute(row, ben)
    browser.sign_in(leader).submit(at(found, "decide"), outcome="stay", reason="It was agreed before.")
    db.session.refresh(found)
    assert (found.state, found.posting) == (DisputeState.DECIDED, None)
    assert queries.shares_of(row)[as_(ana)] == 8000
    assert "It was agreed before." in browser.sign_in(ben).get(page(row)).text


def test_a_decision_that_does_not_add_up_is_handed_back(browser, row, ben, leader):
    found = dispute(row, ben)
    rows = [("source", "Ana Ferreira", "50"), ("opener", "Ben Okoro", "40")]
    answer = browser.sign_in(leader).submit(at(found, "decide"), outcome="change", **sent(*rows))
    assert answer.status_code == 422
    assert "10% are missing" in answer.text


def test_nobody_decides_about_a_share_of_their_own(browser, row, ana, ben, leader, executive):
    share(row, ana, {as_(ana): 5000, as_(leader): 5000})
    found = dispute(row, ben)
    assert browser.sign_in(leader).get(at(found, "decide")).status_code == 404
    assert browser.post(at(found, "decide"), outcome="stay", reason="Mine.").status_code == 404
    assert browser.sign_in(executive).get(at(found, "decide")).status_code == 200


def test_nobody_gives_themselves_a_share_by_deciding(browser, row, ben, leader):
    found = dispute(row, ben)
    rows = [("source", "Ana Ferreira", "50"), ("opener", "Lena Berg", "50")]
    answer = browser.sign_in(leader).submit(at(found, "decide"), outcome="change", **sent(*rows))
    assert answer.status_code == 422
    assert "You can&#39;t give yourself a share" in answer.text


def test_who_raised_it_takes_it_back_and_nobody_else(browser, row, ana, ben):
    found = dispute(row, ben)
    assert browser.sign_in(ana).post(at(found, "withdraw")).status_code == 404
    browser.sign_in(ben).post(at(found, "withdraw"))
    db.session.refresh(found)
    assert found.state == DisputeState.WITHDRAWN
    assert "Share it anew" in browser.sign_in(ana).get(page(row)).text


def test_strangers_find_nothing(browser, row, ben, charlie):
    found = dispute(row, ben)
    browser.sign_in(charlie)
    for address in (page(row) + "/dispute", at(found, "answer"), at(found, "decide")):
        assert browser.get(address).status_code == 404
    for what in ("answer", "decide", "withdraw"):
        assert browser.post(at(found, what), words="Mine.").status_code == 404


def test_an_answer_to_what_was_said_meanwhile_is_handed_back(browser, row, ana, ben):
    found = dispute(row, ben)
    browser.sign_in(ana).submit(at(found, "answer"), words="First.")
    answer = browser.post(at(found, "answer"), words="From another tab.", version="1")
    assert answer.status_code == 422
    assert "From another tab." in answer.text


def test_every_word_counts_on_so_that_nobody_decides_past_it(browser, row, ana, ben, leader):
    found = dispute(row, ben)
    services.answer(found, words="First.", version=found.version, by=of(ana), now=NOON)
    db.session.flush()
    seen = found.version
    services.answer(found, words="Second.", version=seen, by=of(ana), now=NOON)
    db.session.flush()
    answer = browser.sign_in(leader).submit(
        at(found, "decide"), outcome="stay", reason="I had not read the second.", dispute_version=str(seen)
    )
    assert answer.status_code == 422
    assert "Read it first" in answer.text
    assert found.state == DisputeState.ANSWERED


def test_who_comes_too_late_finds_what_became_of_it(browser, row, ana, ben, leader):
    found = dispute(row, ben)
    browser.sign_in(ben)
    for _ in range(2):
        assert browser.post(at(found, "withdraw")).location == page(row)
    assert "This dispute is closed" in browser.sign_in(ana).submit(at(found, "answer"), words="Late.").text
    assert browser.sign_in(leader).get(at(found, "decide")).location == page(row)
    assert db.session.query(DisputeWord).filter_by(words="Late.").count() == 0
    assert browser.get(f"/pipeline/{row.id}/credit/disputes/999999/answer").status_code == 404
