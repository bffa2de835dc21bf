"""People in a file who may be here already: found, asked about, merged field by field."""

import pytest

from portal.address_book import names
from tests.address_book.make_address_book import (
    MAIL,
    PHONE,
    brought_in,
    contact,
    counts,
    csv_file,
    looked_at,
    people,
    rows,
    ways,
)

HEAD = ("Name", "Organisation", "Position", "Mail", "Phone", "Notes", "Tags")


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


@pytest.fixture
def ruta(ana):
    return contact(
        ana,
        "Ruta Palmgren",
        (MAIL, "ruta@larchmoor.example"),
        (PHONE, "+44 20 7946 0018"),
        organisation="Larchmoor Foods",
        notes="Likes sailing",
        tags=["board"],
    )


def row(name="Ruta Palmgren", organisation="", position="", mail="", phone="", notes="", tags=""):
    return (name, organisation, position, mail, phone, notes, tags)


@pytest.mark.parametrize(
    ("given", "outcome", "by"),
    [
        (row(mail="RUTA@larchmoor.example", position="CFO"), "adds", "mail"),
        (row(phone="020 7946 0018", position="CFO"), "adds", "phone"),
        (row("R. Palmgren", mail="ruta@larchmoor.example"), "differs", "mail"),
        (row("Dr. Ruta Palmgren, FCA", mail="ruta@larchmoor.example"), "differs", "mail"),
        (row(organisation="Larchmoor Foods"), "same", "name"),
        (row(organisation="Larchmoor Foods Ltd", position="CFO"), "likely", "name"),
        (row("Ruta Palmgrn", "Larchmoor Foods", "CFO"), "likely", "name"),
        (row("Palmgren, Ruta", "Larchmoor Foods", "CFO"), "likely", "name"),
        (row(organisation="Ilverton Labs"), "likely", "name"),
        (row("Emil Weatherby", mail="ruta@larchmoor.example"), "likely", "mail"),
        (row("Emil Weatherby", phone="+44 20 7946 0018"), "new", ""),
        (row("Ruta Palmgrn", "Ilverton Labs"), "new", ""),
        (row("Emil Weatherby", "Larchmoor Foods"), "new", ""),
    ],
)
def test_they_are_found_by_mail_phone_and_name(browser, ruta, given, outcome, by):
    (found,) = rows(looked_at(browser, csv_file(HEAD, given)))
    assert (found.outcome, found.found_by) == (outcome, by)


def test_what_is_empty_is_filled_and_ways_are_united(browser, ana, ruta):
    given = row(position="CFO", mail="ruta@larchmoor.example; rp@palmgren.example", tags="board; golf")
    brought_in(browser, csv_file(HEAD, given))
    (after,) = people(ana)
    assert (after.position, after.organisation, after.tags) == ("CFO", "Larchmoor Foods", ["board", "golf"])
    assert [value for _, value in ways(after)] == ["ruta@larchmoor.example", "+44 20 7946 0018", "rp@palmgren.example"]


OTHER = row(organisation="Ilverton Labs", mail="ruta@larchmoor.example", notes="Moved in May")


def test_where_both_say_something_what_is_here_stays(browser, ana, ruta):
    brought_in(browser, csv_file(HEAD, OTHER))
    assert (people(ana)[0].organisation, people(ana)[0].notes) == ("Larchmoor Foods", "Likes sailing")


def test_the_files_words_can_be_taken_for_all(browser, ana, ruta):
    brought_in(browser, csv_file(HEAD, OTHER), takes="file")
    assert (people(ana)[0].organisation, people(ana)[0].notes) == ("Ilverton Labs", "Moved in May")


def test_the_person_chooses_field_by_field(browser, ana, ruta):
    address = looked_at(browser, csv_file(HEAD, OTHER))
    one = f"{address}/rows/{rows(address)[0].id}"
    page = browser.get(one).text
    assert "Larchmoor Foods" in page
    assert "Ilverton Labs" in page
    browser.submit(one, **{"pick-organisation": "file", "pick-notes": "both"})
    browser.post(f"{address}/start", relation="friend", closeness="outer", takes="here")
    after = people(ana)[0]
    assert (after.organisation, after.notes) == ("Ilverton Labs", "Likes sailing\n\nMoved in May")
    brought_in(browser, csv_file(HEAD, OTHER))
    assert counts()["was-same"] == 1


LIKELY = row(organisation="Larchmoor Foods Ltd", position="CFO")


def test_likely_duplicates_that_nobody_decided_on_are_left_out(browser, ana, ruta):
    page = browser.get(looked_at(browser, csv_file(HEAD, LIKELY))).text
    assert "1 likely duplicate isn’t decided; it is left out" in page
    brought_in(browser, csv_file(HEAD, LIKELY))
    assert counts() == {"likely": 1, "was-skipped": 1}
    assert len(people(ana)) == 1


@pytest.mark.parametrize(("choice", "n", "position"), [("add", 2, ""), ("merge", 1, "CFO"), ("skip", 1, "")])
@pytest.mark.parametrize("way", ["on the list", "all at once", "on its page"])
def test_they_are_kept_both_merged_or_left_out(browser, ana, ruta, choice, n, position, way):
    address = looked_at(browser, csv_file(HEAD, LIKELY))
    number = rows(address)[0].id
    if way == "on the list":
        browser.post(f"{address}/choices", **{f"choice-{number}": choice})
    elif way == "all at once":
        browser.post(f"{address}/choose-all", choice=choice)
    else:
        browser.submit(f"{address}/rows/{number}", choice=choice)
    browser.post(f"{address}/start", relation="friend", closeness="outer", takes="here")
    assert len(people(ana)) == n
    assert next(each for each in people(ana) if each.id == ruta.id).position == position


def test_one_decision_leads_to_the_next(browser, ana, ruta):
    contact(ana, "Emil Weatherby", organisation="Tolvane Engineering")
    other = row("Emil Weatherby", "Tolvane Engineering Ltd", "Owner")
    address = looked_at(browser, csv_file(HEAD, LIKELY, other))
    page = browser.submit(f"{address}/rows/{rows(address)[0].id}", choice="merge")
    assert "<h1>Emil Weatherby</h1>" in page.text
    page = browser.submit(f"{address}/rows/{rows(address)[1].id}", choice="merge")
    assert "Look before you import" in page.text


def test_new_ones_can_be_left_out_and_related_one_by_one(browser, ana):
    address = looked_at(browser, csv_file(HEAD, row("Emil Weatherby"), row("Nora Vale")))
    emil, nora = rows(address)
    browser.submit(f"{address}/rows/{emil.id}", relation="neighbour")
    browser.post(f"{address}/choices", **{f"choice-{nora.id}": "skip"})
    browser.post(f"{address}/start", relation="friend", closeness="outer", takes="here")
    assert [(each.name, each.relation) for each in people(ana)] == [("Emil Weatherby", "neighbour")]


def test_odd_choices_are_none(browser, ana, ruta):
    address = looked_at(browser, csv_file(HEAD, LIKELY))
    number = rows(address)[0].id
    for sent in ({f"choice-{number}": "eat"}, {"choice-x": "add"}, {f"choice-{'9' * 30}": "add"}, {"choice-": ""}):
        assert browser.post(f"{address}/choices", **sent).status_code == 302
    assert browser.post(f"{address}/choose-all", choice="eat").status_code == 302
    browser.post(f"{address}/rows/{number}", choice="eat", **{"pick-name": "eat", "relation": "pal"})
    assert (rows(address)[0].choice, rows(address)[0].picks) == ("", {})


def test_after_the_start_nothing_can_be_decided(browser, ana, ruta):
    address = brought_in(browser, csv_file(HEAD, LIKELY))
    number = rows(address)[0].id
    assert browser.post(f"{address}/choices", **{f"choice-{number}": "add"}).status_code == 422
    assert browser.get(f"{address}/rows/{number}").status_code == 302


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Dr. Anna Berg", "Anna Berg, CFA", True),
        ("Anna Maria Berg", "Anna Berg", True),
        ("A. Berg", "Anna Berg", True),
        ("BERG Anna", "Anna Berg", True),
        ("Zoë Müller", "Zoe Muller", True),
        ("Anna Berg", "Otto Berg", False),
        ("Anna Berg", "Anna Stone", False),
        ("Anna", "Anna Berg", False),
        ("李小龙", "李小龙", True),
        ("", "Anna", False),
    ],
)
def test_names_are_held_against_each_other(one, other, alike):
    assert names.are_alike(names.plain_name(one), names.plain_name(other)) == alike
