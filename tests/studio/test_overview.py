"""The studio's first page."""

import re
from datetime import timedelta

from portal.library import reading, services
from portal.studio.lists import LISTS
from tests.library import make_library as lib
from tests.make import NOON, TODAY


def lists(page):
    return dict(re.findall(r'href="/studio\?show=([\w-]+)"[^>]*>[A-Z][a-z ]+ (\d+)<', page))


def test_it_counts_and_shows_each_list(browser, marketer):
    lib.published(marketer, "Fine", review_on=TODAY + timedelta(days=99))
    lib.published(marketer, "Late", review_on=lib.PAST)
    lib.draft(marketer, "Half")
    services.archive(lib.published(marketer, "Gone"))
    signed_in = browser.sign_in(marketer)
    counted = {name: number for name, number in lists(signed_in.get("/studio").text).items() if number != "0"}
    assert counted == {"published": "2", "drafts": "1", "overdue": "1", "archived": "1"}
    for show, title in (("drafts", "Half"), ("overdue", "Late"), ("archived", "Gone")):
        page = signed_in.get("/studio", show=show).text
        assert f">{title}</a>" in page
        assert ">Fine</a>" not in page
    assert ">Fine</a>" in signed_in.get("/studio", show="nonsense").text


def test_it_shows_how_items_are_used(browser, marketer, ana, ben, viewer):
    item = lib.published(marketer, "Words")
    reading.say_useful(item, useful=True, by=viewer(ana), now=NOON)
    reading.say_useful(item, useful=False, by=viewer(ben), now=NOON)
    page = browser.sign_in(marketer).get("/studio").text
    assert re.findall(r'data-label="(Views|Helped|Didn’t help)">(\d+)', page) == [
        ("Views", "2"),
        ("Helped", "1"),
        ("Didn’t help", "1"),
    ]


def test_it_shows_what_people_looked_for_in_vain(browser, marketer, ana, viewer):
    for _ in range(3):
        reading.miss("blockchain audit", by=viewer(ana), now=NOON)
    page = browser.sign_in(marketer).get("/studio").text
    assert "blockchain audit" in page
    assert "3 times, last today" in page
    assert "/studio/items/new?title=blockchain%20audit" in page


def test_what_was_written_since_is_missing_no_more(browser, marketer, ana, viewer):
    reading.miss("blockchain", by=viewer(ana), now=NOON)
    lib.published(marketer, "Blockchain for auditors")
    assert "Every search has found something so far." in browser.sign_in(marketer).get("/studio").text


def test_an_empty_studio_says_how_to_begin(browser, marketer):
    signed_in = browser.sign_in(marketer)
    assert "Nothing is published yet" in signed_in.get("/studio").text
    assert "No pitch yet" in signed_in.get("/studio").text
    for show in LISTS:
        assert 'class="empty"' in signed_in.get("/studio", show=show).text
