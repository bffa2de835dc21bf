"""How the lines of a pitch fare when they are said to people, from everybody's reports and without names."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from portal.db import rows
from portal.drills.models import Card, Deck, FieldEvent, Review, Went
from portal.message.models import Claim, Pitch, PitchVersion

LEAST_REPORTS = 5
"""With fewer reports no percentage is told: one more would turn it round."""
_undo = aliased(Review)
REPORT_STANDS = ~exists().where(_undo.undoes_id == FieldEvent.review_id)
_LINES = (
    select(Claim.key, Claim.kind, Claim.text, Card.id.label("card_id"), Card.version)
    .join(PitchVersion, PitchVersion.id == Claim.version_id)
    .join(Pitch, and_(Pitch.id == PitchVersion.pitch_id, Pitch.number == PitchVersion.number))
    .join(Deck, Deck.pitch_id == func.coalesce(Claim.inherited_from_id, Pitch.id))
    .join(Card, and_(Card.deck_id == Deck.id, Card.key == Claim.key, Card.is_retired.is_(False)))
    .where(Pitch.id == bindparam("pitch_id"))
    .order_by(Claim.position, Claim.id)
)
_REPORTS = (
    select(FieldEvent.card_id, FieldEvent.went, func.count().label("n"))
    .join(Review, Review.id == FieldEvent.review_id)
    .join(Card, and_(Card.id == FieldEvent.card_id, Card.version == Review.card_version))
    .where(REPORT_STANDS, FieldEvent.card_id.in_(bindparam("cards", expanding=True)))
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


def resonance(pitch: Pitch) -> dict[str, Resonance]:
    """How each line of a pitch fares, by its key. Inherited lines count what everybody reports who says them."""
    said = lines(pitch)
    counts: dict[int, dict[str, int]] = {}
    for row in rows(_REPORTS, cards=[line.card_id for line in said]):
        counts.setdefault(row.card_id, {})[row.went] = row.n
    return {line.key: _resonance(counts.get(line.card_id, {})) for line in said}


def _resonance(counts: dict[str, int]) -> Resonance:
    return Resonance(counts.get(Went.LANDED, 0), counts.get(Went.SO_SO, 0), counts.get(Went.FUMBLED, 0))
