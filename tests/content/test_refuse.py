"""Files that are wrong: each is named with its line and the reason, and nothing changes."""

import pytest

from portal.content import loader
from portal.db import db
from portal.drills.models import Deck
from portal.learning.models import Module
from portal.library.models import Item
from portal.message.models import Pitch
from portal.worksheets.models import Worksheet
from tests.content import make_content as make

CHECK, LESSON, TASK = (f"modules/referrals/{name}.md" for name in ("02-check", "01-whom", "05-task"))
MODULE, DECK, SHEET = "modules/referrals/module.md", "decks/referrals.md", "worksheets/plan.md"
PITCH, ITEM = "pitches/firm.md", "library/a-case.md"

WRONG = [
    # What YAML itself refuses.
    (LESSON, "title: Whom to ask", "title: Whom: to ask", 3, "Put the whole value in double quotes"),
    (LESSON, "title: Whom to ask", "\ttitle: Whom to ask", 3, "tab"),
    (LESSON, "title: Whom to ask", 'title: "Whom to ask', 3, "never closed"),
    (LESSON, "title: Whom to ask", "title: *Whom* to ask", 3, "begins with *"),
    (LESSON, "title: Whom to ask", "title: @whom", 3, "double quotes"),
    (LESSON, "title: Whom to ask", 'title: "Whom" to ask', 3, "quotation marks"),
    (LESSON, "title: Whom to ask", "title Whom to ask", 3, "name with a colon"),
    (LESSON, "title: Whom to ask", "title: One\ntitle: Two", 4, "second time"),
    (ITEM, "disciplines: [referrals]", "disciplines: [referrals", 5, "square brackets"),
    # The shape of a file.
    (LESSON, "---\nkind", "kind", 1, "begin with a line of three dashes"),
    (LESSON, "you.\n---", "you.", 1, "second line of three dashes"),
    (LESSON, "seen you work.", "seen\x07you", 6, "invisible character"),
    (LESSON, "Ask somebody", "# Ask somebody", 6, "Start headings at ##"),
    (LESSON, "Ask somebody", "!!! tip\n    Ask", 6, "A box is written like this"),
    (LESSON, "Ask somebody who has seen you work.", "", 6, "no text"),
    # Facts.
    (LESSON, "kind: lesson", "kind: lecture", 2, "must be lesson, check, drills, worksheet or field-task"),
    (LESSON, "kind: lesson", "", 3, "'kind' is missing"),
    (LESSON, "summary: Those", "sumary: Those", 4, "Did you mean 'summary'?"),
    (LESSON, "summary: Those who know you.", "", 2, "'summary' is missing"),
    (LESSON, "title: Whom to ask", "title:", 3, "'title' is empty"),
    (LESSON, "title: Whom to ask", "title: [Whom, to ask]", 3, "must be a text"),
    (LESSON, "Whom to ask", "x" * 401, 3, "too long"),
    (MODULE, "order: 1", "order: first", 4, "whole number from 1 to 7"),
    (MODULE, "order: 1", "order: 8", 4, "whole number from 1 to 7"),
    (CHECK, "right: true", "right: maybe", 10, "must be true or false"),
    (CHECK, "right: true", "right: false", 6, "Exactly one answer must be right"),
    (CHECK, "why: It doesn't.", "right: true\n        why: No.", 6, "in the question 'first' it is 2"),
    (CHECK, "pass_mark: 1", "pass_mark: 2", 4, "only 1 questions"),
    (CHECK, "key: first", "key: First one", 6, "small letters, digits and hyphens"),
    (CHECK, "      - text: That\n        why: It doesn't.\n", "", 8, "2 to 5 entries; it has 1"),
    (TASK, "logged_as: report", "logged_as: sale", 4, "referral, cross-sell, touch, contribution or report"),
    (DECK, "kind: cloze", "kind: close", 10, "must be recall, cloze, choice, order, match or typed"),
    (DECK, "{{one}}", "one", 11, "double braces"),
    (DECK, "right: 1", "right: 3", 17, "there are 2 options"),
    (DECK, "key: two", "key: one", 9, "used on line 5"),
    (DECK, "    back: Thank you.\n", "", 5, "'back' is missing"),
    (DECK, "cards:", "cards: many\nother:", 4, "'cards' must be a list"),
    (SHEET, "kind: line\n      - key: asks", "kind: choice\n      - key: asks", 10, "A choice needs 'options'"),
    (SHEET, "kind: table", "kind: text", 17, "Only a table has 'columns'"),
    (SHEET, "          - {key: ask, label: Ask, kind: text}\n", "", 16, "needs the columns ask"),
    (SHEET, "label: On, kind: date", "label: On, kind: line", 22, "must have the kind date"),
    (SHEET, "minutes: 10", "minutes: 0", 5, "from 1 to 240"),
    (SHEET, "kind: line\n      - key: asks", "kind: scale\n      - key: asks", 10, "A scale needs 'from'"),
    (
        SHEET,
        "kind: line\n      - key: asks",
        "kind: line\n        from: 1\n      - key: asks",
        13,
        "Only a scale has 'from'",
    ),
    (SHEET, "kind: table", "kind: table\n        fresh_days: 9", 16, "A table field has no 'fresh_days'"),
    (SHEET, "kind: table", "kind: table\n        rank_by: ask", 16, "'rank_by' must name a number"),
    (SHEET, "kind: table", "kind: table\n        start:\n          - {when: now}", 17, "no column of this table"),
    (SHEET, "kind: table", "kind: table\n        start:\n          - {next_on: soon}", 17, "Give a day like"),
    (
        SHEET,
        "key: ask, label: Ask, kind: text",
        "key: ask, label: Ask, kind: computed, formula: x + 1",
        20,
        "“x” is no number",
    ),
    (PITCH, "kind: opener", "kind: proof", 4, "exactly one opener; this one has 0"),
    (PITCH, "    answer: What would worry you?\n", "", 8, "needs its 'answer'"),
    (PITCH, "kind: objection", "kind: objektion", 9, "'kind' must be opener"),
    (ITEM, "kind: case-study", "kind: story", 3, "must be case-study"),
    (ITEM, "stages: [planned]", "stages: [thinking]", 7, "not 'thinking'"),
    (ITEM, "review_on: 2027-05-31", "review_on: 31 May", 8, "a day like 2027-05-31"),
    (ITEM, "review_on: 2027-05-31", "review_on: 2027-02-30", 8, "a day like 2027-05-31"),
    (ITEM, "It went well.", "", 10, "no text"),
    # What one file says of another.
    ("modules/referrals/03-drills.md", "deck: referrals", "deck: nothing", 4, "no file decks/nothing.md"),
    ("modules/referrals/04-sheet.md", "worksheet: plan", "worksheet: nothing", 4, "no file worksheets/nothing.md"),
    (DECK, "discipline: referrals", "discipline: sales", 3, "no discipline 'sales'"),
    (SHEET, "discipline: referrals", "discipline: sales", 3, "no discipline 'sales'"),
    (ITEM, "disciplines: [referrals]", "disciplines: [sales]", 5, "no discipline 'sales'"),
]


@pytest.fixture
def folder(tmp_path):
    return make.folder(tmp_path / "content")


def rows():
    return [db.session.query(table).count() for table in (Module, Deck, Worksheet, Pitch, Item)]


@pytest.mark.parametrize(("file", "before", "after", "line", "reason"), WRONG)
def test_it_names_file_line_and_reason_and_changes_nothing(folder, now, file, before, after, line, reason):
    make.spoil(folder, file, before, after)
    report = loader.load(folder, now=now)
    assert report.changes == []
    assert report.problems[0].startswith(f"content/{file}:{line}: "), report.problems
    assert reason in report.problems[0]
    assert rows() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("modules/referrals/06-Whom.md", make.LESSON, "small letters, digits and hyphens"),
        ("modules/referrals/whom.md", make.LESSON, "begin with its place in the module"),
        ("modules/referrals/01-when.md", make.LESSON, "begins with the number 1 as well"),
        ("modules/referrals/06-whom.md", make.LESSON, "has the key 'whom' already"),
        ("modules/network/01-whom.md", make.LESSON, "This file is missing"),
        ("modules/network/module.md", make.MODULE, "as in the module"),
        ("library/notes.txt", "Notes", "must end in .md"),
        ("library/A case.md", make.ITEM, "small letters, digits and hyphens"),
        ("library/words.md", "Caf\xe9".encode("latin-1"), "encoding UTF-8"),
        ("library/empty.md", "", "begin with a line of three dashes"),
        ("library/list.md", "---\n- one\n---\n", "names with values"),
        ("library/loop.md", "---\ntitle: &a [*a]\n---\nText.\n", "can't contain itself"),
        ("decks/pitch-firm.md", make.DECK, "belong to the decks made from pitches"),
    ],
)
def test_it_refuses_a_file_that_should_not_be_there(folder, now, file, text, reason):
    make.write(folder, file, text)
    report = loader.load(folder, now=now)
    assert any(reason in problem for problem in report.problems), report.problems
    assert rows() == [0, 0, 0, 0, 0]


def test_it_names_everything_that_is_wrong_at_once(folder, now):
    make.spoil(folder, LESSON, "kind: lesson", "kind: lecture")
    make.spoil(folder, ITEM, "kind: case-study", "kind: story")
    assert [problem.split(":")[0] for problem in loader.load(folder, now=now).problems] == [
        f"content/{ITEM}",
        f"content/{LESSON}",
    ]


def test_a_folder_without_modules_is_refused(tmp_path, now):
    assert "Is this the content folder?" in loader.load(tmp_path, now=now).problems[0]


def test_a_problem_later_leaves_what_was_loaded_before(folder, now):
    loader.load(folder, now=now)
    make.spoil(folder, LESSON, "Ask somebody", "Other words: ask somebody")
    make.spoil(folder, CHECK, "pass_mark: 1", "pass_mark: 9")
    before = rows()
    assert loader.load(folder, now=now).changes == []
    assert rows() == before


def test_what_a_room_refuses_undoes_the_whole_load(folder, now):
    make.spoil(folder, PITCH, "We help owners.", "We help owners. " * 200)
    report = loader.load(folder, now=now)
    assert report.problems[0].startswith(f"content/{PITCH}:1: ")
    assert rows() == [0, 0, 0, 0, 0]
