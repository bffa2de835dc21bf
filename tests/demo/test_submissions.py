"""Worksheets that were shown to coaches in the demo firm: some wait, some came back, some are accepted."""

from sqlalchemy import select

from portal.db import db
from portal.worksheets import reading, submission_queries, submission_waiting
from portal.worksheets.models import Submission, SubmissionDecision, SubmissionRemark
from portal.worksheets.submission_models import Standing
from tests.demo.make_demo import viewer
from tests.make import NOON


def test_they_stand_in_every_way():
    found = set(db.session.scalars(select(Submission.standing)))
    assert found >= {Standing.WAITING, Standing.RETURNED, Standing.ACCEPTED}


def test_coach_and_leader_have_something_to_read():
    for local in ("coach", "leader"):
        assert submission_waiting.turnaround(viewer(local), NOON).waiting > 2
    assert submission_waiting.turnaround(viewer("coach"), NOON).median_days


def test_one_that_waits_was_changed_since_it_came_back():
    waiting = db.session.scalars(submission_waiting.visible_to(viewer("coach"))).all()
    again = [(each, before) for each in waiting if (before := submission_queries.looked_at_before(each))]
    assert again
    for each, before in again:
        sections = submission_queries.sections_of(each)
        answers, earlier = submission_queries.answers_of(each), submission_queries.answers_of(before)
        assert reading.changed(sections, answers, earlier)


def test_something_came_back_to_the_practitioner():
    ana = viewer("practitioner")
    hers = db.session.scalars(submission_queries.visible_to(ana)).all()
    assert any(each.standing == Standing.RETURNED and each.read_at is None for each in hers)


def test_remarks_stand_where_they_can():
    for remark in db.session.scalars(select(SubmissionRemark)):
        submission = db.session.get_one(Submission, remark.submission_id)
        sections, answers = submission_queries.sections_of(submission), submission_queries.answers_of(submission)
        assert reading.stands(sections, answers, remark.place)


def test_nobody_answered_themselves_and_nothing_happened_after_now():
    for decision in db.session.scalars(select(SubmissionDecision)):
        submission = db.session.get_one(Submission, decision.submission_id)
        assert decision.by_id != submission.person_id
        assert submission.submitted_at < decision.at <= NOON
        assert (submission.standing, submission.decided_at) == (decision.outcome, decision.at)
