"""Reading an item."""

from datetime import timedelta

from portal.counters.models import DailyCount, PersonActivity
from portal.db import db
from portal.library import queries, reading, services
from portal.library.models import ItemDay, ItemReader
from tests.library import make_library as lib
from tests.make import NOON, TODAY


def test_it_shows_the_text_its_owner_and_how_long_it_is_good(browser, ana, marketer):
    lib.published(
        marketer,
        "Handing over",
        summary="In two years.",
        source="## The fear\n\nIt was **late**.",
        review_on=TODAY + timedelta(days=90),
        industry=["retail"],
    )
    page = browser.sign_in(ana).get("/library/handing-over").text
    for said in (
        '<h2 id="the-fear">The fear</h2>',
        "<strong>late</strong>",
        "Mira Sand",
        "good until 2 June",
        "/library?industry=retail",
    ):
        assert said in page, said


def test_an_item_past_its_review_date_says_so_in_words(browser, ana, marketer):
    lib.published(marketer, "Old news", review_on=lib.PAST)
    assert "past its review date, yesterday" in browser.sign_in(ana).get("/library").text
    assert "Check facts and figures with Mira Sand" in browser.get("/library/old-news").text


def test_a_draft_and_an_archived_item_are_private_to_those_who_publish(browser, ana, marketer):
    lib.draft(marketer, "Not yet")
    services.archive(lib.published(marketer, "No more"))
    assert browser.sign_in(ana).get("/library/not-yet").status_code == 404
    gone = browser.get("/library/no-more")
    assert gone.status_code == 410
    assert "taken out of the library" in gone.text
    assert "No more" not in gone.text
    assert "This is a draft" in browser.sign_in(marketer).get("/library/not-yet").text
    assert "This item is archived" in browser.get("/library/no-more").text


def test_what_can_be_read_can_be_counted_and_nothing_else(browser, ana, marketer):
    lib.draft(marketer, "Not yet")
    signed_in = browser.sign_in(ana)
    for address in ("/library/not-yet/reads", "/library/nowhere/reads"):
        assert signed_in.post(address).status_code == 404
    assert signed_in.post("/library/not-yet/usefulness", useful="yes").status_code == 404


def test_a_reading_counts_once_a_day_and_person(browser, ana, ben, marketer):
    item = lib.published(marketer, "Handing over")
    for person in (ana, ana, ben):
        assert browser.sign_in(person).post("/library/handing-over/reads").status_code == 204

    day = db.session.get(ItemDay, (item.id, TODAY))
    assert (day.views, day.readers) == (2, 2)
    assert db.session.query(DailyCount).filter_by(measure="reads", practice_id=ana.practice_id).one().n == 2
    assert db.session.get(PersonActivity, ana.id).last_on == TODAY


def test_reading_again_the_next_day_is_a_view_but_no_new_reader(ana, marketer, viewer):
    item = lib.published(marketer, "Handing over")
    for moment in (NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1)):
        reading.read(item.id, by=viewer(ana), now=moment)
    tomorrow = db.session.get(ItemDay, (item.id, TODAY + timedelta(days=1)))
    assert (tomorrow.views, tomorrow.readers) == (1, 0)
    assert db.session.get(ItemReader, (item.id, ana.id)).times == 2


def test_looking_at_the_page_writes_nothing(browser, ana, marketer):
    lib.published(marketer, "Handing over")
    browser.sign_in(ana).get("/library/handing-over")
    assert not db.session.query(ItemReader).count()


def test_one_says_whether_it_helped_and_may_think_again(browser, ana, marketer):
    item = lib.published(marketer, "Handing over")
    signed_in = browser.sign_in(ana)
    signed_in.post("/library/handing-over/usefulness", useful="no")
    assert "You said that it didn’t help." in signed_in.get("/library/handing-over").text
    signed_in.post("/library/handing-over/usefulness", useful="yes")
    assert db.session.get(ItemReader, (item.id, ana.id)).useful is True
    assert signed_in.post("/library/handing-over/usefulness", useful="perhaps").status_code == 422


def test_related_items_share_tags_and_are_published(marketer):
    item = lib.published(marketer, "One", industry=["retail"], discipline=["network"])
    lib.published(marketer, "Two", discipline=["network"])
    lib.published(marketer, "Three", industry=["retail"])
    lib.published(marketer, "Four", industry=["energy"])
    lib.draft(marketer, "Five", industry=["retail"])
    assert [row.key for row in queries.beside(item.id)[1]] == ["three", "two"]


def test_what_it_is_filed_under_leads_on_and_is_said_once(browser, ana, marketer):
    lib.published(marketer, "One", practice=["restructuring"], service=["restructuring", "payroll"])
    page = browser.sign_in(ana).get("/library/one").text
    assert '<a href="/library?practice=restructuring">Restructuring</a>' in page
    assert '<a href="/library?service=payroll">Payroll</a>' in page
    assert "service=restructuring" not in page


def test_a_page_takes_few_statements(browser, ana, marketer, budget):
    lib.published(marketer, "Handing over", industry=["retail"])
    lib.published(marketer, "Another", industry=["retail"])
    signed_in = browser.sign_in(ana)
    with budget(12):
        signed_in.get("/library/handing-over")
    with budget(8):
        signed_in.get("/library/handing-over")


def test_what_was_found_by_search_and_opened_is_counted_once_a_day(browser, ana, ben, marketer):
    item = lib.published(marketer, "Handing over")
    assert 'href="/library/handing-over?from=search"' in browser.sign_in(ana).get("/library", q="handing").text
    assert "?from=search" not in browser.get("/library").text
    for _twice in range(2):
        browser.post("/library/handing-over/reads", **{"from": "search"})
    browser.sign_in(ben).post("/library/handing-over/reads")
    day = db.session.get(ItemDay, (item.id, TODAY))
    assert (day.views, day.found) == (2, 1)
