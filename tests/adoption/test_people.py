"""The list of people, and its filters."""

from datetime import timedelta

import pytest

from tests import make
from tests.adoption import make_adoption
from tests.adoption.make_adoption import NOON, did


@pytest.fixture(autouse=True)
def programme(session):
    make_adoption.programme()


@pytest.fixture
def listed(browser, leader, ana, ben, charlie):
    """Who of the cast is on the page with these filters."""

    def read(**query) -> set[str]:
        page = browser.sign_in(leader).get("/team/people", **query)
        assert page.status_code == 200
        return {name for name in ("Ana", "Ben", "Charlie", "Lena") if f">{name} " in page.text.partition("<main")[2]}

    return read


def test_it_needs_signing_in(browser):
    assert browser.get("/team/people").location.startswith("/sign-in")


def test_it_is_for_leaders(browser, ana):
    assert browser.sign_in(ana).get("/team/people").status_code == 403


def test_it_lists_those_led_and_nobody_else(listed, corporate_tax):
    make.person("Ana Gone", corporate_tax, is_active=False)
    assert listed() == {"Ana", "Ben", "Lena"}


def test_a_practice_means_all_below_it_unless_asked_otherwise(listed, tax, corporate_tax):
    assert listed(practice=tax.id) == {"Ana", "Ben", "Lena"}
    assert listed(practice=tax.id, directly=1) == {"Lena"}
    assert listed(practice=corporate_tax.id) == {"Ana", "Ben"}


def test_it_filters_by_where_they_stand_in_a_module(listed, ana, ben):
    did(ana)
    did(ben, "see")
    assert listed(module="referrals", state="done") == {"Ana"}
    assert listed(module="referrals", state="under-way") == {"Ben"}
    assert listed(module="referrals", state="not-started") == {"Lena"}
    assert listed(module="cross-selling", state="not-started") == {"Ana", "Ben", "Lena"}
    assert listed(module="referrals") == {"Ana", "Ben", "Lena"}


def test_a_state_without_a_module_means_any(listed, ana, ben):
    did(ana)
    did(ben, "see", of_module="cross-selling")
    assert listed(state="done") == {"Ana"}
    assert listed(state="under-way") == {"Ben"}
    assert listed(state="not-started") == {"Lena"}


def test_quiet_is_nothing_for_four_weeks_since_the_last_time_or_since_joining(listed, ana, ben, leader):
    did(ana, now=NOON - timedelta(days=28))
    did(ben, now=NOON - timedelta(days=27))
    leader.joined_at = NOON - timedelta(days=27)
    assert listed(quiet=1) == {"Ana"}
    leader.joined_at = NOON - timedelta(days=28)
    assert listed(quiet=1) == {"Ana", "Lena"}


def test_who_never_signed_in_goes_quiet_too(listed, ben):
    ben.joined_at = None
    assert "Ben" in listed(quiet=1)


@pytest.mark.parametrize("words", ["ferreira", "ANA", "rreira a", "ana.ferreira@", "  ana   "])
def test_words_find_names_and_addresses(listed, words):
    assert listed(q=words) == {"Ana"}


@pytest.mark.parametrize("words", ["%", "_", "ana_ferreira", "zz\x00b", "'", "x" * 5000])
def test_odd_words_find_nobody(listed, words):
    assert listed(q=words) == set()


@pytest.mark.parametrize(
    "query",
    [
        {"practice": "999999999"},
        {"practice": "9" * 30},
        {"practice": "x"},
        {"practice": "١"},
        {"module": "nothing"},
        {"state": "asleep"},
    ],
)
def test_a_filter_that_is_not_there_is_not_found(browser, leader, query):
    assert browser.sign_in(leader).get("/team/people", **query).status_code == 404


def test_a_strangers_practice_is_not_found(browser, leader, law):
    assert browser.sign_in(leader).get("/team/people", practice=law.id).status_code == 404


def test_it_comes_in_pages_that_keep_the_filters(browser, leader, corporate_tax):
    make_adoption.crowd(corporate_tax, 30)
    page = browser.sign_in(leader).get("/team/people", practice=corporate_tax.id, q="Person")
    assert "1 to 25 of 30" in page.text
    assert f"practice={corporate_tax.id}&amp;q=Person&amp;page=2" in page.text
    assert "26 to 30 of 30" in browser.get("/team/people", practice=corporate_tax.id, q="Person", page=2).text


def test_an_empty_list_offers_a_way_back(browser, leader):
    page = browser.sign_in(leader).get("/team/people", q="nobody at all").text
    assert "Nobody fits" in page
    assert 'href="/team/people"' in page


def test_those_ticked_can_be_asked_to_do_a_module(browser, leader, ana, ben):
    page = browser.sign_in(leader).get("/team/people").text
    assert '<form method="get" action="/team/assign">' in page
    assert f'name="person" value="{ana.id}"' in page
