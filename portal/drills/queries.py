"""The decks a person may practise, what is due in them, and the card to show next."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.viewer import Viewer
from portal.db import rows
from portal.drills import forecast, plan, schedule
from portal.drills.leeches import hard_claims as hard_claims
from portal.drills.leeches import slipping_of as slipping_of
from portal.drills.mastery import mastery as mastery
from portal.drills.models import Card, CardReplacement, CardState, CardVersion, Deck, DrillSettings, Review
from portal.drills.plan import Candidate, Day
from portal.drills.replaced import REPLACING, not_replaced
from portal.drills.resonance import resonance as resonance
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
_asked = and_(_own, not_replaced())
_seen = CardState.state > 0
_today = CardState.asked_at < bindparam("tomorrow")
_mine = aliased(CardState)
_answered_today = select(func.count()).where(
    _mine.person_id == bindparam("person_id"), _mine.last_review_at >= bindparam("midnight")
)
_new_today = _answered_today.where(_mine.first_at >= bindparam("midnight")).scalar_subquery()
_old_today = _answered_today.where(_mine.first_at < bindparam("midnight")).scalar_subquery()
_size = Deck.size - (
    REPLACING.with_only_columns(func.count(func.distinct(CardReplacement.card_id)))
    .join(Card, Card.id == CardReplacement.card_id)
    .where(Card.deck_id == Deck.id, Card.is_retired.is_(False))
    .correlate(Deck)
    .scalar_subquery()
)
"""How many cards of a deck are for the people of `line`."""
RETENTION = select(DrillSettings.retention).where(DrillSettings.person_id == bindparam("person_id")).scalar_subquery()


def _open() -> ColumnElement[bool]:
    return or_(Deck.pitch_id.is_(None), and_(Pitch.number > 0, of_line()))


_DECK = (
    select(Deck.id, Deck.key, Deck.title, Deck.discipline, _size.label("size"), Pitch.key.label("pitch_key"))
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(Deck.key == bindparam("key"), _open())
)
_CANDIDATES = (
    select(
        CardState.card_id,
        CardState.deck_id,
        Deck.key,
        Deck.title,
        Deck.pitch_id.is_not(None),
        CardState.state,
        CardState.asked_at,
        CardState.stability,
        CardState.last_review_at,
        Card.position,
        _new_today,
        _old_today,
    )
    .join(Card, Card.id == CardState.card_id)
    .join(Deck, Deck.id == CardState.deck_id)
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(_asked, _today, _open())
)
_CANDIDATES_OF_DECK = _CANDIDATES.where(CardState.deck_id == bindparam("deck_id"))
_FINISHED = (
    select(Deck.key)
    .join(CardState, CardState.deck_id == Deck.id)
    .where(_asked, CardState.reps > 0)
    .group_by(Deck.id, Deck.key, Deck.size)
    .having(func.count() >= _size)
)
_BOARD = (
    select(
        Deck.key,
        Deck.title,
        Deck.discipline,
        _size.label("size"),
        Pitch.key.label("pitch_key"),
        func.count(CardState.card_id).label("held"),
        func.count().filter(CardState.state == 0).label("new"),
        func.count().filter(_seen).label("seen"),
        func.count().filter(CardState.stability >= FIRM_AFTER).label("firm"),
        _new_today.label("new_today"),
        _old_today.label("old_today"),
    )
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .outerjoin(CardState, and_(CardState.deck_id == Deck.id, _asked))
    .where(_open(), _size > 0)
    .group_by(Deck.id, Deck.key, Deck.title, Deck.discipline, Deck.size, Pitch.key)
    .order_by(Deck.id)
)
_COMING = (
    select(CardState.asked_at)
    .join(Deck, Deck.id == CardState.deck_id)
    .outerjoin(Pitch, Pitch.id == Deck.pitch_id)
    .where(_asked, _seen, CardState.asked_at < bindparam("until"), _open())
)
_CARD = (
    select(
        Card.id,
        Card.version,
        Card.kind,
        Card.front,
        Card.back,
        Card.options,
        Card.right,
        func.coalesce(RETENTION, schedule.USUAL_RETENTION).label("retention"),
        *MEMORY,
    )
    .join(Card, Card.id == CardState.card_id)
    .where(CardState.person_id == bindparam("person_id"), CardState.card_id.in_(bindparam("cards", expanding=True)))
)
_AFTER = select(
    func.count().label("held"),
    func.count().filter(_seen, ~_today, CardState.asked_at < bindparam("day_after")).label("tomorrow"),
    func.min(case((_seen, CardState.asked_at))).label("next_at"),
).where(_asked, CardState.deck_id == bindparam("deck_id"))
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
_RETENTION = select(DrillSettings.retention).where(DrillSettings.person_id == bindparam("person_id"))


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


def today(viewer: Viewer, now: datetime, *, deck_id: int = 0) -> Day:
    """What today holds for a person, of all decks or of one."""
    given = {**_day(viewer, now), "line": line_of(viewer)}
    found = rows(_CANDIDATES_OF_DECK, **given, deck_id=deck_id) if deck_id else rows(_CANDIDATES, **given)
    return plan.of([Candidate(*row) for row in found], midnight=given["midnight"], now=now)


def due_counts(viewer: Viewer, now: datetime) -> list[DueDeck]:
    """What today holds by deck; decks with nothing to do are left out."""
    return counted(today(viewer, now))


def counted(day: Day) -> list[DueDeck]:
    """The cards of a day by deck."""
    decks = {card.deck_key: card for card in sorted(day.cards, key=lambda card: card.deck_id)}
    counts = Counter(card.deck_key for card in day.cards)
    return [DueDeck(key, card.deck_title, counts[key]) for key, card in decks.items()]


def decks_finished(viewer: Viewer) -> set[str]:
    """The keys of the decks of which this person has answered every card at least once."""
    return set(rows(_FINISHED, person_id=viewer.id, line=line_of(viewer)).scalars())


def board(viewer: Viewer, now: datetime) -> Sequence[Any]:
    """Every deck open to a person: held (0 when not begun), new, seen, firm, and new_today, old_today of all."""
    given = _day(viewer, now)
    del given["tomorrow"]
    return rows(_BOARD, **given, line=line_of(viewer)).all()


def coming(viewer: Viewer, now: datetime) -> Sequence[datetime]:
    """When the cards that a person has seen are asked, within the days of the forecast."""
    tomorrow = schedule.day_of(now, viewer.zone)[1]
    until = tomorrow + timedelta(days=forecast.DAYS - 1)
    return rows(_COMING, until=until, person_id=viewer.id, line=line_of(viewer)).scalars().all()


def cards(viewer: Viewer, ids: Sequence[int]) -> list[Any]:
    """These cards as they are asked, in this order."""
    found = {row.id: row for row in rows(_CARD, person_id=viewer.id, cards=list(ids))}
    return [found[card_id] for card_id in ids if card_id in found]


def afterwards(viewer: Viewer, deck_id: int, now: datetime) -> Any:
    """How a deck stands when a session ends: held, tomorrow, next_at."""
    tomorrow = schedule.day_of(now, viewer.zone)[1]
    given = {"tomorrow": tomorrow, "day_after": tomorrow + timedelta(days=1), "person_id": viewer.id}
    return rows(_AFTER, **given, deck_id=deck_id, line=line_of(viewer)).one()


def answered_wording_or_none(viewer: Viewer, card_id: int) -> dict[str, Any] | None:
    """What a card said when this person answered it last."""
    return rows(_ANSWERED_VERSION, person_id=viewer.id, card_id=card_id).scalar()


def retention_of(viewer: Viewer) -> int:
    """How many cards of a hundred somebody wants to keep in mind."""
    return rows(_RETENTION, person_id=viewer.id).scalar() or schedule.USUAL_RETENTION


def _day(viewer: Viewer, now: datetime) -> dict[str, Any]:
    midnight, tomorrow = schedule.day_of(now, viewer.zone)
    return {"person_id": viewer.id, "midnight": midnight, "tomorrow": tomorrow}
