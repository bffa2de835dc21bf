"""How long answers take: what is open counts in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.insights import desk
from portal.insights.waiting import quarter_of, quarters, said_quarter
from tests.insights.make_insights import answered, asked
from tests.make import NOON

DAYS = st.lists(st.none() | st.integers(0, 400), min_size=1, max_size=40)


@given(DAYS)
def test_within_the_median_half_of_all_that_was_asked_was_answered(taken):
    (shown,) = quarters([("2026-Q1", one, 1) for one in taken])
    answered = sorted(one for one in taken if one is not None)
    if shown.median is None:
        assert 2 * len(answered) < len(taken)
    else:
        assert 2 * sum(one <= shown.median for one in answered) >= len(taken)
        assert 2 * sum(one < shown.median for one in answered) < len(taken)


@given(DAYS, st.integers(0, 39))
def test_an_answer_never_makes_the_figure_worse(taken, place):
    """Answering what is open at any speed cannot raise a figure beyond the days it took."""
    before = quarters([("2026-Q1", one, 1) for one in taken])[0].median
    place %= len(taken)
    if taken[place] is not None:
        return
    after = quarters([("2026-Q1", 0 if at == place else one, 1) for at, one in enumerate(taken)])[0].median
    assert before is None or (after is not None and after <= before)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_has_a_quarter_that_can_be_said(day):
    assert said_quarter(quarter_of(day)).endswith(str(day.year))


def test_everybody_sees_how_long_it_took_and_how_long_the_oldest_waits(browser, ana, ben, marketer, viewer):
    old = asked(ana, "Old", now=NOON - timedelta(days=30))
    asked(ana, "Older still", now=NOON - timedelta(days=40))
    answered(old, marketer, now=NOON - timedelta(days=24))
    page = browser.sign_in(ben).get("/requests").text
    assert "2 came in, half within 6 days" in page
    assert "1 is open; the oldest waits for 40 days" in page


def test_what_was_merged_away_waits_no_more(browser, ana, ben):
    desk.merge(asked(ana, "One"), asked(ben, "The same", now=NOON - timedelta(days=50)))
    page = browser.sign_in(ana).get("/requests").text
    assert "oldest waits for 0 days" in page
