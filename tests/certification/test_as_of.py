"""Which message was in force on a day, and who was certified on it."""

import csv
import io

import pytest

from portal.accounts.viewer import of
from portal.certification import services
from portal.releases import services as releases
from tests import make
from tests.certification import make_certification
from tests.certification.make_certification import later, publish
from tests.releases import make_releases

CHANGED = make_releases.reworded("one-answer", "You hear one answer.")


@pytest.fixture
def pitch(firm):
    return publish(now=later(-30))


def test_it_is_for_those_who_lead_or_publish(browser, ana, leader, marketer, executive, pitch):
    answers = [browser.sign_in(who).get("/certification/as-of").status_code for who in (ana, leader, marketer)]
    assert answers == [404, 200, 200]
    assert browser.sign_in(executive).get("/certification/as-of").status_code == 200


def test_leaders_see_those_they_lead(browser, leader, other_leader, ana, charlie, pitch):
    for person in (ana, charlie):
        make_certification.certified(person, pitch, now=later(-20))
    page = browser.sign_in(leader).get("/certification/as-of").text
    assert ana.name in page
    assert charlie.name not in page
    assert charlie.name in browser.sign_in(other_leader).get("/certification/as-of").text


def test_each_day_has_its_own_answer(browser, executive, ana, ben, pitch):
    make_certification.certified(ana, pitch, now=later(-20))
    pitch = publish(pitch, claims=CHANGED, now=later(-10))
    make_certification.certified(ben, pitch, now=later(-5))
    browser.sign_in(executive)
    before, between, after = (
        browser.get("/certification/as-of", day=later(days).date().isoformat()).text for days in (-40, -15, -1)
    )
    assert "No pitch was in force" in before
    assert (ana.name in between, ben.name in between) == (True, False)
    assert (ana.name in after, ben.name in after) == (False, True)


def test_taking_back_later_leaves_the_day_as_it_was(browser, executive, admin, ana, pitch):
    row = make_certification.certified(ana, pitch, now=later(-20))
    services.revoke(row, reason="A mistake.", by=of(admin), now=later(-5))
    make_releases.settle()
    browser.sign_in(executive)
    assert ana.name in browser.get("/certification/as-of", day=later(-6).date().isoformat()).text
    assert ana.name not in browser.get("/certification/as-of", day=later(-4).date().isoformat()).text


def test_a_withdrawal_brings_the_words_back(executive, marketer, ana, pitch):
    make_certification.certified(ana, pitch, now=later(-20))
    pitch = publish(pitch, claims=CHANGED, now=later(-10))
    assert make_certification.stale(pitch) == {ana.id}
    releases.withdraw(pitch, number=2, reason="Wrong.", by=of(marketer), now=later(-5))
    services.pitch_changed(pitch.id, later(-5))
    assert make_certification.stale(pitch) == set()


def test_who_has_left_is_still_listed(browser, executive, ana, pitch):
    make_certification.certified(ana, pitch, now=later(-20))
    ana.is_active = False
    assert "no longer here" in browser.sign_in(executive).get("/certification/as-of").text


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-31", "9999-12-31", "١٩٩٩-01-01", "\x00"])
def test_an_odd_day_is_today(browser, executive, pitch, day):
    assert browser.sign_in(executive).get("/certification/as-of", day=day).status_code == 200


def test_it_can_be_taken_away_and_no_cell_is_a_formula(browser, executive, tax, pitch):
    person = make.person("=1+1", tax, email="formula@example.org")
    make_certification.certified(person, pitch, now=later(-20))
    body = browser.sign_in(executive).get("/certification/as-of.csv").data.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(body)))["Person"] == "'=1+1"
    assert browser.get("/certification/as-of.xlsx").data[:2] == b"PK"


def test_strangers_take_nothing_away(browser, ana, pitch):
    assert browser.sign_in(ana).get("/certification/as-of.csv").status_code == 404
