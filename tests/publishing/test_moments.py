"""A day and a time on the firm's clock, as a moment; also where the clock jumps."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import clock
from portal.publishing.moments import moment_of

ZONES = ["Europe/London", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"]


def test_a_plain_time_is_what_the_clock_shows():
    chosen = moment_of(date(2026, 7, 1), time(9, 30), "Europe/Vienna")
    assert (chosen.moment, chosen.note) == (datetime(2026, 7, 1, 7, 30, tzinfo=UTC), "")


def test_a_time_that_the_clock_leaves_out_becomes_the_first_one_after_it_and_says_so():
    chosen = moment_of(date(2026, 3, 29), time(2, 30), "Europe/Vienna")
    assert chosen.moment == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert chosen.note == "02:30 doesn’t exist on that day, because the clocks go forward; it is at 03:00."


def test_a_time_that_comes_twice_is_the_first_one_and_says_so():
    chosen = moment_of(date(2026, 10, 25), time(1, 30), "Europe/London")
    assert chosen.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert "comes twice on that day" in chosen.note


def test_a_day_that_a_place_never_had_becomes_the_next_one():
    chosen = moment_of(date(2011, 12, 30), time(12), "Pacific/Apia")
    assert chosen.moment == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert "on 31 December at 00:00" in chosen.note


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.times(), st.sampled_from(ZONES))
def test_the_clock_shows_what_was_asked_for_or_the_note_says_why_not(day, at, zone):
    chosen = moment_of(day, at, zone)
    shown = chosen.moment.astimezone(clock.zone(zone)).replace(tzinfo=None)
    asked = datetime.combine(day, at.replace(second=0, microsecond=0))
    assert shown == asked or (shown > asked and "doesn’t exist" in chosen.note)
    assert chosen.moment.second == 0


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.lists(st.times(), min_size=2, max_size=5), st.sampled_from(ZONES)
)
def test_a_later_time_of_a_day_never_comes_earlier(day, times, zone):
    moments = [moment_of(day, at, zone).moment for at in sorted(times)]
    assert moments == sorted(moments)


@pytest.mark.parametrize("zone", ZONES)
def test_seconds_are_left_out(zone):
    assert moment_of(date(2026, 5, 5), time(8, 15, 59), zone) == moment_of(date(2026, 5, 5), time(8, 15), zone)
