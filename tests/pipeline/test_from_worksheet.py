"""A row of a worksheet becomes an opportunity, once."""

import pytest

from portal.db import db
from portal.pipeline.models import Opportunity, OpportunityKind
from tests.worksheets import make_worksheets


@pytest.fixture
def filled(ana):
    row = make_worksheets.ROW | {"next_step": "Ring her", "next_on": "2026-03-09"}
    return make_worksheets.filled(ana, answers={"asks": [row, {"row": "r2", "contact": "Ivo"}]})


def address(filled, row="r1"):
    return f"/pipeline/from-worksheet/{filled.id}/{row}"


def test_the_worksheet_leads_there(browser, ana, filled):
    assert f'href="{address(filled)}"' in browser.sign_in(ana).get(f"/worksheets/filled/{filled.id}").text


def test_a_press_logs_the_row(browser, ana, filled):
    page = browser.sign_in(ana).submit(address(filled))
    row = db.session.query(Opportunity).one()
    assert (row.kind, row.contact, row.organisation) == (OpportunityKind.REFERRAL, "Dana", "Larch Logistics")
    assert (row.ask, row.next_step, str(row.next_on)) == ("A controller who just started", "Ring her", "2026-03-09")
    assert (row.filled_id, row.row) == (filled.id, "r1")
    assert f"/worksheets/filled/{filled.id}#row-r1" in page.text


def test_a_second_press_leads_to_the_same(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled))
    row = db.session.query(Opportunity).one()
    assert browser.get(address(filled)).location == f"/pipeline/{row.id}"
    assert browser.post(address(filled)).location == f"/pipeline/{row.id}"
    assert db.session.query(Opportunity).count() == 1


def test_what_the_row_lacks_is_asked_for(browser, ana, filled):
    answer = browser.sign_in(ana).submit(address(filled, "r2"))
    assert answer.status_code == 422
    assert 'value="Ivo"' in answer.text
    assert "This is needed." in answer.text


def test_the_kind_is_the_tables(browser, ana, filled):
    browser.sign_in(ana).submit(address(filled), kind="cross-sell")
    assert db.session.query(Opportunity).one().kind == OpportunityKind.REFERRAL


def test_a_cross_sell_row_becomes_a_cross_sell(browser, ana):
    columns = [{"key": key, "label": key, "kind": "line"} for key in ("client", "service", "need", "next_step")]
    table = {"key": "t", "label": "T", "kind": "table", "becomes": "cross-sell"}
    table["columns"] = [*columns, {"key": "next_on", "label": "On", "kind": "date"}]
    sheet = make_worksheets.worksheet("cross-sell", [{"key": "s", "title": "S", "fields": [table]}])
    cells = {"row": "a1", "client": "Larch", "service": "Property", "need": "A lease"}
    filled = make_worksheets.filled(ana, sheet, answers={"t": [cells]})
    browser.sign_in(ana).submit(address(filled, "a1"))
    row = db.session.query(Opportunity).one()
    assert (row.kind, row.organisation, row.service, row.ask) == ("cross-sell", "Larch", "Property", "A lease")


@pytest.mark.parametrize("row", ["r9", "%00", "R1", "%F0%9F%98%80", "x" * 300])
def test_unknown_rows_are_not_found(browser, ana, filled, row):
    assert browser.sign_in(ana).get(address(filled, row)).status_code == 404
    assert browser.post(address(filled, row)).status_code == 404


def test_strangers_find_nothing(browser, ana, ben, filled):
    assert browser.sign_in(ben).get(address(filled)).status_code == 404
    assert browser.post(address(filled)).status_code == 404
    browser.sign_in(ana).submit(address(filled))
    assert browser.sign_in(ben).get(address(filled)).status_code == 404


def test_it_needs_signing_in(browser, filled):
    assert browser.get(address(filled)).status_code == 302
