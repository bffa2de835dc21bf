"""Files of contacts, and the means to send and read them. Everybody in them is invented."""

import csv
import io
from datetime import date

from portal import sheets
from portal.accounts.viewer import of
from portal.address_book.models import ContactImport, ContactImportRow
from portal.db import db
from portal.network import services
from portal.network.models import Channel, ChannelKind, Contact
from tests.make import NOON

LINKEDIN_NOTES = (
    "Notes:\r\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. You will '
    "only see email addresses for connections who have allowed their connections to see or download their email "
    'address."\r\n'
    "\r\n"
)
LINKEDIN_HEAD = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
MAIL, PHONE, WEB, POST = ChannelKind.MAIL, ChannelKind.PHONE, ChannelKind.WEB, ChannelKind.POST


def linkedin(*rows, head=LINKEDIN_HEAD, notes=LINKEDIN_NOTES, encoding="utf-8") -> bytes:
    """Connections.csv as LinkedIn exports it."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return (notes + out.getvalue()).encode(encoding)


def connection(first, last, slug="", mail="", company="", position="", day="12 Mar 2024"):
    """A row of Connections.csv."""
    return (first, last, f"https://www.linkedin.com/in/{slug}" if slug else "", mail, company, position, day)


def csv_file(head, *rows, delimiter=",", encoding="utf-8") -> bytes:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def xlsx_file(head, *rows) -> bytes:
    """A workbook."""
    return sheets.xlsx_bytes("Contacts", head, rows)


def vcard(*lines, version="3.0") -> bytes:
    """One card."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def contact(owner, name="Ruta Palmgren", *channels, **facts) -> Contact:
    """A contact of somebody."""
    return services.add(name=name, channels=channels, by=of(owner), now=NOON, **facts)


def upload(browser, body: bytes, filename="contacts.csv"):
    """Send a file to be looked at."""
    return browser.post("/network/import", file=(io.BytesIO(body), filename))


def looked_at(browser, body: bytes, filename="contacts.csv") -> str:
    """Send a good file, with the columns as guessed; the address of its preview."""
    answer = upload(browser, body, filename)
    assert answer.status_code == 302, answer.text
    if answer.location.endswith("/columns"):
        page = browser.submit(answer.location)
        assert page.status_code == 200, page.text
    return answer.location.removesuffix("/columns")


def brought_in(browser, body: bytes, filename="contacts.csv", **given) -> str:
    """Send a file and go ahead; the address of its report."""
    address = looked_at(browser, body, filename)
    fields = {"relation": "associate", "closeness": "outer", "takes": "here", **given}
    answer = browser.post(f"{address}/start", **fields)
    assert answer.status_code == 302, answer.text
    return address


def counts() -> dict[str, int]:
    """The counts of the newest import that aren't nought."""
    found = db.session.query(ContactImport).order_by(ContactImport.id.desc()).first()
    db.session.refresh(found)
    return {name: n for name, n in found.counts.items() if n}


def rows(address: str) -> list[ContactImportRow]:
    """The rows of an import."""
    number = int(address.rpartition("/")[2])
    return db.session.query(ContactImportRow).filter_by(import_id=number).order_by(ContactImportRow.line).all()


def people(owner) -> list[Contact]:
    """The contacts of somebody, by name."""
    db.session.expire_all()
    return db.session.query(Contact).filter_by(owner_id=owner.id).order_by(Contact.name, Contact.id).all()


def ways(row: Contact) -> list[tuple[ChannelKind, str]]:
    """The ways to reach a contact."""
    found = db.session.query(Channel).filter_by(contact_id=row.id).order_by(Channel.id)
    return [(each.kind, each.value) for each in found]


def cells(answer) -> list[list[str]]:
    """The cells of a CSV download."""
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def on(year, month, day) -> date:
    """A day."""
    return date(year, month, day)
