"""Filling in a worksheet: saving from a page and from a script."""

import json

import pytest

from portal.counters.models import PersonActivity
from portal.db import db
from portal.worksheets.models import FilledWorksheet
from tests.worksheets import make_worksheets as make


def page(filled):
    return f"/worksheets/filled/{filled.id}"


def send(browser, filled, changes, version=None):
    pairs = {place: {"before": before, "after": after} for place, (before, after) in changes.items()}
    return browser.post(f"{page(filled)}/answers", {"version": version or filled.version, "changes": pairs})


def test_the_page_keeps_what_is_written(browser, ana):
    filled = make.filled(ana)
    answer = browser.sign_in(ana).submit(page(filled), **{"a.person": "A banker", "a.why": "Line one\r\nline two"})
    assert answer.status_code == 200
    assert filled.answers == {"person": "A banker", "why": "Line one\nline two"}
    assert 'value="A banker"' in answer.text
    assert db.session.get(PersonActivity, ana.id)


def test_a_row_keeps_its_id_and_an_empty_one_is_not_kept(browser, ana):
    filled = make.filled(ana)
    browser.sign_in(ana).post(
        page(filled), **{"a.asks/ab12/contact": "Dana", "a.asks/cd34/contact": " ", "before": "{}"}
    )
    assert filled.answers == {"asks": [{"row": "ab12", "contact": "Dana"}]}


def test_a_button_adds_rows_after_saving(browser, ana):
    filled = make.filled(ana)
    answer = browser.sign_in(ana).post(page(filled), **{"a.person": "A banker", "do": "add:asks"})
    assert answer.location.endswith("?add=asks#f-asks")
    assert browser.get(answer.location).text.count('class="row"') == 4  # three empty ones, and the script's pattern
    assert filled.answers == {"person": "A banker"}


def test_a_button_removes_a_row(browser, ana):
    filled = make.filled(ana, answers={"asks": [make.ROW, make.ROW | {"row": "r2"}]})
    browser.sign_in(ana).submit(page(filled), do="remove:asks/r1")
    assert [row["row"] for row in filled.answers["asks"]] == ["r2"]


def test_it_can_be_named(browser, ana):
    filled = make.filled(ana)
    browser.sign_in(ana).submit(page(filled), **{"a.:name": "Larch Logistics"})
    assert filled.name == "Larch Logistics"
    assert "Larch Logistics" in browser.get("/worksheets").text


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        ("step", "A third", "Choose one of the answers"),
        ("ask-on", "soon", "Give a day like"),
        ("ask-on", "2026-W01-1", "Give a day like"),
        ("ask-on", "9999-01-01", "Give a day like"),
        ("why", "x" * 20_001, "under 20,000"),
        ("person", "x" * 1_001, "under 1,000"),
        ("person", "NUL \x00", "character in it"),
        (":name", "x" * 201, "under 200"),
    ],
)
def test_it_explains_what_does_not_fit_and_keeps_everything_typed(browser, ana, place, text, reason):
    filled = make.filled(ana)
    fields = {"a.asks/ab/contact": "Dana Reed", f"a.{place}": text}
    answer = browser.sign_in(ana).post(page(filled), **fields)
    assert answer.status_code == 422
    assert reason in answer.text
    assert "Dana Reed" in answer.text
    assert filled.answers == {}


def test_a_script_saves_what_changed(browser, ana):
    filled = make.filled(ana, answers={"person": "A banker"})
    answer = send(browser.sign_in(ana), filled, {"why": ("", "She likes to help"), "asks/ab/contact": ("", "Dana")})
    assert answer.status_code == 200
    said = {"version": 2, "saved": "Saved at 12:00", "answers": None, "computed": {}, "ranked": {}}
    assert answer.json == said | {"to_go": {"who": 2, "asks": 0}}
    assert filled.answers == {
        "person": "A banker",
        "why": "She likes to help",
        "asks": [{"row": "ab", "contact": "Dana"}],
    }


def test_saving_the_same_again_changes_nothing(browser, ana):
    filled = make.filled(ana)
    changes = {"person": ("", "A banker")}
    send(browser.sign_in(ana), filled, changes)
    assert send(browser, filled, changes, version=1).json["version"] == 2


def test_a_script_learns_what_other_tabs_saved(browser, ana):
    filled = make.filled(ana, answers={"person": "A banker"}, version=5)
    answer = send(browser.sign_in(ana), filled, {"why": ("", "Mine")}, version=4)
    assert answer.json["answers"] == {":name": "", "person": "A banker", "why": "Mine"}


def test_a_script_learns_that_another_tab_emptied_everything(browser, ana):
    filled = make.filled(ana, answers={"person": "A banker"}, version=5)
    answer = send(browser.sign_in(ana), filled, {"person": ("A banker", "")}, version=4)
    assert answer.json["answers"] == {":name": ""}


def test_the_page_says_how_much_is_to_go(browser, ana):
    filled = make.filled(ana, answers={"person": "A banker", "asks": [make.ROW]})
    text = browser.sign_in(ana).get(page(filled)).text
    assert '<span class="to-go" data-to-go="who">2 to go</span>' in text
    assert '<span class="to-go" data-to-go="asks">Filled</span>' in text
    assert '<p class="to-go" data-to-go="">2 to go</p>' in text


def test_a_script_is_told_what_does_not_fit(browser, ana):
    filled = make.filled(ana)
    answer = send(browser.sign_in(ana), filled, {"ask-on": ("", "soon"), "person": ("", "A banker")})
    assert answer.status_code == 422
    assert answer.json["fields"] == {"ask-on": "Give a day like 2026-03-31."}
    assert filled.answers == {}


@pytest.mark.parametrize(
    "place", ["", "nothing", "asks", "asks/", "asks/r1", "asks/r1/nothing", "asks/R 1/contact", "person/r1/x", ":row"]
)
def test_places_that_the_worksheet_does_not_have_are_refused(browser, ana, place):
    filled = make.filled(ana)
    assert send(browser.sign_in(ana), filled, {place: ("", "x")}).status_code == 422
    assert browser.post(page(filled), **{f"a.{place}": "x"}).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "[]",
        "5",
        "null",
        '{"version": 1}',
        '{"version": "1", "changes": {}}',
        '{"version": 1, "changes": []}',
        '{"version": 1, "changes": {"person": "x"}}',
        '{"version": 1, "changes": {"person": {"before": 1, "after": "x"}}}',
        '{"version": 1, "changes": {"person": {"before": "", "after": null}}}',
        '{"version": 1, "changes": {"person": {"before": "", "after": "\\ud800"}}}',
        '{"version": 1, "changes": {"person": {"before": "", "after": "\\u0000"}}}',
        "[" * 100_000,
    ],
)
def test_whatever_a_script_sends_is_answered_kindly(browser, ana, body):
    filled = make.filled(ana)
    headers = {"X-CSRFToken": browser.sign_in(ana).token()}
    answer = browser.client.post(f"{page(filled)}/answers", data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 422
    assert filled.answers == {}


def test_a_page_with_a_damaged_memory_is_answered_kindly(browser, ana):
    filled = make.filled(ana)
    assert browser.sign_in(ana).post(page(filled), before="[" * 50_000, **{"a.person": "x"}).status_code == 302


def test_a_table_has_at_most_a_hundred_rows(browser, ana):
    filled = make.filled(ana)
    changes = {f"asks/r{number}/contact": ("", "Dana") for number in range(101)}
    answer = send(browser.sign_in(ana), filled, changes)
    assert answer.status_code == 422
    assert "at most 100 rows" in answer.json["error"]


def test_a_worksheet_can_be_full(browser, ana):
    filled = make.filled(ana)
    changes = {f"asks/r{number}/ask": ("", "x" * 20_000) for number in range(8)}
    assert "is full" in send(browser.sign_in(ana), filled, changes).json["error"]


def test_a_text_that_looks_like_markup_stays_text(browser, ana):
    filled = make.filled(ana, answers={"why": "</textarea><script>x</script>"})
    text = browser.sign_in(ana).get(page(filled)).text
    assert "<script>x" not in text
    assert json.dumps({"why": "</textarea>"})[1:8] not in text


def test_it_is_its_writers_alone(browser, ana, ben, leader):
    filled = make.filled(ana)
    for person in (ben, leader):
        browser.sign_in(person)
        assert browser.get(page(filled)).status_code == 404
        assert browser.post(page(filled), **{"a.person": "x"}).status_code == 404
        assert send(browser, filled, {"person": ("", "x")}).status_code == 404
        assert browser.get(f"{page(filled)}/read").status_code == 404
        assert browser.get(f"{page(filled)}/history").status_code == 404
    assert filled.answers == {}


def test_it_needs_signing_in(browser, ana):
    assert browser.get(page(make.filled(ana))).status_code == 302


def test_opening_it_costs_few_statements(browser, ana, budget):
    filled = make.filled(ana, answers=make.COMPLETE)
    browser.sign_in(ana).get("/settings")
    with budget(8):
        assert browser.get(page(filled)).status_code == 200


def test_what_is_begun_keeps_its_version(browser, ana):
    filled = make.filled(ana)
    shorter = [{"key": "new", "title": "New", "fields": [{"key": "other", "label": "Other", "kind": "line"}]}]
    make.worksheet(sections=shorter)
    assert "My requests" in browser.sign_in(ana).get(page(filled)).text
    assert db.session.query(FilledWorksheet).one().number == 1
