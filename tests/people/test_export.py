"""Taking the list of people along."""

from portal import sheets
from portal.access import Role
from tests import make
from tests.people.make_people import cells, looked_at


def test_it_holds_everybody_with_practice_and_roles(browser, admin, leader, tax):
    rows = cells(browser.sign_in(admin).get("/people/export.csv"))
    assert rows[0] == ["E-mail", "Name", "Practice", "Title", "Role", "Time zone", "State", "Joined"]
    assert [
        "lena.berg@example.org",
        "Lena Berg",
        "Firm > Tax",
        "",
        "leader: Firm > Tax",
        "",
        "Active",
        "2025-05-08",
    ] in rows


def test_it_keeps_to_the_filters(browser, admin, ana, charlie, law):
    rows = cells(browser.sign_in(admin).get("/people/export.csv", practice_id=law.id))
    assert [row[1] for row in rows[1:]] == ["Charlie Stone"]


def test_no_cell_runs_as_a_formula(browser, admin, law):
    make.person("=HYPERLINK(1)", law, title="@SUM(A1)", email="x@example.org")
    row = next(row for row in cells(browser.sign_in(admin).get("/people/export.csv")) if row[0] == "x@example.org")
    assert row[1] == "'=HYPERLINK(1)"
    assert row[3] == "'@SUM(A1)"


def test_the_workbook_holds_text_only(browser, admin, law):
    make.person("=1+1", law)
    body = browser.sign_in(admin).get("/people/export.xlsx").data
    assert "=1+1" in [row[1] for row in sheets.read(body, "people.xlsx")]


def test_what_was_exported_imports_as_the_same(browser, session, admin, leader, ana, law, tax):
    make.person(
        "=Odd, name",
        law,
        (Role.COACH, tax),
        (Role.LEADER, law),
        Role.EXECUTIVE,
        title="-",
        zone="Asia/Tokyo",
        email="odd@example.org",
    )
    make.person("Gone Away", law, is_active=False)
    browser.sign_in(admin)
    for kind in ("csv", "xlsx"):
        body = browser.get(f"/people/export.{kind}").data
        page = browser.get(looked_at(browser, body, f"people.{kind}")).text
        assert "Same 5" in page, page
