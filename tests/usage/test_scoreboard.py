"""The scoreboard: boxes, filters, and taking the list away."""

import pytest

from portal.db import db
from portal.library.kinds import Kind
from tests.make import NOON
from tests.usage import make_usage


@pytest.fixture
def items(marketer):
    good = make_usage.item(marketer, "Good one", industry=["food"], practice=["tax"])
    bad = make_usage.item(marketer, "Poor one", kind=Kind.ARTICLE, practice=["law"])
    hidden = make_usage.item(marketer, "Hidden one")
    make_usage.item(marketer, "Lonely one")
    make_usage.item(marketer, "Young one", now=NOON)
    make_usage.counted(good, views=60, readers=20, helped=5)
    make_usage.counted(bad, views=60, readers=20, did_not_help=5)
    make_usage.counted(hidden, views=6, readers=6, helped=4)
    return good, bad, hidden


def shown(page):
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [name for name in ("Good one", "Poor one", "Hidden one", "Lonely one", "Young one") if name in table]


@pytest.mark.parametrize(
    ("box", "wanted"),
    [
        ("useful", ["Good one"]),
        ("not-useful", ["Poor one"]),
        ("not-found", ["Hidden one"]),
        ("unused", ["Lonely one"]),
        ("too-early", ["Young one"]),
        ("too-few", []),
        ("odd", ["Good one", "Poor one", "Hidden one", "Lonely one", "Young one"]),
    ],
)
def test_each_item_stands_in_its_box(browser, marketer, items, box, wanted):
    assert shown(browser.sign_in(marketer).get("/usage/scoreboard", box=box).text) == wanted


def test_it_is_narrowed_by_kind_and_tags(browser, marketer, items):
    browser.sign_in(marketer)
    assert shown(browser.get("/usage/scoreboard", kind="article").text) == ["Poor one"]
    assert shown(browser.get("/usage/scoreboard", practice="tax").text) == ["Good one"]
    assert shown(browser.get("/usage/scoreboard", practice="tax", discipline="none").text) == []


def test_only_what_readers_have_is_judged(browser, marketer, items):
    make_usage.make_library.draft(marketer, "A draft")
    assert "A draft" not in browser.sign_in(marketer).get("/usage/scoreboard").text


def test_what_was_read_long_ago_counts_for_people_only(browser, marketer):
    old = make_usage.item(marketer, "Good one")
    make_usage.counted(old, days_ago=190, views=90, readers=30, helped=9)
    assert shown(browser.sign_in(marketer).get("/usage/scoreboard", box="unused").text) == ["Good one"]


def test_it_can_be_taken_away(browser, marketer, items):
    lines = browser.sign_in(marketer).get("/usage/scoreboard.csv", box="useful").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Good one,Case study,Used and useful,")


def test_practitioners_and_leaders_have_none(browser, ana, leader):
    for person in (ana, leader):
        assert browser.sign_in(person).get("/usage/scoreboard").status_code == 403


def test_it_stays_within_its_statements(browser, budget, marketer, items):
    db.session.flush()
    browser.sign_in(marketer)
    with budget(6):
        browser.get("/usage/scoreboard")
