"""The practitioner's main job, on the referrals module, by somebody who has never signed in before."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium


def test_a_module_from_the_first_lesson_to_a_won_referral(enter, portal):
    page = enter(portal.newcomer())
    steps.heading(page, "^Good (morning|afternoon|evening), ")
    steps.follow(page, "Programme")
    steps.follow(page, "Ask for referrals")
    page.get_by_role("link", name=re.compile("^Begin: ")).click()

    steps.read_lessons(page, 6)
    check_knowledge(page)
    practise(page)
    sheet = log_from_worksheet(page)
    move_through_stages(page)
    finish_the_rest(page, sheet)
    read_in_the_library(page)
    today_shows_it(page)


def check_knowledge(page):
    """First with wrong answers, then with what the explanations taught."""
    steps.heading(page, "Knowledge check")
    steps.answer_all(page, [0] * 10)
    expect(page.locator(".result")).to_contain_text("are needed to pass")
    right = steps.right_places(page)
    page.get_by_role("link", name="Try again").click()
    steps.answer_all(page, right)
    expect(page.locator(".result")).to_contain_text("10 of 10 right")
    page.get_by_role("link", name=re.compile("^Next: ")).click()


def practise(page):
    """Every card once, with the keyboard alone; the first answer is taken back and given again."""
    steps.follow(page, "Practise the cards")
    steps.press(page, "Begin")
    first = steps.card(page)
    steps.grade_by_keys(page, "2")
    assert steps.card(page) != first
    page.keyboard.press("u")
    expect(page.locator(".drill-card .front")).to_have_text(first)
    steps.answer_deck(page)
    expect(page.locator(".drill-end")).to_contain_text("Done.")
    steps.follow(page, "Go to the module")
    page.get_by_role("link", name=re.compile("^Carry on: ")).click()
    steps.press(page, "Carry on")


def log_from_worksheet(page):
    """The worksheet saves itself as it is typed; a row of it becomes a referral."""
    steps.follow(page, "Open the worksheet")
    steps.press(page, "Begin")
    sheet = page.url
    steps.fill_worksheet(page, "Oakhurst Foundry")
    page.reload()
    expect(page.get_by_role("combobox", name="The person I will ask first")).to_have_value("Oakhurst Foundry")
    expect(page.get_by_label("Organisation").first).to_have_value("Oakhurst Foundry")
    page.get_by_role("link", name=re.compile("^Log it as a referral ?: row 1$")).click()
    expect(page.get_by_label("Organisation")).to_have_value("Oakhurst Foundry")
    steps.press(page, "Log this referral")
    steps.said(page, "Logged: referral, planned.")
    return sheet


def move_through_stages(page):
    """Each change is kept, with its note, its value and what comes next."""
    steps.move(page, "Asked", note="She liked the forecast.", next_step="Send two lines", next_on=steps.day(1))
    steps.move(page, "Introduced", note="He rang me.", value="12,500", next_step="Coffee", next_on=steps.day(4))
    steps.move(page, "In conversation", note="Two plants, one bank.", value="20k", next_step="Draft the letter")
    steps.move(page, "Proposal", note="Sent on Friday.", value="18000", next_step="Ring him", next_on=steps.day())
    history = page.locator(".timeline > li")
    expect(history).to_have_count(5)
    expect(history.first).to_contain_text("In conversation to proposal, €18,000")
    expect(history.nth(2)).to_contain_text("He rang me.")


def finish_the_rest(page, sheet):
    """The worksheet is finished, and the portal knows that the ask was logged."""
    page.goto(sheet)
    steps.press(page, "Mark as finished")
    steps.said(page, "Finished.")
    page.goto("/modules/referrals")
    page.get_by_role("link", name=re.compile("^Carry on: ")).click()
    steps.press(page, "Carry on")
    page.goto("/modules/referrals")
    expect(page.locator("main")).to_contain_text("You have done this module.")


def read_in_the_library(page):
    """Found in spite of a slip of the finger."""
    steps.follow(page, "Library")
    page.get_by_label("Words to look for").fill("handovr")
    steps.press(page, "Search")
    expect(page.locator(".understood")).to_contain_text("Showing results for handover")
    page.locator(".results a").first.click()
    expect(page.locator(".prose")).to_be_visible()
    steps.press(page, "It helped")
    steps.said(page, "Thank you.")


def today_shows_it(page):
    """What was done has left its mark."""
    steps.follow(page, "Today")
    expect(steps.in_queue(page, "Referral: Oakhurst Foundry")).to_contain_text("Ring him; it is due today.")
    expect(page.locator(".praise")).to_contain_text("You finished Referrals this week")
    expect(page.locator(".ring").filter(has_text="Referrals")).to_contain_text("complete")
    expect(page.get_by_text(re.compile(r"cards answered, .* steps done, one ask made"))).to_be_visible()
