"""The practice leader's main job: to see who is where, in her practices and nowhere else, and to ask for more."""

import csv
import re
import zipfile

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from portal.sheets import DANGEROUS
from tests.journeys import steps

pytestmark = pytest.mark.chromium

HERS = {"Tax advisory itself", "Corporate tax", "Private clients", "Transfer pricing", "Indirect tax"}
FORMULA = '=HYPERLINK("//example.org","Click")'
LAW = "select id from practices where key = 'law'"
CHARLIE = "select id from people where email = 'practitioner2@demo.example'"


def test_from_the_overview_to_a_person_and_an_assignment(enter):
    page = enter("leader")
    steps.follow(page, "Team")
    steps.heading(page, "Tax advisory")
    page.locator(".heat tr").filter(has_text="Corporate tax").locator("a[href*=value-proposition]").click()
    expect(page.locator(".lead")).to_contain_text("done: Articulate the firm’s value proposition")
    steps.follow(page, "Ana Ferreira")
    expect(page.locator(".module").filter(has_text="value proposition")).to_contain_text("10 of 10 steps")
    expect(page.locator(".private")).to_contain_text("are private")
    steps.follow(page, "Assign a module")
    steps.fill(page, module_id="Ask for referrals", due_on=steps.day(3), note="Before we see Tolvane again.")
    steps.press(page, "Assign the module")
    steps.said(page, "1 person is asked.")
    row = page.locator("tr").filter(has_text="Before we see Tolvane again.")
    expect(row).to_contain_text("Ana Ferreira")
    expect(row).to_contain_text("Not started")

    hers = enter("practitioner")
    asked = steps.in_queue(hers, "Referrals, due ")
    expect(asked).to_contain_text("Begin")
    asked.get_by_role("link").click()
    expect(hers.locator("article")).to_contain_text("Step 1 of 10")


def test_another_practice_is_not_there_for_her(enter, portal):
    page = enter("leader")
    page.goto("/team")
    assert set(page.locator(".heat tbody th").all_inner_texts()) == HERS
    assert "Law" not in page.locator("main").inner_text()
    for address in (f"/team/practices/{portal.value(LAW)}", f"/team/people/{portal.value(CHARLIE)}"):
        assert page.goto(address).status == 404
    page.goto("/team/people?q=Stone")
    expect(page.locator(".empty")).to_contain_text("Nobody fits")


def test_what_she_downloads_holds_her_people_and_no_formula(enter, portal):
    joker = enter(portal.colleague("corporate-tax"))
    joker.goto("/settings")
    steps.fill(joker, name=FORMULA)
    steps.press(joker, "Save")
    steps.said(joker, "Saved.")

    page = enter("leader")
    page.goto("/team/people")
    shown = int(re.match(r"\d+", page.locator(".lead").inner_text())[0])
    head, *rows = csv.reader(downloaded(page, "CSV").read_text("utf-8-sig").splitlines())
    assert len(rows) == shown
    assert {row[head.index("Practice")] for row in rows} <= {name.removesuffix(" itself") for name in HERS}
    assert "'" + FORMULA in {row[head.index("Name")] for row in rows}
    assert not [cell for row in rows for cell in row if cell.startswith(DANGEROUS)]

    book = downloaded(page, "Excel")
    cells = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert len(cells) == shown + 1
    assert FORMULA in {row[head.index("Name")] for row in cells}
    with zipfile.ZipFile(book) as parts:
        assert b"<f" not in parts.read("xl/worksheets/sheet1.xml").replace(b"<formatCode", b"")


def downloaded(page, link):
    """The file behind a link."""
    with page.expect_download() as download:
        steps.follow(page, link)
    return download.value.path()
