"""Reminders: due on Today, done, taken back, moved."""

from datetime import date, timedelta

import pytest

from portal.accounts.viewer import of
from portal.worksheets import reminders
from tests.make import NOON


@pytest.fixture
def late(ana):
    return reminders.add(what="Ring the controller", due_on=date(2026, 3, 2), by=of(ana), now=NOON - timedelta(days=4))


@pytest.fixture
def coming(ana):
    return reminders.add(what="Send the note", due_on=date(2026, 3, 9), by=of(ana), now=NOON)


def test_today_says_what_is_due_and_not_what_comes(browser, ana, late, coming):
    text = browser.sign_in(ana).get("/").text
    assert "Ring the controller" in text
    assert "Send the note" not in text


def test_what_is_due_first_stands_first(browser, ana, coming, late):
    text = browser.sign_in(ana).get("/worksheets/reminders").text
    assert text.index("Ring the controller") < text.index("Send the note")


def test_done_and_back(browser, ana, late):
    browser.sign_in(ana).post(f"/worksheets/reminders/{late.id}/done")
    assert late.done_at == NOON
    assert "Ring the controller" not in browser.get("/").text
    assert "Ring the controller" in browser.get("/worksheets/reminders?done=1").text
    browser.post(f"/worksheets/reminders/{late.id}/open")
    assert late.done_at is None


def test_it_can_be_moved(browser, ana, late):
    answer = browser.sign_in(ana).post(f"/worksheets/reminders/{late.id}/move", due_on="2026-03-20")
    assert answer.status_code == 302
    assert late.due_on == date(2026, 3, 20)


@pytest.mark.parametrize(("day", "said"), [("2026-03-01", "today or a later day"), ("soon", "Give a day like")])
def test_days_that_do_not_fit_are_explained(browser, ana, late, day, said):
    answer = browser.sign_in(ana).post(f"/worksheets/reminders/{late.id}/move", due_on=day)
    assert answer.status_code == 422
    assert said in answer.text
    assert late.due_on == date(2026, 3, 2)


def test_the_empty_page_says_what_to_do(browser, ana):
    assert "press “Remind me”" in browser.sign_in(ana).get("/worksheets/reminders").text


def test_strangers_find_nothing(browser, ben, late):
    browser.sign_in(ben)
    for act in ("done", "open", "move"):
        assert browser.post(f"/worksheets/reminders/{late.id}/{act}", due_on="2026-04-01").status_code == 404
    assert "Ring the controller" not in browser.get("/worksheets/reminders").text
