"""The page that ranks items by what is on record behind them."""

import pytest

from portal.pipeline.stages import Stage
from tests.pipeline import make_pipeline
from tests.usage import make_usage


@pytest.fixture
def three_items_one_opportunity(marketer, ana):
    row = make_pipeline.opportunity(ana, value=100_000)
    make_pipeline.move(row, ana, Stage.WON)
    for title in ("First", "Second", "Third"):
        make_usage.used(make_usage.item(marketer, title), ana, row)


def test_an_opportunity_with_three_items_is_not_three_times_the_pipeline(
    browser, marketer, ana, three_items_one_opportunity
):
    ana.roles = "marketing"
    page = browser.sign_in(ana).get("/usage/influence").text
    assert "1 opportunity with content on record" in page
    body, _, foot = page.partition("<tfoot>")
    assert body.count("€1,000") == 3
    assert foot.partition("</tfoot>")[0].count("€1,000") == 1
    assert "Influence is not cause" in page


def test_the_worth_of_one_opportunity_is_not_told_to_who_may_not_see_it(browser, marketer, three_items_one_opportunity):
    page = browser.sign_in(marketer).get("/usage/influence").text
    assert "€1,000" not in page
    assert "not shown" in page
    lines = browser.get("/usage/influence.csv").data.decode("utf-8-sig").splitlines()
    assert lines[1] == "1,First,Case study,1,1,0,0.0,not shown: too few behind it"


def test_three_that_may_not_be_seen_make_a_sum_that_is_told(browser, marketer, ana):
    item = make_usage.item(marketer)
    for number in range(3):
        row = make_pipeline.opportunity(ana, value=100_000, ask=f"Ask {number}")
        make_pipeline.move(row, ana, Stage.WON)
        make_usage.used(item, ana, row)
    assert "€3,000" in browser.sign_in(marketer).get("/usage/influence", order="value").text


def test_without_a_record_it_says_how_one_comes_about(browser, marketer, ana):
    make_usage.read(make_usage.item(marketer), ana)
    make_pipeline.opportunity(ana)
    assert "Nothing is on record yet" in browser.sign_in(marketer).get("/usage/influence").text


def test_practitioners_and_leaders_have_none(browser, ana, leader):
    for person in (ana, leader):
        assert browser.sign_in(person).get("/usage/influence").status_code == 403


def test_more_items_take_no_more_statements(browser, budget, marketer, three_items_one_opportunity):
    browser.sign_in(marketer)
    with budget(9):
        browser.get("/usage/influence")
