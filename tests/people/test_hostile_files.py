"""Files that are broken, huge, or meant to do harm."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal import sheets
from portal.errors import Refused
from tests.people.make_people import csv_file, upload, xlsx_file

NORA = ("nora@example.org", "Nora Vale", "Tax", "Partner", "", "")


def rewritten(change, where="sheet1.xml") -> bytes:
    """A workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_file(NORA))) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in book.namelist():
            body = book.read(part)
            copy.writestr(part, change(body) if part.endswith(where) else body)
    return out.getvalue()


def other_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


FILES = {
    "empty": (b"", "That file is empty."),
    "blank": (b" \n\r\n ", "That file is empty."),
    "only a byte order mark": (b"\xef\xbb\xbf", "That file is empty."),
    "only the other mark": (b"\xff\xfe", "That file is empty."),
    "nul": (csv_file(("nora\x00@example.org", "", "", "", "", "")), "look like a table"),
    "utf-16 without a mark": (csv_file(NORA, encoding="utf-16-le"), "look like a table"),
    "one column": (b"Ana\nBen\n", "no column for the e-mail address"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "look like a table"),
    "one long line": (b"," * 200_000, "larger than we can take"),
    "too many lines": (b"a\n" * 60_000, "larger than we can take"),
    "too many rows": (b"E-mail,Name,Practice\n" + b"a,b,c\n" * 20_001, "20,001 rows"),
    "unclosed quote": (b'E-mail,Name,Practice\n"' + b"xxx\n" * 40_000, "couldn't read that file"),
    "cut short": (xlsx_file(NORA)[:-300], "open that as a workbook"),
    "not a workbook": (b"PK\x03\x04" + b"x" * 100, "open that as a workbook"),
    "another archive": (other_archive(), "open that as a workbook"),
    "a far cell": (rewritten(lambda body: body.replace(b'r="A2"', b'r="XFD1048576"')), "larger than we can take"),
    "a far row": (rewritten(lambda body: body.replace(b'<row r="2"', b'<row r="1048576"')), "larger than we can take"),
    "bomb": (rewritten(lambda body: body + b" " * 70_000_000), "larger than we can take"),
    "a lie that ends the reader": (
        rewritten(lambda body: body.replace(b'uniqueCount="', b'uniqueCount="999999999'), "sharedStrings.xml"),
        "open that as a workbook",
    ),
    "broken sheet": (rewritten(lambda body: b"<<<"), ""),
}


@pytest.mark.parametrize("body_and_reason", FILES.values(), ids=FILES)
def test_they_are_refused_with_a_reason(browser, admin, body_and_reason):
    body, reason = body_and_reason
    answer = upload(browser.sign_in(admin), body, "people.csv")
    assert answer.status_code == 422
    assert reason.replace("'", "&#39;") in answer.text


@pytest.mark.parametrize("name", ["people.xls", "people.ods", "people.xlsx"])
def test_other_kinds_of_workbooks_are_refused(browser, admin, name):
    answer = upload(browser.sign_in(admin), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), name)
    assert answer.status_code == 422


def test_what_is_too_large_is_said_before_it_is_read(browser, admin):
    headers = {"X-CSRFToken": browser.sign_in(admin).token()}
    answer = browser.client.post("/people/import", data=b"x" * 16_100_000, headers=headers)
    assert answer.status_code == 413
    assert "larger than we can take" in answer.text


def test_markup_in_a_file_stays_text(browser, admin, tax):
    row = ("<script>x</script>", "<b>Nora</b>", "Tax", "", "", "")
    answer = upload(browser.sign_in(admin), csv_file(row), "<img src=x>.csv")
    page = browser.get(answer.location).text
    assert "<script>x" not in page
    assert "<b>Nora" not in page
    assert "<img src=x>" not in page


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(some.binary(max_size=400), some.sampled_from(["", "PK\x03\x04", "\ufeff"]))
def test_any_bytes_are_read_or_refused(body, start):
    with suppress(Refused):
        assert isinstance(sheets.read(start.encode("latin-1", "ignore") + body, "x.csv"), list)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(some.integers(0, 6000), some.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook_is_survived(place, damage):
    good = xlsx_file(NORA)
    place %= len(good)
    with suppress(Refused):
        assert isinstance(sheets.read(good[:place] + damage + good[place + len(damage) :], "x.xlsx"), list)
