"""Earlier versions: compared, and on a day; and words for one listener."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.clock import end_of
from portal.releases import services
from tests.releases.make_releases import CLAIMS, OPENER, pitch, publish, reworded, settle


@pytest.fixture
def firms(firm, now):
    found = pitch(now=now - timedelta(days=60))
    publish(found, claims=reworded("opener", "We help owners."), change="Two.", now=now - timedelta(days=30))
    publish(found, claims=reworded("opener", "We help owners decide."), change="Three.", now=now)
    return found


def test_any_two_versions_are_compared_word_by_word(browser, ana, firms):
    page = browser.sign_in(ana).get("/pitch/firm/compare", before=1, after=3).text
    assert "From version 1 to 3" in page
    assert f"<del>{OPENER[3:]}"[:8] in page
    page = browser.get("/pitch/firm/compare", before=3, after=2).text
    assert "<del> decide</del>" in page


@pytest.mark.parametrize("query", ["", "before=9&after=1", "before=x", "before=2&after=2", "before=%00"])
def test_odd_comparisons_do_no_harm(browser, ana, firms, query):
    assert browser.sign_in(ana).get(f"/pitch/firm/compare?{query}").status_code == 200


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-01-02", "no version of this pitch was in force"),
        ("2026-01-03", "version 1</a> was in force"),
        ("2026-02-02", "version 2</a> was in force"),
        ("2027-01-01", "version 3</a> was in force"),
        ("9999-12-31", "version 3</a> was in force"),
        ("0001-01-01", "no version of this pitch was in force"),
        ("soon", "Give a day like"),
    ],
)
def test_it_says_which_version_was_in_force_on_a_day(browser, ana, firms, day, words):
    assert words in browser.sign_in(ana).get("/pitch/firm/versions", day=day).text


def test_a_day_ends_where_the_person_is():
    assert end_of(date(2026, 3, 4), "Asia/Tokyo") == datetime(2026, 3, 4, 14, 59, 59, 999999, tzinfo=UTC)


def test_a_version_that_was_taken_back_says_so(browser, ana, firms, marketer, viewer, now):
    services.withdraw(firms, number=3, reason="It promised too much.", by=viewer(marketer), now=now)
    settle()
    page = browser.sign_in(ana).get("/pitch").text
    assert "Version 3 was withdrawn" in page
    assert "It promised too much." in page
    assert "We help owners." in page
    assert "It promised too much." in browser.get("/pitch/firm/versions/3").text
    assert "withdrawn" in browser.get("/pitch/firm/versions").text


def test_words_for_one_listener_take_the_place_of_the_others(browser, ana, firms, now):
    worded = [{**CLAIMS[0], "wordings": {"finance": "We count first."}}, *CLAIMS[1:]]
    publish(firms, claims=worded, change="Words for finance.", now=now)
    page = browser.sign_in(ana).get("/pitch", listener="finance").text
    assert "We count first." in page
    assert OPENER not in page.partition('class="pitch"')[2]
    assert "You get one answer" in page
    assert "Somebody in finance" in page
    assert "A general counsel" not in page
    assert browser.get("/pitch", listener="pirates").status_code == 200


def test_a_stranger_compares_nothing(browser, charlie, tax):
    pitch(key="tax", practice_key=tax.key)
    assert browser.sign_in(charlie).get("/pitch/tax/compare").status_code == 404
