"""The list of people."""

import pytest

from tests import make


@pytest.fixture
def page(browser, admin, ana, ben, charlie, leader):
    browser.sign_in(admin)

    def opened(**query):
        main = browser.get("/people", **query).text.partition("<main")[2].partition("</main>")[0]
        return {name for name in ("Ana Ferreira", "Ben Okoro", "Charlie Stone", "Lena Berg") if f">{name}</a>" in main}

    return opened


EVERYBODY = {"Ana Ferreira", "Ben Okoro", "Charlie Stone", "Lena Berg"}


def test_it_lists_everybody(page):
    assert page() == EVERYBODY


@pytest.mark.parametrize("words", ["ferreira", "ANA", "ana.ferreira@", "fer ana"])
def test_it_finds_by_words(page, words):
    assert page(words=words) == {"Ana Ferreira"}


def test_it_finds_capitals_with_accents(page, ana):
    ana.title = "Özel danışman"
    assert page(words="özel") == {"Ana Ferreira"}


@pytest.mark.parametrize("words", ["%", "_", "nobody of this name"])
def test_it_takes_words_literally(page, words):
    assert page(words=words) == set()


def test_it_finds_in_a_practice_and_below(page, tax):
    assert page(practice_id=tax.id) == {"Ana Ferreira", "Ben Okoro", "Lena Berg"}


def test_it_finds_by_role(page):
    assert page(role="leader") == {"Lena Berg"}
    assert page(role="practitioner") == EVERYBODY - {"Lena Berg"}


def test_it_finds_by_standing(page, ana, ben):
    ana.is_active, ben.joined_at = False, None
    assert page(state="deactivated") == {"Ana Ferreira"}
    assert page(state="invited") == {"Ben Okoro"}
    assert page(state="active") == {"Charlie Stone", "Lena Berg"}


def test_it_counts_each_standing(browser, page, ana):
    ana.is_active = False
    text = browser.get("/people").text
    assert "Everybody 5" in text
    assert "Active 4" in text
    assert "Deactivated 1" in text


def test_it_says_when_nobody_fits(browser, page):
    assert "Nobody fits" in browser.get("/people", words="zzz").text


def test_long_lists_come_in_pages_that_keep_the_filters(browser, admin, law):
    for number in range(30):
        make.person(f"Row {number:02}", law)
    first = browser.sign_in(admin).get("/people", words="row").text
    assert "1 to 25 of 30" in first
    assert "words=row&amp;page=2" in first
    assert "Row 29" in browser.get("/people", words="row", page=2).text


def test_it_costs_the_same_however_many(browser, admin, budget, law):
    for _ in range(40):
        make.person(practice=law)
    browser.sign_in(admin)
    with budget(8):
        browser.get("/people", words="p", practice_id=law.id)
