"""What was recited in the demo firm: in every state, answered by whoever may, and a queue that looks alive."""

from sqlalchemy import select

from portal import files
from portal.clock import week_of
from portal.db import db
from portal.home import queries as home
from portal.home.sources import reading
from portal.recitals import scoring, waiting
from portal.recitals.models import CriterionScore, Decision, Medium, Recital, Recording, RubricVersion, State
from tests.demo.make_demo import count, viewer
from tests.make import NOON, TODAY


def test_there_are_recitals_in_every_state():
    assert set(db.session.scalars(select(Recital.state).distinct())) == set(State)
    assert count(Recital) > 15


def test_coach_and_leader_have_a_queue():
    for local in ("coach", "leader"):
        waits = waiting.turnaround(viewer(local), NOON)
        assert waits.waiting >= 3
        assert waits.oldest_days >= 3
        assert waits.median_days


def test_a_leader_s_comes_first_for_the_coach():
    first = db.session.scalars(waiting.visible_to(viewer("coach"))).first()
    assert first.person.email == "leader@demo.example"


def test_something_came_back_to_the_practitioner_and_somebody_asks_for_her_ear():
    me = viewer("practitioner")
    given = {"person": me.id, "today": TODAY, "monday": week_of(TODAY), "now": NOON}
    said = {entry.what for entry in reading.entries(home.PARTS, me.powers, **given)}
    assert "Your recital came back" in said
    assert any("asks for your ear" in what for what in said)


def test_scores_follow_from_their_levels():
    for decision in db.session.scalars(select(Decision)):
        version = db.session.get_one(RubricVersion, (decision.rubric_id, decision.rubric_number))
        found = db.session.scalars(select(CriterionScore).where(CriterionScore.decision_id == decision.id))
        levels = {row.criterion: row.level for row in found}
        assert scoring.score(version.criteria, levels) == decision.score
        assert scoring.passes(decision.score, version.pass_mark) == (decision.outcome == State.PASSED)


def test_nobody_answered_themselves_and_nothing_happened_after_now():
    for recital in db.session.scalars(select(Recital).where(Recital.decided_at.is_not(None))):
        assert recital.decided_by_id != recital.person_id
        assert recital.submitted_at < recital.decided_at <= NOON


def test_recordings_are_there():
    recorded = count(Recital, Recital.medium == Medium.AUDIO)
    hashes = db.session.scalars(select(Recording.sha256)).all()
    assert len(hashes) == recorded >= 2
    assert all(files.store().path(sha256).is_file() for sha256 in hashes)
