"""The matrix of people and modules, to take away."""

import csv
import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from tests import make
from tests.adoption import make_adoption
from tests.adoption.make_adoption import NOON, did


@pytest.fixture(autouse=True)
def programme(session):
    make_adoption.programme()


@pytest.fixture
def rows(browser, leader):
    """The cells of the file, read as a spreadsheet would."""

    def read(kind="csv", **query):
        file = browser.sign_in(leader).get(f"/team/people.{kind}", **query)
        assert file.status_code == 200
        assert file.headers["Content-Disposition"] == f'attachment; filename="team-people.{kind}"'
        if kind == "csv":
            return list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
        return CalamineWorkbook.from_filelike(io.BytesIO(file.data)).get_sheet_by_index(0).to_python()

    return read


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_for_leaders(browser, ana, kind):
    assert browser.get(f"/team/people.{kind}").location.startswith("/sign-in")
    assert browser.sign_in(ana).get(f"/team/people.{kind}").status_code == 403


def test_it_has_a_column_for_each_module_and_its_day(rows, ana):
    did(ana, now=NOON - timedelta(days=2))
    did(ana, "see", of_module="cross-selling")
    head, *people = rows()
    assert head[:4] == ["Name", "E-mail", "Practice", "Last active"]
    assert dict(zip(head, people[0], strict=True)) == {
        "Name": "Ana Ferreira",
        "E-mail": "ana.ferreira@example.org",
        "Practice": "Corporate tax",
        "Last active": "2026-03-04",
        "About value-proposition": "Not started",
        "About value-proposition: since": "",
        "About cross-selling": "Under way",
        "About cross-selling: since": "2026-03-04",
        "About referrals": "Done",
        "About referrals: since": "2026-03-02",
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_holds_the_people_of_the_page_and_no_others(rows, kind, ana, ben, charlie):
    did(ana)
    assert [row[0] for row in rows(kind)[1:]] == ["Ana Ferreira", "Ben Okoro", "Lena Berg"]
    assert [row[0] for row in rows(kind, module="referrals", state="done")[1:]] == ["Ana Ferreira"]
    assert [row[0] for row in rows(kind, q="ben")[1:]] == ["Ben Okoro"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "|"])
def test_no_cell_runs_as_a_formula(rows, corporate_tax, start):
    name = f'{start}HYPERLINK("https://example.org")'
    make.person(name, corporate_tax, email="attacker@example.org")
    assert any(row[0] == f"'{name}" for row in rows())
    assert any(row[0] == name for row in rows("xlsx"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_strangers_practice_is_not_found(browser, leader, law, kind):
    assert browser.sign_in(leader).get(f"/team/people.{kind}", practice=law.id).status_code == 404
