"""Publishing a version of a pitch: the version, its claims, and the deck that practises it, in one transaction."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from portal.accounts.models import Practice
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.drills import services as drills
from portal.errors import Refused
from portal.markup import fingerprint
from portal.message.models import Claim, ClaimKind, Pitch, PitchVersion

LONGEST = 2000
MOST_CLAIMS = 40
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Wording:
    """One claim as it is to be published."""

    key: str
    kind: ClaimKind
    text: str
    answer: str


def publish(
    pitch: Pitch | None,
    *,
    key: str,
    title: str,
    practice_key: str,
    claims: list[dict[str, Any]],
    change: str,
    base_number: int,
    by: Viewer | None,
    now: datetime,
) -> PitchVersion:
    """Put a new version of a pitch in force, or the first. All who speak with it have news, and cards to practise."""
    title, change, wordings = title.strip(), change.strip(), checked(claims)
    if not change:
        raise Refused("Say what changed, and why. People read it before the words.", field="change")
    if not title:
        raise Refused("Give the pitch a title.", field="title")
    if by is not None and practice_key and not _practice_exists(practice_key):
        raise Refused("That practice isn't there any more. Choose another.", field="practice_key")
    if pitch is None:
        pitch = _first(key)
    elif (pitch.title, pitch.practice_key, said_in(pitch)) == (title, practice_key, wordings):
        raise Refused("Nothing differs from the version in force. Change a line before you publish.", field="claims")
    _take_number(pitch, base_number)
    pitch.title, pitch.practice_key = title, practice_key
    version = _new_version(pitch, change, wordings, by, now)
    counts = drills.refresh_pitch_deck(pitch, wordings, now=now)
    audit.note("pitch published", pitch.key, version=version.number, **counts)
    return version


def load_pitch(
    *, key: str, title: str, practice_key: str, change: str, claims: list[dict[str, Any]], now: datetime
) -> list[str]:
    """Publish a pitch from its content file if the file changed. What was revised in the portal since is kept."""
    pitch = db.session.scalar(select(Pitch).where(Pitch.key == key))
    mark = fingerprint(title, practice_key, change, *(tuple(sorted(claim.items())) for claim in claims))
    if pitch is not None and pitch.file_hash == mark:
        return []
    if pitch is not None and not _is_from_file(pitch):
        return [f"pitch {key}: kept as revised in the portal (version {pitch.number}); its file is not loaded"]
    number = pitch.number if pitch else 0
    if pitch is not None and (title, practice_key, said_in(pitch)) == (
        pitch.title,
        pitch.practice_key,
        checked(claims),
    ):
        pitch.file_hash = mark
        return []
    version = publish(
        pitch,
        key=key,
        title=title,
        practice_key=practice_key,
        claims=claims,
        change=change,
        base_number=number,
        by=None,
        now=now,
    )
    version.from_file = True
    pitch = db.session.get_one(Pitch, version.pitch_id)
    pitch.file_hash = mark
    return [f"pitch {key}: {'new' if number == 0 else f'version {version.number}'}"]


def checked(claims: list[dict[str, Any]]) -> list[Wording]:
    """Claims that may stand together in a version. Raises Refused."""
    wordings = [_wording(claim) for claim in claims]
    if len(wordings) > MOST_CLAIMS:
        raise Refused(f"That is more than {MOST_CLAIMS} parts; nobody can say so much. Take some out.", field="claims")
    openers = sum(wording.kind == ClaimKind.OPENER for wording in wordings)
    if openers != 1:
        raise Refused(f"A pitch has exactly one opener; this one has {openers or 'none'}.", field="claims")
    twice = [key for key, n in Counter(wording.key for wording in wordings).items() if n > 1]
    if twice:
        raise Refused(f"Two parts have the key “{twice[0]}”. Give each its own.", field="claims")
    return wordings


def said_in(pitch: Pitch) -> list[Wording]:
    """The claims of the version in force."""
    found = db.session.execute(
        select(Claim.key, Claim.kind, Claim.text, Claim.answer)
        .join(PitchVersion, PitchVersion.id == Claim.version_id)
        .where(PitchVersion.pitch_id == pitch.id, PitchVersion.number == pitch.number)
        .order_by(Claim.position, Claim.id)
    )
    return [Wording(*row) for row in found]


def _wording(claim: dict[str, Any]) -> Wording:
    key, kind = str(claim.get("key") or ""), str(claim.get("kind") or "")
    text, answer = str(claim.get("text") or "").strip(), str(claim.get("answer") or "").strip()
    if kind not in set(ClaimKind):
        raise Refused(f"“{kind}” isn't a kind of part. Choose one of {', '.join(ClaimKind)}.", field="claims")
    if not _KEY.fullmatch(key) or len(key) > 60:
        raise Refused(f"“{key[:60]}” can't be a key. Use small letters, digits and hyphens.", field="claims")
    if not text:
        raise Refused(f"The part “{key}” has no words yet. Write them, or take it out.", field="claims")
    if max(len(text), len(answer)) > LONGEST:
        raise Refused(f"The part “{key}” is too long to be said. Keep it under {LONGEST:,} characters.", field="claims")
    if (kind == ClaimKind.OBJECTION) != bool(answer):
        need = "An objection needs its answer" if not answer else "Only an objection has an answer"
        raise Refused(f"{need}: look at the part “{key}”.", field="claims")
    return Wording(key, ClaimKind(kind), text, answer)


def _first(key: str) -> Pitch:
    if not _KEY.fullmatch(key) or len(key) > 60:
        raise Refused("Use small letters, digits and hyphens for the key.", field="key")
    if db.session.scalar(select(Pitch.id).where(Pitch.key == key)):
        raise Refused("There is a pitch with this key already. Revise that one, or choose another key.", field="key")
    pitch = Pitch(key=key, title="", number=0)
    db.session.add(pitch)
    return pitch


def _take_number(pitch: Pitch, base_number: int) -> None:
    """Take the next number, if nobody took it since this version was begun."""
    db.session.flush()  # a new pitch needs its id
    taken = db.session.execute(
        update(Pitch).where(Pitch.id == pitch.id, Pitch.number == base_number).values(number=base_number + 1),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Refused(
            "Somebody published a newer version while you were writing. Yours is kept here: compare, then publish."
        )
    db.session.refresh(pitch)


def _new_version(pitch: Pitch, change: str, wordings: list[Wording], by: Viewer | None, now: datetime) -> PitchVersion:
    version = PitchVersion(
        pitch_id=pitch.id, number=pitch.number, change=change, published_at=now, published_by_id=by.id if by else None
    )
    db.session.add(version)
    db.session.flush()  # its claims need the id
    db.session.add_all(
        Claim(version_id=version.id, position=position, **vars(wording)) for position, wording in enumerate(wordings)
    )
    db.session.flush()
    return version


def _practice_exists(key: str) -> bool:
    return db.session.scalar(select(Practice.id).where(Practice.key == key)) is not None


def _is_from_file(pitch: Pitch) -> bool:
    found = db.session.scalar(
        select(PitchVersion.from_file).where(PitchVersion.pitch_id == pitch.id, PitchVersion.number == pitch.number)
    )
    return bool(found)
