"""Asking for what is missing."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.insights.models import ContentRequest
from tests.browser import Fields
from tests.insights.make_insights import asked, wants
from tests.library import make_library as lib
from tests.make import TODAY


def send(browser, **given):
    """Fill the form as its page gave it, and send it; sends it again where similar things are shown first."""
    fields = Fields.of(browser.get("/requests/new").text) | {"title": "Pricing answers", "wanted_for": "A pitch"}
    return browser.post("/requests/new", **fields | given)


def test_what_is_asked_stands_in_the_list_with_the_askers_vote(browser, ana, ben):
    answer = send(browser.sign_in(ana), helps_by="2026-04-01", kind="template", industry="Retail")
    made = db.session.query(ContentRequest).one()
    assert answer.headers["Location"] == f"/requests/{made.id}"
    assert (made.votes, made.industry, made.quarter, made.root_id) == (1, "Retail", "2026-Q1", made.id)
    page = browser.sign_in(ben).get("/requests").text
    assert "Pricing answers" in page
    assert "it would help by 1 April" in page


def test_sent_twice_it_is_asked_once(browser, ana):
    fields = Fields.of(browser.sign_in(ana).get("/requests/new").text) | {"title": "Pricing", "wanted_for": "A pitch"}
    for _ in range(2):
        browser.post("/requests/new", **fields)
    assert db.session.query(ContentRequest).count() == 1


def test_the_words_that_found_nothing_are_in_the_form(browser, ana):
    assert 'value="succession plans"' in browser.sign_in(ana).get("/requests/new?title=succession+plans").text


def test_before_it_goes_out_one_sees_what_is_there_and_what_others_ask(browser, ana, ben, marketer):
    lib.published(marketer, "Succession in a family firm")
    other = asked(ben, "A checklist for succession in families")
    page = send(browser.sign_in(ana), title="Succession for families")
    assert page.status_code == 200
    assert "/library/succession-in-a-family-firm" in page.text
    assert f"/requests/{other.id}/vote" in page.text
    assert db.session.query(ContentRequest).count() == 1

    sent = Fields.of(page.text.replace('class="press"', 'method="get" class="press"'))
    assert send(browser, **sent | {"looked": "1", "title": "Succession for families"}).status_code == 302
    assert db.session.query(ContentRequest).count() == 2


def test_words_that_say_nothing_are_not_alike(browser, ana, ben):
    asked(ben, "Something for the first meeting with a bank")
    assert send(browser.sign_in(ana), title="Something for the winter fair").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "This is needed"),
        ({"wanted_for": ""}, "This is needed"),
        ({"helps_by": "2026-01-01"}, "That day has passed"),
        ({"helps_by": "soon"}, "Give a day like"),
        ({"kind": "poem"}, "Not a valid choice"),
        ({"title": "x" * 201}, "under 200"),
    ],
)
def test_what_makes_no_sense_is_explained(browser, ana, wrong, words):
    answer = send(browser.sign_in(ana), **wrong)
    assert answer.status_code == 422
    assert words in answer.text or "Invalid" in answer.text
    assert not db.session.query(ContentRequest).count()


def test_the_list_is_by_votes_and_then_by_age(browser, ana, ben, charlie):
    young = asked(ana, "Young and wanted")
    asked(ana, "Older", now=young.asked_at - timedelta(days=3))
    asked(ana, "Newer")
    wants(ben, young)
    page = browser.sign_in(charlie).get("/requests").text
    assert page.index("Young and wanted") < page.index("Older") < page.index("Newer")


def test_the_list_is_narrowed(browser, ana, ben):
    asked(ana, "About pricing", kind="template")
    asked(ben, "About banks")
    signed_in = browser.sign_in(ana)
    for query, there, away in (
        ("words=pricing", "About pricing", "About banks"),
        ("kind=template", "About pricing", "About banks"),
        ("state=all&mine=1", "About pricing", "About banks"),
        ("words=BANKS", "About banks", "About pricing"),
        ("state=nonsense&kind=nonsense&page=99999999999", "About banks", "no such thing"),
    ):
        page = signed_in.get(f"/requests?{query}").text
        assert there in page, query
        assert away not in page, query


def test_what_people_type_is_text(browser, ana, ben):
    made = asked(ana, "<script>alert(1)</script>", wanted_for="<img src=x onerror=alert(1)>")
    page = browser.sign_in(ben).get(f"/requests/{made.id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_lists_cost_the_same_however_many_there_are(browser, ana, ben, budget):
    for number in range(30):
        wants(ben, asked(ana, f"Request {number}", helps_by=TODAY))
    browser.sign_in(ana)
    with budget(9):
        assert browser.get("/requests").status_code == 200
