"""Saying the pitch into a microphone, being heard by a coach, and a connection that breaks in the middle."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.recitals.make_recitals import wav

pytestmark = pytest.mark.chromium


def begin(page, medium):
    """Begin a recital of the pitch one speaks with."""
    page.goto("/recitals/new")
    page.get_by_label(medium).check()
    steps.press(page, "Begin")


def test_recorded_listened_to_submitted_heard_and_passed(enter, portal):
    page = enter(portal.colleague("corporate-tax"))
    begin(page, "Recorded, sound only")
    expect(page.locator("[data-by-file]")).to_contain_text("50 MB")
    steps.press(page, "Record")
    expect(page.locator("[data-clock]")).to_have_text("0:03")
    steps.press(page, "Stop")
    expect(page.get_by_label("What you just recorded")).to_be_visible()
    steps.press(page, "Keep this one")
    steps.press(page, "Submit to a coach")
    steps.heading(page, "With the coaches")
    address = page.url
    number = address.rpartition("/")[2]

    coach = enter("coach")
    coach.goto(f"/coaching/{number}")
    steps.press(coach, "Hear it")
    steps.fill(coach, remark="Here I believed you.", moment="0:02")
    steps.press(coach, "Add the remark")
    steps.press(coach, "At 0:02")
    coach.wait_for_function("document.querySelector('audio').currentTime >= 1.9")
    for level in coach.locator(".scoring fieldset").all():
        level.get_by_role("radio").last.check()
    steps.fill(coach, note="Keep the calm. Try a pause before the question.")
    steps.press(coach, "Pass")
    steps.said(coach, "is told")

    page.goto("/")
    expect(steps.in_queue(page, "Your recital passed")).to_be_visible()
    page.goto(address)
    steps.heading(page, "It passed")
    expect(page.get_by_text("Here I believed you.")).to_be_visible()


def test_discarded_and_brought_back(enter, portal):
    page = enter(portal.colleague("private-clients"))
    begin(page, "Recorded, with picture")
    steps.press(page, "Record")
    expect(page.locator("[data-clock]")).to_have_text("0:02")
    steps.press(page, "Stop")
    steps.press(page, "Keep this one")
    page.on("dialog", lambda dialog: dialog.accept())
    steps.press(page, "Discard it")
    steps.said(page, "Put away")
    steps.press(page, "Bring it back")
    expect(page.get_by_role("button", name="Submit to a coach")).to_be_visible()


def test_a_broken_connection_goes_on_from_where_it_stopped(enter, portal):
    page = enter(portal.colleague("transfer-pricing"))
    asked, is_broken = [], [True]

    def pieces(route):
        offset = int(re.search(r"offset=(\d+)", route.request.url)[1])
        asked.append(offset)
        if offset == 1_000_000 and is_broken:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    # Before the page is on its way: Chromium fits a page that is just arriving with no interception at all.
    page.route(re.compile(r"/recitals/recordings/\d+\?offset="), pieces)
    begin(page, "Recorded, sound only")
    expect(page.locator("[data-recorder]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_text("Use a file instead").click()
    content = wav(100, rate=25_000)
    page.get_by_label("The file").set_input_files({"name": "pitch.wav", "mimeType": "audio/wav", "buffer": content})
    steps.press(page, "Send the file")
    expect(page.get_by_text("The connection broke.")).to_be_visible()
    is_broken.clear()
    expect(page.get_by_role("button", name="Submit to a coach")).to_be_visible()
    assert sorted(set(asked)) == [0, 1_000_000, 2_000_000]
    assert asked == sorted(asked), "it never went back to what the portal had"
    assert asked.count(1_000_000) > 1


def test_typed_and_answered_at_once(enter, portal):
    page = enter(portal.colleague("indirect-tax"))
    begin(page, "Typed")
    steps.fill(page, text="We are a full-service firm. We tell owners what a decision will cost them in tax.")
    expect(page.get_by_text("Saved at")).to_be_visible()
    steps.press(page, "Save and see what it covers")
    expect(page.get_by_text("Better left unsaid")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    steps.press(page, "Submit to a coach")
    steps.heading(page, "With the coaches")
