"""What a coach does with a recital: remark on it, and decide."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from portal import once
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.counters.services import active
from portal.db import db
from portal.errors import NotFound, Refused
from portal.recitals import holding, letters, queries, rubrics, scoring, services
from portal.recitals.limits import said_moment
from portal.recitals.models import CriterionScore, Decision, Recital, RecitalComment, RubricVersion, State


def comment(
    recital: Recital,
    *,
    text: str,
    second: int | None,
    claim: str,
    key: str,
    by: Viewer,
    now: datetime,
    is_from_coach: bool = True,
) -> None:
    """Remark on a moment, on a claim, or on the whole. Sending twice says it once."""
    if is_from_coach:
        holding.check_holding(recital, by, now)
    known = db.session.scalar(select(RecitalComment).where(RecitalComment.by_id == by.id, RecitalComment.key == key))
    if known is not None:
        return
    services.check_claim(recital, claim)
    check_moment(recital, second)
    once.add(
        RecitalComment(
            recital_id=recital.id,
            by_id=by.id,
            at=now,
            text=text,
            second=second,
            claim_key=claim,
            is_from_coach=is_from_coach,
            key=key,
        )
    )


def check_moment(recital: Recital, second: int | None) -> None:
    """Refuse a moment after the end."""
    recording = queries.recording_or_none(recital)
    if second is None:
        return
    if recording is None:
        raise Refused("There is no recording here, so a moment leads nowhere. Tie it to a claim.", field="moment")
    if recording.seconds is not None and second > recording.seconds:
        raise Refused(f"The recording ends at {said_moment(recording.seconds)}.", field="moment")


def remove_comment(recital: Recital, comment_id: int, *, by: Viewer, now: datetime) -> None:
    """Take back a remark before the decision."""
    holding.check_holding(recital, by, now)
    found = db.session.get(RecitalComment, comment_id)
    if found is None or found.recital_id != recital.id or found.by_id != by.id or not found.is_from_coach:
        raise NotFound
    db.session.delete(found)


def decide(
    recital: Recital,
    *,
    levels: Mapping[str, int],
    note: str,
    outcome: State,
    rubric: tuple[int, int],
    by: Viewer,
    now: datetime,
) -> Decision:
    """Score a recital and pass it, or ask for it again; the person is told. A second press changes nothing."""
    recital = holding.locked(recital)
    holding.check_theirs(recital, by)
    earlier = queries.decision_or_none(recital)
    if earlier is not None and earlier.by_id == by.id:
        return earlier
    holding.check_open(recital)
    holding.check_holding(recital, by, now)
    version, score = _scored(recital, levels, outcome, rubric)
    decision = Decision(
        recital_id=recital.id,
        by_id=by.id,
        at=now,
        outcome=outcome,
        note=note,
        rubric_id=version.rubric_id,
        rubric_number=version.number,
        score=score,
    )
    db.session.add(decision)
    db.session.flush()  # the levels need its id
    keys = [criterion["key"] for criterion in version.criteria]
    db.session.add_all(CriterionScore(decision_id=decision.id, criterion=key, level=levels[key]) for key in keys)
    recital.state, recital.decided_at, recital.decided_by_id = outcome, now, by.id
    recital.held_until = None
    audit.note("recital passed" if outcome == State.PASSED else "recital returned", recital.person, recital=recital.id)
    letters.decided(recital, by=by.name)
    active(by, by.today(now))
    return decision


def _scored(
    recital: Recital, levels: Mapping[str, int], outcome: State, rubric: tuple[int, int]
) -> tuple[RubricVersion, float]:
    """The rubric in force and the score by it, when the coach saw this one and the score fits the outcome."""
    version = rubrics.in_force(recital.scope)
    if (version.rubric_id, version.number) != rubric:
        raise Refused(
            "The rubric was changed while you listened. It is below as it stands now; please choose once more."
        )
    score = scoring.score(version.criteria, levels)
    if outcome == State.PASSED and not scoring.passes(score, version.pass_mark):
        raise Refused(
            f"By the rubric this is {score:.0f} of 100, and {version.pass_mark} passes. "
            "Ask for it again, or look at the levels once more."
        )
    return version, score


def levels_of(decision: Decision) -> dict[str, int]:
    """The levels that a decision found, by criterion."""
    found = db.session.scalars(select(CriterionScore).where(CriterionScore.decision_id == decision.id))
    return {score.criterion: score.level for score in found}
