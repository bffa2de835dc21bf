"""Whether words of a pitch that something stands on are still said: current, changed since, or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, select

from portal.db import rows
from portal.message.models import Claim, Pitch, PitchVersion


class Said(StrEnum):
    """How a part of a pitch stands to what it said at a moment."""

    CURRENT = "current"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ClaimStanding:
    """A part of a pitch as somebody used it, and what became of it."""

    name: str
    """Like 'firm/opener'."""
    pitch: str
    """The key of the pitch."""
    title: str
    """What the pitch is called; empty when there is no such pitch any more."""
    said: Said
    words: str
    """What it says now; what it said then where it says it no longer."""
    then: int
    """The version that was in force when it was used; 0 when it came later."""
    now: int


_VERSIONS = (
    select(
        Pitch.key.label("pitch"),
        Pitch.title,
        Pitch.number.label("in_force"),
        Claim.key.label("claim"),
        Claim.text,
        Claim.answer,
        PitchVersion.number,
        PitchVersion.published_at,
    )
    .join(PitchVersion, PitchVersion.pitch_id == Pitch.id)
    .join(Claim, Claim.version_id == PitchVersion.id)
    .where(Pitch.key.in_(bindparam("pitches", expanding=True)), Claim.inherited_from_id.is_(None))
    .order_by(PitchVersion.number)
)


def of(names: Sequence[str], moment: datetime) -> list[ClaimStanding]:
    """How these parts, named like 'firm/opener', stand to what they said at a moment."""
    if not names:
        return []
    said: dict[str, list] = {name: [] for name in names}
    for row in rows(_VERSIONS, pitches=sorted({name.partition("/")[0] for name in names})):
        if (name := f"{row.pitch}/{row.claim}") in said:
            said[name].append(row)
    return [_standing(name, said[name], moment) for name in names]


def _standing(name: str, versions: list, moment: datetime) -> ClaimStanding:
    pitch = name.partition("/")[0]
    if not versions:
        return ClaimStanding(name, pitch, "", Said.WITHDRAWN, "", 0, 0)
    before = [row for row in versions if row.published_at <= moment]
    then = before[-1] if before else None
    now = next((row for row in versions if row.number == row.in_force), None)
    last = versions[-1]
    if now is None:
        said = Said.WITHDRAWN
    elif then is not None and (then.text, then.answer) != (now.text, now.answer):
        said = Said.CHANGED
    else:
        said = Said.CURRENT
    words = (now or then or last).text
    return ClaimStanding(name, pitch, last.title, said, words, then.number if then else 0, last.in_force)
