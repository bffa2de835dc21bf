"""When people come, go or move, what they stand for comes, goes or moves with them: the levels of their practice."""

from sqlalchemy import func, select, update

from portal import clock
from portal.certification import counting
from portal.certification.models import CertificationState
from portal.counters import services as counters
from portal.db import db
from portal.learning.models import Module, ModuleProgress
from portal.message.models import Pitch
from portal.network.models import Contact
from portal.pipeline import origination
from portal.pipeline.models import Direction, Opportunity
from portal.readership import must_reads


def person_joined(person_id: int, practice_id: int) -> None:
    """Count somebody in a practice: new, active again, or moved here. Their opportunities come along."""
    db.session.execute(
        update(Opportunity).where(Opportunity.owner_id == person_id).values(practice_id=practice_id),
        execution_options={"synchronize_session": "fetch"},
    )
    origination.practice_followed(person_id, practice_id)
    _move(person_id, practice_id, 1)


def person_left(person_id: int, practice_id: int) -> None:
    """Count somebody in a practice no longer: deactivated, or moved elsewhere. What happened there stays counted."""
    _move(person_id, practice_id, -1)


def person_moved(person_id: int, before_practice_id: int, after_practice_id: int) -> None:
    """Count an active person in another practice from now on."""
    if before_practice_id != after_practice_id:
        person_left(person_id, before_practice_id)
        person_joined(person_id, after_practice_id)


def _move(person_id: int, practice_id: int, sign: int) -> None:
    counters.moved("people", practice_id=practice_id, n=sign)
    for key, done_at in db.session.execute(
        select(Module.key, ModuleProgress.done_at)
        .join(Module, Module.id == ModuleProgress.module_id)
        .where(ModuleProgress.person_id == person_id)
    ):
        counters.moved("module-done" if done_at else "module-under-way", practice_id=practice_id, of=key, n=sign)
    for kind, stage, n, amount in db.session.execute(
        select(Opportunity.kind, Opportunity.stage, func.count(), func.sum(Opportunity.worth))
        .where(Opportunity.owner_id == person_id, Opportunity.direction != Direction.GIVEN)
        .group_by(Opportunity.kind, Opportunity.stage)
    ):
        counters.moved(kind.value, practice_id=practice_id, of=stage.value, n=sign * n, amount=sign * int(amount or 0))
    must_reads.person_moved(person_id, practice_id, sign)
    kept = db.session.scalar(select(func.count()).select_from(Contact).where(Contact.owner_id == person_id)) or 0
    counters.moved("contacts", practice_id=practice_id, n=sign * kept)
    for pitch_id, number in db.session.execute(
        select(Pitch.id, Pitch.number)
        .join(CertificationState, CertificationState.pitch_id == Pitch.id)
        .where(CertificationState.person_id == person_id, CertificationState.stale_at.is_(None))
    ):
        counting.changed(practice_id, pitch_id, number, sign, clock.now())
