"""A major change of the message: published, asked for as a difference only, recited, heard, and certified again."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium

WHY = "Clients asked what happens in the yearly two hours."
WORDS = "We write down afterwards what was decided, and who does it by when."
COACH = """
    select coach.email from grants
    join people coach on coach.id = grants.person_id
    join practices led on led.id = grants.practice_id
    join practices own on own.path like led.path || '%'
    join people on people.practice_id = own.id
    where people.email = 'leader2@demo.example' and grants.role in ('coach', 'leader') and coach.id <> people.id
    order by grants.role, coach.id
"""


def test_who_was_certified_learns_the_difference_and_is_certified_again(enter, portal):
    publish_a_major_change(enter("marketing"))
    page = enter("leader2")
    steps.heading(page, "^Good (morning|afternoon|evening), ")
    page.goto("/certification")
    expect(page.locator(".certified .chip")).to_have_text("Stale")
    expect(page.locator(".news ins").filter(has_text="who does it by when")).to_be_visible()
    expect(page.locator(".needs > li.is-open")).not_to_have_count(0)

    practise_what_changed(page)
    number = recite_the_change(page)
    pass_it(enter(portal.value(COACH)), number)

    page.goto("/certification")
    expect(page.locator(".certified .chip")).to_have_text("Current")
    paper = page.request.get(page.get_by_role("link", name="Certificate (PDF)").get_attribute("href"))
    assert paper.body().startswith(b"%PDF")
    shown = page.get_by_role("link", name="Page to show others").get_attribute("href")

    stranger = enter()
    stranger.goto(shown)
    expect(stranger.locator("main")).to_contain_text("Otto Lind")
    expect(stranger.locator("main")).to_contain_text("The Halden & Marsh pitch")


def publish_a_major_change(page):
    """Marketing sees beforehand whose certification goes stale, and publishes."""
    page.goto("/studio/pitches/firm")
    claim = page.locator("textarea").filter(has_text="We do not charge for those two hours").first
    claim.fill(f"{claim.input_value()} {WORDS}")
    steps.fill(page, change=WHY, recertify_by=steps.day(30))
    page.get_by_label("This is a major change").check()
    steps.press(page, "See what changes")
    expect(page.locator("main")).to_contain_text(re.compile(r"[1-9]\d* certifications? goe?s? stale"))
    expect(page.locator("main")).to_contain_text("The tax advisory pitch")
    page.get_by_role("button", name=re.compile(r"^Publish version \d")).click()
    steps.said(page, "is in force.")
    page.goto("/studio/pitches/firm/releases")
    steps.after_a_while(page, page.get_by_text(re.compile(r"[1-9]\d* told by mail")).first)


def practise_what_changed(page):
    """Only the changed cards are asked for; the page leads to their deck."""
    steps.press(page, "Practise")
    for _ in range(60):
        expect(page.locator(".drill-card, .drill-end").first).to_be_visible()
        if page.locator(".drill-end").count():
            break
        steps.grade_by_keys(page)
    page.goto("/certification")
    expect(page.locator(".needs > li").first).to_have_class(re.compile("is-met"))


def recite_the_change(page) -> str:
    """Typed, and only what changed; its number."""
    page.goto("/recitals/new?scope=changes")
    page.get_by_label("Typed").check()
    steps.press(page, "Begin")
    steps.fill(page, text=f"Once a year we sit down with you for two hours, with tax, law and the figures. {WORDS}")
    steps.press(page, "Save and see what it covers")
    expect(page.locator("mark").first).to_be_visible()
    steps.press(page, "Submit to a coach")
    steps.heading(page, "With the coaches")
    return page.url.rpartition("/")[2]


def pass_it(coach, number):
    """A coach of the practice hears it and lets it pass, which certifies."""
    coach.goto(f"/coaching/{number}")
    steps.press(coach, "Hear it")
    for level in coach.locator(".scoring fieldset").all():
        level.get_by_role("radio").last.check()
    steps.fill(coach, note="Clear. Say the date aloud as well.")
    steps.press(coach, "Pass")
    steps.said(coach, "certified now")
