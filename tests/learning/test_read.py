"""Looking at the programme, a module and a lesson."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.learning import queries, services
from portal.learning.models import Assignment
from tests.learning import make_learning as make


@pytest.fixture(autouse=True)
def programme(session):
    make.load(make.module(), make.module(key="network", order=2))


def test_the_programme_shows_every_module_and_the_next_step(browser, ana):
    page = browser.sign_in(ana).get("/modules").text
    assert "About referrals" in page
    assert "About network" in page
    assert 'href="/modules/referrals/see">Take this step' in page


def test_a_module_offers_its_next_step(browser, ana, viewer, now):
    services.finish_step(make.found("see"), by=viewer(ana), now=now)
    page = browser.sign_in(ana).get("/modules/referrals").text
    assert "Carry on: To say" in page
    assert "1 of 3 steps" in page


def test_a_module_that_is_done_says_so(browser, ana, viewer, now):
    for key in make.LESSONS:
        services.finish_step(make.found(key), by=viewer(ana), now=now)
    assert "You have done this module" in browser.sign_in(ana).get("/modules/referrals").text
    assert "1 of 2 modules done" in browser.get("/modules").text


def test_a_lesson_tells_its_place(browser, ana):
    page = browser.sign_in(ana).get("/modules/referrals/say").text
    assert "Step 2 of 3" in page
    assert "Back to: To see" in page
    assert "1 min read" in page
    assert "<p>Some words.</p>" in page


def test_a_lesson_costs_two_statements(browser, ana, budget):
    browser.sign_in(ana).get("/modules/referrals/say")
    browser.forget_who()
    with budget(2):
        assert browser.client.get("/modules/referrals/say").status_code == 200


def test_the_programme_costs_two_statements(browser, ana, budget):
    browser.sign_in(ana).get("/modules")
    browser.forget_who()
    with budget(2):
        assert browser.client.get("/modules").status_code == 200


def test_what_was_assigned_comes_first_then_what_is_under_way(ana, leader, viewer, now):
    make.load(*(make.module(key=key, order=order) for order, key in enumerate(("brand", "network", "referrals"), 1)))
    services.finish_step(make.found("see", "network"), by=viewer(ana), now=now)
    assert [row.module_key for row in queries.next_steps(viewer(ana), now.date())] == ["network", "brand", "referrals"]
    module = queries.module_for(viewer(ana), "referrals").Module
    due = now.date() + timedelta(days=9)
    services.assign(module_id=module.id, person_id=ana.id, due_on=due, by=viewer(leader), now=now)
    first = queries.next_steps(viewer(ana), now.date())[0]
    assert first == ("referrals", "About referrals", "see", "To see", "lesson", 1, due)
    assert db.session.query(Assignment).count() == 1


def test_it_greets_an_empty_portal(browser, ana):
    make.load(make.module(steps=[]), make.module(key="network", steps=[]))
    assert "No modules yet" in browser.sign_in(ana).get("/modules").text


@pytest.mark.parametrize("address", ["/modules", "/modules/referrals"])
def test_it_needs_signing_in(browser, address):
    assert browser.get(address).location.startswith("/sign-in")


def test_an_unknown_module_is_not_found(browser, ana):
    assert browser.sign_in(ana).get("/modules/nothing").status_code == 404
    assert browser.get("/modules/" + "x" * 3000).status_code == 404
