"""It happened in real life: a line that was said counts as a review of its card, and as evidence for the line."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, select

from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.drills import queries, schedule, services
from portal.drills.models import Asked, CardState, FieldEvent, Review, Went
from portal.drills.resonance import REPORT_STANDS, lines
from portal.drills.schedule import Memory
from portal.drills.services import Sent
from portal.errors import NotFound, Refused
from portal.message import queries as message
from portal.message.models import Claim, PitchVersion

COUNTS_AS = {Went.LANDED: 3, Went.SO_SO: 2, Went.FUMBLED: 1}
"""The rating that a report counts as: landed is good, so-so is hard, fumbled is again."""
UNDO_WITHIN = timedelta(days=7)
MOST_SHOWN = 10
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
    .where(FieldEvent.person_id == bindparam("person_id"), REPORT_STANDS)
    .order_by(FieldEvent.at.desc(), FieldEvent.id.desc())
    .limit(MOST_SHOWN)
)


def of(viewer: Viewer) -> Sequence[Any]:
    """What a person reported last and did not take back: id, asked, went, note, at, text."""
    return rows(_MINE, person_id=viewer.id).all()


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
