"""What the people of the firm read: library items, and the pitches."""

from collections import defaultdict
from datetime import date, datetime

from portal.demo import words
from portal.demo.course import Course
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting
from portal.demo.totals import Totals
from portal.library.models import EmptySearch, ItemDay, ItemReader
from portal.message.models import PitchSeen


class Shelf:
    """How the library was used, by item and day."""

    def __init__(self) -> None:
        self._days: dict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0])

    def read(self, item_id: int, on: date, *, first: bool) -> None:
        """One look at an item."""
        day = self._days[item_id, on]
        day[0] += 1
        day[1] += first

    def write(self, rows: Rows) -> None:
        """Hand the days over."""
        for (item_id, on), (views, readers) in self._days.items():
            rows.add(ItemDay, item_id=item_id, on=on, views=views, readers=readers)
        last_on = max((on for _item_id, on in self._days), default=None)
        for times, phrase in enumerate(words.SEARCHES if last_on else (), 2):
            rows.add(EmptySearch, words=phrase, times=times, last_on=last_on)


class Reader:
    """One person with the library and the pitches."""

    def __init__(self, member: Member, course: Course, rows: Rows, totals: Totals, shelf: Shelf):
        self.member, self.course, self.rows, self.totals, self.shelf = member, course, rows, totals, shelf
        self._read: dict[int, list] = {}
        told = ("", *dict.fromkeys((member.area, member.practice_key)))
        self.talks = [course.talks[key] for key in told if key in course.talks]
        self._looked_at: datetime | None = None

    def read(self, sitting: Sitting) -> None:
        """Open an item; the first ones on the list are the ones people talk about."""
        rng, open_now = self.member.rng, [item for item, since in self.course.items if since <= sitting.moment]
        if not open_now:
            return
        item_id = open_now[min(int(rng.expovariate(0.4)), len(open_now) - 1)]
        at = sitting.later(20)
        first = item_id not in self._read
        self.shelf.read(item_id, at.date(), first=first)
        self.totals.happened("reads", self.member, at.date())
        self.totals.active(self.member, at.date())
        if first:
            self._read[item_id] = [at, at, 1, rng.choices((None, True, False), weights=(6, 3, 0.6))[0]]
        else:
            self._read[item_id][1:3] = at, self._read[item_id][2] + 1
        sitting.later(120)

    def look_at_pitches(self, sitting: Sitting) -> None:
        """Open the pitch page."""
        self._looked_at = sitting.later(40)

    def write(self) -> None:
        """Hand over what was read."""
        for item_id, (first_at, last_at, times, useful) in self._read.items():
            self.rows.add(
                ItemReader,
                item_id=item_id,
                person_id=self.member.id,
                first_at=first_at,
                last_at=last_at,
                times=times,
                useful=useful,
                useful_on=None if useful is None else last_at.date(),
                reason="",
                reason_words="",
                is_signed=False,
            )
        if self._looked_at:
            for talk in self.talks:
                number = talk.number if self._looked_at >= talk.since else talk.number - 1
                self.rows.add(
                    PitchSeen, person_id=self.member.id, pitch_id=talk.id, number=max(1, number), at=self._looked_at
                )
