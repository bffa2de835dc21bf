"""Looking at a file of people, and bringing it in."""

import pytest

from portal import mail
from portal.access import Role
from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.audit.models import AuditEvent
from portal.counters.models import Standing
from portal.db import db
from portal.jobs.models import Job
from portal.people import imports, jobs
from portal.people.models import Import, ImportState
from portal.releases import levels
from tests.people.make_people import HEAD, brought_in, cells, csv_file, looked_at, upload, xlsx_file

NORA = ("nora@example.org", "Nora Vale", "Tax", "Partner", "", "")
OLAF = ("olaf@example.org", "Ólaf Žäh", "Law", "", "", "")


@pytest.fixture
def browser(browser, admin, tax, law):
    return browser.sign_in(admin)


def test_looking_changes_nobody(browser):
    page = browser.get(looked_at(browser, csv_file(NORA, OLAF))).text
    assert "New 2" in page
    assert "Nora Vale" in page
    assert accounts.person_or_none("nora@example.org") is None


@pytest.mark.parametrize(
    "body",
    [
        csv_file(OLAF),
        csv_file(OLAF, encoding="utf-8-sig"),
        csv_file(OLAF, encoding="utf-16"),
        csv_file(OLAF, delimiter=";"),
        csv_file(OLAF, delimiter="\t"),
        xlsx_file(OLAF),
    ],
)
def test_it_reads_what_spreadsheets_save(browser, body):
    assert "Ólaf Žäh" in browser.get(looked_at(browser, body)).text


def test_it_reads_windows_1252(browser):
    body = csv_file(("zoe@example.org", "Zoë Müller", "Law", "", "", ""), delimiter=";", encoding="cp1252")
    assert "Zoë Müller" in browser.get(looked_at(browser, body)).text


def test_rows_can_be_narrowed_to_an_outcome(browser):
    address = looked_at(browser, csv_file(NORA, ("bad", "Bad Row", "Tax", "", "", "")))
    refused = browser.get(address, outcome="refused").text
    assert "Bad Row" in refused
    assert "Nora Vale" not in refused


def test_long_files_come_in_pages(browser):
    rows = [(f"p{number}@example.org", f"Row {number:03}", "Tax", "", "", "") for number in range(120)]
    page = browser.get(looked_at(browser, csv_file(*rows)), page=3).text
    assert "101 to 120 of 120" in page
    assert "Row 119" in page


def test_it_says_which_columns_are_not_used(browser):
    body = csv_file((*NORA, "9"), head=(*HEAD, "Shoe size"))
    assert "Shoe size" in browser.get(looked_at(browser, body)).text


def test_going_ahead_adds_and_counts_people(browser, tax, law):
    page = browser.get(brought_in(browser, NORA, OLAF)).text
    assert "2 added, 0 changed, 0 as they were, 0 refused" in page
    nora = accounts.person_or_none("nora@example.org")
    assert (nora.name, nora.practice_id, nora.title, nora.joined_at) == ("Nora Vale", tax.id, "Partner", None)
    assert db.session.get(Standing, (tax.id, "people", "")).n == 1
    assert db.session.get(Standing, (law.id, "people", "")).n == 1


def test_going_ahead_changes_people_and_moves_their_figures(browser, ana, corporate_tax, law):
    levels.person_joined(ana.id, corporate_tax.id)
    brought_in(browser, (ana.email, "Ana F.", "Law", "", "leader", ""))
    assert (ana.name, ana.practice_id, ana.roles) == ("Ana F.", law.id, "leader")
    assert db.session.get(Standing, (corporate_tax.id, "people", "")).n == 0
    assert db.session.get(Standing, (law.id, "people", "")).n == 1


def test_it_is_done_in_the_name_of_who_asked(browser, admin):
    brought_in(browser, (*NORA[:4], "coach", ""))
    # The admin's own role was granted by nobody here, and rows come in no order of their own.
    events = db.session.query(AuditEvent).filter(AuditEvent.subject_id.is_distinct_from(admin.id))
    done = {event.action: event.actor for event in events}
    assert done == dict.fromkeys(("import started", "person added", "role granted", "people imported"), admin.email)


def test_everybody_new_is_invited_when_asked(app, browser, ana):
    before = len(mail.letters(app.extensions["portal_config"], 1000))
    brought_in(browser, NORA, (ana.email, "Ana F.", "Tax", "", "", ""), invites="y")
    letters = mail.letters(app.extensions["portal_config"], 1000)
    assert len(letters) == before + 1
    assert letters[0].to == "nora@example.org"


def test_refused_rows_come_back_with_reasons_and_can_be_sent_again(browser):
    address = brought_in(browser, NORA, ("olaf@example.org", "=Olaf", "Laww", "", "", ""))
    rows = cells(browser.get(f"{address}/refused.csv"))
    assert rows[0] == [*HEAD, "Row", "Reason"]
    assert rows[1][:3] == ["olaf@example.org", "'=Olaf", "Laww"]
    assert "Did you mean “Law”?" in rows[1][7]
    fixed = [rows[1][0], "Olaf", "Law", *rows[1][3:]]
    assert "New 1" in browser.get(looked_at(browser, csv_file(fixed, head=rows[0]))).text


def test_without_refused_rows_there_is_no_such_file(browser):
    assert browser.get(f"{looked_at(browser, csv_file(NORA))}/refused.csv").status_code == 404


def test_what_the_preview_refused_stays_refused(browser, firm):
    from tests import make

    address = looked_at(browser, csv_file(("x@example.org", "X", "Later", "", "", "")))
    make.practice("Later", firm)
    browser.post(f"{address}/start")
    assert accounts.person_or_none("x@example.org") is None


def test_what_changed_since_the_preview_is_seen(browser, law):
    from tests import make

    address = looked_at(browser, csv_file(OLAF))
    make.person("Ólaf Žäh", law, email="olaf@example.org")
    browser.post(f"{address}/start")
    assert "0 added, 0 changed, 1 as they were" in browser.get(address).text


def test_starting_twice_does_it_once(browser):
    address = brought_in(browser, NORA)
    browser.post(f"{address}/start")
    assert db.session.query(Job).filter_by(handler="import-people").count() == 1


def many(n):
    return csv_file(*((f"p{number}@example.org", f"P {number}", "Tax", "", "", "") for number in range(n)))


def begun(browser, body):
    found = db.session.get(Import, int(looked_at(browser, body).rpartition("/")[2]))
    found.state = ImportState.RUNNING
    return found


def test_progress_is_told_while_it_runs(browser, admin, now):
    found = begun(browser, many(imports.BATCH + 50))
    assert imports.apply_next(found.id, now=now)
    assert browser.get(f"/people/imports/{found.id}/progress").json == {
        "state": "running",
        "done": imports.BATCH,
        "total": imports.BATCH + 50,
    }
    assert f'value="{imports.BATCH}"' in browser.get(f"/people/imports/{found.id}").text


def test_a_restart_goes_on_where_it_ended(browser, now, tax):
    found = begun(browser, many(imports.BATCH + 50))
    imports.apply_next(found.id, now=now)
    db.session.commit()
    jobs.import_people(found.id)
    assert found.state == ImportState.DONE
    assert found.counts == {"new": imports.BATCH + 50, "changed": 0, "same": 0, "refused": 0}
    assert db.session.get(Standing, (tax.id, "people", "")).n == imports.BATCH + 50


def test_running_a_finished_one_again_changes_nothing(browser):
    address = brought_in(browser, NORA)
    jobs.import_people(int(address.rpartition("/")[2]))
    assert "1 added, 0 changed, 0 as they were" in browser.get(address).text
    assert db.session.query(AuditEvent).filter_by(action="people imported").count() == 1


def test_a_file_can_be_forgotten_until_it_is_brought_in(browser):
    address = looked_at(browser, csv_file(NORA))
    browser.post(f"{address}/discard")
    assert browser.get(address).status_code == 404
    done = brought_in(browser, NORA)
    browser.post(f"{done}/discard")
    assert browser.get(done).status_code == 200


def test_several_roles_come_with_one_row(browser, tax, law):
    brought_in(browser, (*NORA[:4], "executive; leader: Law; coach", ""))
    nora = accounts.person_or_none("nora@example.org")
    assert [(held.role, held.practice_id) for held in accounts.grants_of(nora.id)] == [
        (Role.COACH, tax.id),
        (Role.EXECUTIVE, None),
        (Role.LEADER, law.id),
    ]


def test_without_javascript_a_link_looks_again(browser):
    found = begun(browser, many(2))
    page = browser.get(f"/people/imports/{found.id}").text
    assert "See how far it is" in page


def test_it_explains_a_missing_file(browser):
    answer = browser.post("/people/import")
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_a_row_costs_two_statements_and_no_reading(browser, budget, now):
    found = begun(browser, many(2000))
    with budget(2 * imports.BATCH + 15):
        imports.apply_next(found.id, now=now)
    assert db.session.query(Person).filter(Person.email.like("p%@example.org")).count() == imports.BATCH
    assert upload(browser, b"").status_code == 422
