"""The pitches of a person: the firm's, and those of the practices they stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal import clock
from portal.accounts.models import Practice
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.message import inheritance, standing
from portal.message.inheritance import Wording
from portal.message.models import Claim, Pitch, PitchInForce, PitchSeen, PitchVersion, PitchWithdrawal
from portal.message.standing import Said

NEWS_FOR = timedelta(days=30)
"""How long a version is news to somebody who never looked."""


def line_of(viewer: Viewer) -> list[int]:
    """The ids of the practices from the root down to this person's own."""
    return [int(number) for number in viewer.practice_path.strip("/").split("/")]


def of_line() -> ColumnElement[bool]:
    """That a pitch is the firm's, or of a practice whose id is in the parameter `line`."""
    line = select(Practice.key).where(Practice.id.in_(bindparam("line", expanding=True)))
    return or_(Pitch.practice_key == "", Pitch.practice_key.in_(line))


_PITCHES = (
    select(Pitch.id, Pitch.key, Pitch.title, Pitch.number, Pitch.practice_key, Practice.name.label("practice"))
    .outerjoin(Practice, Practice.key == Pitch.practice_key)
    .where(Pitch.number > 0, of_line())
    .order_by(Pitch.practice_key != "", Practice.path, Pitch.id)
)
_OWN = (
    select(Pitch.id)
    .outerjoin(Practice, Practice.key == Pitch.practice_key)
    .where(Pitch.number > 0, of_line())
    # On one line a longer path is a nearer practice; the firm's own pitch has none.
    .order_by(Practice.path.is_(None), Practice.path.desc(), Pitch.id)
    .limit(1)
)
_WAS_WITHDRAWN = exists().where(PitchWithdrawal.version_id == PitchVersion.id)
_PRACTICES = select(Practice.id, Practice.key, Practice.path).order_by(Practice.path)
_IN_FORCE = select(Pitch.id, Pitch.practice_key).where(Pitch.number > 0).order_by(Pitch.id)
_NEWS = (
    select(Pitch.key, Pitch.title, PitchVersion.number, PitchVersion.change, PitchVersion.published_at)
    .join(PitchVersion, PitchVersion.pitch_id == Pitch.id)
    .outerjoin(PitchSeen, (PitchSeen.pitch_id == Pitch.id) & (PitchSeen.person_id == bindparam("person_id")))
    .where(
        # What a practice inherits comes to its people as a version of their own pitch, and once.
        Pitch.id == _OWN.scalar_subquery(),
        ~_WAS_WITHDRAWN,
        or_(
            PitchVersion.number > PitchSeen.number,
            PitchSeen.number.is_(None) & (PitchVersion.published_at >= bindparam("since")),
        ),
    )
    .order_by(PitchVersion.published_at.desc(), PitchVersion.id.desc())
)


def visible_to(viewer: Viewer) -> Select[Pitch]:
    """The published pitches this person speaks with. Every other query starts here, or with the same condition."""
    return select(Pitch).where(Pitch.number > 0, of_line()).order_by(Pitch.id).params(line=line_of(viewer))


def pitches_for(viewer: Viewer) -> Sequence[Any]:
    """The firm's pitch first, then those of the practices above and around the person, from the top down."""
    return rows(_PITCHES, line=line_of(viewer)).all()


def pitch_for(viewer: Viewer, key: str) -> Pitch:
    """One pitch, if it is this person's to tell."""
    found = db.session.scalar(visible_to(viewer).where(Pitch.key == key))
    if found is None:
        raise NotFound
    return found


def own_pitch_or_none(viewer: Viewer) -> Pitch | None:
    """The pitch this person speaks with: their practice's, or that of the nearest practice above, or the firm's."""
    pitch_id = rows(_OWN, line=line_of(viewer)).scalar()
    return db.session.get_one(Pitch, pitch_id) if pitch_id else None


def claims_of(pitch_id: int, number: int) -> Sequence[Claim]:
    """All that a version says, in its order; inherited claims too."""
    return db.session.scalars(
        select(Claim)
        .join(PitchVersion, PitchVersion.id == Claim.version_id)
        .where(PitchVersion.pitch_id == pitch_id, PitchVersion.number == number)
        .order_by(Claim.position, Claim.id)
    ).all()


@dataclass(frozen=True)
class Choice:
    """A claim to choose: its name, like 'firm/opener', and what it says."""

    id: str
    text: str
    kind: str


def claims_to_choose(viewer: Viewer, words: str = "") -> list[Choice]:
    """The claims of the pitch that this person speaks with, by any part of what was typed."""
    own = own_pitch_or_none(viewer)
    if own is None:
        return []
    asked = words.casefold().split()[:8]
    return [
        Choice(f"{own.key}/{claim.key}", claim.text, str(claim.kind))
        for claim in claims_of(own.id, own.number)
        if all(word in claim.text.casefold() for word in asked)
    ]


def versions_of(pitch: Pitch) -> Select[PitchVersion]:
    """What was published of a pitch, newest first, with the publishers."""
    return (
        select(PitchVersion)
        .where(PitchVersion.pitch_id == pitch.id)
        .options(joinedload(PitchVersion.published_by))
        .order_by(PitchVersion.number.desc(), PitchVersion.id)
    )


def version_of(pitch: Pitch, number: int) -> PitchVersion:
    """One version with its claims."""
    found = db.session.scalar(
        versions_of(pitch).where(PitchVersion.number == number).options(selectinload(PitchVersion.claims))
    )
    if found is None:
        raise NotFound
    return found


def seen_number_or_none(pitch: Pitch, viewer: Viewer) -> int | None:
    """The version that this person last said they had read."""
    return db.session.scalar(
        select(PitchSeen.number).where(PitchSeen.person_id == viewer.id, PitchSeen.pitch_id == pitch.id)
    )


def version_before_or_none(pitch: Pitch, seen: int | None) -> PitchVersion | None:
    """The version to compare with: the one seen last, or else the one before. None when there is nothing to compare."""
    number = pitch.number - 1 if seen is None else seen
    return version_of(pitch, number) if 0 < number < pitch.number else None


def news_for(viewer: Viewer) -> list[tuple[str, str, int, str, datetime]]:
    """What was published since this person looked, newest first: key, title, number, change, published_at."""
    since = clock.now() - NEWS_FOR
    return [(*row,) for row in rows(_NEWS, person_id=viewer.id, line=line_of(viewer), since=since)]


@dataclass(frozen=True)
class Tree:
    """Which pitch each practice speaks with, and which pitch each pitch inherits from."""

    of_practice: Mapping[int, int]
    above: Mapping[int, int | None]

    def below(self, pitch_id: int) -> list[int]:
        """The pitches that inherit from this one, nearer ones first."""
        children = sorted(each for each, above in self.above.items() if above == pitch_id)
        return [found for child in children for found in (child, *self.below(child))]

    def practices_of(self, pitch_id: int) -> list[int]:
        """The practices whose people speak with this pitch."""
        return [practice_id for practice_id, found in self.of_practice.items() if found == pitch_id]


def tree() -> Tree:
    """The practices and the published pitches as they stand."""
    practices = {path: (id_, key) for id_, key, path in db.session.execute(_PRACTICES)}
    by_key: dict[str, int] = {}
    for id_, key in db.session.execute(_IN_FORCE):
        by_key.setdefault(key, id_)
    firm = by_key.get("")
    by_path = {path: by_key[key] for path, (_id, key) in practices.items() if key in by_key}
    of_practice = {id_: inheritance.nearest(path, by_path, firm) for path, (id_, _key) in practices.items()}
    above = {
        pitch_id: inheritance.nearest(path, {way: found for way, found in by_path.items() if way != path}, firm)
        for path, pitch_id in by_path.items()
    }
    if firm is not None:
        above[firm] = None
    # A pitch may come before its practice does; until then it stands below the firm's.
    above |= {each: firm for each in by_key.values() if each not in above}
    return Tree({id_: found for id_, found in of_practice.items() if found is not None}, above)


def pitch_above(practice_key: str, *, but: int) -> Pitch | None:
    """The pitch that one of this practice inherits from: of the nearest practice above, or the firm's."""
    path = db.session.scalar(select(Practice.path).where(Practice.key == practice_key)) or "/"
    line = [int(step) for step in path.strip("/").split("/") if step]
    found = rows(_OWN.where(Pitch.practice_key != practice_key, Pitch.id != but), line=line or [0]).scalar()
    return db.session.get_one(Pitch, found) if found else None


def in_force_on(pitch_id: int, moment: datetime) -> int:
    """The number of the version in force at a moment; 0 when none was."""
    return (
        db.session.scalar(
            select(PitchInForce.number)
            .where(PitchInForce.pitch_id == pitch_id, PitchInForce.from_at <= moment)
            .order_by(PitchInForce.from_at.desc(), PitchInForce.id.desc())
            .limit(1)
        )
        or 0
    )


def said_in(pitch_id: int, number: int) -> list[Wording]:
    """All that a version says, as values."""
    return [
        Wording(
            claim.key,
            str(claim.kind),
            claim.text,
            claim.answer,
            claim.wordings,
            claim.replaces,
            claim.inherited_from_id,
        )
        for claim in claims_of(pitch_id, number)
    ]


def own_claims(pitch_id: int, number: int) -> list[Wording]:
    """What a version says for itself."""
    return [claim for claim in said_in(pitch_id, number) if claim.is_own]


def withdrawals_of(pitch: Pitch) -> dict[int, PitchWithdrawal]:
    """The versions that were taken back, by number."""
    found = db.session.execute(
        select(PitchVersion.number, PitchWithdrawal)
        .join(PitchVersion, PitchVersion.id == PitchWithdrawal.version_id)
        .where(PitchVersion.pitch_id == pitch.id)
    )
    return {number: withdrawal for number, withdrawal in found}


def latest_withdrawal_or_none(pitch: Pitch) -> tuple[int, PitchWithdrawal] | None:
    """The newest version that was taken back, with when and why."""
    return max(withdrawals_of(pitch).items(), default=None, key=lambda pair: pair[0])


def known_claims() -> set[str]:
    """Every part that a pitch has or has had of its own, as others name it: 'firm/opener'."""
    found = db.session.execute(
        select(Pitch.key, Claim.key)
        .join(PitchVersion, PitchVersion.pitch_id == Pitch.id)
        .join(Claim, Claim.version_id == PitchVersion.id)
        .where(Claim.inherited_from_id.is_(None))
        .distinct()
    )
    return {f"{pitch}/{claim}" for pitch, claim in found}


def reworded_since(names: Sequence[str], moment: datetime) -> list[str]:
    """Which of these parts, named like 'firm/opener', are said differently now than at a moment, or no longer."""
    return [each.name for each in standing.of(names, moment) if each.then and each.said is not Said.CURRENT]
