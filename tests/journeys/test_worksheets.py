"""What somebody writes survives a lost connection, a closed tab and a portal that is taken down."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium
FIELD = "The person I will ask first"
SAID = """
    select answers from filled_worksheets join people on people.id = person_id where email = :who
    order by filled_worksheets.id desc
"""
WAITS = re.compile("^Not saved yet: .*Kept on this device, and sent again.$")


@pytest.fixture
def who(portal):
    return portal.newcomer()


def begin(page):
    page.goto("/worksheets/referral-request/new")
    steps.press(page, "Begin another" if page.get_by_role("button", name="Begin another").count() else "Begin")
    page.wait_for_url(re.compile("/worksheets/filled/"))
    return page.url


def state(page):
    return page.locator("[data-saved]")


def saved_answers(portal, who):
    return str(portal.rows(SAID, who=who)[0][0])


def test_a_closed_tab_without_a_network_loses_nothing(enter, portal, who):
    page = enter(who)
    address = begin(page)
    page.get_by_label("What you call it").fill("Larch")
    steps.saved(page)

    page.context.set_offline(True)
    page.get_by_label(FIELD).fill("The controller")
    expect(state(page)).to_have_text("Not saved yet: no connection. Kept on this device, and sent again.")
    context = page.context
    page.close()
    assert "controller" not in saved_answers(portal, who)

    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_label(FIELD)).to_have_value("The controller")
    steps.saved(again)
    assert "The controller" in saved_answers(portal, who)
    assert again.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('worksheet-')).length") == 0


def test_what_another_device_saved_meanwhile_is_asked_about(enter, portal, who):
    laptop, phone = enter(who), enter(who, viewport={"width": 360, "height": 740})
    address = begin(laptop)
    laptop.context.set_offline(True)
    laptop.get_by_label(FIELD).fill("From the laptop")
    expect(state(laptop)).to_have_text(WAITS)
    phone.goto(address)
    phone.get_by_label(FIELD).fill("From the phone")
    steps.saved(phone)

    laptop.context.set_offline(False)
    expect(laptop.locator(".since")).to_contain_text("From the phone")
    assert "From the phone" in saved_answers(portal, who)
    steps.press(laptop, "Keep mine")
    steps.saved(laptop)
    assert "From the laptop" in saved_answers(portal, who)


def test_a_portal_that_was_taken_down_gets_it_when_it_is_back(enter, portal, who):
    page = enter(who)
    begin(page)
    portal.stop()
    try:
        page.get_by_label(FIELD).fill("While it was down")
        expect(state(page)).to_have_text(WAITS)
    finally:
        portal.start()
    steps.saved(page)
    assert "While it was down" in saved_answers(portal, who)


def test_nobody_else_at_this_device_sees_it(enter, portal, who):
    page = enter(who)
    begin(page)
    page.context.set_offline(True)
    page.get_by_label(FIELD).fill("Mine alone")
    expect(state(page)).to_have_text(WAITS)
    person = portal.value("select id from people where email = :who", who=who)
    names = page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('worksheet-'))")
    assert all(name.startswith(f"worksheet-{person}-") for name in names)
    assert names


def test_what_another_tab_emptied_is_not_shown_as_saved(enter, portal, who):
    first = enter(who)
    address = begin(first)
    first.get_by_label(FIELD).fill("The controller")
    steps.saved(first)
    second = first.context.new_page()
    second.goto(address)
    second.get_by_label(FIELD).fill("")
    steps.saved(second)

    first.get_by_label("What you call it").fill("Larch")
    steps.saved(first)
    expect(first.get_by_label(FIELD)).to_have_value("")


def test_a_row_is_followed_up_with_what_was_typed_just_now(enter, portal, who):
    page = enter(who)
    begin(page)
    row = page.locator("[data-table=asks] [data-row]").first
    row.get_by_label("Organisation").fill("Larch")
    steps.saved(page)
    row.get_by_label("What I ask for").fill("A controller who has just started")
    row.get_by_role("link", name="Log it as a referral").click()
    expect(page.get_by_label("The ask")).to_have_value("A controller who has just started")
