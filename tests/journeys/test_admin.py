"""The admin's main job: people come in from a file, get their places and roles, and all of it is on record."""

import pytest
from playwright.sync_api import expect

from tests.journeys import steps

pytestmark = pytest.mark.chromium

MANY = 1200
ROWS = [
    "E-Mail;Name;Practice;Title",
    "person.a@example.org;Person Ä;Corporate tax;Prüferin für 5 €",
    "coach@demo.example;Ben Okoro;Private clients;Tax partner",
    "practitioner@demo.example;Ana Ferreira;Corporate tax;Tax manager",
    "nobody@example.org;Nobody;No such practice;",
    *(f"person.{number}@example.org;Person {number};Audit support;" for number in range(MANY)),
]
FILE = {"name": "people.csv", "mimeType": "text/csv", "buffer": "\r\n".join(ROWS).encode("cp1252")}


def test_people_from_a_file_to_a_leader_who_signs_in(enter):
    page = enter("admin")
    bring_in(page)
    name_leader(page)
    take_the_role(page, enter)
    look_at_the_record(page)


def bring_in(page):
    """Looked at row by row, then brought in; the refused row comes back with its reason."""
    steps.follow(page, "People")
    steps.follow(page, "Import people")
    page.get_by_label("File").set_input_files(FILE)
    steps.press(page, "Look at the file")
    steps.heading(page, "Look before you import")
    figures = page.locator("main .figures .value").all_inner_texts()
    assert figures == ["1,201", "1", "1", "1"]
    expect(page.locator("tr").filter(has_text="coach@demo.example")).to_contain_text("Changed")
    expect(page.locator("tr").filter(has_text="Person Ä")).to_contain_text("New")
    with page.expect_download() as download:
        page.get_by_role("link", name="Get them with the reasons").click()
    refused = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(refused) == 2
    assert "nobody@example.org" in refused[1]
    assert "No such practice" in refused[1]

    steps.press(page, "Import 1,202 people")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("People are brought in", timeout=120_000)
    expect(page.locator(".lead")).to_contain_text("1,201 added, 1 changed, 1 as they were, 1 refused")


def name_leader(page):
    """Somebody who came with the file is placed elsewhere, leads there, and is invited."""
    page.goto("/people")
    page.get_by_label("Name, e-mail or title").fill("person ä")
    steps.press(page, "Show")
    steps.follow(page, "Person Ä")
    steps.fill(page.locator("form:has([name=zone])"), practice_id="Transfer pricing")
    steps.press(page, "Save")
    expect(page.locator(".lead")).to_have_text("Prüferin für 5 €, Transfer pricing")
    page.get_by_text("Give a role", exact=True).click()
    steps.fill(page.locator("form[action$='/roles']"), role="Leader of a practice", practice_id="Transfer pricing")
    steps.press(page, "Give the role")
    expect(page.locator("#roles + .rows")).to_contain_text("Leader of Transfer pricing")
    steps.press(page, "Invite again")
    steps.said(page, "A link is on its way by mail.")


def take_the_role(page, enter):
    """With the link from the mail they choose a password and see their practice."""
    page.goto("/people/mail")
    letter = page.locator(".letter").filter(has_text="person.a@example.org")
    link = steps.after_a_while(page, letter.first).get_by_role("link").last.get_attribute("href")
    theirs = enter()
    theirs.goto(link)
    steps.fill(theirs, password="a quiet harbour town", again="a quiet harbour town")
    steps.press(theirs, "Save and sign in")
    steps.follow(theirs, "Team")
    steps.heading(theirs, "Transfer pricing")


def look_at_the_record(page):
    """The audit log tells what the admin did, to whom."""
    for action, words in (
        ("people imported", "people.csv"),
        ("moved", "person.a@example.org"),
        ("moved", "coach@demo.example"),
        ("role granted", "person.a@example.org"),
        ("invited", "person.a@example.org"),
        ("password chosen", "person.a@example.org"),
    ):
        page.goto(f"/people/audit?action={action}")
        expect(page.locator("tbody tr").filter(has_text=words).first).to_be_visible()
