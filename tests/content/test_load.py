"""Loading a content folder."""

from pathlib import Path

import pytest

from portal.content import loader
from portal.db import db
from portal.learning import services, steps
from portal.learning.models import Completion, Module, ModuleProgress, Step
from portal.library.models import Item
from tests.content import make_content as make

LESSON = "modules/referrals/01-whom.md"


@pytest.fixture
def folder(tmp_path):
    return make.folder(tmp_path / "content")


@pytest.fixture
def done(folder, ana, viewer, now):
    """Ana has read the lesson."""
    loader.load(folder, now=now)
    services.finish_step(steps.step("referrals", "whom"), by=viewer(ana), now=now)


def test_everything_in_a_folder_is_loaded(folder, now):
    report = loader.load(folder, now=now)
    assert report.problems == []
    assert len(report.changes) == len(make.FILES)
    assert [step.key for step in db.session.query(Step).order_by(Step.position)] == [
        "whom",
        "check",
        "drills",
        "sheet",
        "task",
    ]


def test_loading_again_changes_nothing(folder, now):
    loader.load(folder, now=now)
    assert loader.load(folder, now=now) == loader.Report([], [])


def test_a_step_takes_as_long_as_the_work_it_leads_to(folder, now):
    loader.load(folder, now=now)
    assert [steps.step("referrals", key).minutes for key in ("drills", "sheet")] == [1, 10]


def test_a_library_item_keeps_what_it_is_about(folder, now):
    loader.load(folder, now=now)
    tags = db.session.query(Item).one().tags
    assert {(tag.facet, tag.value) for tag in tags} == {
        ("discipline", "referrals"),
        ("industry", "retail"),
        ("stage", "planned"),
    }


def test_editing_a_lesson_keeps_progress(folder, done, now):
    make.spoil(folder, LESSON, "Ask somebody", "Ask a client")
    assert loader.load(folder, now=now).changes == ["lesson referrals/whom: changed, now version 2"]
    assert "Ask a client" in steps.step("referrals", "whom").html
    assert db.session.query(ModuleProgress).one().steps_done == 1


def test_a_removed_file_leaves_the_module_and_its_evidence_stays(folder, done, now):
    (folder / LESSON).unlink()
    assert "lesson referrals/whom: removed" in loader.load(folder, now=now).changes
    assert db.session.query(Module).one().steps == 4
    assert db.session.query(Completion).count() == 1


def test_a_file_saved_by_windows_is_read(folder, now):
    text = (folder / LESSON).read_text()
    make.write(folder, LESSON, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert loader.load(folder, now=now).problems == []
    assert steps.step("referrals", "whom").title == "Whom to ask"


def test_values_are_words_whatever_they_look_like(folder, now):
    make.spoil(folder, LESSON, "title: Whom to ask", "title: No")
    loader.load(folder, now=now)
    assert steps.step("referrals", "whom").title == "No"


def test_what_editors_leave_behind_is_ignored(folder, now):
    make.write(folder, "library/.DS_Store", b"\x00\x01")
    make.write(folder, "library/a-case.md~", "old")
    assert loader.load(folder, now=now).problems == []


def test_the_real_content_loads_and_loads_again_without_a_change(session, now):
    report = loader.load(Path("content"), now=now)
    assert report.problems == []
    assert len(report.changes) > 50
    assert loader.load(Path("content"), now=now) == loader.Report([], [])
