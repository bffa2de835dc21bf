"""Saying whether an item helped, and why."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.errors import Refused
from portal.library import reading, usefulness
from portal.library.kinds import Kind
from portal.library.models import ItemDay, ItemReader
from tests.library import make_library as lib
from tests.make import NOON, TODAY

DAY = timedelta(days=1)


def counted(item):
    return {row.on: (row.helped, row.did_not_help) for row in db.session.query(ItemDay).populate_existing()}


def test_a_yes_is_kept_at_once_and_why_may_follow(browser, ana, marketer):
    item = lib.published(marketer, "Handing over")
    signed_in = browser.sign_in(ana)
    answer = signed_in.post("/library/handing-over/usefulness", useful="no")
    assert "What was missing?" in signed_in.get(answer.location).text
    page = signed_in.submit(answer.location, reason="too-long", words="Two pages would do.")
    assert "It is too long: Two pages would do." in page.text
    assert counted(item) == {TODAY: (0, 1)}
    assert "Change why" in page.text


def test_who_thinks_again_is_counted_anew_and_not_twice(ana, ben, marketer, viewer):
    item = lib.published(marketer)
    reading.say_useful(item, useful=False, by=viewer(ana), now=NOON)
    reading.say_useful(item, useful=True, by=viewer(ben), now=NOON)
    reading.say_useful(item, useful=True, by=viewer(ana), now=NOON + DAY)
    reading.say_useful(item, useful=True, reason="learned", by=viewer(ana), now=NOON + 2 * DAY)
    days = counted(item)
    assert days[TODAY] == (1, 0)
    assert days[TODAY + DAY] == (1, 0)
    assert days[TODAY + 2 * DAY] == (0, 0)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.integers(0, 40)), max_size=12))
def test_the_days_add_up_to_what_people_say_now(said, ana, ben, item, viewer):
    """However often they think again: helped and not are as many as the people who say so now."""
    for who, useful, days in said:
        reading.say_useful(item, useful=useful, by=viewer((ana, ben)[who]), now=NOON + days * DAY)
    days = counted(item).values()
    now = [row.useful for row in db.session.query(ItemReader).populate_existing()]
    assert (sum(day[0] for day in days), sum(day[1] for day in days)) == (now.count(True), now.count(False))


@pytest.fixture
def item(marketer):
    return lib.published(marketer)


def test_reasons_fit_the_kind_and_the_verdict():
    assert "no-figures" in usefulness.reasons(Kind.CASE_STUDY, useful=False)
    assert "no-figures" not in usefulness.reasons(Kind.TEMPLATE, useful=False)
    assert usefulness.checked(Kind.ARTICLE, "", " \r\nWell. ", useful=True) == ("", "Well.")
    with pytest.raises(Refused) as refusal:
        usefulness.checked(Kind.ARTICLE, "too-long", "", useful=True)
    assert refusal.value.field == "reason"
    with pytest.raises(Refused) as refusal:
        usefulness.checked(Kind.ARTICLE, "", "x" * 501, useful=True)
    assert refusal.value.field == "words"


def test_the_owner_and_publishers_read_why_without_names_unless_signed(
    browser, ana, ben, charlie, item, marketer, viewer
):
    reading.say_useful(item, useful=False, reason="wrong", words="The rate is old.", by=viewer(ana), now=NOON)
    reading.say_useful(item, useful=True, words="Said it aloud.", is_signed=True, by=viewer(ben), now=NOON)
    item.owner_id = charlie.id
    address = f"/library/{item.key}"
    for who in (marketer, charlie):
        page = browser.sign_in(who).get(address).text
        assert "The rate is old." in page
        assert "Ana Ferreira" not in page
        assert "Ben Okoro" in page
    assert "The rate is old." not in browser.sign_in(ben).get(address).text


def test_a_reason_that_is_not_offered_is_refused(browser, ana, item, viewer):
    reading.say_useful(item, useful=True, by=viewer(ana), now=NOON)
    address = f"/library/{item.key}/usefulness/why"
    assert browser.sign_in(ana).submit(address, reason="too-long").status_code == 422
    assert db.session.get(ItemReader, (item.id, ana.id)).reason == ""


def test_why_comes_after_whether(browser, ana, item):
    answer = browser.sign_in(ana).get(f"/library/{item.key}/usefulness/why")
    assert answer.status_code == 302
