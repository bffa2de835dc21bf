"""Files of people, and the means to send and read them."""

import csv
import io

from portal import sheets
from portal.people.models import Import

HEAD = ("E-mail", "Name", "Practice", "Title", "Role", "Time zone")


def csv_file(*rows, head=HEAD, delimiter=",", encoding="utf-8") -> bytes:
    """A CSV file with these rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def xlsx_file(*rows, head=HEAD) -> bytes:
    """An Excel workbook with these rows."""
    return sheets.xlsx_bytes("People", head, rows)


def upload(browser, body: bytes, filename: str = "people.csv"):
    """Send a file to be looked at."""
    return browser.post("/people/import", file=(io.BytesIO(body), filename))


def looked_at(browser, body: bytes, filename: str = "people.csv") -> str:
    """Send a good file; the address of its preview."""
    answer = upload(browser, body, filename)
    assert answer.status_code == 302, answer.text
    return answer.location


def brought_in(browser, *rows, **fields) -> str:
    """Send a file and go ahead; the address of its report."""
    address = looked_at(browser, csv_file(*rows))
    browser.post(f"{address}/start", **fields)
    return address


def cells(answer) -> list[list[str]]:
    """The cells of a CSV download."""
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def counts(session) -> dict[str, int]:
    """The counts of the newest import."""
    return session.query(Import).order_by(Import.id.desc()).first().counts
