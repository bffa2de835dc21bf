"""Asking people to do a module."""

from datetime import timedelta

import pytest

from portal.errors import NotFound, Refused
from portal.learning import queries, services
from tests.learning import make_learning as make

DUE = make.NOON.date() + timedelta(days=5)


@pytest.fixture(autouse=True)
def module(session):
    make.load()
    return queries.modules()[0]


@pytest.fixture
def assign(module, leader, viewer, now):
    def call(**given):
        by = viewer(given.pop("by", leader))
        return services.assign(**{"module_id": module.id, "due_on": DUE, "by": by, "now": now} | given)

    return call


def test_a_person_sees_what_they_are_asked(browser, assign, ana, ben, viewer):
    assign(person_id=ana.id, note="Before the conference.")
    assert [(row.key, row.due_on, row.by) for row in queries.assignments_for(viewer(ana))] == [
        ("referrals", DUE, "Lena Berg")
    ]
    assert queries.assignments_for(viewer(ben)) == []
    assert "Due Monday" in browser.sign_in(ana).get("/modules").text
    assert "Lena Berg asks you to do this: Before the conference." in browser.get("/modules/referrals").text
    assert "Due" not in browser.sign_in(ben).get("/modules/referrals").text


def test_a_practice_means_all_below_it(assign, tax, ana, charlie, viewer):
    assign(practice_id=tax.id)
    assert len(queries.assignments_for(viewer(ana))) == 1
    assert queries.assignments_for(viewer(charlie)) == []


def test_the_earliest_day_counts(assign, ana, tax, viewer):
    assign(practice_id=tax.id, due_on=DUE + timedelta(days=3))
    assign(person_id=ana.id)
    assert queries.next_steps(viewer(ana), make.NOON.date())[0].due_on == DUE


def test_a_withdrawn_one_asks_nobody(assign, ana, leader, viewer, now):
    given = assign(person_id=ana.id)
    services.withdraw(given, by=viewer(leader), now=now)
    services.withdraw(given, by=viewer(leader), now=now)
    assert queries.assignments_for(viewer(ana)) == []
    assert queries.next_steps(viewer(ana), now.date())[0].due_on is None
    assign(person_id=ana.id)


def test_it_refuses_two_addressees_or_none(assign, ana, tax):
    for to in ({}, {"person_id": ana.id, "practice_id": tax.id}):
        with pytest.raises(Refused, match="one person or one practice"):
            assign(**to)


def test_it_refuses_a_day_that_has_passed(assign, ana):
    with pytest.raises(Refused, match="has passed"):
        assign(person_id=ana.id, due_on=make.NOON.date() - timedelta(days=1))


def test_it_refuses_a_module_that_is_not_there(assign, ana):
    with pytest.raises(Refused, match="one of the modules"):
        assign(person_id=ana.id, module_id=999_999)


def test_it_refuses_to_ask_twice(assign, ana):
    assign(person_id=ana.id)
    with pytest.raises(Refused, match="already"):
        assign(person_id=ana.id)


def test_only_those_who_lead_them_may_ask(assign, ana, tax, other_leader, ben):
    for by in (other_leader, ben):
        for to in ({"person_id": ana.id}, {"practice_id": tax.id}):
            with pytest.raises(NotFound):
                assign(by=by, **to)


def test_only_those_who_lead_them_may_withdraw(assign, ana, other_leader, viewer, now):
    given = assign(person_id=ana.id)
    with pytest.raises(NotFound):
        services.withdraw(given, by=viewer(other_leader), now=now)
    assert given.withdrawn_at is None
