"""Tables as spreadsheets and mail programs save them."""

import pytest

from tests.address_book.make_address_book import MAIL, PHONE, brought_in, csv_file, looked_at, people, ways

HEAD = ("Name", "Organisation", "Mail", "Phone")


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


def test_addresses_may_stand_with_names_and_numbers_may_be_spoiled(browser, ana):
    mails = "Ruta Palmgren <ruta@larchmoor.example>; 'R P' <mailto:rp@palmgren.example>"
    row = ("Ruta Palmgren", "", mails, "4,47701E+11")
    page = browser.get(looked_at(browser, csv_file(HEAD, row, delimiter=";"))).text
    assert "what a spreadsheet left of a phone number" in page
    assert "a mail address; it is left out" not in page
    brought_in(browser, csv_file(HEAD, row, delimiter=";"))
    assert ways(people(ana)[0]) == [(MAIL, "ruta@larchmoor.example"), (MAIL, "rp@palmgren.example")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("above", ["", "Exported on 3 March, by me, for you\r\n\r\n", "sep={}\r\n"])
def test_tables_come_as_spreadsheets_save_them(browser, ana, encoding, delimiter, above):
    row = ("Jörg Müller, Dr.", "Groß & Söhne", "joerg@gross.example", "+49 30 123456")
    table = csv_file(HEAD, row, row, delimiter=delimiter).decode()
    brought_in(browser, (above.format(delimiter) + table).encode(encoding))
    joerg = people(ana)[0]
    assert (joerg.name, joerg.organisation) == row[:2]
    assert ways(joerg) == [(MAIL, row[2]), (PHONE, row[3])]
