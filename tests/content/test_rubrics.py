"""Rubrics and phrases to avoid: loaded, versioned, and refused with file, line and reason."""

from pathlib import Path

import pytest

from portal.content import loader
from portal.db import db
from portal.recitals.models import Phrase, Rubric, RubricVersion
from tests.content import make_content as make

RUBRIC = """---
title: Reciting
scope: whole
pass_mark: 60
criteria:
  - key: clear
    title: It is clear
    weight: 60
    levels: [No, Yes]
  - key: yours
    title: It sounds like you
    weight: 40
    levels: [No, Partly, Yes]
---
Listen once.
"""
PHRASES = """---
phrases:
  - key: full-service
    say: [full service]
    why: Everybody says it.
    better: Name one.
---
"""


@pytest.fixture
def folder(tmp_path):
    place = make.folder(tmp_path / "content")
    for name, text in (("rubrics/whole.md", RUBRIC), ("phrases/avoid.md", PHRASES)):
        (place / name).parent.mkdir()
        (place / name).write_text(text)
    return place


def change(folder: Path, name: str, before: str, after: str):
    text = (folder / name).read_text()
    assert before in text
    (folder / name).write_text(text.replace(before, after, 1))


def test_they_are_loaded_and_loading_again_changes_nothing(folder, now):
    assert {"rubric whole: new", "phrases to avoid: 1"} <= set(loader.load(folder, now=now).changes)
    assert loader.load(folder, now=now) == loader.Report([], [])


def test_a_change_is_a_new_version_and_the_old_one_stays(folder, now):
    loader.load(folder, now=now)
    change(folder, "rubrics/whole.md", "pass_mark: 60", "pass_mark: 70")
    assert loader.load(folder, now=now).changes == ["rubric whole: version 2"]
    assert [version.pass_mark for version in db.session.query(RubricVersion).order_by(RubricVersion.number)] == [60, 70]


def test_a_renamed_file_goes_on_with_its_versions(folder, now):
    loader.load(folder, now=now)
    (folder / "rubrics/whole.md").rename(folder / "rubrics/pitch.md")
    assert not loader.load(folder, now=now).problems
    assert [rubric.key for rubric in db.session.query(Rubric)] == ["pitch"]


def test_phrases_are_replaced(folder, now):
    loader.load(folder, now=now)
    change(folder, "phrases/avoid.md", "key: full-service", "key: one-stop")
    loader.load(folder, now=now)
    assert [phrase.key for phrase in db.session.query(Phrase)] == ["one-stop"]


@pytest.mark.parametrize(
    ("name", "before", "after", "line", "reason"),
    [
        ("rubrics/whole.md", "weight: 40", "weight: 41", 5, "must add up to 100; here they make 101"),
        ("rubrics/whole.md", "weight: 40", "weight: 0", 12, "whole number from 1 to 100"),
        ("rubrics/whole.md", "pass_mark: 60", "pass_mark: 101", 4, "whole number from 1 to 100"),
        ("rubrics/whole.md", "scope: whole", "scope: half", 3, "must be whole or changes"),
        ("rubrics/whole.md", "levels: [No, Yes]", "levels: [No]", 9, "2 to 6 entries; it has 1"),
        ("rubrics/whole.md", "key: yours", "key: clear", 10, "used on line 6"),
        ("phrases/avoid.md", "    better: Name one.\n", "", 3, "'better' is missing"),
        ("phrases/avoid.md", "[full service]", "[]", 4, "1 to 20 entries; it has 0"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(folder, now, name, before, after, line, reason):
    change(folder, name, before, after)
    (problem,) = loader.load(folder, now=now).problems
    assert problem.startswith(f"content/{name}:{line}: ")
    assert reason in problem
    assert db.session.query(Rubric).count() == 0


def test_two_rubrics_for_one_scope_are_one_too_many(folder, now):
    (folder / "rubrics/zz-other.md").write_text(RUBRIC)
    (problem,) = loader.load(folder, now=now).problems
    assert problem == "content/rubrics/zz-other.md:3: There is a rubric for 'whole' already: rubrics/whole.md."
