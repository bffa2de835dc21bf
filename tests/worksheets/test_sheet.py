"""A worksheet taken along as XLSX and brought back: what differs is shown first, and nothing is overwritten."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from portal.db import db
from portal.worksheets import services
from portal.worksheets.models import BroughtSheet, FilledHistory, FilledWorksheet
from tests.worksheets import make_worksheets
from tests.worksheets.make_worksheets import COMPLETE


@pytest.fixture
def filled(ana):
    return make_worksheets.filled(ana, answers=COMPLETE, name="Larch")


@pytest.fixture
def taken(browser, ana, filled):
    """The workbook that Ana took along."""
    answer = browser.sign_in(ana).get(f"/worksheets/filled/{filled.id}/sheet.xlsx")
    assert answer.status_code == 200
    return answer.data


def edited(body, changes):
    """The same workbook with other texts in some cells: what is typed goes where it stood, by sheet and cell."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    source = CalamineWorkbook.from_filelike(io.BytesIO(body))
    for name in source.sheet_names:
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(source.get_sheet_by_name(name).to_python(skip_empty_area=False)):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write_string(number, column, str(cell))
        for cell, text in changes.get(name, {}).items():
            sheet.write_string(cell, text)
    book.close()
    return out.getvalue()


@pytest.fixture
def bring(browser, ana, filled, taken):
    """Ana brings a workbook back; the page that follows."""

    def send(body, name="sheet.xlsx"):
        answer = browser.post(f"/worksheets/filled/{filled.id}/take-along", file=(io.BytesIO(body), name))
        return browser.get(answer.location) if answer.status_code == 302 else answer

    return send


def now_says(filled):
    return services.current(db.session.get(FilledWorksheet, filled.id))


def latest():
    return db.session.query(BroughtSheet).order_by(BroughtSheet.id.desc()).first()


def choose(browser, filled, **choices):
    row = latest()
    version = db.session.get(FilledWorksheet, filled.id).version
    fields = {f"take.{place}": text for place, text in choices.items()}
    return browser.post(f"/worksheets/filled/{filled.id}/brought/{row.id}", **{"seen": str(version)} | fields)


def test_it_has_help_lists_and_days_and_no_formula(taken):
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken))
    assert book.sheet_names == ["Worksheet", "My requests", "lists", "portal"]
    rows = book.get_sheet_by_name("Worksheet").to_python(skip_empty_area=False)
    assert ["person", "The person", "A banker", "For example: A banker"] in rows
    assert any(row[0] == "ask-on" and row[2] == date(2026, 3, 10) for row in rows)
    with zipfile.ZipFile(io.BytesIO(taken)) as parts:
        said = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in said
    assert b"<dataValidation" in said


def test_nothing_differs_when_nobody_wrote(bring, taken):
    assert "Nothing differs" in bring(taken).text


def test_differences_are_shown_before_anything_changes(bring, taken, filled):
    page = bring(edited(taken, {"Worksheet": {"C7": "A retired banker"}, "My requests": {"D5": "A word", "B6": "Ed"}}))
    assert "3 things differ" in page.text
    assert "A <ins>retired </ins>banker" in page.text
    assert "My requests, a new row" in page.text
    assert now_says(filled)["person"] == "A banker"


def test_taking_them_in_twice_changes_it_once(browser, bring, taken, filled):
    body = edited(taken, {"Worksheet": {"C7": "A retired banker"}, "My requests": {"B6": "Ed", "C6": "Elm"}})
    bring(body)
    new = latest().rows["asks"][1]
    chosen = {"person": "file", f"asks/{new}": "file"}
    assert choose(browser, filled, **chosen).status_code == 302
    assert now_says(filled)["person"] == "A retired banker"
    assert now_says(filled)[f"asks/{new}/contact"] == "Ed"
    assert choose(browser, filled, **chosen).status_code == 302  # pressed again
    assert "Nothing differs" in bring(body).text
    assert len(db.session.get(FilledWorksheet, filled.id).answers["asks"]) == 2


def test_what_is_left_out_stays_as_it_is(browser, bring, taken, filled):
    bring(edited(taken, {"Worksheet": {"C7": "Somebody else"}}))
    choose(browser, filled, person="portal")
    assert now_says(filled)["person"] == "A banker"


def test_where_both_changed_one_has_to_choose(browser, ana, bring, taken, filled, viewer, now):
    services.save(filled, before=services.current(filled), mine={"person": "My boss"}, by=viewer(ana), now=now)
    db.session.commit()
    page = bring(edited(taken, {"Worksheet": {"C7": "A retired banker"}}))
    assert "Changed in both" in page.text
    answer = choose(browser, filled)
    assert answer.status_code == 422
    assert "Choose which text stays." in answer.text
    assert choose(browser, filled, person="file").status_code == 302
    assert now_says(filled)["person"] == "A retired banker"


def test_what_was_saved_in_the_portal_only_is_no_difference(ana, bring, taken, filled, viewer, now):
    services.save(filled, before=services.current(filled), mine={"person": "My boss"}, by=viewer(ana), now=now)
    db.session.commit()
    assert "Nothing differs" in bring(taken).text


def test_what_was_saved_after_looking_is_not_overwritten(browser, ana, bring, taken, filled, viewer, now):
    bring(edited(taken, {"Worksheet": {"C7": "A retired banker"}}))
    seen = filled.version
    services.save(filled, before=services.current(filled), mine={"person": "My boss"}, by=viewer(ana), now=now)
    db.session.commit()
    sent = {"seen": str(seen), "take.person": "file"}
    answer = browser.post(f"/worksheets/filled/{filled.id}/brought/{latest().id}", **sent)
    assert answer.status_code == 422
    assert "saved in the portal meanwhile" in answer.text
    assert now_says(filled)["person"] == "My boss"


def test_a_row_is_removed_only_when_asked(browser, bring, taken, filled):
    page = bring(edited(taken, {"My requests": dict.fromkeys(("A5", "B5", "C5", "D5", "E5", "F5"), "")}))
    assert "Not in the file" in page.text
    choose(browser, filled)
    assert "asks/r1/contact" in now_says(filled)
    choose(browser, filled, **{"asks/r1": "file"})
    assert "asks/r1/contact" not in now_says(filled)
    assert db.session.query(FilledHistory).filter_by(filled_id=filled.id).count() >= 1


def test_what_does_not_fit_is_told_with_its_cell(browser, bring, taken, filled):
    page = bring(edited(taken, {"Worksheet": {"C9": "A dance"}, "My requests": {"F5": "soon", "B5": "x" * 1001}}))
    for said in ("Worksheet!C9", "A dance", "Choose one of the answers", "My requests!F5", "Give a day like"):
        assert said in page.text
    assert "My requests!B5" in page.text
    assert "Nothing differs" in page.text


def test_a_copied_row_is_a_new_one(bring, taken):
    assert "My requests, a new row" in bring(edited(taken, {"My requests": {"A6": "r1", "B6": "Ed"}})).text


def test_a_foreign_file_is_told_kindly(browser, ana, bring, taken, filled):
    assert "doesn&#39;t come from this worksheet" in bring(edited(taken, {"portal": {"A2": "forged"}})).text
    assert "Save it as XLSX" in bring(b"name,other\n1,2", "sheet.csv").text
    assert "That file is empty" in bring(b"", "sheet.xlsx").text
    other = make_worksheets.filled(ana, answers={"person": "x"}, name="Elm")
    db.session.commit()
    theirs = browser.get(f"/worksheets/filled/{other.id}/sheet.xlsx").data
    assert "belongs to another worksheet: Elm" in bring(theirs).text


def test_a_hostile_file_ends_kindly(bring):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"<x>" * 10)
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
    assert "larger than we can take" in bring(out.getvalue()).text


def test_a_finished_one_is_opened_first(browser, ana, bring, taken, filled, now):
    filled.finished_at = now
    db.session.commit()
    assert "This worksheet is finished" in bring(taken).text


def test_nobody_sees_anothers(browser, ben, bring, taken, filled):
    bring(taken)
    row = latest()
    browser.sign_in(ben)
    for address in ("sheet.xlsx", "take-along", f"brought/{row.id}"):
        assert browser.get(f"/worksheets/filled/{filled.id}/{address}").status_code == 404
    assert choose(browser, filled).status_code == 404


def test_a_sheet_belongs_to_its_worksheet(browser, ana, bring, taken, filled):
    bring(taken)
    other = make_worksheets.filled(ana, answers={"person": "x"})
    db.session.commit()
    assert browser.get(f"/worksheets/filled/{other.id}/brought/{latest().id}").status_code == 404


def test_opening_the_preview_is_cheap(browser, bring, taken, filled, budget):
    bring(edited(taken, {"Worksheet": {"C7": "A retired banker"}}))
    row = latest().id
    with budget(6):
        browser.get(f"/worksheets/filled/{filled.id}/brought/{row}")
