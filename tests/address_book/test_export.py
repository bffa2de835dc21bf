"""Taking the whole network along, and bringing it back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal import sheets
from portal.accounts.viewer import of
from portal.address_book import exports, imports, queries, vcards
from portal.db import db
from portal.network import services
from portal.network.models import Contact, Pace, Relation, Tier
from tests.address_book.make_address_book import (
    MAIL,
    PHONE,
    POST,
    WEB,
    brought_in,
    cells,
    contact,
    counts,
    people,
    ways,
)
from tests.address_book.test_undo import cleared
from tests.make import NOON, TODAY


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


@pytest.fixture
def ruta(ana):
    return contact(
        ana,
        "Ruta Palmgren",
        (MAIL, "ruta@larchmoor.example"),
        (MAIL, "rp@palmgren.example"),
        (PHONE, "+44 20 7946 0018"),
        organisation="=Larchmoor, Foods",
        notes="First\nSecond; third",
        tags=["board", "golf"],
        relation=Relation.CLIENT,
        rhythm_days=45,
    )


def test_it_holds_everybody_and_nobody_elses(browser, ana, ruta, charlie):
    contact(charlie, "Olaf Stranger")
    rows = cells(browser.get("/network/all.csv"))
    assert rows[0][:4] == ["Number", "Name", "Organisation", "Position"]
    assert "Mail 2" in rows[0]
    assert [row[1] for row in rows[1:]] == ["Ruta Palmgren"]
    assert "Olaf" not in browser.get("/network/all.vcf").text


def test_no_cell_runs_as_a_formula(browser, ruta):
    row = dict(zip(*cells(browser.get("/network/all.csv")), strict=True))
    assert (row["Organisation"], row["Phone"]) == ("'=Larchmoor, Foods", "'+44 20 7946 0018")
    assert "=Larchmoor, Foods" in sheets.read(browser.get("/network/all.xlsx").data, "x.xlsx")[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "vcf"])
def test_into_the_same_network_it_changes_nothing(browser, ana, ruta, kind):
    contact(ana, "Ruta Palmgren", organisation="=Larchmoor, Foods")
    brought_in(browser, browser.get(f"/network/all.{kind}").data, f"contacts.{kind}")
    assert counts() == {"same": 2, "was-same": 2}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_into_an_empty_network_it_brings_the_same(browser, ana, ben, ruta, kind):
    contact(ana, "Ruta Palmgren", organisation="=Larchmoor, Foods", pace=Pace.LEFT_OUT)
    body = browser.get(f"/network/all.{kind}").data
    brought_in(browser.sign_in(ben), body, f"contacts.{kind}")
    assert [told(each) for each in people(ben)] == [told(each) for each in people(ana)]


def test_vcards_bring_the_same_people(browser, ana, ben, ruta):
    body = browser.get("/network/all.vcf").data
    brought_in(browser.sign_in(ben), body, "contacts.vcf")
    (after,) = people(ben)
    assert (after.name, after.organisation, after.notes, after.relation) == (
        "Ruta Palmgren",
        "=Larchmoor, Foods",
        "First\nSecond; third",
        "client",
    )
    assert ways(after) == ways(ruta)


def test_an_export_that_was_changed_is_brought_back(browser, ana, ruta):
    body = browser.get("/network/all.csv").data.replace(b"board; golf", b"board; golf; sailing")
    brought_in(browser, body.replace(b"Ruta Palmgren", b"Ruta Palmgren-Vale"), takes="file")
    (after,) = people(ana)
    assert (after.name, after.tags) == ("Ruta Palmgren-Vale", ["board", "golf", "sailing"])


def test_an_empty_network_is_an_empty_file(browser):
    assert len(cells(browser.get("/network/all.csv"))) == 1
    assert browser.get("/network/all.vcf").data == b""


def told(row: Contact) -> dict:
    """What a contact says, but for its number and when that was."""
    apart = {"id", "owner_id", "version", "created_at", "changed_at", "due_on", "notes", "started_on", "stagger"}
    facts = {column.name: getattr(row, column.name) for column in Contact.__table__.columns if column.name not in apart}
    return facts | {"ways": ways(row), "notes": row.notes}


line = some.text(
    some.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn"]) | some.sampled_from("=+-@'\";, "),
    max_size=20,
).map(lambda given: " ".join(given.split()).strip("\u200b "))
said = line.filter(lambda given: given.casefold() not in {"undefined", "null", "n/a", "none", "-"})
word = said.filter(lambda given: given and not set(given) & set(",;*:"))
somebody = some.fixed_dictionaries(
    {
        "name": said.filter(bool),
        "organisation": said,
        "position": said,
        "notes": some.lists(said.filter(bool), max_size=2).map("\n".join),
        "how_met": said,
        "cares_about": said,
        "relation": some.sampled_from(Relation),
        "tier": some.sampled_from(Tier),
        "pace": some.sampled_from(Pace),
        "rhythm_days": some.none() | some.integers(1, 3650),
        "tags": some.lists(word, max_size=2, unique=True),
    }
)
reached = some.lists(
    some.tuples(some.just(MAIL), some.from_regex(r"\A[a-c]{1,3}(\+x)?@[a-c]\.example\Z"))
    | some.tuples(some.just(PHONE), some.from_regex(r"\A\+?[0-9]{3,12}\Z"))
    | some.tuples(some.just(WEB), some.from_regex(r"\Ahttps://[a-c]\.example/[=+'-]?[a-c]\Z"))
    | some.tuples(some.just(POST), word.filter(lambda given: ":" not in given)),
    max_size=4,
    unique=True,
).map(lambda found: sorted(found, key=lambda way: [MAIL, PHONE, WEB, POST].index(way[0])))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30)
@given(some.lists(some.tuples(somebody, reached), min_size=1, max_size=4), some.sampled_from(["csv", "xlsx"]))
def test_whatever_is_exported_comes_back_the_same(ana, ben, contacts, kind):
    cleared()
    for facts, ways_there in contacts:
        services.add(**facts, channels=ways_there, by=of(ana), now=NOON)
    db.session.flush()
    head, rows = exports.head_and_rows(queries.everybody(of(ana)))
    body = sheets.csv_bytes(head, rows) if kind == "csv" else sheets.xlsx_bytes("x", head, rows)
    for owner in (ben, ana):
        found = imports.take_in(body, filename=f"x.{kind}", by=of(owner), now=NOON)
        imports.settle_columns(found, dict(enumerate(found.fields)))
        imports.start(found, relation="friend", closeness="inner", takes="file", by=of(owner), now=NOON)
    assert found.counts["was-same"] == len(contacts)
    assert sorted(map(str, map(told, people(ben)))) == sorted(map(str, map(told, people(ana))))


def test_cards_name_the_day_of_nothing(ana, ruta):
    assert TODAY.isoformat().encode() not in vcards.write(queries.everybody(of(ana)))
