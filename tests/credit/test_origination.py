"""Who brought in what: the sums, the rows, and the files."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.credit import periods
from portal.pipeline.shares import CreditRole
from tests.credit.make_credit import as_, share, won
from tests.make import NOON
from tests.pipeline.make_pipeline import opportunity


@pytest.fixture
def year(ana, ben, charlie):
    first = won(ana, value=1_000_000)
    share(first, ana, {as_(ana): 5000, as_(ben, CreditRole.OPENER): 2500, as_(charlie, CreditRole.EXPERT): 2500})
    won(ben, value=300_000, organisation="Elm & Sons", now=NOON - timedelta(days=200))
    won(charlie, value=900_000, organisation="Oak")
    return first


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_a_leader_sees_the_sums_of_their_practices_alone(browser, year, leader, other_leader, executive):
    found = browser.sign_in(leader).get("/team/origination").text
    assert "€13,000 won in Tax" in found
    assert found.index("Ben Okoro") < found.index("Charlie Stone")
    assert "€9,000" not in found
    assert "€9,000 won in Law" in browser.sign_in(other_leader).get("/team/origination").text
    assert "€22,000 won in Firm" in browser.sign_in(executive).get("/team/origination").text


def test_practices_that_are_not_led_are_not_there(browser, year, leader, law):
    browser.sign_in(leader)
    for address in ("/team/origination", "/team/origination.csv", "/team/origination/rows", "/team/rainmaker-risk"):
        assert browser.get(f"{address}?practice={law.id}").status_code == 404


def test_the_parts_add_up_to_the_whole_on_the_page_and_in_the_file(browser, year, leader):
    browser.sign_in(leader)
    for query in ("", "?role=opener", "?period=this-quarter", "?period=last-year"):
        sums, rows = (
            lines(browser.get(f"/team/origination.csv{query}")),
            lines(browser.get(f"/team/origination/rows.csv{query}")),
        )
        page = browser.get(f"/team/origination{query}").text
        assert sum(float(row["Credited"]) for row in sums) == sum(float(row["Credited"]) for row in rows)
        assert all(row["Who"] in page for row in sums)
        for row in sums:
            mine = [float(each["Credited"]) for each in rows if each["Who"] == row["Who"]]
            assert sum(mine) == float(row["Credited"])
    assert browser.get("/team/origination.xlsx").status_code == 200


def test_a_sum_opens_to_its_rows(browser, year, leader, ben):
    found = browser.sign_in(leader).get(f"/team/origination/rows?person={ben.id}").text
    assert "Larch Logistics" in found
    assert "Elm &amp; Sons" in found
    assert "€5,500" in found


def test_everybody_sees_their_own(browser, year, ana, charlie):
    found = browser.sign_in(charlie).get("/credit/mine").text
    assert "€11,500" in found
    assert "Larch Logistics" in found
    assert [row["Credited"] for row in lines(browser.get("/credit/mine.csv"))] == ["9000.0", "2500.0"]
    assert "€5,000" in browser.sign_in(ana).get("/credit/mine").text


def test_who_brought_in_nothing_is_told_what_would_stand_there(browser, coach, leader):
    assert "Nothing yet" in browser.sign_in(coach).get("/credit/mine").text
    assert "Nothing won fits" in browser.sign_in(leader).get("/team/origination").text
    assert "Nothing to read yet" in browser.sign_in(leader).get("/team/rainmaker-risk").text


@pytest.mark.parametrize(
    ("address", "most"), [("/team/origination", 9), ("/credit/mine", 5), ("/team/rainmaker-risk", 9)]
)
def test_they_cost_few_statements(browser, budget, year, leader, address, most):
    browser.sign_in(leader).get(address)
    browser.forget_who()
    with budget(most):
        assert browser.client.get(address).status_code == 200


def test_periods_are_whole_quarters_that_meet():
    known = periods.periods(date(2026, 2, 11))
    assert known["this-quarter"].since == known["last-quarter"].until == date(2026, 1, 1)
    assert (known["four-quarters"].since, known["four-quarters"].until) == (date(2025, 4, 1), date(2026, 4, 1))
    assert known["last-year"].until == known["this-year"].since
    assert periods.period("nonsense", date(2026, 2, 11)).key == "four-quarters"
    assert periods.last_quarters(date(2026, 2, 11), 3) == [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]


@pytest.mark.parametrize(("currency", "whole"), [("JPY", 1_000_001), ("KWD", 1000.001), ("EUR", 10_000.01)])
def test_files_count_in_whole_units_of_the_firms_currency(app, browser, monkeypatch, ana, leader, currency, whole):
    own = replace(app.extensions["portal_config"], CURRENCY=currency)
    monkeypatch.setitem(app.extensions, "portal_config", own)
    won(ana, value=1_000_001)
    opportunity(ana, value=1_000_001, organisation="Open")
    browser.sign_in(leader)
    for address, column in (
        ("/team/origination.csv", "Credited"),
        ("/team/origination.csv", "Source"),
        ("/team/origination/rows.csv", "Credited"),
        (f"/team/rainmaker-risk/people/{ana.id}.csv", "Worth"),
    ):
        (row,) = lines(browser.get(address))
        assert (float(row[column]), row["Currency"]) == (whole, currency), address
    assert float(lines(browser.sign_in(ana).get("/credit/mine.csv"))[0]["Credited"]) == whole


def test_wins_without_a_value_are_not_said_to_be_none(browser, ana, leader):
    won(ana, value=None)
    found = browser.sign_in(leader).get("/team/origination").text
    assert "has no value yet" in found
    assert "Ana Ferreira" in found
