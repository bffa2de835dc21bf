"""The weeks and months that a leader's page speaks of."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from portal.clock import week_of

WEEKS, MONTHS = 12, 12


@dataclass(frozen=True)
class Periods:
    """Weeks by their Mondays and months by their first days, seen from a day."""

    today: date

    @cached_property
    def this_week(self) -> date:
        """The week that runs."""
        return week_of(self.today)

    @cached_property
    def weeks(self) -> list[date]:
        """The weeks before it, oldest first. The one that runs would look like a fall."""
        return [self.this_week - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]

    @cached_property
    def this_month(self) -> date:
        """The month that runs."""
        return self.today.replace(day=1)

    @cached_property
    def months(self) -> list[date]:
        """The months before it, oldest first."""
        return [_months_before(self.this_month, back) for back in range(MONTHS, 0, -1)]

    @cached_property
    def quarter(self) -> list[date]:
        """The months of the quarter that runs, up to this one."""
        return [_months_before(self.this_month, back) for back in range((self.today.month - 1) % 3, -1, -1)]

    @cached_property
    def year(self) -> list[date]:
        """The months of the year that runs, up to this one."""
        return [_months_before(self.this_month, back) for back in range(self.today.month - 1, -1, -1)]


def _months_before(month: date, back: int) -> date:
    place = month.year * 12 + month.month - 1 - back
    return date(place // 12, place % 12 + 1, 1)
