"""The versions of a pitch: their numbers, their claims, and handing a change on to the pitches that inherit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.drills import services as drills
from portal.errors import Refused
from portal.message import inheritance
from portal.message import queries as message
from portal.message.inheritance import OPENER, Wording
from portal.message.models import Claim, Pitch, PitchInForce, PitchVersion
from portal.releases import wording
from portal.releases.effects import Change

OVERTAKEN = "Somebody published a newer version while you were writing. Yours is kept here: compare, then publish."


def first(key: str) -> Pitch:
    """A pitch without a version. Raises Refused for a key that cannot be, or is taken."""
    if not wording.is_key(key):
        raise Refused("Use small letters, digits and hyphens for the key.", field="key")
    if db.session.scalar(select(Pitch.id).where(Pitch.key == key)):
        raise Refused("There is a pitch with this key already. Revise that one, or choose another key.", field="key")
    pitch = Pitch(key=key, title="", number=0)
    db.session.add(pitch)
    return pitch


def take_number(pitch: Pitch, base_number: int) -> None:
    """Take the next number, if nobody took it since this version was begun."""
    db.session.flush()  # a new pitch needs its id
    taken = db.session.execute(
        update(Pitch)
        .where(Pitch.id == pitch.id, Pitch.latest == base_number)
        .values(number=base_number + 1, latest=base_number + 1),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Refused(OVERTAKEN)
    db.session.refresh(pitch)


def new(
    pitch: Pitch, said: Sequence[Wording], *, change: str, by: Viewer | None, now: datetime, **about: Any
) -> PitchVersion:
    """Write down all that is said as the pitch's number, and put it in force."""
    version = PitchVersion(
        pitch_id=pitch.id,
        number=pitch.number,
        change=change,
        published_at=now,
        published_by_id=by.id if by else None,
        **about,
    )
    db.session.add(version)
    db.session.flush()  # its claims need the id
    db.session.add_all(
        Claim(version_id=version.id, position=position, **vars(claim)) for position, claim in enumerate(said)
    )
    db.session.add(PitchInForce(pitch_id=pitch.id, number=version.number, from_at=now))
    db.session.flush()
    return version


def above(pitch: Pitch | None, practice_key: str) -> tuple[int | None, list[Wording]]:
    """The pitch that this one inherits from, and all that says."""
    if not practice_key:
        return None, []
    found = message.pitch_above(practice_key, but=pitch.id if pitch else 0)
    return (found.id, message.said_in(found.id, found.number)) if found else (None, [])


def pass_on(
    pitch: Pitch, source: PitchVersion, now: datetime, those_below: Sequence[int] | None = None
) -> list[Change]:
    """Give each pitch that inherits from this one a version, if what it says altogether is different now.

    `those_below` did until now; a pitch that is in force no longer has nobody below it.
    """
    db.session.flush()  # the tree is read back
    tree = message.tree()
    changes = []
    for pitch_id in tree.below(pitch.id) if those_below is None else those_below:
        below = db.session.get_one(Pitch, pitch_id)
        above_id = tree.above[pitch_id]
        before = message.said_in(below.id, below.number)
        own = [claim for claim in before if claim.is_own]
        said = inheritance.complete(own, _said_by(above_id), above_id)
        # Without an opener anywhere it keeps what it said; a pitch without one cannot be told.
        if said == before or not any(claim.kind == OPENER for claim in said):
            drills.replace_above(below, before)
            continue
        was_from_file = is_from_file(below)
        below.number = below.latest = below.latest + 1
        version = new(
            below,
            said,
            change=f"{pitch.title}: {source.change}",
            by=None,
            now=now,
            is_major=source.is_major,
            recertify_by=source.recertify_by,
        )
        version.published_by_id, version.from_file = source.published_by_id, was_from_file
        changes.append(Change(below, before, said))
    return changes


def is_from_file(pitch: Pitch) -> bool:
    """Whether the version in force came from a content file, or follows one that did."""
    found = db.session.scalar(
        select(PitchVersion.from_file).where(PitchVersion.pitch_id == pitch.id, PitchVersion.number == pitch.number)
    )
    return bool(found)


def _said_by(pitch_id: int | None) -> list[Wording]:
    return message.said_in(pitch_id, db.session.get_one(Pitch, pitch_id).number) if pitch_id else []
