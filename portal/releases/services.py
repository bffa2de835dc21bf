"""Putting a version of a pitch in force or taking it back, with all that follows, in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.models import Practice
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import db
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.markup import fingerprint
from portal.message import inheritance
from portal.message import queries as message
from portal.message.inheritance import Wording
from portal.message.models import Pitch, PitchDraft, PitchInForce, PitchVersion, PitchWithdrawal
from portal.releases import effects, versions, wording
from portal.releases.effects import Change, Effects
from portal.releases.models import Release


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
    is_major: bool = False,
    recertify_by: date | None = None,
) -> PitchVersion:
    """Put a new version of a pitch in force, or the first; pitches that inherit from it follow. Raises Refused.

    `claims` are the pitch's own; what it inherits is added. All who speak with it have news, and cards to practise.
    """
    title, change = _told(title, change)
    if recertify_by is not None and by is not None and recertify_by < by.today(now):
        raise Refused("That day has passed. Give people some time.", field="recertify_by")
    _check_practice(pitch, practice_key, by)
    above_id, above = versions.above(pitch, practice_key)
    own = wording.checked(claims, above)
    if pitch is None:
        pitch = versions.first(key)
    elif pitch.number and (pitch.title, pitch.practice_key, said_in(pitch)) == (title, practice_key, own):
        raise Refused("Nothing differs from the version in force. Change a line before you publish.", field="claims")
    before = message.said_in(pitch.id, pitch.number) if pitch.id else []
    versions.take_number(pitch, base_number)
    pitch.title, pitch.practice_key = title, practice_key
    said = inheritance.complete(own, above, above_id)
    version = versions.new(pitch, said, change=change, by=by, now=now, is_major=is_major, recertify_by=recertify_by)
    db.session.query(PitchDraft).filter_by(pitch_id=pitch.id).delete()
    found = _settle(version, "published", [Change(pitch, before, said), *versions.pass_on(pitch, version, now)], now)
    audit.note("pitch published", pitch.key, version=version.number, **_noted(found))
    return version


def preview(pitch: Pitch | None, **given: Any) -> tuple[list[Wording], dict[str, Any]]:
    """What `publish` with the same arguments would say and do: it is done, counted, and undone. Raises Refused."""
    with db.session.begin_nested() as savepoint:
        version = publish(pitch, **given)
        said = message.said_in(version.pitch_id, version.number)
        done = db.session.scalar(select(Release).where(Release.version_id == version.id))
        told = dict(done.effects) if done else {}
        savepoint.rollback()
    return said, told


def withdraw(pitch: Pitch, *, number: int, reason: str, by: Viewer, now: datetime) -> None:
    """Take a version back. If it was in force, the one before it is again, with what it inherits as it is today."""
    reason = reason.strip()
    if not reason:
        raise Refused("Say why. People who learned this version read it.", field="reason")
    version = message.version_of(pitch, number)
    withdrawn = message.withdrawals_of(pitch)
    if number in withdrawn:
        raise Refused("This version is withdrawn already.")
    db.session.add(PitchWithdrawal(version_id=version.id, at=now, by_id=by.id, reason=reason))
    db.session.flush()
    changes: list[Change] = []
    if number == pitch.number:
        before, below = message.said_in(pitch.id, number), message.tree().below(pitch.id)
        earlier = [each for each in range(number - 1, 0, -1) if each not in withdrawn]
        _go_back(pitch, earlier[0] if earlier else 0, f"Version {number} was withdrawn: {reason}", by, now)
        after = message.said_in(pitch.id, pitch.number) if pitch.number else []
        source = message.version_of(pitch, pitch.number) if pitch.number else version
        changes = [Change(pitch, before, after), *versions.pass_on(pitch, source, now, below)]
    found = _settle(version, "withdrawn", changes, now)
    audit.note("pitch version withdrawn", pitch.key, version=number, reason=reason, **_noted(found))


def load_pitch(
    *, key: str, title: str, practice_key: str, change: str, claims: list[dict[str, Any]], now: datetime
) -> list[str]:
    """Publish a pitch from its content file if the file changed. What was revised in the portal since is kept."""
    pitch = db.session.scalar(select(Pitch).where(Pitch.key == key))
    mark = fingerprint(title, practice_key, change, *(tuple(sorted(claim.items())) for claim in claims))
    if pitch is not None and pitch.file_hash == mark:
        return []
    if pitch is not None and pitch.number and not versions.is_from_file(pitch):
        return [f"pitch {key}: kept as revised in the portal (version {pitch.number}); its file is not loaded"]
    number = pitch.latest if pitch else 0
    if pitch is not None and (title, practice_key, said_in(pitch)) == (
        pitch.title,
        pitch.practice_key,
        wording.checked(claims, versions.above(pitch, practice_key)[1]),
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


def said_in(pitch: Pitch) -> list[Wording]:
    """What the version in force says for itself, without what it inherits."""
    return message.own_claims(pitch.id, pitch.number)


def inherited(pitch: Pitch | None, practice_key: str) -> list[Wording]:
    """What a pitch of this practice inherits before it adds or replaces anything."""
    return versions.above(pitch, practice_key)[1]


def not_replaced(claims: Sequence[dict[str, Any]], pitch: Pitch | None, practice_key: str) -> list[Wording]:
    """What a pitch with these own claims, perhaps half-written, would go on inheriting."""
    own = [Wording(str(claim["key"]), str(claim["kind"]), "", replaces=claim.get("replaces") or "") for claim in claims]
    above_id, above = versions.above(pitch, practice_key)
    return [claim for claim in inheritance.complete(own, above, above_id) if not claim.is_own]


def _go_back(pitch: Pitch, number: int, change: str, by: Viewer, now: datetime) -> None:
    """Put an earlier version in force again; as a new one where what it inherits is different by now."""
    own = message.own_claims(pitch.id, number)
    above_id, above = versions.above(pitch, pitch.practice_key)
    said = inheritance.complete(own, above, above_id)
    if number and said != message.said_in(pitch.id, number):
        pitch.number = pitch.latest = pitch.latest + 1
        versions.new(pitch, said, change=change, by=by, now=now)
    else:
        pitch.number = number
        db.session.add(PitchInForce(pitch_id=pitch.id, number=number, from_at=now))
        db.session.flush()


def _settle(version: PitchVersion, kind: str, changes: Sequence[Change], now: datetime) -> Effects:
    """All that follows; counted, kept, and told in the background."""
    tree = message.tree()
    touched = [change for change in changes if change.before != change.after]
    practices = sorted({each for change in touched for each in tree.practices_of(change.pitch.id)})
    found = effects.follow(changes, practices, now=now)
    release = Release(
        kind=kind, version=version, effects=found.kept_as(), practices=practices, to_tell=found.people, told=0
    )
    db.session.add(release)
    db.session.flush()  # the job needs the id
    if found.people:
        jobs.enqueue("tell-release", release_id=release.id)
    else:
        release.finished_at = now
    return found


def _noted(found: Effects) -> dict[str, int]:
    return {name: getattr(found, name) for name in ("new", "changed", "kept", "retired", "stale", "people")}


def _told(title: str, change: str) -> tuple[str, str]:
    title, change = title.strip(), change.strip()
    if not change:
        raise Refused("Say what changed, and why. People read it before the words.", field="change")
    if not title:
        raise Refused("Give the pitch a title.", field="title")
    return title, change


def _check_practice(pitch: Pitch | None, practice_key: str, by: Viewer | None) -> None:
    if by is not None and practice_key and not _practice_exists(practice_key):
        raise Refused("That practice isn't there any more. Choose another.", field="practice_key")
    if pitch is not None and pitch.latest and pitch.practice_key == practice_key:
        return
    taken = db.session.scalar(select(Pitch.title).where(Pitch.practice_key == practice_key, Pitch.latest > 0))
    if taken:
        raise Refused(f"There is “{taken}” for them already, and people speak with one pitch.", field="practice_key")


def _practice_exists(key: str) -> bool:
    return db.session.scalar(select(Practice.id).where(Practice.key == key)) is not None
