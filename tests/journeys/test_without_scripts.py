"""Everything that matters works in a browser that runs no scripts; scripts only make it quicker."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def somebody(portal):
    """Somebody new."""
    return portal.newcomer()


@pytest.fixture
def page(enter, somebody):
    """A window without scripts."""
    return enter(somebody, java_script_enabled=False)


def test_a_lesson_is_done(page):
    page.goto("/modules/value-proposition")
    page.get_by_role("link", name=re.compile("^Begin: ")).click()
    page.get_by_role("button", name=re.compile("^Done, next: ")).click()
    expect(page.locator("article .faint").first).to_contain_text("Step 2 of")
    page.goto("/modules/value-proposition")
    expect(page.locator(".stands")).to_contain_text("1 of 10 steps")


def test_cards_are_answered_and_an_answer_is_taken_back(page):
    page.goto("/drills/referrals")
    steps.press(page, "Begin")
    first = page.locator(".drill-card .front").text_content()
    page.get_by_text("Show the answer").click()
    page.get_by_role("button", name=re.compile("^I had it")).click()
    expect(page.locator(".progress")).to_contain_text("19 to go")
    steps.press(page, "Take the last answer back")
    expect(page.locator(".drill-card .front")).to_have_text(first.strip())
    expect(page.locator(".progress")).to_contain_text("20 to go")


def test_a_worksheet_is_saved(page):
    page.goto("/worksheets/referral-request/new")
    steps.press(page, "Begin")
    page.get_by_label("The person I will ask first").fill("The finance director")
    page.get_by_label("Organisation").first.fill("A packaging company")
    page.locator(".save-bar").get_by_role("button", name="Save", exact=True).click()
    steps.said(page, "Saved.")
    page.reload()
    expect(page.get_by_label("The person I will ask first")).to_have_value("The finance director")
    expect(page.get_by_label("Organisation").first).to_have_value("A packaging company")
    page.get_by_role("link", name=re.compile("^Log it as a referral ?: row 1$")).click()
    steps.fill(page, contact="The finance director", ask="A controller who has just started")
    steps.press(page, "Log this referral")
    steps.said(page, "Logged: referral, planned.")
