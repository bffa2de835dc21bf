"""Taking a whole import back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from portal.accounts.viewer import of
from portal.address_book import imports, undo
from portal.address_book.models import ContactImport
from portal.audit.models import AuditEvent
from portal.db import db
from portal.network import services
from portal.network.models import Channel, Contact, Touch, TouchKind
from tests.address_book.make_address_book import (
    MAIL,
    PHONE,
    brought_in,
    connection,
    contact,
    counts,
    csv_file,
    linkedin,
    people,
    rows,
    ways,
)
from tests.make import NOON, TODAY

HEAD = ("Name", "Organisation", "Position", "Mail", "Phone", "Notes", "Tags")
RUTA = ("Ruta Palmgren", "Ilverton Labs", "CFO", "ruta@larchmoor.example", "+44 7700 900018", "Moved", "golf")
NORA = ("Nora Vale", "Fennaby Optics", "", "nora@fennaby.example", "", "", "")


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


@pytest.fixture
def ruta(ana):
    return contact(
        ana, "Ruta Palmgren", (MAIL, "ruta@larchmoor.example"), organisation="Larchmoor Foods", tags=["board"]
    )


def everything() -> dict[str, list]:
    """The rows of the network's tables, but for the version, which counts on."""
    db.session.flush()
    found = {}
    for model in (Contact, Channel, Touch):
        table = model.__table__
        told = [column for column in table.columns if column.name != "version"]
        found[table.name] = [tuple(row) for row in db.session.execute(select(*told).order_by(table.c.id))]
    return found


def undone(browser, address):
    assert browser.post(f"{address}/undo").status_code == 302
    return browser.get(address).text


def test_everything_is_as_before(browser, ana, ruta):
    before = everything()
    address = brought_in(browser, csv_file(HEAD, RUTA, NORA), takes="file")
    assert everything() != before
    page = undone(browser, address)
    assert "The import is undone" in page
    assert everything() == before
    assert counts()["now-removed"] == counts()["now-restored"] == 1


def test_two_rows_into_one_contact_are_undone_together(browser, ana, ruta):
    before = everything()
    more = ("Ruta Palmgren", "", "", "ruta@larchmoor.example; r@p.example", "", "", "tennis")
    address = brought_in(browser, csv_file(HEAD, RUTA, more, NORA, (*NORA[:5], "Met twice", "")), takes="file")
    assert len(ways(ruta)) == 3
    undone(browser, address)
    assert everything() == before


def test_also_when_they_came_in_different_batches(browser, ana, ruta, viewer, now, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 1)
    before = everything()
    more = ("Ruta Palmgren", "", "", "ruta@larchmoor.example; r@p.example", "", "", "tennis")
    address = brought_in(browser, csv_file(HEAD, RUTA, more, NORA), takes="file")
    undone(browser, address)
    assert everything() == before


def test_a_tab_opened_in_between_is_not_believed(browser, ana, ruta):
    address = brought_in(browser, csv_file(HEAD, RUTA))
    during = people(ana)[0].version
    undone(browser, address)
    assert people(ana)[0].version > during


def test_undoing_is_seen_in_the_history_and_the_log(browser, ana, ruta):
    address = brought_in(browser, csv_file(HEAD, RUTA, NORA))
    undone(browser, address)
    undone(browser, address)
    history = browser.get("/network/import").text
    assert "Undone" in history
    assert "1 added, 1 merged; undone" in history
    assert db.session.query(AuditEvent).filter_by(action="import of contacts undone").count() == 1


def changed(contact):
    contact.notes = "Changed by hand"


def gained_a_way(contact):
    db.session.add(Channel(contact_id=contact.id, kind=PHONE, value="1234567"))


def touched(contact):
    from portal.accounts.models import Person

    by = of(db.session.get(Person, contact.owner_id))
    services.touch(contact, kind=TouchKind.CALL, happened_on=TODAY, note="", key="k1", by=by, now=NOON)


def asked(contact):
    from portal.pipeline.models import Opportunity

    db.session.add(
        Opportunity(
            kind="referral",
            owner_id=contact.owner_id,
            practice_id=db.session.scalar(select(Contact.owner_id).where(False)) or _practice(contact),
            contact="x",
            organisation="",
            service="",
            ask="",
            contact_id=contact.id,
            stage="planned",
            currency="EUR",
            next_step="",
            created_at=NOON,
            changed_at=NOON,
        )
    )


def _practice(contact):
    from portal.accounts.models import Person

    return db.session.get(Person, contact.owner_id).practice_id


@pytest.mark.parametrize("happens", [changed, gained_a_way, touched, asked])
def test_what_happened_since_keeps_a_new_one(browser, ana, happens):
    address = brought_in(browser, csv_file(HEAD, RUTA, NORA))
    nora = next(each for each in people(ana) if each.name == "Nora Vale")
    happens(nora)
    page = undone(browser, address)
    assert "1 was kept" in page
    assert [each.name for each in people(ana)] == ["Nora Vale"]
    assert "Nora Vale" in browser.get(address, show="kept").text


@pytest.mark.parametrize("happens", [changed, gained_a_way, touched])
def test_what_happened_since_keeps_a_merged_one(browser, ana, ruta, happens):
    address = brought_in(browser, csv_file(HEAD, RUTA))
    happens(people(ana)[0])
    undone(browser, address)
    assert people(ana)[0].position == "CFO"


def test_what_was_kept_is_undone_by_choice(browser, ana, ruta):
    address = brought_in(browser, csv_file(HEAD, RUTA, NORA))
    nora, here = people(ana)
    changed(nora)
    touched(here)
    db.session.commit()
    undone(browser, address)
    for row in rows(address):
        assert browser.post(f"{address}/rows/{row.id}/undo").status_code == 302
    (after,) = people(ana)
    assert (after.position, after.last_touch_on, len(ways(after))) == ("", TODAY, 1)
    assert browser.post(f"{address}/rows/{rows(address)[0].id}/undo").status_code == 422


def test_what_was_only_looked_at_has_nothing_to_undo(browser, ana):
    from tests.address_book.make_address_book import looked_at

    address = looked_at(browser, csv_file(HEAD, NORA))
    assert browser.post(f"{address}/undo").status_code == 422


def test_erasing_a_contact_takes_along_what_the_import_keeps_of_it(browser, ana, ruta):
    address = brought_in(browser, csv_file(HEAD, RUTA, NORA))
    db.session.delete(ruta)
    db.session.commit()
    assert [row.name for row in rows(address)] == ["Nora Vale"]
    undone(browser, address)
    assert people(ana) == []


def test_it_can_be_brought_in_again_after_undoing(browser, ana):
    body = linkedin(connection("Nora", "Vale", "nora-vale"))
    undone(browser, brought_in(browser, body))
    brought_in(browser, body)
    assert len(people(ana)) == 1


NAMES = some.sampled_from(
    ["Ruta Palmgren", "R. Palmgren", "Nora Vale", "Dr. Nora Vale", "Emil Weatherby", "Ruta Palmgrn", ""]
)
ORGANISATIONS = some.sampled_from(["", "Larchmoor Foods", "Larchmoor Foods Ltd", "Ilverton Labs"])
WORDS = some.sampled_from(["", "CFO", "Owner"])
MAILS = some.sampled_from(["", "a@x.example", "A@x.example", "b@x.example; c@x.example"])
PHONES = some.sampled_from(["", "020 7946 0018", "+44 20 7946 0018", "020 7946 0019"])
FILE_ROWS = some.lists(
    some.tuples(NAMES, ORGANISATIONS, WORDS, MAILS, PHONES, WORDS, WORDS), min_size=1, max_size=6
).filter(lambda found: any(map(any, found)))
GIVEN = {"relation": "friend", "closeness": "outer"}
TAKES = some.sampled_from(["here", "file"])


def bring(ana, some_rows, takes, choices=()):
    """Bring rows in without a browser."""
    by = of(ana)
    found = imports.take_in(csv_file(HEAD, *some_rows), filename="x.csv", by=by, now=NOON)
    imports.settle_columns(found, dict(enumerate(found.fields)))
    there = rows(f"/{found.id}")
    imports.choose(found, {row.id: choice for row, choice in zip(there, choices, strict=False)})
    imports.start(found, **GIVEN, takes=takes, by=by, now=NOON)
    return found


def facts():
    """What contacts and channels say."""
    return [everything()["contacts"], everything()["contact_channels"]]


def cleared():
    for model in (ContactImport, Contact):
        for row in db.session.query(model):
            db.session.delete(row)
    db.session.flush()


laws = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)


@laws
@given(
    here=FILE_ROWS, there=FILE_ROWS, takes=TAKES, choices=some.lists(some.sampled_from(["", "add", "merge", "skip"]))
)
def test_importing_and_undoing_leaves_everything_as_before(ana, here, there, takes, choices):
    from portal.address_book.models import Choice

    cleared()
    bring(ana, here, "here")
    before = everything()
    found = bring(ana, there, takes, [Choice(each) for each in choices])
    undo.undo(found, by=of(ana), now=NOON)
    assert everything() == before


@laws
@given(here=FILE_ROWS, there=FILE_ROWS)
def test_importing_twice_is_importing_once(ana, here, there):
    cleared()
    bring(ana, here, "here")
    bring(ana, there, "here")
    once = facts()
    again = bring(ana, there, "here")
    assert facts() == once
    assert again.counts["was-made"] == again.counts["was-merged"] == 0


def test_whoever_leaves_takes_along_what_imports_keep(browser, ana, ben):
    brought_in(browser, csv_file(HEAD, NORA))
    brought_in(browser.sign_in(ben), csv_file(HEAD, NORA))
    imports.forget_all(ana.id)
    assert {each.owner_id for each in db.session.query(ContactImport)} == {ben.id}
    assert len(people(ana)) == 1
