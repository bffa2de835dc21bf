"""Laws of submissions, whatever people and coaches do in whichever order."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.viewer import of
from portal.db import db
from portal.errors import Refused
from portal.recitals import holding
from portal.worksheets import remarking, services, submission_queries, submissions
from portal.worksheets.models import Submission, SubmissionDecision, SubmissionRemark
from portal.worksheets.submission_models import Standing
from tests.make import NOON
from tests.worksheets import make_submissions, make_worksheets
from tests.worksheets.make_worksheets import COMPLETE

CHANGES = re.compile(r"(update|delete)\(\s*SubmissionDecision\b", re.IGNORECASE)
ACTS = ("edit", "submit", "withdraw", "take", "take too", "put back", "remark", "return", "accept", "reply")


def test_no_code_changes_a_decision():
    guilty = [str(path) for path in Path("portal").rglob("*.py") if CHANGES.search(path.read_text())]
    assert not guilty


def test_a_submission_has_one_decision(ana, coach, now):
    submission = make_submissions.submitted(ana)
    first = make_submissions.answered(submission, coach)
    twin = SubmissionDecision(submission_id=submission.id, by_id=coach.id, at=now, outcome=first.outcome, note="")
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(twin)


class Life:
    """One worksheet, its owner and two coaches."""

    def __init__(self, ana, coach, second_coach):
        self.filled = make_worksheets.filled(ana, answers=COMPLETE)
        self.ana, self.coaches = of(ana), (of(coach), of(second_coach))
        self.shown: dict[int, dict] = {}
        self.said: set[str] = set()
        self.number = 0

    def act(self, what: str) -> None:
        self.number += 1
        now = NOON + timedelta(minutes=7 * self.number)
        last, key = submission_queries.last_or_none(self.filled), f"key-number-{self.number}"
        by = self.coaches[what == "take too"]
        try:
            if what == "edit":
                mine = {"person": f"Person {self.number}"}
                services.save(self.filled, before=services.current(self.filled), mine=mine, by=self.ana, now=now)
            elif what == "submit":
                made = submissions.submit(self.filled, words="", hides_contacts=False, key=key, by=self.ana, now=now)
                self.shown[made.id] = dict(self.filled.answers)
            elif last is not None:
                self._coach(what, last, key, by, now)
        except Refused:
            pass
        db.session.flush()

    def _coach(self, what, last, key, by, now):
        if what == "withdraw":
            submissions.withdraw(last, now=now)
        elif what.startswith("take"):
            holding.take(last, by=by, now=now)
        elif what == "put back":
            holding.put_back(last, by=by)
        elif what == "remark":
            remarking.remark(last, {"person": key}, key=key, by=by, now=now)
            self.said.add(key)
        elif what == "reply":
            for found in submission_queries.remarks(self.filled.id).values():
                remark = db.session.get_one(SubmissionRemark, found[0].id)
                submissions.answer(remark, text=f"answer {key}", key=f"reply-{key}", by=self.ana, now=now)
        else:
            outcome = Standing.RETURNED if what == "return" else Standing.ACCEPTED
            remarking.decide(last, outcome=outcome, note="A note", by=by, now=now)

    def check(self) -> None:
        """One waits at most; decided ones have their decision; what was shown and what was said is all there."""
        rows = db.session.scalars(select(Submission).where(Submission.filled_id == self.filled.id)).all()
        assert sum(row.standing == Standing.WAITING for row in rows) <= 1
        for row in rows:
            decided = db.session.scalars(
                select(SubmissionDecision.outcome).where(SubmissionDecision.submission_id == row.id)
            ).all()
            assert decided == ([row.standing] if row.decided_at else [])
            assert submission_queries.answers_of(row)["person"] == self.shown[row.id]["person"]
        texts = db.session.scalars(select(SubmissionRemark.text).where(SubmissionRemark.answers_id.is_(None)))
        assert self.said <= set(texts)


@given(st.lists(st.sampled_from(ACTS), max_size=25))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nothing_is_lost(ana, coach, second_coach, acts):
    with db.session.begin_nested() as example:
        life = Life(ana, coach, second_coach)
        for what in ("submit", "take", "remark", *acts):
            life.act(what)
            life.check()
        example.rollback()
    db.session.expire_all()
