from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.named import Practices, Wrong
from portal.clients import imports, queries
from portal.clients.import_plan import Outcome, Row, plan, understood
from portal.clients.models import Client, ClientImport, StewardChange
from portal.db import db
from portal.errors import Refused
from portal.sheets import xlsx_bytes
from tests.clients import make_clients as make
from tests.stewardship.test_merge import totals

HEAD = "Company,Department,Sector,Steward\n"


def upload(browser, body, name="clients.csv"):
    body = body.encode() if isinstance(body, str) else body
    answer = browser.post("/clients/import", file=(BytesIO(body), name))
    return browser.get(answer.location) if answer.status_code == 302 else answer


def only():
    return db.session.query(ClientImport).one()


def test_it_is_looked_at_first_then_brought_in(browser, admin, ana, tax):
    larch = make.client(ana, "Larch Logistics Ltd", steward=ana, industry="Logistics")
    text = (
        f"{HEAD}Beech Foods,Tax,Food,{ana.email}\nLARCH LOGISTICS,,Freight,\nNowhere,Nowhere,,\nBeech Foods Inc,Tax,,\n"
    )
    page = upload(browser.sign_in(admin), text)
    for words in ("There is no practice called “Nowhere”", "in row 2 already", "Industry: Freight, was Logistics"):
        assert words in page.text
    assert db.session.query(Client).count() == 1
    browser.post(f"/clients/imports/{only().id}/bring-in")
    beech = db.session.query(Client).filter_by(name="Beech Foods").one()
    assert (beech.steward_id, beech.practice_id, beech.industry) == (ana.id, tax.id, "Food")
    assert (larch.name, larch.industry, larch.steward_id) == ("Larch Logistics Ltd", "Freight", ana.id)
    assert db.session.query(StewardChange).filter_by(client_id=beech.id).count() == 1


def test_doing_it_twice_does_nothing_more(browser, admin, tax):
    text = f"{HEAD}Beech Foods,Tax,Food,\n"
    upload(browser.sign_in(admin), text)
    for _ in range(2):
        browser.post(f"/clients/imports/{only().id}/bring-in")
    assert db.session.query(Client).count() == 1
    before = totals()
    assert "There is nothing to import" in upload(browser, text).text
    assert totals() == before


def test_what_was_exported_comes_back_the_same(browser, admin, ana):
    make.client(ana, "Larch Logistics Ltd", steward=ana)
    exported = browser.sign_in(admin).get("/clients/export.xlsx").data
    page = upload(browser, exported, "clients.xlsx").text
    assert "Same 1" in page
    assert "Changed 0" in page


def test_a_workbook_is_read_as_well(browser, admin, tax):
    upload(browser.sign_in(admin), xlsx_bytes("x", ["Client", "Practice"], [["Beech", "Tax"]]), "x.xlsx")
    browser.post(f"/clients/imports/{only().id}/bring-in")
    assert db.session.query(Client).one().name == "Beech"


def test_a_file_is_forgotten(browser, admin, tax):
    upload(browser.sign_in(admin), f"{HEAD}Beech Foods,Tax,Food,\n")
    browser.post(f"/clients/imports/{only().id}/discard")
    assert db.session.query(ClientImport).count() == 0


@pytest.mark.parametrize("body", ["", "Colour\nred\n", "Client\n", b"PK\x03\x04broken"])
def test_it_explains_what_it_cannot_read(browser, admin, body):
    assert upload(browser.sign_in(admin), body).status_code == 422


def test_only_admins_import(browser, leader, marketer):
    for who in (leader, marketer):
        assert browser.sign_in(who).get("/clients/import").status_code == 403


def test_too_many_rows_are_refused():
    with pytest.raises(Refused, match="at a time"):
        understood([["Client"], *[[f"Client {number}"] for number in range(5001)]])


NAMES = st.lists(st.text("abc Ltd", max_size=8), max_size=10)


@given(NAMES)
def test_every_row_has_one_outcome_and_no_client_is_added_twice(names):
    rows = [Row(number, name, "1") for number, name in enumerate(names, 2)]
    planned = plan(rows, {}, lambda _text: 1, lambda _text: 1)
    assert len(planned) == len(rows)
    new = [one.name for one in planned if one.outcome == Outcome.NEW]
    assert len(new) == len({imports.match_name(name) for name in new})


def test_a_practice_is_found_by_name_key_and_way_and_a_near_one_is_named(firm, tax, corporate_tax):
    practices = Practices(queries.branches())
    assert {practices.named(way).id for way in ("Tax", "tax-advisory", "firm / tax")} == {tax.id}
    assert practices.named("Tax > corporate tax").id == corporate_tax.id
    with pytest.raises(Wrong, match="Did you mean “Tax”"):
        practices.named("Taks")


def test_what_was_refused_comes_back_as_a_file_with_its_reasons(browser, admin, tax):
    upload(browser.sign_in(admin), f"{HEAD}Beech Foods,Tax,Food,\n=Elm,Taks,Wood,x@example.org\n")
    found = browser.get(f"/clients/imports/{only().id}")
    assert "Take the refused rows away" in found.text
    text = browser.get(f"/clients/imports/{only().id}/refused.csv").get_data().decode("utf-8-sig")
    head, row = text.splitlines()
    assert head == "Client,Practice,Industry,Steward,Row,Reason"
    assert row.startswith("'=Elm,Taks,Wood,x@example.org,3,")
    assert "Did you mean “Tax”?" in row
    assert "Beech" not in text


def test_without_a_refused_row_there_is_no_such_file(browser, admin, tax):
    upload(browser.sign_in(admin), f"{HEAD}Beech Foods,Tax,Food,\n")
    assert browser.get(f"/clients/imports/{only().id}/refused.csv").status_code == 404
