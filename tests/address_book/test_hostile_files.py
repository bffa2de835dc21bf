"""Files that are broken, huge, or meant to do harm."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal import sheets
from portal.accounts.viewer import of
from portal.address_book import columns, imports, rows, vcards
from portal.errors import Refused
from tests.address_book.make_address_book import brought_in, csv_file, looked_at, people, upload, vcard, xlsx_file
from tests.make import NOON

HEAD = ("Name", "Mail")


@pytest.fixture
def browser(browser, ana):
    return browser.sign_in(ana)


def bomb() -> bytes:
    """A workbook that unpacks to more than there is room for."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_file(HEAD, ("Ruta", "")))) as book,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in book.namelist():
            copy.writestr(part, book.read(part) + (b" " * 70_000_000 if part.endswith("sheet1.xml") else b""))
    return out.getvalue()


FILES = {
    "empty": (b"", "That file is empty."),
    "blank": (b" \r\n\r\n", "That file is empty."),
    "nul": (csv_file(HEAD, ("Ru\x00ta", "")), "look like a table"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "look like a table"),
    "headings only": (csv_file(HEAD), "nobody below them"),
    "notes only": (b"Notes:\n\n", "nobody below them"),
    "too many rows": (csv_file(HEAD) + b"a,b\n" * 20_001, "20,001 rows"),
    "too many columns": (b"Name" + b",x" * 300 + b"\na\n", "columns; we take 200"),
    "one long line": (b"," * 200_000, "larger than we can take"),
    "unclosed quote": (b'Name,Mail\n"' + b"xxx\n" * 40_000, "couldn't read that file"),
    "cut short": (xlsx_file(HEAD, ("Ruta", ""))[:-300], "open that as a workbook"),
    "bomb": (bomb(), "larger than we can take"),
}


@pytest.mark.parametrize("body_and_reason", FILES.values(), ids=FILES)
def test_they_are_refused_with_a_reason(browser, body_and_reason):
    body, reason = body_and_reason
    answer = upload(browser, body)
    assert answer.status_code == 422
    assert reason.replace("'", "&#39;") in answer.text


@pytest.mark.parametrize("body", [b"", b"hello", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", b"\x00" * 1000])
def test_a_vcard_file_without_cards_is_refused(browser, body):
    answer = upload(browser, body, "contacts.vcf")
    assert answer.status_code == 422
    assert "no contacts in that file" in answer.text


def test_too_many_cards_are_refused():
    with pytest.raises(Refused, match="20,001 cards"):
        vcards.read(vcard("FN:A") * 20_001)


def test_what_is_too_large_is_said_before_it_is_read(browser):
    headers = {"X-CSRFToken": browser.token()}
    answer = browser.client.post("/network/import", data=b"x" * 16_100_000, headers=headers)
    assert answer.status_code == 413


def test_a_card_with_a_photo_of_megabytes_is_read():
    photo = "PHOTO;ENCODING=BASE64;JPEG:\r\n" + (" " + "A" * 74 + "\r\n") * 40_000 + "\r\nTITLE:CFO"
    (card,) = vcards.read(vcard("FN:Ruta Palmgren", photo, version="2.1"))
    assert card.position == "CFO"


def test_markup_stays_text(browser, ana):
    body = csv_file(HEAD, ("<script>x</script>", "a@b.example"), ("<b>Nora</b>", ""))
    page = browser.get(looked_at(browser, body, "<img src=x>.csv")).text
    assert "<script>x" not in page
    assert "<b>Nora" not in page
    assert "<img src=x>" not in page


def test_quoted_lines_and_formulas_stay_words(browser, ana):
    brought_in(browser, csv_file(("Name", "Notes"), ("=HYPERLINK(1)", 'One\nTwo, "three"')))
    assert (people(ana)[0].name, people(ana)[0].notes) == ("=HYPERLINK(1)", 'One\nTwo, "three"')


cell = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(some.lists(some.lists(cell, min_size=1, max_size=6), min_size=1, max_size=5), some.data())
def test_any_cells_are_understood_or_refused(cells, data):
    with suppress(Refused):
        table = columns.understood(cells)
        chosen = {place: data.draw(some.sampled_from(list(columns.FIELDS))) for place in range(len(table.heading))}
        fields = columns.matched(table.heading, chosen)
        assert len(rows.cards(columns.Table(table.heading, table.rows, fields))) == len(table.rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(some.binary(max_size=200), some.sampled_from(["x.csv", "x.vcf", "x.xlsx"]))
def test_any_file_is_looked_at_or_refused(ana, body, name):
    with suppress(Refused):
        assert imports.take_in(body, filename=name, by=of(ana), now=NOON)


def test_controls_are_left_out_of_cells(browser, ana):
    brought_in(browser, csv_file(HEAD, ("Ru\x07ta\u200b", "")))
    assert people(ana)[0].name == "Ruta"
    assert sheets.harmless(people(ana)[0].name) == "Ruta"
