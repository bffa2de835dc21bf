"""Marketing's main job: what is published is what was seen, is found at once, and reaches people's drills."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium

TITLE = "The quillberry press"
SUMMARY = "A printer with two presses and one heir. For anybody who knows a printer."
SOURCE = """**The client:** a printer of *labels*, about 40 people.

## The problem

Two presses, one heir, and a bank that asked:

- who signs,
- who answers.

> “Nobody had asked the heir.”

!!! note "What to listen for"
    “My brother doesn’t want it.”

## What it was worth

| before | after |
| --- | --- |
| two lawyers | one answer & a table |
"""
LEARNED = "\n\n## What we learned since\n\nAsk the heir first.\n"
WHEELBARROW = "the owner ends up with a wheelbarrow of papers"
REASON = "Owners laughed at the wheelbarrow, and told us what was in theirs."


def test_a_case_study_is_shown_as_previewed_found_at_once_and_revised(enter):
    page = enter("marketing")
    steps.follow(page, "Studio")
    steps.follow(page, "Write an item")
    steps.fill(page, title=TITLE, summary=SUMMARY, kind="Case study", source=SOURCE, industry="printing")
    shown = previewed(page, "one answer & a table")
    steps.press(page, "Publish")
    steps.press(page, "Publish")
    steps.said(page, "Published.")

    reader = enter("coach")
    find(reader, "quillbery label")
    steps.follow(reader, TITLE)
    assert as_read(reader) == shown

    steps.fill(page, source=SOURCE + LEARNED, change="What we learned since")
    revised = previewed(page, "Ask the heir first.")
    steps.press(page, "Publish")
    steps.press(page, "Publish")
    steps.said(page, "Published.")
    reader.reload()
    assert as_read(reader) == revised != shown

    steps.follow(page, "All revisions")
    expect(page.locator(".difference ins").filter(has_text="Ask the heir first.")).to_be_visible()
    find(reader, "heir first")
    expect(reader.get_by_role("link", name=TITLE)).to_be_visible()


def test_a_new_pitch_reaches_today_and_the_drills(enter):
    page = enter("marketing")
    steps.follow(page, "Studio")
    steps.follow(page, "The Halden & Marsh pitch")
    claim = page.locator("textarea").filter(has_text="carrying papers from the accountant")
    claim.fill(claim.input_value().replace("the owner ends up carrying papers", WHEELBARROW))
    steps.fill(page, change=REASON)
    steps.press(page, "See what changes")
    expect(page.locator(".news")).to_contain_text("wheelbarrow")
    expect(page.locator("main")).to_contain_text("1 card gets new words")
    page.get_by_role("button", name=re.compile(r"^Publish version \d")).click()
    steps.said(page, "is in force.")

    reader = enter("practitioner2")  # who speaks with the firm's own pitch
    expect(reader.locator(".news")).to_contain_text(REASON)
    expect(reader.locator(".news ins").filter(has_text="wheelbarrow")).to_be_visible()
    reader.goto("/drills/pitch-firm")
    while WHEELBARROW not in reader.locator(".drill-card").text_content():
        steps.grade_by_keys(reader)
    expect(reader.locator(".drill-card .chip")).to_have_text("Reworded")
    reader.keyboard.press("Space")
    expect(reader.locator(".rewording ins").filter(has_text="wheelbarrow")).to_be_visible()


def previewed(page, words):
    """Title, summary and text as the preview shows them, once it shows these words."""
    expect(page.locator("[data-shows]")).to_contain_text(words)
    expect(page.locator("[data-shows]")).to_have_attribute("aria-busy", "false")
    return parts(page.locator("[data-shows]"))


def as_read(page):
    """The same as readers see them."""
    return parts(page.locator("article.item"))


def parts(sheet):
    """What an item shows."""
    return [sheet.locator(name).inner_html() for name in (".kind", ".title", ".lead", ".prose")]


def find(page, words):
    """Search the library."""
    page.goto("/library")
    page.get_by_label("Words to look for").fill(words)
    steps.press(page, "Search")
    expect(page.locator(".results")).to_be_visible()
