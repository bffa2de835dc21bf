"""What a certification needs is set by marketing, kept in versions, and noted."""

from portal.audit.models import AuditEvent
from portal.certification.models import CertificationRule
from portal.db import db


def test_marketing_sets_what_is_needed(browser, marketer):
    browser.sign_in(marketer).submit("/certification/rules", known_percent="75")
    row = db.session.query(CertificationRule).one()
    assert (row.known_percent, row.needs_check, row.needs_recital, row.by_id) == (75, True, True, marketer.id)
    assert db.session.query(AuditEvent).filter_by(action="certification rule changed").count() == 1
    assert "75% of the cards" in browser.get("/certification/rules").text


def test_an_earlier_rule_is_kept(browser, marketer):
    browser.sign_in(marketer)
    for percent in ("75", "85"):
        browser.submit("/certification/rules", known_percent=percent)
    assert [row.known_percent for row in db.session.query(CertificationRule).order_by(CertificationRule.id)] == [75, 85]


def test_nonsense_is_explained(browser, marketer):
    browser.sign_in(marketer)
    for wrong in ("101", "-1", "most", "٩٠", ""):
        answer = browser.post("/certification/rules", known_percent=wrong, needs_check="y")
        assert answer.status_code == 422, wrong


def test_asking_for_nothing_is_refused(browser, marketer):
    answer = browser.sign_in(marketer).post("/certification/rules", known_percent="0")
    assert answer.status_code == 422
    assert "one thing at least" in answer.text
