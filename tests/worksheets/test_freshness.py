"""Answers age, are marked, and can be renewed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.worksheets import definition, freshness
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send

ONE = make.one_section(
    make.ask("talk", "text", fresh_days=90),
    make.ask("name"),
    make.table("acts", make.ask("need", fresh_days=30), make.ask("what")),
)
SECTIONS = definition.read(ONE)
DAY = date(2026, 3, 4)


@pytest.fixture
def filled(browser, ana):
    """Written today."""
    filled = make.filled(ana, make.worksheet("plan", ONE, title="The plan"))
    changes = {"talk": ("", "They open a site"), "name": ("", "Larch"), "acts/r1/need": ("", "A lease")}
    assert send(browser.sign_in(ana), filled, changes).status_code == 200
    return filled


def test_only_what_ages_is_stamped(filled):
    assert filled.stamps == {"talk": "2026-03-04", "acts/r1/need": "2026-03-04"}
    assert filled.stale_on == DAY + timedelta(days=31)


def age(filled, days):
    """Let so many days go by."""
    filled.stamps = {
        place: (date.fromisoformat(stamp) - timedelta(days=days)).isoformat() for place, stamp in filled.stamps.items()
    }
    filled.stale_on = freshness.stale_on(SECTIONS, filled.stamps)


@pytest.mark.parametrize(("days", "marks"), [(30, 0), (31, 1), (90, 1), (91, 2)])
def test_it_is_marked_beside_the_field_once_it_is_old(browser, filled, days, marks):
    age(filled, days)
    text = browser.get(page(filled)).text
    assert text.count("data-aged") == marks
    assert ("As of " in text) == bool(marks)


def test_the_list_and_today_say_so(browser, filled):
    assert "Look at it again" not in browser.get("/worksheets").text
    assert "Look again" not in browser.get("/").text
    age(filled, 31)
    assert "Look at it again" in browser.get("/worksheets").text
    assert "The plan" in browser.get("/worksheets?state=old").text
    assert "Look again: The plan" in browser.get("/").text


def test_still_true_renews_without_changing(browser, filled):
    age(filled, 31)
    answers = filled.answers
    browser.submit(page(filled), do="still:acts/r1/need")
    assert filled.stamps == {"talk": "2026-02-01", "acts/r1/need": "2026-03-04"}
    assert filled.stale_on == DAY + timedelta(days=31)
    assert "data-aged" not in browser.get(page(filled)).text
    assert filled.answers == answers


def test_all_of_it_is_renewed_from_the_reading_page_of_a_finished_one(browser, filled, now):
    filled.finished_at = now
    age(filled, 100)
    text = browser.get(f"{page(filled)}/read").text
    assert "2 answers are" in text
    assert '<a href="#old-acts-r1-need">Acts, row 1, Need</a>' in text
    assert 'id="old-acts-r1-need"' in text
    browser.post(f"{page(filled)}/still-true", place=["talk", "acts/r1/need", "nothing"])
    assert set(filled.stamps.values()) == {"2026-03-04"}
    assert filled.finished_at == now


def test_changing_renews_and_emptying_ends_it(browser, filled):
    age(filled, 31)
    send(browser, filled, {"acts/r1/need": ("A lease", "A longer lease"), "talk": ("They open a site", "")})
    assert filled.stamps == {"acts/r1/need": "2026-03-04"}


def test_a_day_is_as_old_as_it_says(browser, ana):
    talks = make.table("talks", make.ask("happened_on", "date", fresh_days=90), make.ask("note"))
    filled = make.filled(ana, make.sheet_of(talks))
    rows = {"talks/r1/happened_on": ("", "2025-11-01"), "talks/r2/happened_on": ("", "2026-03-20")}
    send(browser.sign_in(ana), filled, rows)
    assert filled.stamps == {"talks/r1/happened_on": "2025-11-01", "talks/r2/happened_on": "2026-03-04"}
    assert browser.get(page(filled)).text.count("data-aged") == 1
    assert "Look again: The plan" in browser.get("/").text
    browser.submit(page(filled), do="still:talks/r1/happened_on")
    assert filled.stamps["talks/r1/happened_on"] == "2026-03-04"


def test_archived_ones_never_nag(browser, filled):
    age(filled, 100)
    browser.post(f"{page(filled)}/archive")
    assert "Look again" not in browser.get("/").text
    assert "Look at it again" not in browser.get("/worksheets?state=archived").text


def test_strangers_renew_nothing(browser, ben, filled):
    age(filled, 100)
    before = dict(filled.stamps)
    assert browser.sign_in(ben).post(f"{page(filled)}/still-true", place="talk").status_code == 404
    assert filled.stamps == before


PLACES = st.sampled_from(["talk", "name", "acts/r1/need", "acts/r2/need", "acts/r1/what"])
FLATS = st.dictionaries(PLACES, st.sampled_from(["", "a", "b"]))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(FLATS, FLATS, DAYS, DAYS)
def test_every_answer_that_ages_has_a_stamp_and_nothing_else_has(before, after, on, since):
    stamps = freshness.stamped(SECTIONS, before=before, after=after, stamps={}, on=on, since=since)
    assert set(stamps) == {place for place, text in after.items() if text and place not in {"name", "acts/r1/what"}}
    for place, stamp in stamps.items():
        assert stamp == (since if before.get(place) == after[place] else on).isoformat()


@given(FLATS, DAYS, DAYS)
def test_what_is_old_agrees_with_the_day_that_is_kept(after, on, today):
    stamps = freshness.stamped(SECTIONS, before={}, after=after, stamps={}, on=on, since=on)
    first = freshness.stale_on(SECTIONS, stamps)
    assert bool(freshness.old(SECTIONS, stamps, today)) == (first is not None and first <= today)


@given(FLATS, DAYS, DAYS)
def test_what_is_confirmed_today_is_not_old_today(after, on, today):
    stamps = freshness.stamped(SECTIONS, before={}, after=after, stamps={}, on=on, since=on)
    renewed = freshness.confirmed(stamps, [*stamps, "nothing"], today)
    assert set(renewed) == set(stamps)
    assert freshness.old(SECTIONS, renewed, today) == {}
