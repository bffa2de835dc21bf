"""Looking back at what a worksheet said, and restoring it."""

from datetime import timedelta

import pytest
import time_machine

from portal.db import db
from portal.worksheets.models import FilledHistory
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send


def write(browser, filled, text, at):
    with time_machine.travel(at, tick=False):
        before = filled.answers.get("person", "")
        assert send(browser, filled, {"person": (before, text)}).status_code == 200


def versions(filled):
    return [row.answers.get("person") for row in db.session.query(FilledHistory).order_by(FilledHistory.version)]


@pytest.fixture
def filled(browser, ana, now):
    """Written in three sittings."""
    browser.sign_in(ana)
    filled = make.filled(ana)
    for minutes, text in ((1, "a"), (10, "b"), (60, "c"), (70, "d"), (85, "e"), (200, "f")):
        write(browser, filled, text, now + timedelta(minutes=minutes))
    browser.sign_in(ana)  # a cookie from the future is not believed
    return filled


def test_there_is_one_look_back_for_each_sitting(filled):
    assert versions(filled) == [None, "b", "e"]


def test_the_history_leads_to_each(browser, filled):
    text = browser.get(f"{page(filled)}/history").text
    assert text.count("As it was until") == 2
    assert "4 March 2026, 13:00" in text


def test_looking_back_shows_what_it_said(browser, filled):
    text = browser.get(f"{page(filled)}/history/3").text
    assert "<p>b</p>" in text
    assert "Restore this" in text


def test_looking_back_says_what_changed_since(browser, filled):
    text = browser.get(f"{page(filled)}/history/3").text
    assert "You changed since:" in text
    assert "<li>The person</li>" in text
    browser.post(f"{page(filled)}/history/3/restore")
    assert "It says the same now." in browser.get(f"{page(filled)}/history/3").text


def test_restoring_brings_it_back_and_keeps_the_present(browser, filled):
    browser.post(f"{page(filled)}/history/3/restore")
    assert filled.answers == {"person": "b"}
    assert versions(filled) == [None, "b", "e", "f"]


def test_restoring_twice_changes_nothing_more(browser, filled):
    for _ in range(2):
        assert browser.post(f"{page(filled)}/history/3/restore").status_code == 302
    assert versions(filled) == [None, "b", "e", "f"]


def test_a_finished_one_is_not_restored(browser, filled, now):
    filled.finished_at = now
    assert browser.post(f"{page(filled)}/history/3/restore").status_code == 422
    assert filled.answers == {"person": "f"}


def test_strangers_and_unknown_versions_are_not_found(browser, ben, filled):
    assert browser.get(f"{page(filled)}/history/2").status_code == 404
    assert browser.post(f"{page(filled)}/history/999999999/restore").status_code == 404
    browser.sign_in(ben)
    assert browser.get(f"{page(filled)}/history/3").status_code == 404
    assert browser.post(f"{page(filled)}/history/3/restore").status_code == 404


def test_the_first_sitting_has_no_history_yet(browser, ana):
    assert "One sitting so far" in browser.sign_in(ana).get(f"{page(make.filled(ana))}/history").text
