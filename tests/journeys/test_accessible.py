"""Every page works for everybody: WCAG 2.2 AA by axe-core, wide and narrow, in light and in dark, and by keyboard."""

import os
import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from werkzeug.exceptions import NotFound

from tests.journeys import steps
from tests.journeys.known import ids
from tests.journeys.pages import FILES, NOBODY, PAGES, PRESSED, ROUNDS, TURNED_AWAY, addresses, filled

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.rounds,
    pytest.mark.skipif("PORTAL_TEST_DATABASE" in os.environ, reason="pages look the same on every database"),
]

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = {
    "runOnly": {"type": "tag", "values": LEVELS},
    "rules": {"heading-order": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS = [(WIDE, "dark"), (NARROW, "dark"), (NARROW, "light"), (WIDE, "light")]
"""The last is how windows open."""
LOOK = """options => axe.run(options).then(({ violations }) => ({
    violations,
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    width: innerWidth,
    theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
}))"""
FOCUS = """() => {
    const here = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(here);
    return { name: here.outerHTML.slice(0, 80), seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
}"""
IMPORT = b"E-mail,Name,Practice\nperson.b@example.org,Person B,Corporate tax\nnobody@example.org,Nobody,Nowhere\n"
CLIENTS = b"Client,Practice\nAlmond Harbour,Corporate tax\nNobody,Nowhere\n"


@pytest.fixture(scope="module")
def known(enter_before, portal):
    """What the addresses stand for, once there is something at each of them."""
    admin = enter_before("admin")
    admin.goto("/people/import")
    admin.get_by_label("File").set_input_files({"name": "two.csv", "mimeType": "text/csv", "buffer": IMPORT})
    steps.press(admin, "Look at the file")
    steps.heading(admin, "Look before you import")
    admin.goto("/clients/import")
    admin.get_by_label("File").set_input_files({"name": "one.csv", "mimeType": "text/csv", "buffer": CLIENTS})
    steps.press(admin, "Look at the file")
    steps.heading(admin, "Look before you import")
    given = ids(portal)
    row = _row(enter_before("practitioner"), given["sheet"])
    known = {"row": row, "asks": row.rpartition("/")[2], "link": _link(enter_before(), admin)}
    known |= _shared(enter_before("practitioner"), given)
    return given | known | {"package": _package(admin, given["leaver"])}


def _package(admin, leaver):
    """Let somebody go; where they find their contacts."""
    admin.goto(f"/people/{leaver}/leaving")
    steward = admin.get_by_label("Who looks after the firm's things")
    if steward.count():
        steward.fill("leader2@demo.example")
    admin.once("dialog", lambda dialog: dialog.accept())
    admin.get_by_role("button", name=re.compile("^Let .* go$")).click()
    steps.heading(admin, "has left")
    return re.search(r"/leaving/.*", admin.get_by_label("Link", exact=True).input_value())[0]


def _shared(page, given):
    """A link, a room with one of its items, and a link with a passcode, as people outside hold them."""
    page.goto(f"/shares/new?item={given['shareable']}&contact={given['known']}")
    shared = steps.share(page, "Make the link")
    page.goto(f"/shares/rooms/new?item={given['shareable']}&contact={given['known']}")
    steps.fill(page, title="A room for them")
    room = steps.share(page, "Make the room")
    page.goto(f"/shares/new?item={given['shareable']}&contact={given['known']}")
    page.get_by_text("Passcode, files").click()
    steps.fill(page, passcode="harbour light")
    locked = steps.share(page, "Make the link")
    return {"shared": shared, "room": f"{room} {room}/{given['shareable']}", "locked": locked}


def _row(page, sheet):
    page.goto(f"/worksheets/filled/{sheet}")
    page.get_by_role("combobox", name="Contact", exact=True).last.fill("The finance director")
    steps.saved(page)
    return page.get_by_role("link", name="Log it as a referral").last.get_attribute("href")


def _link(page, admin):
    page.goto("/reset-password")
    steps.fill(page, email="coach@demo.example")
    steps.press(page, "Send the link")
    steps.heading(page, "Look in your mail")
    admin.goto("/people/mail")
    letter = admin.locator(".letter").filter(has_text="coach@demo.example").first
    return steps.after_a_while(admin, letter).get_by_role("link").last.get_attribute("href")


def test_every_page_is_looked_at(app, known):
    door = app.url_map.bind("localhost")
    seen = {_endpoint(door, address) for who in PAGES for address in addresses(who, known)}
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - FILES
    assert not shown - seen, f"Add addresses of these to tests/journeys/pages.py: {sorted(shown - seen)}"


def _endpoint(door, address):
    try:
        return door.match(re.sub(r"\?.*", "", address), method="GET")[0]
    except NotFound:
        return None


@pytest.mark.parametrize("round_of", ROUNDS)
def test_pages_are_for_everybody(enter, known, round_of):
    who, pages = ROUNDS[round_of]
    page = enter("" if who == NOBODY else who)
    turned_away = TURNED_AWAY.get(who, []) if round_of.endswith("-1") else []
    wrong = []
    for address in [*filled(pages, known), *turned_away]:
        answer = page.goto(address)
        good = {403, 404} if address in turned_away else {200}
        wrong += [] if answer.status in good else [f"{address}: answers {answer.status}"]
        wrong += [f"{address}, {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", sorted({who for who, _address, _button in PRESSED}))
def test_forms_that_are_handed_back_are_for_everybody(enter, who):
    page = enter("" if who == NOBODY else who)
    wrong = []
    for _who, address, button in [pressed for pressed in PRESSED if pressed[0] == who]:
        page.goto(address)
        steps.press(page, button)
        expect(page.locator(".errors").first).to_be_focused()
        wrong += [f"{button} at {address}, {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)


def faults(page):
    """What is wrong with the page that is open, in every look; it is left as it was loaded."""
    page.evaluate(AXE_SCRIPT)
    return [fault for look in LOOKS for fault in _faults_in(page, *look)]


def _faults_in(page, size, theme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    seen = page.evaluate(LOOK, AXE)
    assert (seen["width"], seen["theme"]) == (size["width"], theme)
    look = f"{size['width']} px in {theme}"
    return [
        *(f"{look}: {seen['headings']} headings of the first level" for _ in range(seen["headings"] != 1)),
        *(f"{look}: no title" for _ in range(not seen["title"])),
        *(f"{look}: scrolls sideways by {seen['sideways']} px" for _ in range(seen["sideways"] > 0)),
        *(
            f"{look}: {rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for rule in seen["violations"]
            for node in rule["nodes"]
        ),
    ]


def test_by_keyboard_one_skips_to_the_content_and_sees_where_one_is(enter):
    page = enter("leader")
    page.goto("/team")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["seen"], focus["name"]
