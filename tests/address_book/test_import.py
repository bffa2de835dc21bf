"""Looking at a file of contacts, and bringing it in."""

import pytest

from portal.address_book import imports, jobs
from portal.address_book.models import ContactImport, ImportState
from portal.audit.models import AuditEvent
from portal.db import db
from portal.jobs.models import Job
from tests import make
from tests.address_book.make_address_book import (
    MAIL,
    PHONE,
    POST,
    WEB,
    brought_in,
    cells,
    contact,
    counts,
    csv_file,
    looked_at,
    people,
    rows,
    upload,
    ways,
    xlsx_file,
)

HEAD = ("Name", "Organisation", "Mail", "Phone")
RUTA = ("Ruta Palmgren", "Larchmoor Foods", "ruta@larchmoor.example", "+44 20 7946 0018")
EMIL = ("Émil Weatherby", "Tolvane Engineering", "emil@tolvane.example", "")


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


def test_looking_changes_nobody(browser, ana):
    page = browser.get(looked_at(browser, csv_file(HEAD, RUTA, EMIL))).text
    assert "New 2" in page
    assert people(ana) == []


@pytest.mark.parametrize(
    "body",
    [
        csv_file(HEAD, RUTA, EMIL),
        csv_file(HEAD, RUTA, EMIL, delimiter=";", encoding="cp1252"),
        csv_file(HEAD, RUTA, EMIL, delimiter="\t", encoding="utf-16"),
        xlsx_file(HEAD, RUTA, EMIL),
    ],
)
def test_going_ahead_adds_them(browser, ana, body):
    page = browser.get(brought_in(browser, body, relation="client", closeness="inner")).text
    assert "2 added, 0 merged, 0 as they were" in page
    ruta, emil = people(ana)
    if ruta.name != "Ruta Palmgren":
        ruta, emil = emil, ruta
    assert (ruta.organisation, ruta.relation, ruta.tier, emil.name) == (
        "Larchmoor Foods",
        "client",
        "inner",
        "Émil Weatherby",
    )
    assert ways(ruta) == [(MAIL, "ruta@larchmoor.example"), (PHONE, "+44 20 7946 0018")]


def test_columns_are_guessed_and_can_be_changed(browser, ana):
    head = ("Who", "Firm", "Reach", "Shoe size")
    answer = upload(browser, csv_file(head, ("Ruta Palmgren", "Larchmoor", "ruta@larchmoor.example", "38")))
    page = browser.get(answer.location).text
    assert "Which column is what?" in page
    assert "ruta@larchmoor.example" in page
    refused = browser.submit(answer.location)
    assert refused.status_code == 200  # the firm's name stands in for the person's
    browser.submit(answer.location, **{"column-0": "name", "column-2": "mail", "column-1": "organisation"})
    row = rows(answer.location.removesuffix("/columns"))[0]
    assert row.card == {
        "name": "Ruta Palmgren",
        "organisation": "Larchmoor",
        "channels": [["mail", "ruta@larchmoor.example"]],
        "line": 2,
    }


def test_columns_that_name_nobody_are_explained(browser):
    answer = upload(browser, csv_file(("Colour", "Size"), ("red", "38")))
    page = browser.submit(answer.location)
    assert page.status_code == 422
    assert "Say which column is the name" in page.text
    twice = browser.submit(answer.location, **{"column-0": "name", "column-1": "name"})
    assert "Two columns are “Name”" in twice.text


OUTLOOK = {
    "Title": "Ms.",
    "First Name": "Ruta",
    "Middle Name": "M.",
    "Last Name": "Palmgren",
    "Company": "Larchmoor Foods",
    "Job Title": "CFO",
    "Business Street": "1 Quay",
    "Business City": "Dunholt",
    "Business Country/Region": "UK",
    "Mobile Phone": "+44 7700 900018",
    "E-mail Address": "ruta@larchmoor.example",
    "E-mail 2 Address": "rp@palmgren.example",
}
GOOGLE = {
    "First Name": "Ruta",
    "Middle Name": "M.",
    "Last Name": "Palmgren",
    "Organization Name": "Larchmoor Foods",
    "Organization Title": "CFO",
    "Labels": "* myContacts ::: Golf",
    "E-mail 1 - Label": "* Work",
    "E-mail 1 - Value": "ruta@larchmoor.example ::: rp@palmgren.example",
    "Phone 1 - Label": "Mobile",
    "Phone 1 - Value": "+44 7700 900018",
    "Website 1 - Value": "https://palmgren.example",
}
REACHED = [(MAIL, "ruta@larchmoor.example"), (MAIL, "rp@palmgren.example"), (PHONE, "+44 7700 900018")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (OUTLOOK, [*REACHED, (POST, "1 Quay, Dunholt, UK")]),
        (GOOGLE, [*REACHED, (WEB, "https://palmgren.example")]),
    ],
    ids=["outlook", "google"],
)
def test_what_outlook_and_google_export_is_understood(browser, ana, told, expected):
    brought_in(browser, csv_file(told, told.values()))
    ruta = people(ana)[0]
    assert (ruta.name, ruta.organisation, ruta.position) == ("Ruta M. Palmgren", "Larchmoor Foods", "CFO")
    assert ways(ruta) == expected


def test_what_a_cell_says_oddly_is_left_out_and_said(browser, ana):
    head = (*HEAD, "Relation", "Last in touch")
    page = browser.get(looked_at(browser, csv_file(head, ("Ruta", "", "not a mail", "", "pal", "soon")))).text
    assert "isn&#39;t a mail address" in page or "isn't a mail address" in page
    assert "relation we know" in page
    assert "read the day" in page


def test_the_last_touch_comes_along(browser, ana):
    from portal.network.models import Touch

    brought_in(browser, csv_file(("Name", "Last contact"), ("Ruta Palmgren", "2026-02-01"), ("Emil", "2031-01-01")))
    emil, ruta = people(ana)
    assert (ruta.last_touch_on.isoformat(), emil.last_touch_on) == ("2026-02-01", None)
    assert db.session.query(Touch).filter_by(contact_id=ruta.id).count() == 1


def test_the_same_person_twice_in_a_file_becomes_one(browser, ana):
    twice = ("R. Palmgren", "Larchmoor Foods", "ruta@larchmoor.example", "+44 7700 900018")
    brought_in(browser, csv_file(HEAD, RUTA, twice))
    (ruta,) = people(ana)
    assert len(ways(ruta)) == 3


def test_the_same_file_again_adds_nothing(browser, ana):
    brought_in(browser, csv_file(HEAD, RUTA, EMIL))
    brought_in(browser, csv_file(HEAD, RUTA, EMIL))
    assert counts() == {"same": 2, "was-same": 2}
    assert len(people(ana)) == 2


def test_two_looks_at_one_file_bring_it_in_once(browser, ana):
    first, second = (looked_at(browser, csv_file(HEAD, RUTA)) for _ in range(2))
    for address in (first, second):
        browser.post(f"{address}/start", relation="friend", closeness="outer", takes="here")
    assert len(people(ana)) == 1


def test_starting_twice_does_it_once(browser, ana):
    address = brought_in(browser, csv_file(HEAD, RUTA))
    browser.post(f"{address}/start", relation="friend", closeness="outer", takes="here")
    assert len(people(ana)) == 1
    assert db.session.query(AuditEvent).filter_by(action="contacts imported").count() == 1


def many(n):
    return csv_file(HEAD, *((f"Person {number:05}", "", f"p{number}@example.org", "") for number in range(n)))


def begun(browser, body):
    found = db.session.get(ContactImport, int(looked_at(browser, body).rpartition("/")[2]))
    found.state, found.started_at = ImportState.RUNNING, make.NOON
    db.session.commit()
    return found


def test_a_long_file_is_brought_in_in_the_background(browser, ana):
    address = brought_in(browser, many(imports.AT_ONCE + 1))
    assert db.session.query(Job).filter_by(handler="import-contacts").count() == 1
    assert len(people(ana)) == imports.AT_ONCE + 1
    assert "Your contacts are here" in browser.get(address).text


def test_a_restart_goes_on_where_it_ended(browser, ana, viewer, now, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 10)
    found = begun(browser, many(25))
    assert imports.apply_next(found.id, by=viewer(ana), now=now)
    db.session.commit()
    address = f"/network/import/{found.id}"
    assert browser.get(f"{address}/progress").json == {"state": "running", "done": 10, "total": 25}
    assert 'value="10"' in browser.get(address).text
    jobs.import_contacts(found.id)
    jobs.import_contacts(found.id)
    assert (found.state, len(people(ana))) == (ImportState.DONE, 25)


def test_a_batch_costs_a_few_statements_whatever_its_size(browser, ana, viewer, now, budget):
    for name in ("Person 00001", "Somebody Else"):
        contact(ana, name, (MAIL, "p1@example.org" if name[0] == "P" else "x@example.org"))
    found = begun(browser, many(900))
    with budget(24):
        imports.apply_next(found.id, by=viewer(ana), now=now)
    assert len(people(ana)) == 901


def test_the_pages_cost_a_few_statements(browser, ana, budget):
    address = looked_at(browser, many(120))
    with budget(7):
        page = browser.get(address, page=3).text
    assert "101 to 120 of 120" in page
    with budget(5):
        browser.get("/network/import")


def test_a_file_can_be_forgotten_until_it_is_brought_in(browser, ana):
    address = looked_at(browser, csv_file(HEAD, RUTA))
    browser.post(f"{address}/discard")
    assert browser.get(address).status_code == 404
    done = brought_in(browser, csv_file(HEAD, RUTA))
    assert browser.post(f"{done}/discard").status_code == 422
    assert browser.get(done).status_code == 200


def test_what_is_refused_comes_back_with_its_reason(browser, ana):
    address = brought_in(browser, csv_file(HEAD, RUTA, ("x" * 201, "", "", ""), ("=cmd" + "y" * 200, "", "", "")))
    page = browser.get(address, show="refused").text
    assert "longer than 200 characters" in page
    rows = cells(browser.get(f"{address}/left-out.csv"))
    assert (rows[0][-1], rows[1][-2]) == ("Reason", "3")
    assert rows[2][0].startswith("'=cmd")


def test_the_file_to_start_from_is_understood(browser, ana):
    body = browser.get("/network/import/start.csv").data
    brought_in(browser, body)
    assert people(ana)[0].relation == "client"


def test_strangers_find_nothing(browser, ana, charlie):
    contact(ana)
    address = looked_at(browser, csv_file(HEAD, RUTA))
    row = rows(address)[0]
    browser.sign_in(charlie)
    for path in ("", "/columns", "/progress", "/left-out.csv", f"/rows/{row.id}"):
        assert browser.get(address + path).status_code == 404, path
    for path in ("/start", "/discard", "/undo", "/choices", "/choose-all", f"/rows/{row.id}/undo", f"/rows/{row.id}"):
        assert browser.post(address + path).status_code == 404, path
    mine = looked_at(browser, csv_file(HEAD, EMIL))
    assert browser.get(f"{mine}/rows/{row.id}").status_code == 404
    browser.post(f"{mine}/choices", **{f"choice-{row.id}": "skip"})
    db.session.expire_all()
    assert row.choice == ""
    assert "contacts.csv" not in browser.get("/network/import").text.replace(mine, "") or people(charlie) == []


def test_others_contacts_are_no_duplicates(browser, ana, charlie):
    contact(charlie, "Ruta Palmgren", (MAIL, "ruta@larchmoor.example"))
    looked_at(browser, csv_file(HEAD, RUTA))
    assert counts() == {"new": 1}


def test_it_needs_signing_in(app):
    from tests.browser import Browser

    assert Browser(app.test_client()).get("/network/import").status_code == 302


def test_no_file_is_explained(browser):
    answer = browser.post("/network/import")
    assert answer.status_code == 422
    assert "Choose a file." in answer.text
    assert "None yet" in browser.get("/network/import").text
