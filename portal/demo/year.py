"""One person's year: on each day they sit down, a little of everything."""

from dataclasses import dataclass
from datetime import datetime

from portal.demo.course import Course
from portal.demo.network import Circles
from portal.demo.people import Level, Member
from portal.demo.pipeline import Desk
from portal.demo.practice import Box
from portal.demo.reading import Reader, Shelf
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting, Year
from portal.demo.sheets import Folder
from portal.demo.study import Hands, Learner
from portal.demo.talking import Talker
from portal.demo.totals import Totals

STEPS_AT_ONCE = {Level.KEEN: (1, 3), Level.STEADY: (1, 2), Level.OCCASIONAL: (0, 2), Level.ABSENT: (1, 1)}
ASKS = {Level.KEEN: 0.13, Level.STEADY: 0.1, Level.OCCASIONAL: 0.08, Level.ABSENT: 0.0}
"""How likely somebody logs an ask of their own when they sit down."""


@dataclass
class World:
    """What everybody's year shares."""

    year: Year
    course: Course
    currency: str
    rows: Rows
    totals: Totals
    shelf: Shelf
    circles: Circles


class Life:
    """One person with all their things."""

    def __init__(self, member: Member, world: World):
        self.member, self.world = member, world
        course, rows, totals = world.course, world.rows, world.totals
        self.desk = Desk(member, world.currency, rows, totals, world.year.today)
        self.box = Box(member, course, rows, totals, world.year.now)
        self.talker = Talker(member, self.box, rows)
        self.folder = Folder(member, course, rows, totals)
        self.reader = Reader(member, course, rows, totals, world.shelf)
        self.circle = world.circles.of(member)
        self.learner = Learner(member, course, rows, totals, Hands(self.desk, self.box, self.folder, self.circle))

    def live(self) -> None:
        """Go through the year."""
        self.world.totals.stands("people", self.member)
        self.circle.keep_up()
        for number, moment in enumerate(self.member.moments, 1):
            steps = self.member.rng.randint(*STEPS_AT_ONCE[self.member.level])
            if self.member.plan:  # spread over the whole year
                steps = self.learner.behind(number / len(self.member.moments))
            self._sit_down(self.sitting(moment), steps)

    def sitting(self, moment: datetime) -> Sitting:
        """The person sits down at a moment."""
        return Sitting(moment, self.world.year.now)

    def _sit_down(self, sitting: Sitting, steps: int) -> None:
        member, rng = self.member, self.member.rng
        self.box.practise(sitting)
        if member.plan:
            self.box.keep_forgetting(sitting)
        self.talker.talk(sitting)
        self.learner.study(sitting, steps)
        if not member.plan and self.box.has_begun(VALUE_PROPOSITION):
            for talk in self.reader.talks:
                self.box.begin(self.world.course.deck_of(talk.id), sitting)
        self.desk.move_on(sitting)
        if rng.random() < ASKS[member.level]:
            self.desk.come_by(sitting)
        if rng.random() < 0.3:
            self.reader.read(sitting)
        if rng.random() < 0.2 and not self._keeps_the_news(sitting):
            self.reader.look_at_pitches(sitting)
            if member.level == Level.KEEN:
                self.box.begin(PITCH_DECK, sitting)

    def _keeps_the_news(self, sitting: Sitting) -> bool:
        """Whoever is shown on Today has not seen yet what changed in the pitch."""
        return bool(self.member.plan) and sitting.moment > self.world.year.ago(7)

    def write(self) -> None:
        """Hand over what stands at the end of the year."""
        for part in (self.learner, self.box, self.folder, self.desk, self.reader, self.circle):
            part.write()


VALUE_PROPOSITION = "value-proposition"
"""Whoever practises its cards practises the pitch as well, and may be certified on it."""
PITCH_DECK = "pitch-firm"
"""The deck that is made from the claims of the firm's pitch."""
