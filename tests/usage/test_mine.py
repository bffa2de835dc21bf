"""What one wrote, and what it led to."""

import pytest

from tests.pipeline import make_pipeline
from tests.usage import make_usage


@pytest.fixture
def items(marketer, ana):
    found = [make_usage.item(marketer, title) for title in ("The orchard case", "The mill case")]
    for item in found:
        make_usage.written(item, ana)
    return found


def test_authors_see_what_they_wrote_with_what_it_led_to_each_opportunity_once(browser, ana, items, marketer):
    make_usage.item(marketer, "Somebody else's")
    row = make_pipeline.opportunity(ana)
    for item in items:
        make_usage.used(item, ana, row)
    page = browser.sign_in(ana).get("/usage/mine").text
    assert "The orchard case" in page
    assert "The mill case" in page
    assert "Somebody else" not in page
    assert "All of it together had to do with 1 opportunity" in page


def test_who_wrote_nothing_is_told_how_to_begin(browser, ben, items):
    assert "You have written nothing yet" in browser.sign_in(ben).get("/usage/mine").text


def test_it_can_be_taken_away(browser, ana, items):
    make_usage.counted(items[0], views=7)
    lines = browser.sign_in(ana).get("/usage/mine.csv").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert any(line.startswith("The orchard case,Case study,published,2025-08-16,7,") for line in lines)


def test_more_items_take_no_more_statements(browser, budget, ana, items):
    browser.sign_in(ana)
    with budget(13):
        browser.get("/usage/mine")
