"""A working year: a busy season from January to March, a dip in summer, an autumn that begins things."""

import random
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from portal import clock

MONTHS = (0.5, 0.45, 0.55, 1.0, 1.1, 1.0, 0.65, 0.45, 1.4, 1.6, 1.35, 0.8)
"""How much gets done in a month, from January."""
WEEKDAYS = (1.1, 1.2, 1.15, 1.0, 0.7, 0.04, 0.04)
HOURS = (8, 8, 9, 9, 10, 11, 12, 13, 13, 14, 15, 16, 17, 18)
LONG = timedelta(days=364)


class Year:
    """The year that ends now, in the firm's time zone: the date of a moment is the day it counts on."""

    def __init__(self, now: datetime, zone: str):
        self.now = now.astimezone(clock.zone(zone))
        self.today = self.now.date()
        self.start = self.today - LONG
        self._days = [self.start + timedelta(days=n) for n in range(LONG.days + 1)]
        self._weights = list(accumulate(MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] for day in self._days))

    def moments(self, rng: random.Random, most: int, since: date, until: date) -> list[datetime]:
        """At most so many moments, on different days from one day until another, in order."""
        drawn = set(rng.choices(self._days, cum_weights=self._weights, k=most))
        return [self.on(rng, day) for day in sorted(drawn) if since <= day <= until]

    def on(self, rng: random.Random, day: date) -> datetime:
        """A moment in the working hours of a day, but not after now."""
        moment = datetime.combine(day, time(rng.choice(HOURS), rng.randrange(60), rng.randrange(60)), self.now.tzinfo)
        if moment < self.now:
            return moment
        midnight = datetime.combine(self.today, time(), self.now.tzinfo)
        return midnight + (self.now - midnight) * rng.uniform(0.5, 0.95)

    def ago(self, days: int, hour: int = 10) -> datetime:
        """A moment so many days back, for what is fixed."""
        return datetime.combine(self.today - timedelta(days=days), time(hour, 12), self.now.tzinfo)


class Sitting:
    """One time that somebody sat down with the portal; its moments come one after the other, never after now."""

    def __init__(self, start: datetime, until: datetime):
        self.moment, self._until = start, until

    @property
    def day(self) -> date:
        """The day that it counts on."""
        return self.moment.date()

    def later(self, seconds: float) -> datetime:
        """The moment after some seconds of work."""
        self.moment = min(self.moment + timedelta(seconds=seconds), self._until)
        return self.moment
