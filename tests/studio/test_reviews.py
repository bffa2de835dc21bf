"""Whether items still hold: one's own, many at once with undo, and what the checks found in those that are out."""

import re
from datetime import date, timedelta

import pytest

from portal.db import db
from portal.library import services as library
from portal.library.models import ItemState
from portal.publishing import services
from portal.publishing.models import ItemCheck
from portal.publishing.services import Going
from portal.studio import checking
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.publishing.make_items import at, scheduled

LATE = TODAY - timedelta(days=9)


@pytest.fixture
def anas(ana, marketer):
    """Three items that Ana answers for, all late."""
    items = [lib.published(marketer, title, review_on=LATE) for title in ("One", "Two", "Three")]
    for item in items:
        item.owner_id = ana.id
    db.session.commit()
    return items


def dates(items):
    return [item.review_on for item in items]


def test_an_owner_sees_theirs_and_says_of_many_at_once_that_they_hold(browser, ana, anas, marketer):
    lib.published(marketer, "Of somebody else")
    signed_in = browser.sign_in(ana)
    page = signed_in.get("/studio/mine").text
    assert page.count('name="ids"') == 3
    assert "Of somebody else" not in page
    signed_in.post("/studio/still-holds", ids=[str(item.id) for item in anas[:2]], review_on="2026-10-01", back="mine")
    assert dates(anas) == [date(2026, 10, 1), date(2026, 10, 1), LATE]


def test_that_is_undone_but_for_what_changed_since(browser, ana, anas, viewer):
    signed_in = browser.sign_in(ana)
    signed_in.post("/studio/still-holds", ids=[str(item.id) for item in anas], review_on="2026-10-01", back="mine")
    token = re.search(r'name="token" value="([^"]+)"', signed_in.get("/studio/mine").text)[1]
    services.confirm(anas[2], review_on=date(2026, 11, 1), by=viewer(ana), now=NOON)
    signed_in.post("/studio/still-holds/undo", token=token)
    assert dates(anas) == [LATE, LATE, date(2026, 11, 1)]


def test_only_who_pressed_undoes_it(browser, ana, anas, marketer):
    signed_in = browser.sign_in(ana)
    signed_in.post("/studio/still-holds", ids=[str(anas[0].id)], review_on="2026-10-01", back="mine")
    token = re.search(r'name="token" value="([^"]+)"', signed_in.get("/studio/mine").text)[1]
    other = browser.sign_in(marketer)
    for odd in (token, token[:-2], "", "x" * 30_000):
        assert other.post("/studio/still-holds/undo", token=odd).status_code == 422
    assert anas[0].review_on == date(2026, 10, 1)


@pytest.mark.parametrize("fields", [{}, {"review_on": "2026-10-01"}, {"ids": "x", "review_on": "2026-10-01"}])
def test_what_is_missing_is_refused(browser, ana, anas, fields):
    assert browser.sign_in(ana).post("/studio/still-holds", **fields).status_code == 422


def test_items_of_others_are_not_ones_to_confirm(browser, ben, anas):
    answer = browser.sign_in(ben).post("/studio/still-holds", ids=str(anas[0].id), review_on="2026-10-01")
    assert answer.status_code == 404
    assert dates(anas) == [LATE] * 3


def test_an_item_under_review_is_marked_for_readers_with_the_note(browser, ana, ben, anas, viewer):
    services.doubt(anas[0], note="The rate changes.", by=viewer(ana), now=NOON)
    page = browser.sign_in(ben).get("/library/one").text
    assert "Somebody is looking whether this still holds" in page
    assert "The rate changes." in page
    services.confirm(anas[0], review_on=TODAY, by=viewer(ana), now=NOON)
    assert "Somebody is looking" not in browser.sign_in(ben).get("/library/one").text


def test_today_asks_the_owner_and_nobody_else(browser, ana, ben, anas):
    today = browser.sign_in(ana).get("/").text
    assert "Look whether 3 items of yours still hold" in today
    assert "still hold" not in browser.sign_in(ben).get("/").text


def test_today_asks_other_publishers_for_a_second_pair_of_eyes(browser, marketer, colleague, viewer):
    item = lib.draft(marketer, "Fresh words")
    services.ask_for_review(item, by=viewer(marketer), now=NOON)
    assert "Read “Fresh words” before it goes out" in browser.sign_in(colleague).get("/").text
    assert "before it goes out" not in browser.sign_in(marketer).get("/").text


def test_what_broke_since_it_went_out_needs_a_look(browser, marketer, viewer):
    there = lib.published(marketer, "There", review_on=TODAY + timedelta(days=90))
    source = f"Read [the other one](/library/{there.key})."
    lib.published(marketer, "Links", source=source, review_on=TODAY + timedelta(days=90))
    db.session.commit()
    checking.look_through(NOON)
    signed_in = browser.sign_in(marketer)
    assert "Nothing needs a look" in signed_in.get("/studio/needs-a-look").text

    library.archive(there)
    db.session.commit()
    assert checking.look_through(NOON) == 0
    signed_in.post("/studio/needs-a-look")
    page = signed_in.get("/studio/needs-a-look").text
    assert "leads to what readers can’t open" in page
    assert db.session.query(ItemCheck).count() == 2


def test_the_round_looks_at_each_item_once_a_day_and_when_it_changed(marketer, viewer):
    item = lib.published(marketer)
    lib.draft(marketer)
    db.session.commit()
    assert [checking.look_through(NOON), checking.look_through(NOON)] == [1, 0]
    assert checking.look_through(NOON + timedelta(hours=21)) == 1
    library.write(item, lib.wording(source="New."), change="", base_number=1, by=viewer(marketer), now=NOON)
    services.publish(item, Going(), by=viewer(marketer), now=NOON)
    db.session.commit()
    assert checking.look_through(NOON + timedelta(hours=21)) == 1


def test_the_lists_are_narrowed_and_taken_along(browser, marketer, ana, tax):
    item = lib.published(marketer, "Stone works", practice=[tax.key])
    item.owner_id = ana.id
    lib.published(marketer, "Wood works", kind=lib.Kind.ARTICLE)
    signed_in = browser.sign_in(marketer)
    for query, titles in (
        ({"words": "stone"}, {"Stone works"}),
        ({"kind": "article"}, {"Wood works"}),
        ({"owner": str(ana.id)}, {"Stone works"}),
        ({"practice": tax.key}, {"Stone works"}),
        ({"kind": "nonsense", "owner": "²", "words": "\x00"}, {"Stone works", "Wood works"}),
    ):
        page = signed_in.get("/studio", **query).text
        assert {title for title in ("Stone works", "Wood works") if f">{title}</a>" in page} == titles, query
        table = signed_in.get("/studio/items.csv", **query).text
        assert {title for title in ("Stone works", "Wood works") if title in table} == titles, query
    assert "by these filters" in signed_in.get("/studio", words="nothing-like-it").text
    assert signed_in.get("/studio/items.xlsx").data[:2] == b"PK"


def test_each_item_stands_where_it_stands(browser, marketer, viewer):
    scheduled(marketer, "Waits")
    asked = lib.draft(marketer, "Asked")
    services.ask_for_review(asked, by=viewer(marketer), now=NOON)
    over = lib.published(marketer, "Over")
    services.prolong(over, until=NOON + timedelta(minutes=1), by=viewer(marketer), now=NOON)
    doubted = lib.published(marketer, "Doubted")
    services.doubt(doubted, by=viewer(marketer), now=NOON)
    unowned = lib.published(marketer, "Nobodys")
    unowned.owner_id = None
    db.session.commit()
    assert over.state is ItemState.PUBLISHED
    with at(NOON + timedelta(minutes=1)):
        signed_in = browser.sign_in(marketer)
        for show, title in (
            ("scheduled", "Waits"),
            ("in-review", "Asked"),
            ("expired", "Over"),
            ("under-review", "Doubted"),
            ("unowned", "Nobodys"),
        ):
            page = signed_in.get("/studio", show=show).text
            assert re.findall(r'class="action" href="/studio/items/\d+">([^<]+)<', page) == [title]


def test_the_pages_take_few_statements(browser, marketer, ana, anas, budget):
    signed_in = browser.sign_in(marketer)
    signed_in.get("/studio")
    with budget(14):
        signed_in.get("/studio", show="overdue")
    with budget(4):
        signed_in.get("/studio/needs-a-look")
    signed_in = browser.sign_in(ana)
    with budget(4):
        signed_in.get("/studio/mine")
