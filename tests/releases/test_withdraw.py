"""Taking a version back, and what was in force when."""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.drills.models import Card
from portal.errors import Refused
from portal.message import queries
from portal.releases import services
from portal.releases.models import Release
from tests.make import NOON
from tests.releases.make_releases import CLAIMS, OPENER, pitch, publish, reworded, settle


@pytest.fixture
def firms(firm):
    return pitch()


@pytest.fixture
def by(marketer, viewer):
    return viewer(marketer)


def withdraw(found, number, by, reason="It named a client.", now=NOON):
    services.withdraw(found, number=number, reason=reason, by=by, now=now)
    settle()


def opener(found):
    return next(claim.text for claim in queries.said_in(found.id, found.number) if claim.key == "opener")


def test_the_version_before_is_in_force_again_with_its_cards(firms, by):
    publish(firms, claims=reworded("opener", "New."), change="Two.")
    withdraw(firms, 2, by)
    assert (firms.number, firms.latest, opener(firms)) == (1, 2, OPENER)
    assert OPENER in db.session.query(Card).filter_by(key="opener").one().back
    assert queries.withdrawals_of(firms)[2].reason == "It named a client."


def test_the_next_version_has_a_number_of_its_own(firms, by):
    publish(firms, claims=reworded("opener", "New."), change="Two.")
    withdraw(firms, 2, by)
    assert publish(firms, claims=reworded("opener", "Newer."), change="Three.").number == 3


def test_withdrawing_an_old_one_only_marks_it(firms, by):
    publish(firms, claims=reworded("opener", "New."), change="Two.")
    withdraw(firms, 1, by)
    assert (firms.number, opener(firms)) == (2, "New.")
    withdraw(firms, 2, by)
    assert firms.number == 0


def test_a_pitch_without_a_version_is_nobodys(browser, ana, firms, by):
    withdraw(firms, 1, by)
    assert "No pitch is published yet" in browser.sign_in(ana).get("/pitch").text
    assert publish(firms, claims=CLAIMS, change="Again.").number == 2


def test_what_it_passed_on_is_taken_back_too(firms, tax, by):
    taxes = pitch(key="tax", practice_key=tax.key, claims=reworded("opener", "We do tax.")[:1])
    publish(firms, claims=reworded("too-small", "Small?"), change="Two.")
    withdraw(firms, 2, by)
    texts = {claim.key: claim.text for claim in queries.said_in(taxes.id, taxes.number)}
    assert (taxes.number, texts["too-small"]) == (3, "You are too small.")


def test_a_practice_goes_back_to_its_own_words_and_todays_inheritance(firms, tax, by):
    taxes = pitch(key="tax", practice_key=tax.key, claims=reworded("opener", "We do tax.")[:1])
    publish(taxes, claims=reworded("opener", "We do more tax.")[:1], change="Two.")
    publish(firms, claims=reworded("too-small", "Small?"), change="Firm's two.")
    withdraw(taxes, 3, by)
    withdraw(taxes, 2, by)
    texts = {claim.key: claim.text for claim in queries.said_in(taxes.id, taxes.number)}
    assert texts["too-small"] == "Small?"


@pytest.mark.parametrize(("number", "reason", "words"), [(1, " ", "Say why"), (2, "Because.", "withdrawn already")])
def test_it_explains_what_cannot_be_withdrawn(firms, by, number, reason, words):
    publish(firms, claims=reworded("opener", "New."), change="Two.")
    withdraw(firms, 2, by)
    with pytest.raises(Refused, match=words):
        services.withdraw(firms, number=number, reason=reason, by=by, now=NOON)


def test_people_are_told_of_it(firms, by, ana, app):
    publish(firms, claims=reworded("opener", "New."), change="Two.")
    withdraw(firms, 2, by)
    release = db.session.query(Release).filter_by(kind="withdrawn").one()
    assert release.told == release.to_tell == release.effects["people"] > 0


steps = st.lists(st.sampled_from(["publish", "withdraw"]), min_size=1, max_size=6)
_numbers = count(1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_what_was_in_force_on_a_day_never_changes_afterwards(session, by, steps):
    key = f"p{next(_numbers)}"
    found, told = pitch(key=key, practice_key=key), {0: 1}
    for day, step in enumerate(steps, 1):
        now = NOON + timedelta(days=day)
        if step == "publish":
            publish(found, claims=reworded("opener", f"Words {day}."), change="On.", now=now)
        elif found.number:
            withdraw(found, found.number, by, now=now)
        told[day] = found.number
        for earlier, number in told.items():
            assert queries.in_force_on(found.id, NOON + timedelta(days=earlier, hours=1)) == number
    assert queries.in_force_on(found.id, NOON - timedelta(days=1)) == 0
