"""Somebody outside gets a link: reads it without scripts, counts once with them; and a mail scanner changes nothing."""

from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from tests.journeys import steps
from tests.journeys.known import IDS

pytestmark = pytest.mark.chromium

TABLES = ("shares", "shared_items", "share_visits", "share_salts", "share_passcode_tries", "audit_events", "item_days")


@pytest.fixture(scope="module")
def link(portal, enter_before):
    """A link that Ana made, and the number under which she sees it."""
    page = enter_before("practitioner")
    item, contact = (portal.value(IDS[name]) for name in ("shareable", "known"))
    page.goto(f"/shares/new?item={item}&contact={contact}")
    address = steps.share(page, "Make the link")
    # As if it had been sent a while ago: who opens a link at once may be a scanner.
    with portal.database.begin() as connection:
        connection.execute(
            text("update shares set sent_at = '2026-01-01 00:00:00+00:00' where id = (select max(id) from shares)")
        )
    return address, portal.value("select max(id) from shares")


def counted(portal):
    return [portal.rows(f"select * from {table} order by 1, 2") for table in TABLES]


def visits(portal, link):
    return [row[0] for row in portal.rows("select opened from share_visits where share_id = :share", share=link[1])]


def test_a_scanner_that_opens_everything_changes_nothing(portal, link):
    before = counted(portal)
    for agent in ("SafeLinks", "Mozilla/5.0 (Windows NT 10.0)"):
        for method in ("GET", "HEAD", "GET"):
            with urlopen(Request(portal.address + link[0], method=method, headers={"User-Agent": agent})) as answer:
                assert answer.status == 200
                assert "Set-Cookie" not in answer.headers
    assert counted(portal) == before


def test_it_is_read_without_scripts_and_thanked_for(portal, enter, link):
    page = enter(java_script_enabled=False)
    page.goto(link[0])
    expect(page.get_by_role("heading", name="sent you this")).to_be_visible()
    assert len(page.locator(".prose").inner_text()) > 200
    assert page.context.cookies() == []
    steps.press(page, "Don’t count me")
    expect(page.get_by_text("You are not counted.")).to_be_visible()
    steps.press(page, "Thanks, I have read it")
    steps.said(page, "nobody was told")
    assert page.context.cookies() == []
    assert visits(portal, link) == []


def test_with_scripts_one_is_counted_once_after_some_seconds_and_a_movement(portal, enter, link):
    # A driven browser says so of itself; this visitor has an ordinary one.
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    page = enter(user_agent=agent)
    page.add_init_script("Object.defineProperty(navigator, 'webdriver', { get: () => false })")
    page.goto(link[0])
    with page.expect_response("**/opens") as told:
        page.mouse.move(200, 300)
        page.mouse.move(240, 360)
    assert told.value.status == 204
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(2000)
    assert visits(portal, link) == ["human"]
    assert page.context.cookies() == []


def test_the_sender_sees_one_person_and_decides_whether_it_was_a_touch(enter, link):
    page = enter("practitioner")
    page.goto(f"/shares/{link[1]}")
    expect(page.locator(".interval")).to_have_text("One person")
    steps.press(page, "Log a touch")
    steps.said(page, "Logged.")


def test_a_passcode_opens_it_without_a_cookie(enter, portal):
    sender, visitor = enter("practitioner"), enter(java_script_enabled=False)
    item, contact = (portal.value(IDS[name]) for name in ("shareable", "known"))
    sender.goto(f"/shares/new?item={item}&contact={contact}")
    sender.get_by_text("Passcode, files").click()
    steps.fill(sender, passcode="harbour light")
    visitor.goto(steps.share(sender, "Make the link"))
    steps.fill(visitor, passcode="something else")
    steps.press(visitor, "Open it")
    expect(visitor.get_by_text("That isn’t the passcode")).to_be_visible()
    steps.fill(visitor, passcode="harbour light")
    steps.press(visitor, "Open it")
    expect(visitor.locator(".prose")).to_be_visible()
    assert visitor.context.cookies() == []
