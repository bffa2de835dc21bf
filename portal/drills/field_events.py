"""It happened in real life: a line that was said counts as a review of its card, and as evidence for the line."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.drills import queries, schedule, services
from portal.drills.models import Asked, Card, CardState, Deck, FieldEvent, Review, Went
from portal.drills.schedule import Memory
from portal.drills.services import Sent
from portal.errors import NotFound, Refused
from portal.message import queries as message
from portal.message.models import Claim, Pitch, PitchVersion

COUNTS_AS = {Went.LANDED: 3, Went.SO_SO: 2, Went.FUMBLED: 1}
"""The rating that a report counts as: landed is good, so-so is hard, fumbled is again."""
LEAST_REPORTS = 5
"""With fewer reports no percentage is told: one more would turn it round."""
UNDO_WITHIN = timedelta(days=7)
MOST_SHOWN = 10
_undo = aliased(Review)
_STANDS = ~exists().where(_undo.undoes_id == FieldEvent.review_id)
_LINES = (
    select(Claim.key, Claim.kind, Claim.text, Card.id.label("card_id"), Card.version)
    .join(PitchVersion, PitchVersion.id == Claim.version_id)
    .join(Pitch, and_(Pitch.id == PitchVersion.pitch_id, Pitch.number == PitchVersion.number))
    .join(Deck, Deck.pitch_id == func.coalesce(Claim.inherited_from_id, Pitch.id))
    .join(Card, and_(Card.deck_id == Deck.id, Card.key == Claim.key, Card.is_retired.is_(False)))
    .where(Pitch.id == bindparam("pitch_id"))
    .order_by(Claim.position, Claim.id)
)
_KNOWN = (
    select(CardState.is_asleep, CardState.asked_at, *queries.MEMORY)
    .where(CardState.person_id == bindparam("person_id"), CardState.card_id == bindparam("card_id"))
    .with_for_update()
)
_MINE = (
    select(FieldEvent.id, FieldEvent.asked, FieldEvent.went, FieldEvent.note, FieldEvent.at, Claim.text)
    .outerjoin(
        PitchVersion, and_(PitchVersion.pitch_id == FieldEvent.pitch_id, PitchVersion.number == FieldEvent.number)
    )
    .outerjoin(Claim, and_(Claim.version_id == PitchVersion.id, Claim.key == FieldEvent.claim_key))
    .where(FieldEvent.person_id == bindparam("person_id"), _STANDS)
    .order_by(FieldEvent.at.desc(), FieldEvent.id.desc())
    .limit(MOST_SHOWN)
)
_REPORTS = (
    select(FieldEvent.card_id, FieldEvent.went, func.count().label("n"))
    .join(Review, Review.id == FieldEvent.review_id)
    .join(Card, and_(Card.id == FieldEvent.card_id, Card.version == Review.card_version))
    .where(_STANDS, FieldEvent.card_id.in_(bindparam("cards", expanding=True)))
    .group_by(FieldEvent.card_id, FieldEvent.went)
)


class Resonance(NamedTuple):
    """How a line fares when it is said to people, in the words it has now."""

    landed: int
    so_so: int
    fumbled: int

    @property
    def reports(self) -> int:
        """How often it was reported."""
        return sum(self)

    @property
    def percent_or_none(self) -> int | None:
        """How many of a hundred landed; None while there are fewer than five reports."""
        return round(100 * self.landed / self.reports) if self.reports >= LEAST_REPORTS else None


def lines(pitch: Pitch) -> Sequence[Any]:
    """What can be reported of a pitch: key, kind, text, card_id and version of each claim in force."""
    return rows(_LINES, pitch_id=pitch.id).all()


def of(viewer: Viewer) -> Sequence[Any]:
    """What a person reported last and did not take back: id, asked, went, note, at, text."""
    return rows(_MINE, person_id=viewer.id).all()


def resonance(pitch: Pitch) -> dict[str, Resonance]:
    """How each line of a pitch fares, by its key. Inherited lines count what everybody reports who says them."""
    said = lines(pitch)
    counts: dict[int, dict[str, int]] = {}
    for row in rows(_REPORTS, cards=[line.card_id for line in said]):
        counts.setdefault(row.card_id, {})[row.went] = row.n
    return {line.key: _resonance(counts.get(line.card_id, {})) for line in said}


def report(
    *,
    claim_key: str,
    asked: Asked,
    went: Went,
    note: str = "",
    at: datetime | None = None,
    key: str,
    by: Viewer,
    now: datetime,
) -> FieldEvent:
    """Log that a line of one's pitch was said, and let it count as a review of its card. The same key counts once."""
    known = db.session.scalar(select(FieldEvent).where(FieldEvent.person_id == by.id, FieldEvent.key == key))
    if known is not None:
        return known
    pitch = message.own_pitch_or_none(by)
    line = next((line for line in lines(pitch) if line.key == claim_key), None) if pitch else None
    if pitch is None or line is None:
        raise Refused("Your pitch doesn't have this line any more. Choose another.", field="claim_key")
    happened = schedule.happened_at(at, now)
    sent = Sent(line.card_id, line.version, COUNTS_AS[went], f"field-{key}", happened)
    review_id = services.take_from_field(sent, _memory(by.id, line.card_id, now), by=by, now=now)
    if review_id is None:
        raise Refused("This was sent already. You find it below.")
    about = {"pitch_id": pitch.id, "number": pitch.number, "claim_key": claim_key, "card_id": line.card_id}
    said = {"asked": asked, "went": went, "note": note.strip(), "at": happened, "received_at": now, "key": key}
    event = FieldEvent(person_id=by.id, review_id=review_id, **about, **said)
    db.session.add(event)
    db.session.flush()  # the page that follows names it
    return event


def take_back(event_id: int, *, by: Viewer, now: datetime) -> None:
    """Let a report count no longer, for the line and for the card; twice is the same as once."""
    found = db.session.execute(
        select(FieldEvent, Review)
        .join(Review, Review.id == FieldEvent.review_id)
        .where(FieldEvent.id == event_id, FieldEvent.person_id == by.id)
    ).first()
    if found is None:
        raise NotFound
    if found.FieldEvent.received_at < now - UNDO_WITHIN:
        raise Refused("This is more than a week old, so it stands.")
    services.take_back(found.Review, by=by, now=now)


def _memory(person_id: int, card_id: int, now: datetime) -> Memory:
    """What the person remembers of the card; like new where they don't practise it."""
    row = rows(_KNOWN, person_id=person_id, card_id=card_id).first()
    return Memory(*row[2:]) if row else Memory(now)


def _resonance(counts: dict[str, int]) -> Resonance:
    return Resonance(counts.get(Went.LANDED, 0), counts.get(Went.SO_SO, 0), counts.get(Went.FUMBLED, 0))
