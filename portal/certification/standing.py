"""Where one person stands with a pitch: what is asked of them, and what of it is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from portal.certification import queries, requirements, staleness, versions
from portal.certification.models import Certification, CertificationState
from portal.certification.requirements import Need, Rule, Shown
from portal.db import db
from portal.drills import queries as drills
from portal.learning.models import CheckAttempt, Module, Step, StepKind
from portal.message import diff
from portal.message import queries as message
from portal.message.models import Claim, Pitch
from portal.recitals.models import Recital, Scope, State

MODULE = "value-proposition"
"""The module whose knowledge check counts."""


@dataclass(frozen=True)
class Stand:
    """One person and one pitch."""

    pitch: Pitch
    state: CertificationState | None
    held: Certification | None
    """The certification that the state stands on."""
    needs: list[Need]
    shown: Shown
    rule_id: int | None
    changes: Sequence[diff.Change] = field(default_factory=list)
    """What is said differently now from what they were certified on."""
    keys: list[str] = field(default_factory=list)
    is_major: bool = False

    @property
    def is_current(self) -> bool:
        """Whether they are certified on what is said now."""
        return self.state is not None and self.state.stale_at is None

    @property
    def is_ready(self) -> bool:
        """Whether a certification waits to be collected."""
        return not self.is_current and requirements.is_met(self.needs)


def of(person_id: int, pitch: Pitch, now: datetime) -> Stand:
    """Where somebody stands with the version in force."""
    row = queries.rule_row_or_none()
    rule, rule_id = queries.rule_of(row), row.id if row else None
    state = db.session.get(CertificationState, (person_id, pitch.id))
    held = db.session.get(Certification, state.certification_id) if state else None
    if state is None or held is None:
        shown, has_check = _shown_whole(person_id, pitch, now)
        practise = _deck(pitch, message.claims_of(pitch.id, pitch.number))
        needs = requirements.whole(rule, shown, has_check=has_check, pitch_key=pitch.key, practise=practise)
        return Stand(pitch, None, None, needs, shown, rule_id)
    if state.stale_at is None:
        return Stand(pitch, state, held, [], Shown(0, 0), rule_id)
    return _stale(person_id, pitch, state, held, rule, rule_id, now)


def evidence(stand: Stand) -> dict[str, Any]:
    """What counted, by ids, as a certification keeps it."""
    counted: dict[str, Any] = {
        "rule": stand.rule_id,
        "cards": {"known": stand.shown.known, "of": stand.shown.of},
        "check": stand.shown.check_id,
        "recital": stand.shown.recital_id,
    }
    if stand.held is not None:
        counted |= {"after": stand.held.id, "claims": stand.keys}
    return counted


def _stale(
    person_id: int,
    pitch: Pitch,
    state: CertificationState,
    held: Certification,
    rule: Rule,
    rule_id: int | None,
    now: datetime,
) -> Stand:
    """Only the difference is asked."""
    known = versions.of(pitch.id)
    said = message.claims_of(pitch.id, pitch.number)
    changes = diff.claims(message.claims_of(pitch.id, held.number), said)
    keys = _changed_keys(known[held.number], known[pitch.number])
    is_major = staleness.is_major(known, held.number, pitch.number)
    told = drills.mastery(person_id, pitch.id, keys=keys, since=state.stale_at, now=now) if keys else (0, 0)
    recital_id, is_waiting = _recital(person_id, pitch, staleness.same(known, known[pitch.number].words), Scope)
    shown = Shown(*told, recital_id=recital_id, is_waiting=is_waiting)
    practise = _deck(pitch, [claim for claim in said if claim.key in keys])
    needs = requirements.delta(
        rule, shown, changed=len(keys), is_major=is_major, pitch_key=pitch.key, practise=practise
    )
    return Stand(pitch, state, held, needs, shown, rule_id, changes, keys, is_major)


def _deck(pitch: Pitch, claims: Sequence[Claim]) -> str:
    """Where claims are practised: in the deck of the pitch whose words they are, or in all decks if in several."""
    sources = {claim.inherited_from_id or pitch.id for claim in claims}
    if len(sources) > 1:
        return "/drills"
    source = db.session.get(Pitch, sources.pop()) if sources else None
    return f"/drills/pitch-{(source or pitch).key}"


def _changed_keys(before: staleness.Version, after: staleness.Version) -> list[str]:
    """The claims that are new or said differently; what is no longer said needs no practice."""
    return sorted({key for key, *_ in after.words - before.words})


def _shown_whole(person_id: int, pitch: Pitch, now: datetime) -> tuple[Shown, bool]:
    known = versions.of(pitch.id)
    told = drills.mastery(person_id, pitch.id, now=now)
    same = staleness.same(known, known[pitch.number].words) if pitch.number else []
    recital_id, is_waiting = _recital(person_id, pitch, same, [Scope.WHOLE])
    has_check, check_id = db.session.execute(
        select(func.count(Step.id), select(func.max(CheckAttempt.id)).where(*_passed(person_id)).scalar_subquery())
        .join(Module, Module.id == Step.module_id)
        .where(Module.key == MODULE, Step.kind == StepKind.CHECK, Step.is_removed.is_(False))
    ).one()
    return Shown(told[0], told[1], check_id, recital_id, is_waiting), bool(has_check)


def _passed(person_id: int) -> list[Any]:
    checks = select(Step.id).join(Module, Module.id == Step.module_id).where(Module.key == MODULE).scalar_subquery()
    return [CheckAttempt.person_id == person_id, CheckAttempt.passed, CheckAttempt.step_id.in_(checks)]


def _recital(person_id: int, pitch: Pitch, same: list[int], scopes: Any) -> tuple[int | None, bool]:
    """The newest recital of these words that was passed, and whether one waits for a coach."""
    found: dict[Any, int] = {
        state: id_
        for state, id_ in db.session.execute(
            select(Recital.state, func.max(Recital.id))
            .where(
                Recital.person_id == person_id,
                Recital.pitch_id == pitch.id,
                Recital.number.in_(same),
                Recital.scope.in_(list(scopes)),
                Recital.state.in_([State.PASSED, State.SUBMITTED]),
            )
            .group_by(Recital.state)
        )
    }
    return found.get(State.PASSED), State.SUBMITTED in found
