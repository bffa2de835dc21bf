"""Asking about an item, adding to it, and answering."""

import pytest

from portal import mail
from portal.audit.models import AuditEvent
from portal.db import db
from portal.errors import Refused
from portal.library import services as library
from portal.readership import queries, services
from portal.readership.models import Comment
from tests.library import make_library as lib
from tests.make import NOON


@pytest.fixture
def item(marketer):
    return lib.published(marketer, "Handing over")


def said(by, item, viewer, text="How long did it take?", *, is_question=True) -> Comment:
    return services.write(item, text=text, is_question=is_question, by=viewer(by), now=NOON)


def letters(app, person):
    return [each for each in mail.letters(app.extensions["portal_config"]) if each.to == person.email]


def test_a_reader_asks_and_the_owner_answers(browser, ana, ben, marketer, item, app):
    signed_in = browser.sign_in(ana)
    answer = signed_in.post("/library/handing-over/comments/new", sort="question", text="How <b>long</b>?")
    page = signed_in.get(answer.location).text
    assert "How &lt;b&gt;long&lt;/b&gt;?" in page
    assert "Change it" in page

    signed_in = browser.sign_in(marketer)
    assert "One comment waits for an answer" in signed_in.get("/").text
    assert "How &lt;b&gt;long" in signed_in.get("/library/comments").text
    comment = db.session.query(Comment).one()
    signed_in.submit(f"/library/comments/{comment.id}", answer="Two years.")
    assert "waits for an answer" not in signed_in.get("/").text
    assert "Two years." in signed_in.get("/library/comments", show="settled").text

    signed_in = browser.sign_in(ana)
    assert "Mira Sand answered you" in signed_in.get("/").text
    assert "Two years." in signed_in.get("/library/handing-over").text
    assert "Two years." in letters(app, ana)[0].text
    signed_in.post(f"/library/comments/{comment.id}/seen")
    assert "answered you" not in signed_in.get("/").text
    assert "Two years." in browser.sign_in(ben).get("/library/handing-over").text


def test_an_empty_comment_comes_back_with_what_is_missing(browser, ana, item):
    page = browser.sign_in(ana).post("/library/handing-over/comments/new", sort="addition", text=" ")
    assert page.status_code == 422
    assert "This is needed." in page.text


def test_whoever_wants_no_letters_gets_none(ana, marketer, item, viewer, app):
    services.choose_letters(letters=False, by=viewer(ana))
    comment = said(ana, item, viewer)
    services.answer(comment, answer="Two years.", version=1, by=viewer(marketer), now=NOON)
    db.session.commit()
    assert letters(app, ana) == []


def test_one_changes_ones_own_until_it_is_answered(browser, ana, ben, marketer, item, viewer):
    comment = said(ana, item, viewer)
    address = f"/library/comments/{comment.id}/edit"
    assert "changed since" in browser.sign_in(ana).submit(address, text="How long?").text
    assert browser.sign_in(ben).get(address).status_code == 404
    assert browser.post(address, text="Mine now").status_code == 404
    browser.sign_in(marketer).submit(f"/library/comments/{comment.id}", answer="Two years.")
    page = browser.sign_in(ana).submit(address, text="How short?")
    assert page.status_code == 422
    assert "answered already" in page.text


def test_two_tabs_do_not_overwrite_each_other(ana, item, viewer):
    comment = said(ana, item, viewer)
    services.edit(comment, text="How long?", is_question=True, version=1, by=viewer(ana), now=NOON)
    with pytest.raises(Refused, match="changed since you opened it"):
        services.edit(comment, text="How short?", is_question=True, version=1, by=viewer(ana), now=NOON)


def test_one_takes_ones_own_back_and_brings_it_back(browser, ana, ben, marketer, item, viewer):
    comment = said(ana, item, viewer, "Too early.")
    browser.sign_in(ana).post(f"/library/comments/{comment.id}/withdraw")
    assert "nobody else sees it" in browser.get("/library/handing-over").text
    assert "Too early." not in browser.sign_in(ben).get("/library/handing-over").text
    assert browser.get(f"/library/comments/{comment.id}").status_code == 404
    assert "Too early." not in browser.sign_in(marketer).get("/library/comments").text
    browser.sign_in(ana).post(f"/library/comments/{comment.id}/bring-back")
    assert "Too early." in browser.sign_in(ben).get("/library/handing-over").text
    assert browser.post(f"/library/comments/{comment.id}/withdraw").status_code == 404


def test_publishers_hide_with_a_reason_and_it_is_logged(browser, ana, ben, marketer, item, viewer):
    comment = said(ana, item, viewer, "The client was Vollmer.")
    signed_in = browser.sign_in(marketer)
    assert signed_in.post(f"/library/comments/{comment.id}/hide", reason="").status_code == 422
    signed_in.post(f"/library/comments/{comment.id}/hide", reason="It names a client.")
    assert "It names a client." in browser.sign_in(ana).get("/library/handing-over").text
    assert "Vollmer" not in browser.sign_in(ben).get("/library/handing-over").text
    assert browser.post(f"/library/comments/{comment.id}/hide", reason="No.").status_code in {403, 404}
    browser.sign_in(marketer).post(f"/library/comments/{comment.id}/show")
    assert "Vollmer" in browser.sign_in(ben).get("/library/handing-over").text
    actions = [event.action for event in db.session.query(AuditEvent).filter(AuditEvent.action.like("comment%"))]
    assert actions == ["comment hidden", "comment shown again"]


def test_what_needs_no_answer_is_put_aside_and_opened_again(browser, ana, marketer, item, viewer):
    comment = said(ana, item, viewer, "A client said the same.", is_question=False)
    signed_in = browser.sign_in(marketer)
    signed_in.post(f"/library/comments/{comment.id}/settle")
    assert "Nobody waits for you" in signed_in.get("/library/comments").text
    signed_in.post(f"/library/comments/{comment.id}/reopen")
    assert "A client said the same." in signed_in.get("/library/comments").text


def test_only_the_owner_and_publishers_answer(browser, ana, ben, charlie, item, viewer):
    comment = said(ana, item, viewer)
    item.owner_id = charlie.id
    assert browser.sign_in(ben).submit(f"/library/comments/{comment.id}", answer="I think so.").status_code == 422
    assert "Nobody waits for you" in browser.get("/library/comments").text
    assert "How long did it take?" in browser.sign_in(charlie).get("/library/comments").text
    assert "One comment waits" in browser.get("/").text
    browser.submit(f"/library/comments/{comment.id}", answer="Two years.")
    assert db.session.get(Comment, comment.id).answer == "Two years."


def test_comments_go_with_their_item(browser, ana, ben, item, viewer):
    comment = said(ana, item, viewer)
    library.archive(item)
    db.session.flush()
    assert browser.sign_in(ben).get(f"/library/comments/{comment.id}").status_code == 404
    assert browser.post("/library/handing-over/comments/new", sort="question", text="Why?").status_code == 404


def test_the_list_takes_few_statements(browser, ana, marketer, item, viewer, budget):
    for number in range(5):
        said(ana, item, viewer, f"Question {number}")
    assert len(queries.on_item(viewer(ana), item.id)) == 5
    signed_in = browser.sign_in(marketer)
    signed_in.get("/library/comments")
    with budget(4):
        signed_in.get("/library/comments")
