"""Rules of asking: loaded as one version, and refused with file, line and reason."""

import pytest

from portal.asking.models import AskRuleVersion
from portal.content import loader
from portal.db import db
from tests.content import make_content as make

RULES = """---
title: Fees
asked_within: 60
rules:
  - key: fee
    light: may
    needs: fee
    ask: Does anybody get a fee?
    unknown: Nobody has said whether there is a fee.
    answers:
      - value: "no"
        say: "No"
        light: green
        reason: No fee.
      - value: "yes"
        say: "Yes"
        light: red
        reason: A fee.
  - key: certified
    light: can
    title: Certified?
    needs: certification
    unknown: There is no pitch.
    answers: [{value: current, light: green, reason: Now}, {value: stale, light: amber, reason: Not now}, {value: none, light: red, reason: Never}]
---
Look before you ask.
"""  # noqa: E501


@pytest.fixture
def folder(tmp_path):
    place = make.folder(tmp_path / "content")
    (place / "rules").mkdir()
    (place / "rules/fees.md").write_text(RULES)
    return place


def change(folder, before, after):
    text = (folder / "rules/fees.md").read_text()
    assert before in text
    (folder / "rules/fees.md").write_text(text.replace(before, after, 1))


def test_all_files_are_one_version(folder, now):
    assert "rules of asking: new" in loader.load(folder, now=now).changes
    assert loader.load(folder, now=now) == loader.Report([], [])
    (folder / "rules/more.md").write_text(RULES.replace("key: ", "key: more-").replace("asked_within: 60\n", ""))
    assert loader.load(folder, now=now).changes == ["rules of asking: version 2"]
    (folder / "rules/more.md").unlink()
    assert loader.load(folder, now=now).changes == ["rules of asking: version 3"]
    newest = db.session.get(AskRuleVersion, 3)
    assert (len(newest.subjects), newest.days) == (1, {"asked_within": 60})


def test_a_key_stands_in_one_file(folder, now):
    (folder / "rules/more.md").write_text(RULES)
    (problem,) = loader.load(folder, now=now).problems
    assert "The rule 'fee' stands in rules/fees.md already." in problem


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("light: may", "light: might", 6, "must be may"),
        ("    ask: Does anybody get a fee?\n", "", 5, "either an 'ask'"),
        ("needs: certification", "needs: licence", 22, "doesn't know 'licence'"),
        ("{value: stale, light: amber, reason: Not now}, ", "", 24, "The answer 'stale' is missing."),
        ("reason: No fee.", "reason: This is approved.", 14, "never an approval"),
        ('      - value: "no"\n        say: "No"', '      - value: "no"', 11, "'no' needs 'say'"),
        ("asked_within: 60", "asked_within: 0", 3, "whole number from 1 to 730"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(folder, now, before, after, line, reason):
    change(folder, before, after)
    problems = loader.load(folder, now=now).problems
    assert any(problem.startswith(f"content/rules/fees.md:{line}: ") and reason in problem for problem in problems), (
        problems
    )
    assert not db.session.query(AskRuleVersion).count()
