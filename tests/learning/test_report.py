"""Telling how a field task went."""

import pytest

from portal.db import db
from portal.learning.models import Completion, FieldReport
from tests.learning import make_learning as make

HERE = "/modules/referrals/tell"


@pytest.fixture(autouse=True)
def programme(session):
    make.load(make.module(make.step("tell", "field-task", facts={"logged_as": "report"}), make.step("see")))


def test_a_report_finishes_the_step(browser, ana):
    page = browser.sign_in(ana).submit(HERE, done_on="2026-03-03", text="I asked, and she said yes.")
    assert "To see" in page.text
    assert "she said yes" in browser.get(HERE).text
    assert db.session.query(Completion).count() == 1


def test_sent_twice_it_is_kept_once(browser, ana):
    browser.sign_in(ana)
    for _ in range(2):
        assert browser.post(HERE, done_on="2026-03-03", text="It went well.").status_code == 302
    assert db.session.query(FieldReport).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("done_on", "2026-03-05", "still to come"),
        ("done_on", "yesterday", "Give a day like"),
        ("done_on", "", "Choose a day"),
        ("text", " ", "This is needed"),
        ("text", "x" * 10_001, "under 10,000"),
        ("text", "a\x00b", "be kept"),
    ],
)
def test_it_explains_what_is_wrong_and_keeps_what_was_typed(browser, ana, field, value, reason):
    sent = {"done_on": "2026-03-03", "text": "It went well."} | {field: value}
    answer = browser.sign_in(ana).submit(HERE, **sent)
    assert answer.status_code == 422
    assert reason in answer.text
    assert field == "text" or "It went well." in answer.text
    assert db.session.query(FieldReport).count() == 0


def test_nobody_sees_anothers_report(browser, ana, ben):
    browser.sign_in(ana).submit(HERE, done_on="2026-03-03", text="A private matter.")
    assert "A private matter." not in browser.sign_in(ben).get(HERE).text


def test_what_is_written_is_no_markup(browser, ana):
    browser.sign_in(ana).submit(HERE, done_on="2026-03-03", text="<b>bold</b>")
    assert "&lt;b&gt;bold" in browser.get(HERE).text


def test_it_needs_signing_in(browser):
    assert browser.post(HERE).location.startswith("/sign-in")
