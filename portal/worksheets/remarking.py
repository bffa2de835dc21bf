"""What a coach does with a worksheet: remark at its fields, and decide."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from portal import once
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.counters.services import active
from portal.db import db
from portal.errors import NotFound, Refused
from portal.markup import fingerprint
from portal.recitals import holding
from portal.worksheets import reading, submission_letters, submission_queries, submission_waiting
from portal.worksheets.models import Submission, SubmissionDecision, SubmissionRemark
from portal.worksheets.submission_models import Standing

LONGEST = 2_000


def remark(submission: Submission, remarks: Mapping[str, str], *, key: str, by: Viewer, now: datetime) -> None:
    """Keep remarks by place; the person sees them with the decision. Sending twice says it once."""
    submission = holding.locked(submission)
    holding.check_theirs(submission, by)
    holding.check_open(submission)
    holding.check_holding(submission, by, now)
    sections, answers = submission_queries.sections_of(submission), submission_queries.answers_of(submission)
    before = submission_queries.looked_at_before(submission)
    earlier = submission_queries.answers_of(before) if before else {}
    for place, text in remarks.items():
        if not reading.stands(sections, answers, place) and not reading.stands(sections, earlier, place):
            raise Refused("This page doesn't fit the worksheet any more. Reload it; what you typed is below.")
        said = f"{key}:{fingerprint(place, text)}"
        if not submission_queries.said_before(by.id, said):
            once.add(
                SubmissionRemark(submission_id=submission.id, by_id=by.id, at=now, place=place, text=text, key=said)
            )


def remove_remark(submission: Submission, remark_id: int, *, by: Viewer, now: datetime) -> None:
    """Take back one's own remark before the decision."""
    holding.check_open(submission)
    holding.check_holding(submission, by, now)
    found = db.session.get(SubmissionRemark, remark_id)
    if found is None or found.submission_id != submission.id or found.by_id != by.id:
        raise NotFound
    db.session.delete(found)


def decide(submission: Submission, *, outcome: Standing, note: str, by: Viewer, now: datetime) -> SubmissionDecision:
    """Return a worksheet with remarks, or accept it; the person is told. A second press changes nothing."""
    submission = holding.locked(submission)
    holding.check_theirs(submission, by)
    earlier = decision_or_none(submission)
    if earlier is not None and earlier.by_id == by.id:
        return earlier
    holding.check_open(submission)
    holding.check_holding(submission, by, now)
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
