"""Marketing's desk: taking, answering, declining, and what people are told."""

from datetime import timedelta

from portal import mail
from portal.db import db
from portal.insights import desk
from portal.insights.models import RequestState
from tests.insights.make_insights import answered, asked, wants
from tests.library import make_library as lib
from tests.make import NOON


def subjects(app):
    """The mails that went out: to whom, and about what."""
    db.session.commit()
    return sorted((letter.to, letter.subject) for letter in mail.letters(app.extensions["portal_config"]))


def test_an_answer_with_an_item_is_told_to_everybody_who_wanted_it_once(app, browser, ana, ben, charlie, marketer):
    item = lib.published(marketer, "E-invoicing on one page")
    made = asked(ana)
    wants(ben, made)
    browser.sign_in(marketer).post(
        f"/requests/{made.id}/answer", item=item.title, item_key=item.key, words="Written for you."
    )
    told = subjects(app)
    assert told == [(person.email, f"Answered: {made.title}") for person in (ana, ben)]
    assert f"Answered: {made.title}" in browser.sign_in(ben).get("/").text
    page = browser.get(f"/requests/{made.id}").text
    assert f"/library/{item.key}" in page
    browser.post(f"/requests/{made.id}/seen")
    assert f"Answered: {made.title}" not in browser.get("/").text
    assert f"Answered: {made.title}" not in browser.sign_in(charlie).get("/").text


def test_an_item_is_found_by_its_address_or_title_too(browser, ana, marketer):
    item = lib.published(marketer, "E-invoicing on one page")
    for words in (f"https://portal.example/library/{item.key}", item.key, item.title):
        made = asked(ana)
        browser.sign_in(marketer).post(f"/requests/{made.id}/answer", item=words, item_key="", words="")
        db.session.refresh(made)
        assert made.item_id == item.id, words


def test_what_is_no_published_item_is_refused(browser, ana, marketer):
    draft = lib.draft(marketer, "Not yet")
    made = asked(ana)
    answer = browser.sign_in(marketer).post(f"/requests/{made.id}/answer", item="Not yet", item_key=draft.key, words="")
    assert answer.status_code == 422
    assert "among the published items" in answer.text
    assert browser.post(f"/requests/{made.id}/answer", item="", item_key="", words="").status_code == 422


def test_the_asker_says_that_was_it(browser, ana, ben, marketer):
    made = asked(ana)
    wants(ben, made)
    answered(made, marketer)
    browser.sign_in(ben).post(f"/requests/{made.id}/say", helps="no", said="Mine")
    db.session.refresh(made)
    assert made.state is RequestState.ANSWERED
    browser.sign_in(ana).post(f"/requests/{made.id}/say", helps="yes", said="")
    db.session.refresh(made)
    assert made.helps is True
    assert "that was it" in browser.get(f"/requests/{made.id}").text


def test_not_quite_opens_it_again_and_the_wait_goes_on(browser, ana, marketer, viewer):
    made = asked(ana, now=NOON - timedelta(days=9))
    answered(made, marketer)
    assert made.days_taken == 9
    assert browser.sign_in(ana).post(f"/requests/{made.id}/say", helps="no", said="").status_code == 422
    browser.post(f"/requests/{made.id}/say", helps="no", said="It has no figures.")
    db.session.refresh(made)
    assert (made.state, made.days_taken, made.said) == (RequestState.OPEN, None, "It has no figures.")
    assert "It has no figures" in browser.sign_in(marketer).get("/requests/to-answer").text


def test_whoever_writes_it_is_named_with_a_day(browser, ana, marketer):
    made = asked(ana)
    assert browser.sign_in(marketer).post(f"/requests/{made.id}/take", until="2026-03-01").status_code == 422
    browser.post(f"/requests/{made.id}/take", until="2026-03-20")
    assert "by Mira Sand, ready by 20 March" in browser.sign_in(ana).get(f"/requests/{made.id}").text
    browser.sign_in(marketer).post(f"/requests/{made.id}/leave")
    db.session.refresh(made)
    assert (made.state, made.writer_id) == (RequestState.OPEN, None)


def test_a_refusal_has_a_reason_that_is_told(app, browser, ana, marketer):
    made = asked(ana)
    assert browser.sign_in(marketer).post(f"/requests/{made.id}/decline", reason="").status_code == 422
    browser.post(f"/requests/{made.id}/decline", reason="The rules forbid it.")
    assert subjects(app) == [(ana.email, f"Not this time: {made.title}")]
    assert "The rules forbid it" in browser.sign_in(ana).get(f"/requests/{made.id}").text
    browser.sign_in(marketer).post(f"/requests/{made.id}/reopen")
    db.session.refresh(made)
    assert made.state is RequestState.OPEN
    assert "Answered:" not in browser.sign_in(ana).get("/").text


def test_those_who_voted_for_a_merged_request_are_told_too(app, browser, ana, ben, marketer):
    kept, gone = asked(ana, "One"), asked(ben, "The same")
    browser.sign_in(marketer).post(f"/requests/{kept.id}/merge", other=gone.id)
    browser.post(f"/requests/{kept.id}/answer", item="", item_key="", words="Here.")
    assert [to for to, _ in subjects(app)] == [ana.email, ben.email]


def test_the_desk_is_marketings(browser, ana, marketer):
    made = asked(ana)
    signed_in = browser.sign_in(ana)
    assert signed_in.get("/requests/to-answer").status_code == 403
    for act in ("take", "answer", "decline", "merge"):
        assert signed_in.post(f"/requests/{made.id}/{act}").status_code == 403
    assert "One request waits for an answer" in browser.sign_in(marketer).get("/").text


def test_a_promise_that_is_due_is_on_todays_list(browser, ana, marketer, viewer):
    made = asked(ana)
    desk.take(made, until=NOON.date(), by=viewer(marketer), now=NOON)
    assert f"Finish: {made.title}" in browser.sign_in(marketer).get("/").text
