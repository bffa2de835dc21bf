"""Showing a worksheet to a coach, and what its owner does with the answer."""

from datetime import datetime

from sqlalchemy import select, update

from portal import once
from portal.accounts.viewer import Viewer
from portal.counters.services import active
from portal.db import db
from portal.errors import NotFound, Refused
from portal.recitals import holding
from portal.recitals import queries as recitals
from portal.worksheets import masking, queries, services, submission_queries
from portal.worksheets.models import FilledHistory, FilledWorksheet, Submission, SubmissionRemark
from portal.worksheets.submission_models import Standing


def submit(
    filled: FilledWorksheet, *, words: str, hides_contacts: bool, key: str, by: Viewer, now: datetime
) -> Submission:
    """Show a worksheet, as it is now, to the coaches of the person's practice. Sending twice submits once."""
    known = db.session.scalar(select(Submission).where(Submission.person_id == by.id, Submission.key == key))
    if known is not None:
        return known
    if submission_queries.waiting_or_none(filled) is not None:
        raise Refused("A coach has this one already. Take it back first, if you want to show it as it is now.")
    if filled.archived_at is not None:
        raise Refused("This worksheet is archived. Bring it back first, then show it.")
    if not filled.answers:
        raise Refused("There is nothing in it yet. Answer something first, then show it.")
    if not recitals.has_coach(by):
        raise Refused("Nobody coaches your practice yet. Ask your practice leader or an admin to name somebody.")
    earlier = submission_queries.last_or_none(filled)
    submission = Submission(
        filled_id=filled.id,
        person_id=by.id,
        answers_version=_keep(filled, now),
        worksheet_id=filled.worksheet_id,
        number=filled.number,
        name=filled.name,
        words=words or "",
        hides_contacts=hides_contacts and masking.has_contacts(queries.sections_of(filled)),
        key=key,
        submitted_at=now,
    )
    once.add(submission)
    if earlier is not None:
        _hand_on(earlier, submission, now)
    active(by, by.today(now))
    return submission


def _keep(filled: FilledWorksheet, now: datetime) -> int:
    """Keep what the worksheet says now, whatever is saved over it later; the version it is kept as."""
    kept = db.session.get(FilledHistory, (filled.id, filled.version))
    if kept is not None and (kept.answers, kept.number) == (filled.answers, filled.number):
        return filled.version
    filled.version += kept is not None
    services.keep_as_it_is(filled, now)
    version = filled.version
    filled.version += 1  # the next sitting is kept under a number of its own
    db.session.flush()  # the submission refers to what is kept
    return version


def _hand_on(earlier: Submission, submission: Submission, now: datetime) -> None:
    """What a coach had begun to remark before it was taken back goes on; what came back has been read."""
    if earlier.standing == Standing.WITHDRAWN:
        db.session.execute(
            update(SubmissionRemark)
            .where(SubmissionRemark.submission_id == earlier.id, SubmissionRemark.by_id != earlier.person_id)
            .values(submission_id=submission.id)
        )
    mark_read(earlier, now=now)


def withdraw(submission: Submission, *, now: datetime) -> None:
    """Take a worksheet back, as long as no coach has it open. A second press changes nothing."""
    submission = holding.locked(submission)
    if submission.standing == Standing.WITHDRAWN:
        return
    if submission.standing != Standing.WAITING:
        raise Refused("This has been answered already. You can go on writing, and show it again.")
    if holding.holder_or_none(submission, now) is not None:
        raise Refused("A coach is reading it just now. You will see their answer soon.")
    submission.standing, submission.coach_id, submission.held_until = Standing.WITHDRAWN, None, None


def mark_read(submission: Submission, *, now: datetime) -> None:
    """Remember that the person has read what came back."""
    if submission.decided_at is not None and submission.read_at is None:
        submission.read_at = now


def deal(remark: SubmissionRemark, *, is_dealt: bool, now: datetime) -> None:
    """Tick a coach's remark as dealt with, or open it again."""
    if is_dealt != (remark.dealt_at is not None):
        remark.dealt_at = now if is_dealt else None


def deal_with(place: str, *, by: Viewer, now: datetime) -> str:
    """Tick a remark, or open it again, by 'yes' or 'no' and its number, as a page sends it; the field it stands at."""
    number, _, is_dealt = place.partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFound
    remark, _submission = submission_queries.remark_for(by, int(number))
    deal(remark, is_dealt=is_dealt != "no", now=now)
    return remark.place.partition("/")[0]


def answer(remark: SubmissionRemark, *, text: str, key: str, by: Viewer, now: datetime) -> None:
    """Answer a coach's remark in words; they see it with the next submission. Sending twice says it once."""
    if submission_queries.said_before(by.id, key):
        return
    once.add(
        SubmissionRemark(
            submission_id=remark.submission_id,
            by_id=by.id,
            at=now,
            place=remark.place,
            text=text,
            answers_id=remark.id,
            key=key,
        )
    )


def remove_answer(remark: SubmissionRemark, submission: Submission, answer_id: int, *, by: Viewer) -> None:
    """Take back an answer, as long as no coach was shown it."""
    found = db.session.get(SubmissionRemark, answer_id)
    if found is None or found.by_id != by.id or found.answers_id != remark.id:
        raise NotFound
    if submission_queries.shown_since(submission.filled_id, found.at):
        raise Refused("The coach has this answer already, so it stays.")
    db.session.delete(found)
