"""Connections.csv as LinkedIn really exports it."""

import pytest

from tests.address_book.make_address_book import (
    LINKEDIN_HEAD,
    WEB,
    brought_in,
    connection,
    counts,
    linkedin,
    looked_at,
    people,
    ways,
)

NORA = connection("Nora", "Vale", "nora-vale", "", "Larchmoor Foods", "Finance Director", "21 Apr 2024")
OLAF = connection("Ólaf 🚀", "Žäh, CFA", "olaf-zah", "olaf@zah.example", "Eskford, Ltd", "Partner, Tax", "02 Jan 2023")


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


def test_the_notes_above_the_headings_are_passed_over(browser, ana):
    page = browser.get(looked_at(browser, linkedin(NORA, OLAF))).text
    assert "2 rows from LinkedIn" in page
    assert "Nora Vale" in page
    assert people(ana) == []


def test_everything_it_says_is_kept(browser, ana):
    brought_in(browser, linkedin(OLAF), relation="met-at-an-event")
    olaf = people(ana)[0]
    assert (olaf.name, olaf.organisation, olaf.position) == ("Ólaf 🚀 Žäh, CFA", "Eskford, Ltd", "Partner, Tax")
    assert (olaf.how_met, olaf.relation) == ("Connected on LinkedIn in January 2023", "met-at-an-event")
    assert {value for _, value in ways(olaf)} == {"olaf@zah.example", "https://www.linkedin.com/in/olaf-zah"}


@pytest.mark.parametrize(
    "head",
    [
        ("Vorname", "Nachname", "URL", "E-Mail-Adresse", "Unternehmen", "Position", "Verbunden am"),
        ("Prénom", "Nom de famille", "URL", "Adresse e-mail", "Entreprise", "Poste", "Relation depuis"),
        ("Nombre", "Apellidos", "URL", "Correo electrónico", "Empresa", "Cargo", "Conectado el"),
        ("First Name", "Last Name", "Email Address", "Company", "Position", "Connected On", "URL"),
    ],
)
def test_the_headings_may_be_in_another_language_or_order(browser, ana, head):
    by_name = dict(zip(LINKEDIN_HEAD, NORA, strict=True))
    in_order = [by_name[name] for name in head] if head[0] == "First Name" else NORA
    brought_in(browser, linkedin(in_order, head=head))
    nora = people(ana)[0]
    assert (nora.name, nora.organisation, nora.how_met) == (
        "Nora Vale",
        "Larchmoor Foods",
        "Connected on LinkedIn in April 2024",
    )


def test_excel_may_have_saved_it_again(browser, ana):
    body = linkedin(NORA, notes="Notes:;;;;;;\r\n;;;;;;\r\n").replace(b",", b";")
    brought_in(browser, b"\xef\xbb\xbf" + body)
    assert people(ana)[0].position == "Finance Director"


def test_without_notes_it_is_known_as_well(browser, ana):
    assert "from LinkedIn" in browser.get(looked_at(browser, linkedin(NORA, notes=""))).text


def test_a_row_without_a_name_is_refused_and_the_rest_comes_in(browser, ana):
    brought_in(browser, linkedin(NORA, connection("", "", day="1 Jan 2020"), ("", "", "", "", "", "", "")))
    assert counts()["was-refused"] == 1
    assert [each.name for each in people(ana)] == ["Nora Vale"]


def test_undefined_is_nobodys_name(browser, ana):
    brought_in(browser, linkedin(connection("Le Morette", "undefined", "le-morette")))
    assert people(ana)[0].name == "Le Morette"


def test_the_same_file_again_adds_nothing_and_says_so(browser, ana):
    brought_in(browser, linkedin(NORA, OLAF))
    page = browser.get(looked_at(browser, linkedin(NORA, OLAF))).text
    assert "There is nothing to import" in page
    assert counts() == {"same": 2}


def test_somebody_with_a_new_position_is_known_by_the_profile(browser, ana):
    brought_in(browser, linkedin(NORA))
    moved = connection("Nora", "Vale", "nora-vale", "nora@ilverton.example", "Ilverton Labs", "CFO", "21 Apr 2024")
    page = browser.get(looked_at(browser, linkedin(moved))).text
    assert "Says something else" in page
    assert "Ilverton Labs" in page


def test_two_of_one_name_with_pages_of_their_own_are_two(browser, ana):
    brought_in(browser, linkedin(NORA, connection("Nora", "Vale", "nora-vale-2", company="Tolvane Optics")))
    assert [each.organisation for each in people(ana)] == ["Larchmoor Foods", "Tolvane Optics"]


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("nora-vale", "http://de.linkedin.com/in/Nora-Vale/?trk=people"),
        ("n%C3%B6ra-vale", "https://www.linkedin.com/in/nöra-vale"),
    ],
)
def test_the_profile_is_known_in_other_spellings(browser, ana, page, other):
    brought_in(browser, linkedin(connection("Nora", "Vale", page)))
    spelled = list(connection("Nora", "Vale", page))
    spelled[2] = other
    looked_at(browser, linkedin(spelled))
    assert counts() == {"same": 1}
    assert ways(people(ana)[0]) == [(WEB, f"https://www.linkedin.com/in/{page}")]


def test_they_come_due_a_few_at_a_time(browser, ana):
    body = linkedin(*(connection("P", f"Number {number:03}", f"p{number}") for number in range(400)))
    brought_in(browser, body, closeness="outer")
    days = [each.due_on for each in people(ana)]
    assert max(days.count(day) for day in set(days)) <= 4
    assert (max(days) - min(days)).days < 180


def test_reminders_can_wait(browser, ana):
    brought_in(browser, linkedin(NORA), closeness="paused")
    assert (people(ana)[0].pace, people(ana)[0].due_on) == ("paused", None)
