"""A touch and an ask are logged from anywhere with one line and one press, and taken back."""

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium

MEETING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VEVENT
UID:1
DTSTART:20260105T100000Z
SUMMARY:Coffee about the handover
ATTENDEE;CN=Orla Winters:mailto:orla@winters.example
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_one_line_from_anywhere(enter):
    page = enter("practitioner")
    page.keyboard.press("l")
    page.wait_for_url("**/log")
    page.keyboard.type("coffee with Henrik Vollmer, asked for intro to Tolvane Engineering, next Tue")
    page.keyboard.press("Enter")
    steps.heading(page, "Is this right")
    expect(page.get_by_role("combobox", name="Who")).to_have_value("Henrik Vollmer")
    expect(page.get_by_role("textbox", name="The ask")).to_have_value("An introduction to Tolvane Engineering")
    expect(page.get_by_role("textbox", name="Next step")).to_have_value("Follow up")
    page.get_by_role("button", name="Log it", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Logged")).to_be_visible()
    steps.follow(page, "The ask, in your pipeline")
    expect(page.get_by_role("main")).to_contain_text("An introduction to Tolvane Engineering")
    page.go_back()
    steps.press(page, "Undo")
    steps.said(page, "Taken back")


def test_a_meeting_that_is_chosen(enter):
    page = enter("practitioner")
    page.goto("/log")
    file = {"name": "meeting.ics", "mimeType": "text/calendar", "buffer": MEETING.encode()}
    page.locator("#file").set_input_files(file)
    expect(page.get_by_role("textbox", name="Note")).to_have_value("Coffee about the handover")
    expect(page.get_by_role("combobox", name="Who")).to_have_value("Orla Winters")
    steps.press(page, "Log it")
    expect(page.get_by_text("A new contact.")).to_be_visible()
