"""Worksheets that were shown to a coach, for tests."""

from itertools import count

from portal.accounts.viewer import of
from portal.db import db
from portal.jobs import services as jobs
from portal.recitals import holding
from portal.worksheets import remarking, submissions
from portal.worksheets.models import Submission
from portal.worksheets.submission_models import Standing
from tests.make import NOON
from tests.worksheets import make_worksheets

_numbers = count(1)


def submitted(person, filled=None, *, answers=make_worksheets.COMPLETE, words="", hides=False, now=NOON) -> Submission:
    """A worksheet that waits for a coach."""
    filled = filled or make_worksheets.filled(person, answers=answers)
    return submissions.submit(
        filled, words=words, hides_contacts=hides, key=f"shown-{next(_numbers)}", by=of(person), now=now
    )


def taken(submission: Submission, coach, now=NOON) -> Submission:
    """A worksheet that a coach has open."""
    holding.take(submission, by=of(coach), now=now)
    db.session.flush()
    return submission


def answered(submission: Submission, coach, *, remarks=None, note="Keep the first part.", accept=False, now=NOON):
    """A worksheet that a coach answered."""
    taken(submission, coach, now)
    remarking.remark(submission, remarks or {}, key=f"said-{next(_numbers)}", by=of(coach), now=now)
    outcome = Standing.ACCEPTED if accept else Standing.RETURNED
    decision = remarking.decide(submission, outcome=outcome, note=note, by=of(coach), now=now)
    db.session.commit()
    jobs.hand_over()  # the mail, here and not in whatever the test asks for next
    return decision
