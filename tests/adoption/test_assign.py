"""Asking people to do a module, following it, and taking it back."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.learning import queries as learning
from portal.learning.models import Assignment
from tests.adoption import make_adoption
from tests.adoption.make_adoption import NOON, counted, did

DUE = (NOON + timedelta(days=10)).date()


@pytest.fixture(autouse=True)
def module(session):
    make_adoption.programme()
    return learning.modules()[-1]


def asked() -> list[tuple]:
    found = db.session.query(Assignment).filter(Assignment.withdrawn_at.is_(None)).order_by(Assignment.id)
    return [(row.person_id, row.practice_id, row.due_on, row.note) for row in found]


def test_people_who_were_ticked_are_asked(browser, leader, ana, ben, module):
    address = f"/team/assign?person={ana.id}&person={ben.id}"
    page = browser.sign_in(leader).get(address).text
    assert "Ana Ferreira" in page
    answer = browser.submit(address, people=[ana.id, ben.id], module_id=module.id, due_on=DUE, note="Before the fair.")
    assert asked() == [(ana.id, None, DUE, "Before the fair."), (ben.id, None, DUE, "Before the fair.")]
    assert "2 people are asked." in answer.text


def test_who_is_asked_already_is_left_alone(browser, leader, ana, ben, module):
    browser.sign_in(leader).submit(f"/team/assign?person={ana.id}", module_id=module.id, due_on=DUE)
    address = f"/team/assign?person={ana.id}&person={ben.id}"
    browser.submit(address, people=[ana.id, ben.id], module_id=module.id, due_on=DUE)
    assert [row[0] for row in asked()] == [ana.id, ben.id]
    again = browser.submit(address, people=[ana.id, ben.id], module_id=module.id, due_on=DUE)
    assert again.status_code == 422
    assert "asked to do this already" in again.text


def test_a_practice_is_asked(browser, leader, corporate_tax, module):
    address = f"/team/assign?practice={corporate_tax.id}"
    answer = browser.sign_in(leader).submit(address, module_id=module.id, due_on=DUE)
    assert asked() == [(None, corporate_tax.id, DUE, "")]
    assert "The practice is asked." in answer.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"due_on": "2026-03-03"}, "That day has passed"),
        ({"due_on": "soon"}, "Give a day like 2026-03-31."),
        ({"due_on": ""}, "Choose a day."),
        ({"module_id": "0"}, "Choose one."),
        ({"module_id": "999999999"}, "Not a valid choice."),
        ({"module_id": "9" * 40}, "Choose one."),
        ({"people": []}, "Tick at least one of them."),
        ({"people": ["x"]}, "not a valid choice"),
        ({"note": "x" * 501}, "Keep this under 500 characters."),
    ],
)
def test_it_explains_what_is_wrong_and_keeps_what_was_typed(browser, leader, ana, module, sent, words):
    fields = {"people": [ana.id], "module_id": module.id, "due_on": DUE, "note": "Before the fair."} | sent
    answer = browser.sign_in(leader).submit(f"/team/assign?person={ana.id}", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert fields["note"] in answer.text
    assert asked() == []


@pytest.mark.parametrize("person", ["charlie", "admin"])
def test_nobody_else_can_be_asked(browser, leader, ana, module, person, request):
    stranger = request.getfixturevalue(person)
    browser.sign_in(leader)
    assert browser.get(f"/team/assign?person={ana.id}&person={stranger.id}").status_code == 404
    answer = browser.post(f"/team/assign?person={ana.id}", people=[stranger.id], module_id=module.id, due_on=DUE)
    assert answer.status_code == 422
    assert asked() == []


@pytest.mark.parametrize("ids", ["x", "1&person=9999999999999999999999", "-1", "&person=".join(["1"] * 201)])
def test_odd_ids_are_not_found(browser, leader, ids):
    assert browser.sign_in(leader).get(f"/team/assign?person={ids}").status_code == 404


def test_no_other_practice_can_be_asked(browser, leader, law, module):
    answer = browser.sign_in(leader).submit("/team/assign", practice_id=law.id, module_id=module.id, due_on=DUE)
    assert answer.status_code == 422
    assert asked() == []


@pytest.mark.parametrize("address", ["/team/assign", "/team/assignments"])
def test_it_is_for_leaders(browser, ana, address):
    assert browser.get(address).location.startswith("/sign-in")
    assert browser.sign_in(ana).get(address).status_code == 403


@pytest.fixture
def given(browser, leader, corporate_tax, module):
    browser.sign_in(leader).submit(f"/team/assign?practice={corporate_tax.id}", module_id=module.id, due_on=DUE)
    return db.session.query(Assignment).one()


def test_the_list_shows_how_far_they_are(browser, given, ana, ben, charlie):
    did(ana)
    did(ben, "see")
    did(charlie)
    counted()
    assert "1 of 2 done, 1 under way" in browser.get("/team/assignments").text


def test_a_single_persons_state_is_said(browser, leader, ana, module):
    browser.sign_in(leader).submit(f"/team/assign?person={ana.id}", module_id=module.id, due_on=DUE)
    assert '<td data-label="Progress">Not started</td>' in browser.get("/team/assignments").text
    did(ana)
    assert '<td data-label="Progress">Done</td>' in browser.get("/team/assignments").text


def test_another_leader_neither_sees_nor_withdraws_it(browser, given, other_leader):
    assert "Nothing is assigned" in browser.sign_in(other_leader).get("/team/assignments").text
    assert browser.post(f"/team/assignments/{given.id}/withdraw").status_code == 404
    assert len(asked()) == 1


def test_it_can_be_withdrawn_and_that_undone(browser, given):
    answer = browser.post(f"/team/assignments/{given.id}/withdraw")
    assert asked() == []
    page = browser.get(answer.location).text
    assert "Withdrawn: About referrals, for Corporate tax." in page
    browser.post(f"/team/assignments/{given.id}/restore")
    assert len(asked()) == 1


def test_undoing_leaves_a_newer_one_in_force(browser, leader, given, corporate_tax, module):
    browser.post(f"/team/assignments/{given.id}/withdraw")
    browser.submit(f"/team/assign?practice={corporate_tax.id}", module_id=module.id, due_on=DUE)
    assert browser.post(f"/team/assignments/{given.id}/restore").status_code == 422
    assert len(asked()) == 1


def test_only_what_was_withdrawn_is_restored_and_by_its_leader(browser, given, other_leader):
    assert browser.post(f"/team/assignments/{given.id}/restore").status_code == 404
    browser.post(f"/team/assignments/{given.id}/withdraw")
    assert browser.sign_in(other_leader).post(f"/team/assignments/{given.id}/restore").status_code == 404
    assert "Undo" not in browser.get("/team/assignments", withdrawn=given.id).text
