"""Weeks, months, quarters and years, seen from a day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portal.adoption.periods import Periods


def test_from_a_day_in_march():
    periods = Periods(date(2026, 3, 4))
    assert periods.this_week == date(2026, 3, 2)
    assert (periods.weeks[0], periods.weeks[-1]) == (date(2025, 12, 8), date(2026, 2, 23))
    assert (periods.months[0], periods.months[-1]) == (date(2025, 3, 1), date(2026, 2, 1))
    assert periods.quarter == periods.year == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_page_reads_all_that_it_speaks_of(today):
    periods = Periods(today)
    assert len(periods.weeks) == len(periods.months) == 12
    assert periods.quarter[0].month in {1, 4, 7, 10}
    assert periods.quarter[-1] == periods.year[-1] == periods.this_month
    assert periods.year[0].month == 1
    assert periods.months[0] < periods.year[0]
