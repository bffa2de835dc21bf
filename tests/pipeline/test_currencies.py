"""Values in other currencies: the rate of the day is kept with each, and sums are in the firm's."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import money
from portal.audit.models import AuditEvent
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.errors import Refused
from portal.pipeline import rates
from portal.pipeline.models import Opportunity, Rate, StageChange
from portal.pipeline.stages import Stage
from tests.make import TODAY
from tests.pipeline import make_pipeline as make
from tests.pipeline.make_pipeline import SENT


def only():
    return db.session.query(Opportunity).one()


def test_a_value_keeps_its_rate_and_sums_are_in_the_firms(browser, ana, marketer):
    make.rate(marketer, "USD", "0.9")
    make.opportunity(ana, value=1_000_000)
    browser.sign_in(ana).post("/pipeline/new", **SENT | {"value": "10,000", "currency": "USD", "ask": "Other"})
    row = db.session.query(Opportunity).filter_by(currency="USD").one()
    assert (row.value, row.rate, row.worth) == (1_000_000, 900_000_000, 900_000)
    make.rate(marketer, "USD", "0.5")
    text = browser.get("/pipeline").text
    assert "worth €19,000 together" in text
    assert "$10,000" in text
    assert "(€9,000)" in text
    assert sum(one.amount for one in db.session.query(Standing)) == 1_900_000
    assert "at 0.9" in browser.get(f"/pipeline/{row.id}").text


def test_another_value_takes_the_rate_of_its_day(browser, ana, marketer):
    make.rate(marketer, "USD", "0.9")
    row = make.opportunity(ana, value=1_000_000, currency="USD")
    make.rate(marketer, "USD", "0.5")
    make.move(row, ana, Stage.ASKED)
    assert row.worth == 900_000
    make.move(row, ana, Stage.WON, value=2_000_000)
    assert (row.rate, row.worth) == (500_000_000, 1_000_000)
    won = db.session.query(DailyCount).filter_by(measure="won").one()
    assert won.amount == 1_000_000
    make.move(row, ana, Stage.WON, value=2_000_000, currency="EUR")
    db.session.expire_all()
    assert won.amount == 2_000_000
    assert [one.currency for one in db.session.query(StageChange).order_by(StageChange.id)][-2:] == ["USD", "EUR"]


@pytest.mark.parametrize(
    ("currency", "typed", "value", "worth", "shown"),
    [("JPY", "1,500,000", 1_500_000, 900_000, "1,500,000 JPY"), ("KWD", "12.345", 12_345, 4_012, "12 KWD")],
)
def test_currencies_of_no_and_of_three_decimals(browser, ana, marketer, currency, typed, value, worth, shown):
    make.rate(marketer, "JPY", "0.006")
    make.rate(marketer, "KWD", "3.25")
    browser.sign_in(ana).post("/pipeline/new", **SENT | {"value": typed, "currency": currency})
    assert (only().value, only().worth) == (value, worth)
    assert shown in browser.get(f"/pipeline/{only().id}").text


@pytest.mark.parametrize("typed", ["12.5", "12.50"])
def test_an_amount_has_no_more_decimals_than_its_currency(browser, ana, marketer, typed):
    make.rate(marketer, "JPY", "0.006")
    answer = browser.sign_in(ana).post("/pipeline/new", **SENT | {"value": typed, "currency": "JPY"})
    assert answer.status_code == 422
    assert "Give an amount like" in answer.text


@pytest.mark.parametrize("currency", ["USD", "XXX", "\x00", "eur"])
def test_a_currency_without_a_rate_is_refused(browser, ana, currency):
    answer = browser.sign_in(ana).post("/pipeline/new", **SENT, currency=currency)
    assert answer.status_code == 422
    assert db.session.query(Opportunity).count() == 0


def test_a_worth_that_is_more_than_can_be_kept_is_refused(ana, marketer):
    make.rate(marketer, "KWD", "999999")
    with pytest.raises(Refused, match="more than we can keep"):
        make.opportunity(ana, value=money.LARGEST, currency="KWD")


def test_a_rate_holds_from_its_day(ana, marketer):
    make.rate(marketer, "USD", "0.8", TODAY - timedelta(days=10))
    make.rate(marketer, "USD", "0.9", TODAY)
    make.rate(marketer, "USD", "0.7", TODAY + timedelta(days=1))
    assert rates.valued(100, "USD", TODAY).worth == 90
    assert rates.valued(100, "USD", TODAY - timedelta(days=1)).worth == 80
    assert rates.currencies(TODAY) == ["EUR", "USD"]


def test_marketing_adds_rates_and_it_is_noted(browser, marketer, ana):
    answer = browser.sign_in(marketer).submit("/pipeline/rates", currency="usd", rate="0,92", from_on="2026-03-01")
    assert "New values in USD use it" in answer.text
    browser.submit("/pipeline/rates", currency="USD", rate="0.92", from_on="2026-03-01")
    assert [(one.currency, rates.said(one.rate)) for one in db.session.query(Rate)] == [("USD", "0.92")]
    assert db.session.query(AuditEvent).filter_by(action="added a currency rate").count() == 1
    assert browser.sign_in(ana).get("/pipeline/rates").status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"currency": "EUR"},
        {"currency": "us"},
        {"currency": "U$D"},
        *({"rate": rate} for rate in ("", "0", "-1", "x", "1_0", "٣", "nan", "inf", "1e9", "1000000")),
        {"from_on": "soon"},
    ],
)
def test_odd_rates_are_refused(browser, marketer, fields):
    sent = {"currency": "USD", "rate": "0.9", "from_on": "2026-03-01"} | fields
    assert browser.sign_in(marketer).submit("/pipeline/rates", **sent).status_code == 422
    assert db.session.query(Rate).count() == 0


CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])


@given(st.integers(0, 10**9), CURRENCIES, CURRENCIES, st.integers(1, 10**12))
def test_conversion_is_exact_to_half_a_minor_unit_and_even(minor, currency, into, rate):
    exact = Fraction(minor * rate * 10 ** money.decimals(into), money.UNIT_RATE * 10 ** money.decimals(currency))
    try:
        found = money.converted(minor, currency, into, rate)
    except ValueError:
        assert exact > money.LARGEST - 1
        return
    assert abs(exact - found) <= Fraction(1, 2)
    assert abs(exact - found) != Fraction(1, 2) or found % 2 == 0


@given(st.integers(0, money.LARGEST), CURRENCIES)
def test_an_amount_survives_being_typed_in_its_own_currency(minor, currency):
    assert money.minor_units(money.said_plainly(minor, currency), currency) == minor
