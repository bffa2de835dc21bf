"""One practice session as the page shows it: a card at a time, then how it ended."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from portal import clock
from portal.accounts.viewer import Viewer
from portal.drills import cards, queries, schedule
from portal.drills.models import CardKind
from portal.drills.schedule import MOST_A_SESSION, NEW_A_DAY, Memory
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
    kind: CardKind
    key: str
    front: Markup
    whole: Markup
    """For a cloze, the front with its words in place; else nothing."""
    back: Markup
    options: list[tuple[int, Markup]]
    right: int
    chosen: int
    is_new: bool
    is_changed: bool
    rewording: list[Piece]
    grades: list[Grade]

    @property
    def is_answered(self) -> bool:
        """Whether the answer is to be shown: for a choice, once one was chosen."""
        return self.kind != CardKind.CHOICE or self.chosen > 0


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


def now_at(deck: Any, viewer: Viewer, now: datetime, *, done: int = 0, card: int = 0, chosen: int = 0) -> Session:
    """Where a session stands after so many cards."""
    row = queries.next_or_none(viewer, deck.id, now, card_id=card) if done < MOST_A_SESSION else None
    if row is None:
        return Session(done, 0, None, _ending(deck, viewer, now))
    left = min(queries.left_in(row), MOST_A_SESSION - done)
    return Session(done, left, _shown(row, viewer, now, chosen if row.id == card else 0), None)


def _shown(row: Any, viewer: Viewer, now: datetime, chosen: int) -> Shown:
    memory = Memory(*row[7:17])
    is_choice, is_cloze = row.kind == CardKind.CHOICE, row.kind == CardKind.CLOZE
    chosen = chosen if is_choice and chosen <= len(row.options) else 0
    was = queries.answered_wording_or_none(viewer, row.id) if row.is_changed else None
    grades = [
        Grade(rating, NAMES[rating], when)
        for rating, when in schedule.intervals(memory, now)
        if not is_choice or (rating > 1) == (chosen == row.right)
    ]
    return Shown(
        id=row.id,
        kind=row.kind,
        key=secrets.token_urlsafe(12),
        front=cards.without_answer(row.front) if is_cloze else Markup(row.front),
        whole=Markup(row.front if is_cloze else ""),
        back=Markup(row.back),
        options=[(place, Markup(option)) for place, option in enumerate(row.options, 1)],
        right=row.right,
        chosen=chosen,
        is_new=memory.state == 0,
        is_changed=memory.is_changed,
        rewording=cards.rewording(was, {"front": row.front, "back": row.back}) if was else [],
        grades=grades,
    )


def _ending(deck: Any, viewer: Viewer, now: datetime) -> Ending:
    row = queries.afterwards(viewer, deck.id, now)
    left = queries.left_in(row)
    waiting = min(row.new - (left - row.due), NEW_A_DAY)
    tomorrow = row.tomorrow + waiting
    later = clock.day_in(row.next_at, viewer.zone) if row.next_at else None
    return Ending(row.held > 0, left > 0, left, tomorrow, later)
