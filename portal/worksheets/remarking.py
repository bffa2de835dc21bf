"""What a coach does with a worksheet: hold it for a while, remark at its fields, and decide."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.counters.services import active
from portal.db import db
from portal.errors import NotFound, Refused
from portal.markup import fingerprint
from portal.recitals.listening import HELD_FOR, MOST_HELD
from portal.recitals.waiting import paths
from portal.worksheets import reading, submission_letters, submission_queries, submission_waiting
from portal.worksheets.models import Submission, SubmissionDecision, SubmissionRemark
from portal.worksheets.submission_models import Standing
from portal.worksheets.submissions import add_once, held

LONGEST = 2_000


def take(submission: Submission, *, by: Viewer, now: datetime) -> None:
    """Hold a worksheet for a while, so that no two coaches answer it. Taking it again holds it longer."""
    submission = held(submission.id)
    _check_theirs(submission, by)
    _check_open(submission)
    holder = submission_queries.holder_or_none(submission, now)
    if holder is not None and holder.id != by.id:
        raise Refused(f"{holder.name} is reading this one just now. Take the next, or come back in half an hour.")
    if holder is None and _held_by(by, now) >= MOST_HELD:
        raise Refused(f"You have {MOST_HELD} open already. Answer one of them, or put one back.")
    submission.coach_id, submission.held_until = by.id, now + HELD_FOR


def put_back(submission: Submission, *, by: Viewer) -> None:
    """Let another coach have it. Remarks made so far stay with it."""
    if submission.coach_id == by.id and submission.standing == Standing.WAITING:
        submission.coach_id, submission.held_until = None, None


def holds(submission: Submission, viewer: Viewer, now: datetime) -> bool:
    """Whether this coach has it open."""
    return submission.coach_id == viewer.id and submission.held_until is not None and submission.held_until > now


def remark(submission: Submission, remarks: Mapping[str, str], *, key: str, by: Viewer, now: datetime) -> None:
    """Keep remarks by place; the person sees them with the decision. Sending twice says it once."""
    submission = held(submission.id)
    _check_theirs(submission, by)
    _check_open(submission)
    _check_holding(submission, by, now)
    sections, answers = submission_queries.sections_of(submission), submission_queries.answers_of(submission)
    before = submission_queries.looked_at_before(submission)
    earlier = submission_queries.answers_of(before) if before else {}
    for place, text in remarks.items():
        if not reading.stands(sections, answers, place) and not reading.stands(sections, earlier, place):
            raise Refused("This page doesn't fit the worksheet any more. Reload it; what you typed is below.")
        once = f"{key}:{fingerprint(place, text)}"
        if not submission_queries.said_before(by.id, once):
            add_once(
                SubmissionRemark(submission_id=submission.id, by_id=by.id, at=now, place=place, text=text, key=once)
            )


def remove_remark(submission: Submission, remark_id: int, *, by: Viewer, now: datetime) -> None:
    """Take back one's own remark before the decision."""
    _check_open(submission)
    _check_holding(submission, by, now)
    found = db.session.get(SubmissionRemark, remark_id)
    if found is None or found.submission_id != submission.id or found.by_id != by.id:
        raise NotFound
    db.session.delete(found)


def decide(submission: Submission, *, outcome: Standing, note: str, by: Viewer, now: datetime) -> SubmissionDecision:
    """Return a worksheet with remarks, or accept it; the person is told. A second press changes nothing."""
    submission = held(submission.id)
    _check_theirs(submission, by)
    earlier = decision_or_none(submission)
    if earlier is not None and earlier.by_id == by.id:
        return earlier
    _check_open(submission)
    _check_holding(submission, by, now)
    places = {each.place for each in submission_queries.remarks_to_come(submission)}
    if outcome == Standing.RETURNED and not note and not places:
        raise Refused("Say what you would change: in a note, or at a field.", field="note")
    decision = SubmissionDecision(submission_id=submission.id, by_id=by.id, at=now, outcome=outcome, note=note)
    db.session.add(decision)
    submission.standing, submission.decided_at, submission.decided_by_id = outcome, now, by.id
    submission.held_until = None
    audit.note(f"worksheet {outcome.value}", submission.person, submission=submission.id)
    submission_letters.decided(
        submission, title=submission_waiting.title_of(submission), by=by.name, remarks=len(places)
    )
    active(by, by.today(now))
    return decision


def decision_or_none(submission: Submission) -> SubmissionDecision | None:
    """What was decided about one submission."""
    return db.session.scalar(select(SubmissionDecision).where(SubmissionDecision.submission_id == submission.id))


def _held_by(by: Viewer, now: datetime) -> int:
    found = select(func.count()).where(
        Submission.coach_id == by.id, Submission.held_until > now, Submission.standing == Standing.WAITING
    )
    return db.session.scalar(found) or 0


def _check_theirs(submission: Submission, by: Viewer) -> None:
    if submission.person_id == by.id:
        raise Refused("Nobody answers their own worksheet. Another coach will read it.")
    if not any(submission.person.practice.path.startswith(path) for path in paths(by)):
        raise NotFound


def _check_open(submission: Submission) -> None:
    if submission.standing in submission_queries.ANSWERED:
        who = submission.decided_by.name if submission.decided_by else "Another coach"
        raise Refused(f"{who} has answered this one already. What you wrote was not sent.")
    if submission.standing != Standing.WAITING:
        raise Refused("This worksheet was taken back by its owner, so there is nothing to answer now.")


def _check_holding(submission: Submission, by: Viewer, now: datetime) -> None:
    if holds(submission, by, now):
        return
    holder = submission_queries.holder_or_none(submission, now)
    if holder is not None and holder.id != by.id:
        raise Refused(f"{holder.name} took this one up after your half hour was over. What you wrote is still here.")
    # The half hour is over and nobody else came: it is still this coach's to answer.
    if submission.coach_id != by.id:
        raise Refused("Open the worksheet first, so that no other coach answers it meanwhile.")
    submission.held_until = now + HELD_FOR
