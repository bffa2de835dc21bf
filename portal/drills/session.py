"""One practice session as the page shows it: a card at a time, then how it ended."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from portal import clock
from portal.accounts.viewer import Viewer
from portal.drills import asking, cards, queries, remembering, schedule
from portal.drills.asking import NOTHING, Given, Question
from portal.drills.leeches import SLIPS_FROM
from portal.drills.models import CardKind
from portal.drills.plan import Day
from portal.drills.schedule import MOST_A_DAY, MOST_A_SESSION, NEW_A_DAY, Memory
from portal.message.diff import Piece

# FSRS's again, hard, good and easy, as a person would say them.
NAMES = {1: "Not yet", 2: "Just about", 3: "I had it", 4: "Easily"}


@dataclass(frozen=True)
class Grade:
    """A button under the answer."""

    rating: int
    name: str
    when: str


@dataclass(frozen=True)
class Shown:
    """The card in front of somebody. Its HTML is the firm's own, cleaned when it was saved."""

    id: int
    version: int
    kind: CardKind
    key: str
    front: Markup
    whole: Markup
    """For a cloze, the front with its words in place; else nothing."""
    back: Markup
    question: Question
    right: int
    chosen: int
    is_new: bool
    is_changed: bool
    slips: bool
    """Whether it was forgotten so often that another way may help."""
    rewording: list[Piece]
    grades: list[Grade]

    @property
    def is_answered(self) -> bool:
        """Whether the answer is to be shown: once something was chosen or typed, where that is asked for."""
        return self.question.is_answered


@dataclass(frozen=True)
class Ending:
    """How a session ended, and when there is more."""

    is_begun: bool
    is_cut: bool
    """The session is as long as a session gets, and there is more today."""
    left: int
    tomorrow: int
    next_on: date | None


@dataclass(frozen=True)
class Session:
    """What the page shows now: a card, or the ending."""

    done: int
    left: int
    card: Shown | None
    ending: Ending | None
    is_way_back: bool = False


def now_at(
    deck: Any, viewer: Viewer, now: datetime, *, done: int = 0, card: int = 0, given: Given = NOTHING
) -> Session:
    """Where a session stands after so many cards."""
    day = queries.today(viewer, now, deck_id=deck.id)
    if done >= MOST_A_SESSION or not day.cards:
        return Session(done, 0, None, _ending(deck, viewer, now, day))
    asked = next((each.card_id for each in day.cards if each.card_id == card), day.cards[0].card_id)
    row = queries.cards(viewer, [asked])[0]
    left = min(len(day.cards), MOST_A_SESSION - done)
    return Session(done, left, _shown(row, viewer, now, given if asked == card else NOTHING), None, day.is_way_back)


def ahead(deck: Any, viewer: Viewer, now: datetime, *, done: int = 0) -> list[Shown]:
    """The cards of the rest of a session, so that it can be finished without a network."""
    day = queries.today(viewer, now, deck_id=deck.id)
    ids = [card.card_id for card in day.cards][: max(0, MOST_A_SESSION - done)]
    return [_shown(row, viewer, now, NOTHING, with_rewording=False) for row in queries.cards(viewer, ids)]


def _shown(row: Any, viewer: Viewer, now: datetime, given: Given, *, with_rewording: bool = True) -> Shown:
    memory = Memory(*row[8:])
    is_cloze = row.kind == CardKind.CLOZE
    question = asking.asked(row.kind, row.options, row.right, f"{row.id}-{memory.reps}", given)
    was = queries.answered_wording_or_none(viewer, row.id) if memory.is_changed and with_rewording else None
    place = remembering.place_of(viewer.id, row.id)
    grades = [
        Grade(rating, NAMES[rating], when)
        for rating, when in schedule.intervals(memory, now, row.retention, place)
        if question.is_right is None or (rating > 1) == question.is_right
    ]
    return Shown(
        id=row.id,
        version=row.version,
        kind=row.kind,
        key=secrets.token_urlsafe(12),
        front=cards.without_answer(row.front) if is_cloze else Markup(row.front),
        whole=Markup(row.front if is_cloze else ""),
        back=Markup(row.back),
        question=question,
        right=row.right,
        chosen=given.chosen if given.chosen <= len(question.options) else 0,
        is_new=memory.state == 0,
        is_changed=memory.is_changed,
        slips=memory.lapses >= SLIPS_FROM,
        rewording=cards.rewording(was, {"front": row.front, "back": row.back}) if was else [],
        grades=grades,
    )


def _ending(deck: Any, viewer: Viewer, now: datetime, day: Day) -> Ending:
    row = queries.afterwards(viewer, deck.id, now)
    left = len(day.cards)
    tomorrow = min(row.tomorrow + day.old_waiting, MOST_A_DAY) + min(day.new_waiting, NEW_A_DAY)
    later = clock.day_in(row.next_at, viewer.zone) if row.next_at else None
    return Ending(row.held > 0, left > 0, left, tomorrow, later)
