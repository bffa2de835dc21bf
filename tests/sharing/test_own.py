"""A sender's own links: nobody else sees them."""

import re

import pytest

from portal.db import db
from portal.network.models import Touch
from portal.sharing import services
from portal.sharing.models import SharedItem
from tests.library import make_library as lib
from tests.make import NOON
from tests.network.make_network import contact
from tests.pipeline.make_pipeline import opportunity
from tests.sharing.make_sharing import Visitor, share


def test_the_list_says_for_whom_how_long_and_who_opened_it(browser, visitor, ana, link):
    assert "Nobody yet" in browser.sign_in(ana).get("/shares").text
    visitor.tell(visitor.get(f"/s/{link[1]}"))
    page = browser.get("/shares").text
    for said in ("Handing over", "For Dana Reed", "Open until 3 April", "One person"):
        assert said in page, said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Handing over", "The second", "A room"}),
        ("?show=opened", {"The second"}),
        ("?show=waiting", {"Handing over"}),
        ("?show=over", {"A room"}),
        ("?words=DANA over", {"Handing over"}),
        ("?words=larch", {"The second"}),
        ("?words=room&show=over", {"A room"}),
        ("?words=100%25", set()),
        ("?show=no-such&words=room", {"A room"}),
    ],
)
def test_a_long_list_is_narrowed(browser, visitor, ana, ben, marketer, item, query, shown):
    second = lib.published(marketer, "The second")
    share(ana, item)
    _made, token = share(
        ana, second, to=contact(ana, "Wren Stone"), opportunity_id=opportunity(ana, organisation="Larch AG").id
    )
    visitor.tell(visitor.get(f"/s/{token}"))
    services.revoke(share(ana, second, title="A room", to=contact(ana, "Wren Stone"))[0], now=NOON)
    share(ben, item, title="Larch, for Dana, opened")
    page = browser.sign_in(ana).get(f"/shares{query}").text
    titles = set(re.findall(r'<a class="action" href="/shares/\d+">([^<]*)</a>', page))
    assert titles == shown
    assert ("No link fits" in page) is (not shown)


def test_the_empty_list_says_how_to_begin(browser, ana):
    assert "You have shared nothing yet" in browser.sign_in(ana).get("/shares").text


@pytest.mark.parametrize("who", ["ben", "leader", "admin", "marketer", "executive"])
def test_nobody_else_sees_or_changes_it(request, browser, ana, item, marketer, who):
    made, _token = share(ana, item, lib.published(marketer, "The second"), title="A room", private_note="A secret")
    browser.sign_in(request.getfixturevalue(who))
    assert "A room" not in browser.get("/shares").text
    here = f"/shares/{made.id}"
    assert {browser.get(address).status_code for address in (here, f"{here}/settings", f"{here}/items")} == {404}
    changes = ["revoke", "renew", "open-again", "touch", "no-touch", "settings", "items", f"items/{item.id}/remove"]
    assert {browser.post(f"{here}/{change}").status_code for change in changes} == {404}


def test_a_first_open_suggests_a_touch_and_logs_none_by_itself(browser, visitor, ana, ben, link):
    made, token = link
    visitor.tell(visitor.get(f"/s/{token}"), signs="")
    assert "Log a touch" not in browser.sign_in(ana).get("/").text
    visitor.tell(visitor.get(f"/s/{token}"))
    assert "Dana Reed opened what you sent" in browser.get("/").text
    assert "Log a touch?" in browser.get(f"/network/{made.contact_id}").text
    assert db.session.query(Touch).count() == 0
    assert "opened what you sent" not in browser.sign_in(ben).get("/").text


def test_a_touch_is_logged_once_when_the_sender_says_so(browser, visitor, ana, link):
    made, token = link
    visitor.tell(visitor.get(f"/s/{token}"))
    browser.sign_in(ana)
    for _ in range(2):
        browser.post(f"/shares/{made.id}/touch")
    row = db.session.query(Touch).one()
    assert (row.contact_id, row.happened_on) == (made.contact_id, NOON.date())
    assert "opened what you sent" not in browser.get("/").text


def test_it_can_be_left(browser, visitor, ana, link):
    made, token = link
    visitor.tell(visitor.get(f"/s/{token}"))
    browser.sign_in(ana).post(f"/shares/{made.id}/no-touch")
    assert "opened what you sent" not in browser.get("/").text
    assert db.session.query(Touch).count() == 0


def test_a_room_is_changed_later(browser, ana, item, marketer):
    second = lib.published(marketer, "The second")
    made, _token = share(ana, item, title="A room")
    browser.sign_in(ana).submit(f"/shares/{made.id}/items", item="The second", line="And this")
    browser.post(f"/shares/{made.id}/items/{second.id}/up")
    rows = db.session.query(SharedItem).order_by(SharedItem.position).all()
    assert [(row.item.title, row.line) for row in rows] == [("The second", "And this"), ("Handing over", "")]
    browser.post(f"/shares/{made.id}/items/{item.id}/remove")
    assert "Put it back" in browser.get(f"/shares/{made.id}").text
    last = browser.post(f"/shares/{made.id}/items/{second.id}/remove")
    assert "This is the last item" in last.text
    browser.post(f"/shares/{made.id}/items/{item.id}/put-back")
    assert "Put it back" not in browser.get(f"/shares/{made.id}").text


def test_an_internal_item_enters_no_room(browser, ana, item, marketer):
    made, _token = share(ana, item, title="A room")
    lib.published(marketer, "For us alone", kind="guideline")
    page = browser.sign_in(ana).submit(f"/shares/{made.id}/items", item="For us alone")
    assert page.status_code == 422
    assert "never leaves the firm" in page.text


def test_how_it_behaves_is_changed_and_its_address_stays(browser, app, ana, link):
    made, token = link
    browser.sign_in(ana).submit(f"/shares/{made.id}/settings", note="Read the second part", expires_on="2026-03-05")
    page = Visitor(app).get(f"/s/{token}").text
    assert "Read the second part" in page
    assert "Open until tomorrow" in browser.get("/shares").text


def test_the_pages_ask_little_of_the_database(browser, ana, item, budget):
    for _ in range(6):
        made, _token = share(ana, item)
    services.revoke(made, now=NOON)
    browser.sign_in(ana).get("/shares")
    with budget(9):
        browser.get("/shares")
    with budget(9):
        browser.get(f"/shares/{made.id}")
