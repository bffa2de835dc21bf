"""Playing client conversations."""

import pytest

from portal.db import db
from portal.drills import scenarios
from portal.drills.models import ScenarioChoice, ScenarioRun
from tests.drills.make_drills import conversation
from tests.make import NOON

KEY = "a-key-from-the-page"


@pytest.fixture
def scenario():
    return conversation()


@pytest.fixture
def run(scenario, ana, viewer):
    return scenarios.begin(scenario, key=KEY, by=viewer(ana), now=NOON)


def say(browser, run, place, choice):
    return browser.post(f"/drills/conversation-runs/{run.id}/choices", place=place, choice=choice)


def test_it_begins_once_however_often_it_is_sent(browser, ana, scenario):
    browser.sign_in(ana)
    for _ in range(2):
        answer = browser.post("/drills/conversations/bus/runs", key=KEY)
        assert answer.status_code == 303
    assert db.session.query(ScenarioRun).count() == 1


def test_it_goes_on_from_what_was_chosen_and_says_why(browser, ana, run):
    browser.sign_in(ana)
    assert say(browser, run, 0, 0).status_code == 303
    page = browser.get(f"/drills/conversation-runs/{run.id}").text
    assert "Because you asked." in page
    assert "Tell me more." in page


def test_it_ends_with_a_debrief(browser, ana, run):
    browser.sign_in(ana)
    say(browser, run, 0, 1)
    page = browser.get(f"/drills/conversation-runs/{run.id}").text
    assert "You lost them this time" in page
    assert "Ask before you tell." in page
    assert "What would have been stronger" in page


def test_the_same_choice_sent_twice_counts_once_and_no_choice_can_be_changed(browser, ana, run):
    browser.sign_in(ana)
    for _ in range(2):
        assert say(browser, run, 0, 0).status_code == 303
    changed = say(browser, run, 0, 1)
    assert changed.status_code == 422
    assert "answered this already" in changed.text
    assert db.session.query(ScenarioChoice).count() == 1
