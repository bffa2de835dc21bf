"""The checklist of a good lead: in versions, with an answer and a note for each criterion."""

import pytest

from portal.db import db
from portal.pipeline import leads
from portal.pipeline.models import Answer, LeadAnswer, LeadDefinition
from tests.make import NOON
from tests.pipeline import make_pipeline as make
from tests.pipeline.make_pipeline import CRITERIA


@pytest.fixture
def row(ana):
    make.definition()
    return make.opportunity(ana)


def page(row, more=""):
    return f"/pipeline/{row.id}/lead{more}"


def test_what_was_found_is_kept_and_said(browser, ana, row):
    answers = {"answer_wanted": "yes", "note_wanted": "“It hurts”", "answer_ours": "no", "answer_timely": "unknown"}
    text = browser.sign_in(ana).submit(page(row), **answers).text
    assert "Kept: 1 of 3, one unknown." in text
    assert row.lead_number == 1
    assert {(one.key, one.answer, one.note) for one in db.session.query(LeadAnswer)} == {
        ("wanted", Answer.YES, "“It hurts”"),
        ("ours", Answer.NO, ""),
        ("timely", Answer.UNKNOWN, ""),
    }


def test_loading_the_same_changes_nothing_and_something_else_is_a_version(row):
    make.definition()
    assert db.session.query(LeadDefinition).count() == 1
    make.definition(*CRITERIA[:2], {"key": "new", "title": "It is new", "evidence": "Somehow."})
    assert [one.number for one in db.session.query(LeadDefinition).order_by(LeadDefinition.number)] == [1, 2]


def test_it_keeps_the_version_it_was_held_against_until_it_is_held_anew(browser, ana, row):
    make.held(row, ana)
    make.definition(*CRITERIA[:2], {"key": "new", "title": "It is new", "evidence": "Somehow."})
    assert leads.checklist(row).said == "3 of 3"
    text = browser.sign_in(ana).get(page(row)).text
    assert "It is timely" in text
    assert "The firm has agreed on version 2 since" in text
    browser.submit(page(row, "?newest=1"), answer_new="yes")
    assert (row.lead_number, leads.checklist(row).said) == (2, "3 of 3")


def test_another_tab_is_told(browser, ana, row):
    behind = {"version": str(row.version), "number": "1"}
    behind |= {f"answer_{one['key']}": "no" for one in CRITERIA} | {"note_ours": "From the other tab"}
    make.held(row, ana)
    answer = browser.sign_in(ana).post(page(row), **behind)
    assert answer.status_code == 422
    assert "changed in another tab" in answer.text
    assert "From the other tab" in answer.text
    assert leads.checklist(row).said == "3 of 3"


@pytest.mark.parametrize(
    "fields", [{"answer_ours": "perhaps"}, {"number": "9"}, {"number": "٣"}, {"note_ours": "x" * 501}]
)
def test_odd_answers_are_refused(browser, ana, row, fields):
    assert browser.sign_in(ana).submit(page(row), **fields).status_code == 422


def test_strangers_and_firms_without_a_definition_find_nothing(browser, ana, ben):
    row = make.opportunity(ana)
    assert browser.sign_in(ana).get(page(row)).status_code == 404
    assert "definition of a good lead" not in browser.get(f"/pipeline/{row.id}").text
    make.definition()
    assert browser.sign_in(ben).get(page(row)).status_code == 404


def test_nothing_was_looked_at_until_somebody_did(row, ana):
    assert leads.checklist(row).said == "Not looked at yet"
    assert leads.missing(row) == "3 short questions"
    make.held(row, ana, ours=(Answer.UNKNOWN, ""))
    assert leads.checklist(row).said == "2 of 3, one unknown"
    assert "It is ours" in leads.missing(row)
    make.held(row, ana, ours=(Answer.UNKNOWN, "Ask"))
    assert leads.missing(row) == ""
    assert NOON
