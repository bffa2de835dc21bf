"""Cards that the people of the firm answered, and what they remember."""

from datetime import UTC, datetime

from fsrs import State

from portal.demo.course import Course, Slip
from portal.demo.people import Level, Member
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting
from portal.demo.totals import Totals
from portal.drills import schedule
from portal.drills.models import CardState, DrillSettings, Review
from portal.drills.remembering import place_of
from portal.drills.schedule import Memory

AT_FIRST, LATER = (25, 15, 52, 8), (9, 14, 62, 15)
"""How often an answer is again, hard, good and easy."""
HARD, HARDLY = {"audit-and-advice", "yearly-table"}, (45, 20, 30, 5)
"""Lines that nobody seems to keep in mind."""
STUBBORN = 5
"""So often somebody whose cards are shown to visitors forgets one and the same card."""
DUE_AT_ONCE = {Level.KEEN: 7, Level.STEADY: 5, Level.OCCASIONAL: 4, Level.ABSENT: 2}
NEW_AT_ONCE = {Level.KEEN: 7, Level.STEADY: 5, Level.OCCASIONAL: 5, Level.ABSENT: 3}


RETENTIONS = {3: 85, 11: 95, 17: 93}
"""How much some want to keep in mind, by a remainder of their ids."""


class Held:
    """A card that somebody has taken up, in the version that they saw last."""

    __slots__ = ("memory", "slip", "version")

    def __init__(self, slip: Slip, now: datetime):
        self.slip, self.memory = slip, Memory(now)
        self.version = slip.version if slip.reworded_at is None or now >= slip.reworded_at else slip.version - 1

    def keep_up(self, now: datetime) -> "Held":
        """Notice that the card was reworded since, if it was."""
        if self.version < self.slip.version and self.slip.reworded_at and now >= self.slip.reworded_at:
            self.version = self.slip.version
            self.memory = schedule.reworded(self.memory, self.slip.reworded_at)
        return self


class Box:
    """The cards of one person."""

    def __init__(self, member: Member, course: Course, rows: Rows, totals: Totals, now: datetime):
        self._now = now
        self.member, self.course, self.rows, self.totals = member, course, rows, totals
        self._held: list[Held] = []
        self._unseen: list[Held] = []
        self._begun: set[str] = set()
        self.retention = RETENTIONS.get(member.id % 23, schedule.USUAL_RETENTION)

    def begin(self, deck: str, sitting: Sitting) -> None:
        """Take up a deck; its cards come up a few at a time."""
        if deck not in self._begun:
            self._begun.add(deck)
            now = sitting.moment.astimezone(UTC)
            self._unseen += [Held(slip, now) for slip in self.course.piles.get(deck, ())]

    def has_begun(self, deck: str) -> bool:
        """Whether a deck was taken up."""
        return deck in self._begun

    def finished(self, deck: str) -> bool:
        """Whether every card of a deck that was taken up has been answered once."""
        pile = self.course.piles.get(deck)
        return not pile or all(held.slip.deck_id != pile[0].deck_id for held in self._unseen)

    def practise(self, sitting: Sitting) -> None:
        """Answer some of what is due, then some that are new."""
        now = sitting.moment.astimezone(UTC)
        due = [held for held in self._held if held.keep_up(now).memory.due_at <= now]
        for held in sorted(due, key=lambda held: held.memory.due_at)[: DUE_AT_ONCE[self.member.level]]:
            self._answer(held, HARDLY if held.slip.key in HARD else LATER, sitting)
        new = self._unseen[: NEW_AT_ONCE[self.member.level]]
        for held in new:
            self._answer(held.keep_up(now), AT_FIRST, sitting)
        self._held += new
        del self._unseen[: len(new)]

    def stumble(self, sitting: Sitting, most: int) -> None:
        """Forget some cards, those not seen for longest; they are due again at once."""
        for held in sorted(self._held, key=lambda held: held.memory.last_review_at or sitting.moment)[:most]:
            self._answer(held, (1, 0, 0, 0), sitting)

    def keep_forgetting(self, sitting: Sitting) -> None:
        """Forget the same card once more, and learn it again."""
        held = self._held[0] if self._held else None
        if held and held.memory.state == State.Review and held.memory.lapses < STUBBORN:
            self._answer(held, (1, 0, 0, 0), sitting)
            self._answer(held, (0, 0, 1, 0), sitting)

    def lines(self, now: datetime) -> list[Held]:
        """The lines of pitches among the cards held."""
        return [held.keep_up(now) for held in self._held if held.slip.pitch_id]

    def _answer(self, held: Held, weights: tuple[int, ...], sitting: Sitting) -> None:
        rng = self.member.rng
        rating = rng.choices((1, 2, 3, 4), weights=weights)[0]
        at = sitting.later(rng.randrange(6, 40)).astimezone(UTC)
        self.review(held, rating, at, sitting, f"{held.slip.id}-{held.memory.reps}")

    def review(self, held: Held, rating: int, at: datetime, sitting: Sitting, key: str) -> int:
        """Let an answer count, and return its id."""
        review_id = self.rows.number(Review)
        self.rows.add(
            Review,
            id=review_id,
            person_id=self.member.id,
            card_id=held.slip.id,
            card_version=held.version,
            rating=rating,
            at=at,
            received_at=at,
            retention=self.retention,
            key=key,
            before=held.memory.kept(),
        )
        held.memory = schedule.after(held.memory, rating, at, self.retention)
        self.totals.happened("drills", self.member, sitting.day)
        self.totals.active(self.member, sitting.day)
        return review_id

    def write(self) -> None:
        """Hand over what is remembered."""
        now = self._now.astimezone(UTC)
        if self.retention != schedule.USUAL_RETENTION:
            self.rows.add(DrillSettings, person_id=self.member.id, retention=self.retention)
        for held in (*self._held, *self._unseen):
            memory = held.keep_up(now).memory
            self.rows.add(
                CardState,
                person_id=self.member.id,
                card_id=held.slip.id,
                deck_id=held.slip.deck_id,
                due_at=memory.due_at,
                asked_at=schedule.asked_at(memory, place_of(self.member.id, held.slip.id)),
                state=memory.state,
                step=memory.step,
                stability=memory.stability,
                difficulty=memory.difficulty,
                last_review_at=memory.last_review_at,
                first_at=memory.first_at,
                reps=memory.reps,
                lapses=memory.lapses,
                is_asleep=False,
                is_changed=memory.is_changed,
            )
