"""Loading modules: what changes, what stays, and what happens to people's progress."""

from datetime import timedelta

import pytest

from portal import markup
from portal.counters.models import Standing
from portal.db import db
from portal.learning import services
from portal.learning.models import Completion, Module, ModuleProgress, Step, StepVersion
from tests.learning import make_learning as make


def progress():
    db.session.expire_all()
    return db.session.query(ModuleProgress).one()


def finish(person, now, *keys):
    for key in keys:
        services.finish_step(make.found(key), by=person, now=now)


@pytest.fixture
def ana(ana, viewer):
    return viewer(ana)


def test_loading_again_changes_nothing(session):
    said = make.load()
    assert said[0] == "module referrals: new"
    assert said[1] == "lesson referrals/see: new"
    assert make.load() == []
    assert db.session.query(StepVersion).count() == 3


def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(session):
    make.load(make.module(make.step("see")))
    assert make.load(make.module(make.step("see", text="Other words."))) == [
        "lesson referrals/see: changed, now version 2"
    ]
    assert [row.html for row in db.session.query(StepVersion).order_by(StepVersion.number)] == [
        "<p>Some words.</p>",
        "<p>Other words.</p>",
    ]


def test_a_changed_lesson_stays_done(ana, now):
    make.load()
    finish(ana, now, *make.LESSONS)
    make.load(make.module(*(make.step(key, text="Other words.") for key in make.LESSONS)))
    assert (progress().steps_done, progress().done_at) == (3, now)


def test_a_summary_or_a_place_is_no_new_version(session):
    make.load(make.module(make.step("see"), make.step("say")))
    said = make.load(make.module(make.step("say"), make.step("see", summary="In short.")))
    assert said == ["lesson referrals/say: changed", "lesson referrals/see: changed"]
    assert db.session.query(StepVersion).count() == 2


def test_a_removed_step_leaves_and_its_evidence_stays(ana, now):
    make.load()
    finish(ana, now, "see", "say")
    assert make.load(make.module(make.step("see"), make.step("ask"))) == [
        "lesson referrals/ask: changed",
        "lesson referrals/say: removed",
    ]
    assert (progress().steps_done, db.session.query(Module).one().steps) == (1, 2)
    assert db.session.query(Completion).count() == 2


def test_who_has_done_all_that_remains_has_done_the_module(ana, now):
    make.load()
    finish(ana, now, "see", "say")
    make.load(make.module(make.step("see"), make.step("say")), now=now + timedelta(days=1))
    assert progress().done_at == now + timedelta(days=1)
    assert {row.measure: row.n for row in db.session.query(Standing)} == {"module-under-way": 0, "module-done": 1}


def test_a_step_that_comes_back_is_still_done(ana, now):
    make.load()
    finish(ana, now, "see", "say")
    make.load(make.module(make.step("see"), make.step("ask")))
    make.load()
    assert (progress().steps_done, progress().next_step_id) == (2, make.found("ask").id)


def test_a_module_that_is_done_stays_done_when_a_step_is_added(ana, now):
    make.load()
    finish(ana, now, *make.LESSONS)
    make.load(make.module(*(make.step(key) for key in (*make.LESSONS, "thank"))))
    assert (progress().done_at, progress().next_step_id) == (now, make.found("thank").id)
    services.rebuild_progress()
    assert progress().done_at == now


def test_a_module_without_files_is_emptied(browser, ana, now):
    make.load(make.module(), make.module(key="network", order=2))
    finish(ana, now, "see")
    assert "lesson referrals/see: removed" in make.load(make.module(key="network", order=2))
    assert db.session.query(Completion).count() == 1
    assert db.session.query(Step).filter_by(is_removed=True).count() == 3


def test_a_better_renderer_is_no_new_version(monkeypatch, session):
    make.load(make.module(make.step("see")))
    monkeypatch.setattr(markup, "RENDERER", "next")
    assert make.load(make.module(make.step("see"))) == [
        "module referrals: changed",
        "lesson referrals/see: rendered anew",
    ]
    assert db.session.query(StepVersion).count() == 1


def test_reading_time_follows_the_words(session):
    make.load(make.module(make.step("see", text="word " * 401), make.step("do", "worksheet", minutes=25)))
    assert [step.minutes for step in db.session.query(Step).order_by(Step.position)] == [3, 25]
    assert db.session.query(Module).one().minutes == 28
