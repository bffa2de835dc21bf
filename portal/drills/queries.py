"""The decks a person may practise, what is due in them, and the card to show next."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.viewer import Viewer
from portal.db import rows
from portal.drills import forecast, schedule
from portal.drills.mastery import is_mastered as is_mastered
from portal.drills.mastery import mastery as mastery
from portal.drills.models import Card, CardState, CardVersion, Deck, Review
from portal.drills.schedule import NEW_A_DAY
from portal.errors import NotFound
from portal.message.models import Pitch
from portal.message.queries import line_of, of_line

MEMORY = (
    CardState.due_at,
    CardState.state,
    CardState.step,
    CardState.stability,
    CardState.difficulty,
    CardState.last_review_at,
    CardState.first_at,
    CardState.reps,
    CardState.lapses,
    CardState.is_changed,
)
"""The columns of a `schedule.Memory`, in its order."""
FIRM_AFTER = 21
"""Days that a card is expected to last before it counts as sitting firmly."""

_own = and_(CardState.person_id == bindparam("person_id"), CardState.is_asleep.is_(False))
_seen = CardState.state > 0
_today = CardState.due_at < bindparam("tomorrow")
_new_today = (
    select(func.count())
    .where(CardState.person_id == bindparam("person_id"), CardState.first_at >= bindparam("midnight"))
    .scalar_subquery()
)


def _open() -> ColumnElement[bool]:
    return or_(Deck.pitch_id.is_(None), and_(Pitch.number > 0, of_line()))


_DECK = (
    select(Deck.id, Deck.key, Deck.title, Deck.discipline, Deck.size, Pitch.key.label("pitch_key"))
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(Deck.key == bindparam("key"), _open())
)
_DUE = (
    select(
        Deck.key,
        Deck.title,
        func.count().filter(_seen).label("due"),
        func.count().filter(~_seen).label("new"),
        _new_today.label("new_today"),
    )
    .join(CardState, CardState.deck_id == Deck.id)
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(_own, _today, _open())
    .group_by(Deck.id, Deck.key, Deck.title)
    .order_by(Deck.id)
)
_FINISHED = (
    select(Deck.key)
    .join(CardState, CardState.deck_id == Deck.id)
    .where(_own, CardState.reps > 0)
    .group_by(Deck.id, Deck.key, Deck.size)
    .having(func.count() >= Deck.size)
)
_BOARD = (
    select(
        Deck.key,
        Deck.title,
        Deck.discipline,
        Deck.size,
        Pitch.key.label("pitch_key"),
        func.count(CardState.card_id).label("held"),
        func.count().filter(_seen, _today).label("due"),
        func.count().filter(CardState.state == 0).label("new"),
        func.count().filter(_seen).label("seen"),
        func.count().filter(CardState.stability >= FIRM_AFTER).label("firm"),
        _new_today.label("new_today"),
    )
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .outerjoin(CardState, and_(CardState.deck_id == Deck.id, _own))
    .where(_open(), Deck.size > 0)
    .group_by(Deck.id, Deck.key, Deck.title, Deck.discipline, Deck.size, Pitch.key)
    .order_by(Deck.id)
)
_COMING = (
    select(CardState.due_at)
    .join(Deck, Deck.id == CardState.deck_id)
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(_own, _seen, CardState.due_at < bindparam("until"), _open())
)
_NEXT = (
    select(
        Card.id,
        Card.version,
        Card.kind,
        Card.front,
        Card.back,
        Card.options,
        Card.right,
        *MEMORY,
        func.count().filter(_seen).over().label("due"),
        func.count().filter(~_seen).over().label("new"),
        _new_today.label("new_today"),
    )
    .join(Card, Card.id == CardState.card_id)
    .where(_own, CardState.deck_id == bindparam("deck_id"), _today, or_(_seen, _new_today < NEW_A_DAY))
    .order_by(
        Card.id != bindparam("card_id"),
        # What is being learned waits for its minutes while there is anything else; then it comes early.
        case((CardState.state == 0, 1), (or_(CardState.state == 2, CardState.due_at <= bindparam("now")), 0), else_=2),
        CardState.due_at,
        Card.position,
        Card.id,
    )
    .limit(1)
)
_AFTER = select(
    func.count().label("held"),
    func.count().filter(_seen, _today).label("due"),
    func.count().filter(_seen, ~_today, CardState.due_at < bindparam("day_after")).label("tomorrow"),
    func.count().filter(~_seen).label("new"),
    func.min(case((_seen, CardState.due_at))).label("next_at"),
    _new_today.label("new_today"),
).where(_own, CardState.deck_id == bindparam("deck_id"))
_undo = aliased(Review)
STANDS = and_(Review.rating > 0, ~exists().where(_undo.undoes_id == Review.id))
"""That a review is an answer which was not taken back."""
_ANSWERED_VERSION = (
    select(CardVersion.content)
    .join(Review, and_(Review.card_id == CardVersion.card_id, Review.card_version == CardVersion.version))
    .where(Review.person_id == bindparam("person_id"), Review.card_id == bindparam("card_id"), STANDS)
    .order_by(Review.id.desc())
    .limit(1)
)


class DueDeck(NamedTuple):
    """How many cards of a deck are to be practised today."""

    key: str
    title: str
    n: int


def visible_to(viewer: Viewer) -> Select[Deck]:
    """The decks open to this person: every discipline's, and those of the pitches they speak with."""
    return (
        select(Deck)
        .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
        .where(_open())
        .order_by(Deck.id)
        .params(line=line_of(viewer))
    )


def deck_for(viewer: Viewer, key: str) -> Any:
    """One deck: id, key, title, discipline, size, pitch_key."""
    found = rows(_DECK, key=key, line=line_of(viewer)).first()
    if found is None:
        raise NotFound
    return found


def due_counts(viewer: Viewer, now: datetime) -> list[DueDeck]:
    """What is due today by deck, new cards within the day's limit; decks with nothing to do are left out."""
    counts, left = [], NEW_A_DAY
    for row in rows(_DUE, **_day(viewer, now), line=line_of(viewer)):
        left = min(left, max(0, NEW_A_DAY - row.new_today))
        begun = min(row.new, left)
        left -= begun
        counts.append(DueDeck(row.key, row.title, row.due + begun))
    return [deck for deck in counts if deck.n]


def decks_finished(viewer: Viewer) -> set[str]:
    """The keys of the decks whose every card this person has answered at least once."""
    return set(rows(_FINISHED, person_id=viewer.id).scalars())


def board(viewer: Viewer, now: datetime) -> Sequence[Any]:
    """Every deck open to a person, with how it stands: held (0 when not begun), due, new, seen, firm, new_today."""
    return rows(_BOARD, **_day(viewer, now), line=line_of(viewer)).all()


def coming(viewer: Viewer, now: datetime) -> Sequence[datetime]:
    """When the cards that a person has seen come up, within the days of the forecast."""
    tomorrow = schedule.day_of(now, viewer.zone)[1]
    until = tomorrow + timedelta(days=forecast.DAYS - 1)
    return rows(_COMING, until=until, person_id=viewer.id, line=line_of(viewer)).scalars().all()


def next_or_none(viewer: Viewer, deck_id: int, now: datetime, *, card_id: int = 0) -> Any:
    """The card to show now: the one asked for if it is due, else the most overdue, then new ones in their order."""
    return rows(_NEXT, **_day(viewer, now), deck_id=deck_id, card_id=card_id, now=now).first()


def afterwards(viewer: Viewer, deck_id: int, now: datetime) -> Any:
    """How a deck stands when a session ends: held, due, tomorrow, new, next_at, new_today."""
    given = _day(viewer, now)
    return rows(_AFTER, **given, deck_id=deck_id, day_after=given["tomorrow"] + timedelta(days=1)).one()


def answered_wording_or_none(viewer: Viewer, card_id: int) -> dict[str, Any] | None:
    """What a card said when this person answered it last."""
    return rows(_ANSWERED_VERSION, person_id=viewer.id, card_id=card_id).scalar()


def left_in(row: Any) -> int:
    """How many cards are to be shown, from a row with due, new and new_today."""
    return row.due + min(row.new, max(0, NEW_A_DAY - row.new_today))


def _day(viewer: Viewer, now: datetime) -> dict[str, Any]:
    midnight, tomorrow = schedule.day_of(now, viewer.zone)
    return {"person_id": viewer.id, "midnight": midnight, "tomorrow": tomorrow}
