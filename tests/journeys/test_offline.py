"""A session that was opened is finished without a network; each answer arrives once, also from two devices."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium
REVIEWS = """
    select card_id, rating, key, at, received_at from reviews join people on people.id = reviews.person_id
    where email = :who and rating > 0 order by reviews.id
"""


@pytest.fixture
def who(portal):
    return portal.newcomer()


def begin(page, deck):
    """A session is open, and its cards are on the device."""
    with page.expect_response(re.compile("/pack$")) as pack:
        page.goto(f"/drills/{deck}")
    pack.value.finished()
    if page.get_by_role("button", name="Begin", exact=True).count():
        with page.expect_response(re.compile("/pack$")) as pack:
            steps.press(page, "Begin")
        pack.value.finished()
    expect(page.locator(".drill-card")).to_be_visible()


def answer(page, rating):
    """Look and grade, with what the page offers now."""
    page.locator("summary").click()
    page.locator(f"[data-grades] [name=rating][value='{rating}']").click()


def test_answers_wait_for_the_network_and_arrive_once(enter, portal, who):
    page = enter(who)
    begin(page, "referrals")
    answer(page, 3)
    expect(page.locator(".progress")).to_contain_text("19 to go")

    page.context.set_offline(True)
    for done, rating in enumerate((3, 1, 4), 1):
        answer(page, rating)
        expect(page.locator("[data-outbox]")).to_contain_text(f"{done} answer")
    expect(page.locator("[data-outbox]")).to_have_text("3 answers wait for the network. They are kept on this device.")
    steps.press(page, "Take the last answer back")
    expect(page.locator("[data-outbox]")).to_contain_text("2 answers wait for the network.")
    answer(page, 3)
    assert len(portal.rows(REVIEWS, who=who)) == 1

    page.context.set_offline(False)
    expect(page.locator("[data-outbox]")).to_have_text("3 answers sent.")
    expect(page.locator(".progress")).to_be_visible()
    found = portal.rows(REVIEWS, who=who)
    assert [row.rating for row in found] == [3, 3, 1, 3]
    assert len({row.key for row in found}) == 4
    assert [row.at for row in found] == sorted(row.at for row in found)
    page.reload()
    expect(page.locator("[data-outbox]")).to_be_hidden()
    assert len(portal.rows(REVIEWS, who=who)) == 4


def test_two_devices_add_up(enter, portal, who):
    phone, tablet = enter(who, viewport={"width": 360, "height": 740}), enter(who)
    begin(phone, "referrals")
    begin(tablet, "referrals")
    before = len(portal.rows(REVIEWS, who=who))
    for device in (phone, tablet):
        device.context.set_offline(True)
        answer(device, 3)
        expect(device.locator("[data-outbox]")).to_contain_text("1 answer waits")
    for device in (tablet, phone):
        device.context.set_offline(False)
        expect(device.locator("[data-outbox]")).to_have_text("1 answer sent.")
    found = portal.rows(REVIEWS, who=who)[before:]
    assert len(found) == 2
    assert len({row.key for row in found}) == 2
    assert len({row.card_id for row in found}) == 1


def test_the_grades_are_within_reach_of_a_thumb(enter, who):
    page = enter(who, viewport={"width": 360, "height": 640}, has_touch=True)
    begin(page, "referrals")
    page.locator("summary").click()
    box = page.locator("[data-grades] [name=rating]").last.bounding_box()
    assert 320 < box["y"] + box["height"] <= 640
    assert box["height"] >= 44
