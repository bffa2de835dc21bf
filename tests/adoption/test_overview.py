"""The leader's page."""

import re
from datetime import timedelta

import pytest

from portal.access import Role
from portal.accounts.viewer import of
from portal.adoption import noticed
from portal.counters.models import PersonActivity
from portal.db import db
from portal.pipeline.models import StageChange
from portal.pipeline.stages import Stage
from tests import make
from tests.adoption import make_adoption
from tests.adoption.make_adoption import NOON, counted, did
from tests.pipeline.make_pipeline import move, opportunity


@pytest.fixture(autouse=True)
def programme(session):
    make_adoption.programme()


@pytest.fixture
def team(browser, leader):
    """The page as text, without its tags."""

    def read(address="/team", person=leader):
        counted()
        return words(browser.sign_in(person).get(address))

    return read


def words(page) -> str:
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]).split())


def test_it_needs_signing_in(browser):
    assert browser.get("/team").location.startswith("/sign-in")


def test_it_is_for_leaders_and_executives(browser, ana, marketer, admin):
    assert [browser.sign_in(person).get("/team").status_code for person in (ana, marketer, admin)] == [403, 403, 403]


def test_it_sums_the_practice_and_all_below(team, leader, tax, ana, ben, charlie):
    did(ana)
    did(ben, "see")
    did(charlie)
    page = team()
    assert "3 people" in page
    assert "2 active this week, of 3" in page
    assert "1 module done, 1 under way" in page
    assert "Law" not in page


def test_an_executive_sees_the_firm(team, executive, ana, charlie):
    page = team(person=executive)
    assert page.split(" ", 4)[3] == "Firm"
    assert "Law" in page


def test_a_leader_of_two_practices_chooses(browser, firm, tax, corporate_tax, law):
    person = make.person("Lena Berg", firm, (Role.LEADER, law), (Role.LEADER, tax), (Role.LEADER, corporate_tax))
    page = browser.sign_in(person).get("/team").text
    assert f'<li><a href="/team/practices/{law.id}">Law</a></li>' in page
    assert f'<li><a href="/team/practices/{tax.id}" aria-current="true">Tax</a></li>' in page
    assert f'<li><a href="/team/practices/{corporate_tax.id}"' not in page


def test_it_opens_into_a_practice_below_and_leads_up_again(browser, leader, tax, corporate_tax, ana):
    page = browser.sign_in(leader).get(f"/team/practices/{corporate_tax.id}").text
    assert "<h1>Corporate tax</h1>" in page
    assert f'<a href="/team/practices/{tax.id}">Tax</a>' in page


def test_it_leads_no_further_up_than_one_leads(browser, leader, tax, firm):
    assert f"/team/practices/{firm.id}" not in browser.sign_in(leader).get(f"/team/practices/{tax.id}").text


@pytest.mark.parametrize("name", ["firm", "law"])
def test_other_practices_are_not_there(browser, leader, name, request):
    practice = request.getfixturevalue(name)
    assert browser.sign_in(leader).get(f"/team/practices/{practice.id}").status_code == 404


def test_no_practice_is_not_there_either(browser, leader):
    assert browser.sign_in(leader).get("/team/practices/999999999").status_code == 404


def test_the_heat_map_shows_shares_that_lead_to_the_people(browser, leader, corporate_tax, ana, ben):
    did(ana, of_module="cross-selling")
    counted()
    page = browser.sign_in(leader).get("/team").text
    link = f"/team/people?practice={corporate_tax.id}&module=cross-selling&state=done"
    assert f'<a class="tone-3" href="{link}">50%</a>' in page
    listed = browser.get(link).text
    assert ana.name in listed
    assert ben.name not in listed


def test_people_by_module_adds_up(team, leader, ana, ben):
    did(ana)
    did(ben, "see")
    assert "About referrals 1 1 1" in team()


def test_it_shows_stages_and_value(team, ana, ben):
    opportunity(ana, is_asked=True)
    won = opportunity(ben, is_asked=True, organisation="Elm & Sons")
    move(won, ben, Stage.WON, value=2_000_000)
    page = team()
    assert "Asked 1 0 €12k" in page
    assert "2 asks this quarter" in page
    assert "€20k won this year, from 1; €12k open in 1" in page


def test_who_was_active_and_stopped_has_gone_quiet(team, ana, ben):
    did(ana, now=NOON - timedelta(days=28))
    did(ben, now=NOON - timedelta(days=27))
    page = team().partition("Gone quiet")[2].partition("Deserve thanks")[0]
    assert "Ana Ferreira Corporate tax, last active on 4 February" in page
    assert "Ben Okoro" not in page


def test_first_asks_and_wins_deserve_thanks_without_naming_the_contact(team, ana, ben):
    opportunity(ana, is_asked=True, now=NOON - timedelta(days=60))
    again = opportunity(ana, is_asked=True, organisation="Elm & Sons")
    opportunity(ben, is_asked=True, contact="Dana Reed")
    move(again, ana, Stage.WON)
    page = team().partition("Deserve thanks")[2].partition("People by module")[0]
    assert "Ana Ferreira won a referral, today" in page
    assert "Ben Okoro made a first referral ask, today" in page
    assert page.count("Ana Ferreira") == 1
    assert "Dana" not in page


@pytest.mark.parametrize("few", [0, 10**6])
def test_small_and_large_practices_notice_the_same(session, monkeypatch, few, tax, law, ana, ben, charlie):
    for days, person in enumerate((ana, ben, charlie), start=28):
        did(person, "see", now=NOON - timedelta(days=days))
        opportunity(person, is_asked=True, now=NOON - timedelta(days=days - 20))
        session.get(PersonActivity, person.id, populate_existing=True).last_on = NOON.date() - timedelta(days=days)
    session.flush()
    monkeypatch.setattr(noticed, "FEW", few)
    quiet = noticed.gone_quiet(tax.path, people=5, today=NOON.date())
    thanks = noticed.deserve_thanks(of(charlie), tax.path, people=5, now=NOON)
    assert [row.id for row in quiet] == [ana.id, ben.id]
    assert {row.id for row in thanks} == {ana.id, ben.id}
    assert session.query(StageChange).count() == 3


def test_an_empty_firm_says_what_to_do(browser, executive):
    assert "Nobody has begun yet" in browser.sign_in(executive).get("/team").text


@pytest.mark.parametrize("people", [2, 40])
def test_it_costs_the_same_however_many_there_are(browser, budget, leader, corporate_tax, people):
    for person in make_adoption.crowd(corporate_tax, people):
        did(person, "see")
        opportunity(person, is_asked=True)
    counted()
    browser.sign_in(leader).get("/team")
    browser.forget_who()
    with budget(14):
        browser.client.get("/team")
    assert db.session.query(PersonActivity).count() == people
