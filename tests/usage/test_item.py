"""The page on how one item is used: who sees it, over which time, and taking the figures away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.usage import times
from portal.usage.models import How
from portal.usage.times import next_quarter, span, stepped, window_start
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline
from tests.usage import make_usage


@pytest.fixture
def item(marketer):
    return make_usage.item(marketer, "The orchard case")


def figures_of(page):
    """The numbers in the order of the page."""
    part = page.partition('class="figures"')[2].partition("</ul>")[0]
    return [int(piece.partition("<")[0].replace(",", "")) for piece in part.split('class="value">')[1:]]


def test_authors_owners_and_publishers_see_it_and_nobody_else(browser, ana, ben, marketer, leader, item):
    make_usage.written(item, ana)
    addresses = [f"/usage/items/{item.id}", f"/usage/items/{item.id}.csv"]
    for person, status in ((ana, 200), (marketer, 200), (ben, 404), (leader, 404)):
        browser.sign_in(person)
        assert [browser.get(address).status_code for address in addresses] == [status, status]
    item.owner_id = ben.id
    db.session.flush()
    assert browser.sign_in(ben).get(f"/usage/items/{item.id}").status_code == 200


def test_the_figures_are_those_of_the_time_asked_for(browser, marketer, ana, ben, item):
    make_usage.counted(item, days_ago=3, views=4, readers=2, copied=1, helped=1)
    make_usage.counted(item, days_ago=60, views=10, readers=5, used=1)
    make_usage.read(item, ana)
    make_usage.read(item, ben, at=NOON - timedelta(days=60))
    browser.sign_in(marketer)
    #      views, people, readers, found, copied, downloaded, shared, opened, used, helped, didn't
    month = [4, 1, 2, 0, 1, 0, 0, 0, 0, 1, 0]
    quarter = [14, 2, 7, 0, 1, 0, 0, 0, 1, 1, 0]
    assert figures_of(browser.get(f"/usage/items/{item.id}", time="month").text) == month
    assert figures_of(browser.get(f"/usage/items/{item.id}").text) == quarter
    assert figures_of(browser.get(f"/usage/items/{item.id}", time="all", by="day").text) == quarter


def test_people_are_counted_and_never_named(browser, marketer, ana, item):
    make_usage.counted(item, views=1, readers=1)
    make_usage.read(item, ana)
    make_usage.used(item, ana, make_pipeline.opportunity(ana, contact="Dana Reed"), how=How.NAMED)
    page = browser.sign_in(marketer).get(f"/usage/items/{item.id}").text
    for secret in ("Ana", "Dana", "Larch"):
        assert secret not in page
    assert "1 opportunity on record, 1 of them named by the client" in page
    assert "1 more belongs to colleagues" in page
    assert "Expected of what is open: <span" in page


def test_the_owner_of_an_opportunity_sees_its_row(browser, ana, item):
    make_usage.written(item, ana)
    row = make_pipeline.opportunity(ana)
    make_usage.used(item, ana, row)
    page = browser.sign_in(ana).get(f"/usage/items/{item.id}").text
    assert f'<a href="/pipeline/{row.id}">Larch Logistics</a>' in page
    assert "€12,500" in page


def test_it_can_be_taken_away(browser, marketer, item):
    make_usage.counted(item, days_ago=0, views=4)
    browser.sign_in(marketer)
    lines = browser.get(f"/usage/items/{item.id}.csv", time="month").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 31
    assert lines[-1] == "2026-03-04,day,4,0,0,0,0,0,0,0,0,0"
    assert browser.get(f"/usage/items/{item.id}.xlsx").status_code == 200


@pytest.mark.parametrize(
    "query", [{"time": "x", "by": "y", "what": "z"}, {"time": "\x00"}, {"by": "day", "time": "all"}]
)
def test_odd_questions_get_an_answer(browser, marketer, item, query):
    assert browser.sign_in(marketer).get(f"/usage/items/{item.id}", **query).status_code == 200


def test_it_stays_within_its_statements(browser, budget, marketer, ana, item):
    for number in range(4):
        make_usage.used(item, ana, make_pipeline.opportunity(ana, ask=f"Ask {number}"))
    browser.sign_in(marketer)
    with budget(14):
        browser.get(f"/usage/items/{item.id}")


spans = st.builds(
    span,
    st.sampled_from([*times.TIMES, "odd"]),
    st.sampled_from([*times.STEPS, "odd"]),
    first_on=st.dates(date(2015, 1, 1), TODAY),
    today=st.just(TODAY),
)


@given(spans, st.lists(st.tuples(st.dates(date(2014, 1, 1), TODAY), st.integers(-3, 9)), max_size=30))
def test_steps_hold_every_day_of_their_time_once(asked, days):
    within = [(on, {"views": n}) for on, n in days if asked.since <= on <= asked.until]
    found = stepped(within, asked, ["views"])
    assert sum(counted["views"] for _, counted in found) == sum(counted["views"] for _, counted in within)
    starts = [start for start, _ in found]
    assert starts == sorted(set(starts))
    assert len(starts) <= 150


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_quarter_is_a_quarters_first_day_and_not_soon(today):
    found = next_quarter(today)
    assert (found.day, found.month % 3) == (1, 1)
    assert 45 <= (found - today).days <= 45 + 92
    assert 89 <= (today - window_start(today)).days <= 123
