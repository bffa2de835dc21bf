"""What leaders see, added up while the year goes by, as the portal would have done."""

from collections import defaultdict
from datetime import date

from portal import clock
from portal.counters.models import DailyCount, PersonActivity, Standing
from portal.counters.services import LEVELS, kept_as
from portal.demo.people import Member
from portal.demo.rows import Rows

Key = tuple[int, str, str]


class Totals:
    """The running totals; see `portal.counters`."""

    def __init__(self) -> None:
        self._flows: dict[tuple[Key, date], list[int]] = defaultdict(lambda: [0, 0])
        self._levels: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
        self._weeks: dict[int, set[date]] = defaultdict(set)
        self._last: dict[int, date] = {}

    def happened(self, measure: str, member: Member, on: date, *, discipline: str = "", amount: int = 0) -> None:
        """Count something that happened."""
        for kept, of, day in kept_as(measure, discipline, on):
            total = self._flows[(member.practice_id, kept, of), day]
            total[0] += 1
            total[1] += amount

    def stands(self, measure: str, member: Member, *, of: str = "", amount: int = 0) -> None:
        """Count where something stands at the end of the year."""
        assert measure in LEVELS, measure
        total = self._levels[member.practice_id, measure, of]
        total[0] += 1
        total[1] += amount

    def active(self, member: Member, on: date) -> None:
        """Somebody was active on a day; it counts once a week."""
        week = clock.week_of(on)
        self._last[member.id] = max(self._last.get(member.id, on), on)
        if week not in self._weeks[member.id]:
            self._weeks[member.id].add(week)
            self.happened("active-people", member, week)

    def write(self, rows: Rows) -> None:
        """Hand the totals over."""
        for ((practice_id, measure, of), on), (n, amount) in self._flows.items():
            rows.add(DailyCount, practice_id=practice_id, measure=measure, discipline=of, on=on, n=n, amount=amount)
        for (practice_id, measure, of), (n, amount) in self._levels.items():
            rows.add(Standing, practice_id=practice_id, measure=measure, of=of, n=n, amount=amount)
        for person_id, last_on in self._last.items():
            rows.add(PersonActivity, person_id=person_id, last_on=last_on)
