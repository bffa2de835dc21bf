"""Where an item stands, what can be done with it, and what happened; for those who publish, and for its owner."""

import re
from datetime import timedelta

import pytest

from portal import mail
from portal.db import db
from portal.library.models import ItemState, Step
from portal.publishing.models import StateChange
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.publishing.make_items import at, expiring, scheduled


@pytest.fixture
def anas(ana, marketer):
    """A published item that Ana answers for."""
    item = lib.published(marketer, "Anas words", review_on=TODAY - timedelta(days=3))
    item.owner_id = ana.id
    db.session.commit()
    return item


def act(signed_in, item, name, **fields):
    answer = signed_in.post(f"/studio/items/{item.id}/state", act=name, **fields)
    return signed_in.get(answer.location) if answer.status_code == 302 else answer


def buttons(page):
    return set(re.findall(r'name="act" value="([\w-]+)"', page))


def test_each_step_stands_in_the_history_with_who_and_why(browser, anas, ana):
    signed_in = browser.sign_in(ana)
    act(signed_in, anas, "doubt", note="The rate changes in April.")
    page = act(signed_in, anas, "confirm", review_on="2026-09-01").text
    history = page[page.index("What happened") :]
    assert "Revision 1: put under review" in history
    assert "The rate changes in April." in history
    assert history.index("still holds") < history.index("put under review")
    assert (anas.state, str(anas.review_on)) == (ItemState.PUBLISHED, "2026-09-01")


def test_an_owner_has_other_buttons_than_a_publisher(browser, anas, ana, marketer):
    address = f"/studio/items/{anas.id}/state"
    assert buttons(browser.sign_in(ana).get(address).text) == {"confirm", "doubt", "prolong", "expire"}
    anas.step = Step.IN_REVIEW
    assert {"approve", "return"} <= buttons(browser.sign_in(marketer).get(address).text)
    assert not {"approve", "return"} & buttons(browser.sign_in(ana).get(address).text)


def test_a_stranger_finds_nothing(browser, anas, ben):
    signed_in = browser.sign_in(ben)
    assert signed_in.get(f"/studio/items/{anas.id}/state").status_code == 404
    assert act(signed_in, anas, "doubt").status_code == 404
    assert signed_in.post(f"/studio/items/{anas.id}/owner", owner="").status_code == 404


def test_what_an_owner_may_not_do_is_refused(browser, anas, ana):
    anas.step = Step.IN_REVIEW
    page = act(browser.sign_in(ana), anas, "approve")
    assert page.status_code == 422
    assert "That is for somebody else to do" in page.text


@pytest.mark.parametrize(("name", "said"), [("confirm", "Say by when"), ("cancel", "scheduled"), ("dance", "Invalid")])
def test_what_makes_no_sense_is_explained(browser, anas, marketer, name, said):
    page = act(browser.sign_in(marketer), anas, name)
    assert page.status_code == 422
    assert said in page.text
    assert db.session.query(StateChange).count() == 0


def test_a_review_date_in_the_past_is_refused(browser, anas, ana):
    assert "That day has passed" in act(browser.sign_in(ana), anas, "confirm", review_on="2026-03-03").text


def test_sent_back_the_writer_gets_a_mail_with_the_note(app, browser, marketer, colleague):
    item = lib.draft(marketer, "Words")
    act(browser.sign_in(marketer), item, "ask", note="Are the figures right?")
    act(browser.sign_in(colleague), item, "return", note="Which year?")
    assert item.step is Step.DRAFT
    (letter,) = mail.folder(app.extensions["portal_config"]).glob("*.eml")
    assert "Which year?" in letter.read_text()


def test_a_schedule_is_taken_back(browser, marketer):
    item = scheduled(marketer)
    page = act(browser.sign_in(marketer), item, "cancel")
    assert "It is a draft again." in page.text
    assert (item.step, item.publish_at) == (Step.DRAFT, None)


def test_expired_by_a_press_it_is_back_with_another(browser, anas, ana):
    signed_in = browser.sign_in(ana)
    page = act(signed_in, anas, "expire").text
    assert anas.state is ItemState.EXPIRED
    assert 'name="act" value="restore"' in page[: page.index("What you can do")]
    act(signed_in, anas, "restore")
    assert anas.state is ItemState.PUBLISHED


def test_an_expired_item_is_prolonged(browser, marketer):
    item = expiring(marketer)
    with at(NOON + timedelta(hours=2)):
        signed_in = browser.sign_in(marketer)
        assert "Its time was over" in signed_in.get(f"/studio/items/{item.id}/state").text
        act(signed_in, item, "prolong", until_day="2026-03-05", until_time="10:00")
        assert "It expires on 5 March 2026, 10:00" in signed_in.get(f"/studio/items/{item.id}/state").text


def test_an_owner_passes_an_item_on(browser, anas, ana, ben):
    signed_in = browser.sign_in(ana)
    signed_in.post(f"/studio/items/{anas.id}/owner", owner="Ben Okoro", owner_id=str(ben.id))
    assert anas.owner_id == ben.id
    assert signed_in.get(f"/studio/items/{anas.id}/state").status_code == 404
    assert db.session.query(StateChange).one().note == "to Ben Okoro"


def test_it_takes_few_statements(browser, anas, ana, budget):
    signed_in = browser.sign_in(ana)
    signed_in.get(f"/studio/items/{anas.id}/state")
    with budget(6):
        signed_in.get(f"/studio/items/{anas.id}/state")
