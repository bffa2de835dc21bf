"""What people hear outside: sending it, who knows who sent it, and what comes of it."""

from datetime import timedelta

from portal import mail, workbooks
from portal.db import db
from portal.insights.models import FieldInsight, InsightKind
from tests.browser import Fields
from tests.insights.make_insights import heard
from tests.library import make_library as lib
from tests.make import NOON


def send(browser, **given):
    """Fill the form and send it."""
    fields = Fields.of(browser.get("/insights/new").text) | {"text": "They want a fixed fee.", "kind": "trend"}
    return browser.post("/insights/new", **fields | given)


def test_two_lines_and_a_press_are_enough(browser, ana):
    answer = send(browser.sign_in(ana))
    made = db.session.query(FieldInsight).one()
    assert answer.headers["Location"] == f"/insights/{made.id}"
    assert (made.kind, made.source, made.strength, made.quarter) == ("trend", "client", 1, "2026-Q1")


def test_what_makes_no_sense_is_explained(browser, ana):
    signed_in = browser.sign_in(ana)
    for wrong in ({"text": ""}, {"kind": "gossip"}, {"source": "the moon"}, {"strength": "9"}, {"client": "Somebody"}):
        assert send(signed_in, **wrong).status_code == 422, wrong
    assert send(signed_in, client="Somebody", client_id="999999").status_code == 404
    assert not db.session.query(FieldInsight).count()


def test_only_marketing_and_the_sender_know_who_sent_it(browser, ana, ben, marketer, leader, admin):
    made = heard(ana)
    for person, knows in ((ben, False), (leader, False), (admin, False), (marketer, True)):
        signed_in = browser.sign_in(person)
        pages = [
            signed_in.get(address).text for address in (f"/insights/{made.id}", "/insights", "/insights/export.csv")
        ]
        assert all("They ask for a fixed fee" in page for page in pages)
        assert any("Ana Ferreira" in page for page in pages) is knows, person.name
    assert "by you" in browser.sign_in(ana).get(f"/insights/{made.id}").text


def test_an_answer_is_told_to_the_sender_once(app, browser, ana, ben, marketer):
    item = lib.published(marketer, "Fees")
    made = heard(ana)
    signed_in = browser.sign_in(marketer)
    assert "One insight waits for an answer" in signed_in.get("/").text
    for words in ("We write a page.", "We wrote a page."):
        signed_in.post(
            f"/insights/{made.id}/answer", words=words, item=item.title, item_key=item.key, page="/pitch/firm"
        )
    db.session.commit()
    assert [letter.to for letter in mail.letters(app.extensions["portal_config"])] == [ana.email]
    assert "We wrote a page" in browser.sign_in(ben).get(f"/insights/{made.id}").text
    assert "What you heard was read" not in browser.get("/").text
    assert "What you heard was read" in browser.sign_in(ana).get("/").text
    page = browser.get(f"/insights/{made.id}").text
    assert "/library/fees" in page
    assert 'href="/pitch/firm"' in page
    browser.post(f"/insights/{made.id}/seen")
    assert "What you heard was read" not in browser.get("/").text


def test_an_answer_leads_nowhere_outside(browser, ana, marketer):
    made = heard(ana)
    for page in ("https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)", "/people"):
        answer = browser.sign_in(marketer).post(
            f"/insights/{made.id}/answer", words="Read", item="", item_key="", page=page
        )
        assert answer.status_code == 422, page


def test_one_removes_what_one_sent_while_nobody_answered(browser, ana, ben, marketer):
    made = heard(ana)
    assert browser.sign_in(ben).post(f"/insights/{made.id}/take-back").status_code == 404
    assert browser.post(f"/insights/{made.id}/seen").status_code == 404
    browser.sign_in(ana).post(f"/insights/{made.id}/take-back")
    assert not db.session.query(FieldInsight).count()
    kept = heard(ana)
    browser.sign_in(marketer).post(f"/insights/{kept.id}/answer", words="Read.", item="", item_key="", page="")
    assert browser.sign_in(ana).post(f"/insights/{kept.id}/take-back").status_code == 422


def test_they_are_counted_by_kind_and_quarter(browser, ana, ben):
    heard(ana, kind=InsightKind.OBJECTION)
    heard(ana, kind=InsightKind.OBJECTION, now=NOON - timedelta(days=90))
    heard(ben, "The bank buys its rival.", kind=InsightKind.MOVE, industry="Banks")
    signed_in = browser.sign_in(ben)
    page = signed_in.get("/insights").text
    assert "2025-Q4" in page
    assert "From 1 to 1 in 2 quarters" in page
    narrowed = signed_in.get("/insights?kind=industry-move&quarter=2026-Q1&words=bank").text
    assert "buys its rival" in narrowed
    assert "fixed fee" not in narrowed
    assert "Nothing like that was heard yet" in signed_in.get("/insights?quarter=2025-Q4&kind=trend").text


def test_the_list_goes_along_as_a_table_that_runs_nothing(browser, ana, ben):
    heard(ana, "=1+1")
    signed_in = browser.sign_in(ben)
    assert "'=1+1" in signed_in.get("/insights/export.csv").get_data(as_text=True)
    table = workbooks.read(signed_in.get("/insights/export.xlsx?kind=trend").data)
    assert table[1][3] == "=1+1"


def test_the_list_costs_the_same_however_many_there_are(browser, ana, budget):
    for number in range(30):
        heard(ana, f"Heard {number}")
    browser.sign_in(ana)
    with budget(9):
        assert browser.get("/insights").status_code == 200
