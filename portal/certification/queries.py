"""What is asked for, who would go stale, and which certifications a person may see."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from portal.access import Can, Role
from portal.accounts import queries as accounts
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer
from portal.certification import staleness, versions
from portal.certification.models import Certification, CertificationRule, CertificationState, Revocation
from portal.certification.requirements import Rule
from portal.certification.staleness import Version, Words
from portal.db import db, rows
from portal.errors import NotFound
from portal.message import queries as message
from portal.message.models import Pitch
from portal.recitals.models import Recital, State

_NEWEST_RULE = select(CertificationRule).order_by(CertificationRule.id.desc()).limit(1)


def people_seen_by(viewer: Viewer) -> Any:
    """Of whom this person may see that they were certified, active or not: marketing and admins all, leaders theirs."""
    if {Role.MARKETING, Role.ADMIN} & viewer.roles:
        return select(Person.id)
    return _people_led_by(viewer)


def visible_to(viewer: Viewer) -> Select[Certification]:
    """One's own certifications, and those of the people one leads, active or not."""
    theirs = Certification.person_id.in_(_people_led_by(viewer))
    return _with_names().where(or_(Certification.person_id == viewer.id, theirs)).order_by(Certification.id.desc())


def certification_for(viewer: Viewer, uid: str) -> Certification:
    """One of them; NotFound hides the rest."""
    return _found(db.session.scalar(visible_to(viewer).where(Certification.uid == uid)))


def revocable_by(viewer: Viewer, uid: str) -> Certification:
    """One that this person may take back: a leader of the holder, or an admin."""
    wanted = _with_names().where(Certification.uid == uid)
    if Can.ADMINISTER not in viewer.powers:
        wanted = wanted.where(Certification.person_id.in_(_people_led_by(viewer)))
    return _found(db.session.scalar(wanted))


def may_revoke(viewer: Viewer, row: Certification) -> bool:
    """Whether this person may take a certification back."""
    if Can.ADMINISTER in viewer.powers:
        return True
    led = _people_led_by(viewer).where(Person.id == row.person_id)
    return db.session.scalar(led) is not None


def issued(uid: str) -> Certification:
    """One by its public name, for whoever was given it."""
    return _found(db.session.scalar(_with_names().where(Certification.uid == uid)))


def revocation_or_none(certification_id: int) -> Revocation | None:
    """When and why a certification was taken back, if it was."""
    return db.session.get(Revocation, certification_id)


def history(viewer: Viewer) -> Sequence[Any]:
    """All that somebody was certified on, newest first, with what was taken back."""
    return db.session.execute(
        select(Certification, Pitch.title, Pitch.key, Revocation)
        .join(Pitch, Pitch.id == Certification.pitch_id)
        .outerjoin(Revocation, Revocation.certification_id == Certification.id)
        .where(Certification.person_id == viewer.id)
        .order_by(Certification.id.desc())
    ).all()


def rule_row_or_none() -> CertificationRule | None:
    """The rule in force, if one was ever set."""
    return db.session.scalar(_NEWEST_RULE)


def rules() -> Sequence[CertificationRule]:
    """Every rule there was, newest first."""
    return db.session.scalars(
        select(CertificationRule).options(joinedload(CertificationRule.by)).order_by(CertificationRule.id.desc())
    ).all()


def rule_of(row: CertificationRule | None) -> Rule:
    """What a rule asks for; the firm's starting rule until one is set."""
    return Rule(row.known_percent, row.needs_check, row.needs_recital) if row else Rule()


def count_going_stale(pitch_id: int, said: Words, known: Mapping[int, Version]) -> int:
    """How many active people are current and hold nothing that says this."""
    best = versions.best(pitch_id, staleness.same(known, said)).subquery()
    holds = (
        select(Certification.id)
        .join(best, best.c.certification_id == Certification.id)
        .where(
            best.c.person_id == CertificationState.person_id,
            Certification.number.in_(staleness.same(known, said)),
        )
        .exists()
    )
    found = db.session.scalar(
        select(func.count())
        .select_from(CertificationState)
        .join(Person, Person.id == CertificationState.person_id)
        .where(
            CertificationState.pitch_id == pitch_id,
            CertificationState.stale_at.is_(None),
            Person.is_active,
            ~holds,
        )
    )
    return found or 0


_OWN = (
    select(Pitch.id)
    .outerjoin(Practice, Practice.key == Pitch.practice_key)
    .where(Pitch.number > 0, message.of_line())
    # On one line a longer path is a nearer practice; the firm's own pitch has none.
    .order_by(Practice.path.is_(None), Practice.path.desc(), Pitch.id)
    .limit(1)
    .scalar_subquery()
)
_TODAY = (
    select(
        Pitch.title,
        CertificationState.number,
        CertificationState.stale_at,
        CertificationState.due_on,
        select(Recital.id)
        .where(
            Recital.person_id == bindparam("person_id"),
            Recital.pitch_id == Pitch.id,
            Recital.number == Pitch.number,
            Recital.state == State.PASSED,
        )
        .exists()
        .label("has_recited"),
    )
    .select_from(Pitch)
    .outerjoin(
        CertificationState,
        (CertificationState.pitch_id == Pitch.id) & (CertificationState.person_id == bindparam("person_id")),
    )
    .where(Pitch.id == _OWN)
)


def today_for(viewer: Viewer) -> Any:
    """What Today needs to know: the pitch one speaks with, whether one's certification is stale, and by when."""
    return rows(_TODAY, person_id=viewer.id, line=message.line_of(viewer)).first()


def _found(row: Certification | None) -> Certification:
    if row is None:
        raise NotFound
    return row


def is_said_now(row: Certification) -> bool:
    """Whether the version in force says what somebody was certified on, whatever its number."""
    known = versions.of(row.pitch_id)
    return bool(row.pitch.number) and known[row.pitch.number].words == known[row.number].words


def sees_others(viewer: Viewer) -> bool:
    """Whether this person may look at who was certified, beyond themselves."""
    return bool({Role.MARKETING, Role.ADMIN, Role.EXECUTIVE} & viewer.roles or accounts.led_paths(viewer))


def _people_led_by(viewer: Viewer) -> Select[Any]:
    return (
        select(Person.id)
        .join(Practice, Practice.id == Person.practice_id)
        .where(accounts.below(accounts.led_paths(viewer)))
    )


def _with_names() -> Select[Certification]:
    return select(Certification).options(joinedload(Certification.person), joinedload(Certification.pitch))
