"""What the demo's practitioner has from files: her LinkedIn connections, and a sheet she only looked at so far."""

import csv
import io

from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.address_book import imports
from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year

NOTES = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n'
)
HEAD = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
CONNECTIONS = (
    ("Sunniva", "Aldercott", "", "Caldmere Ceramics", "Finance Director", "14 Sep 2021"),
    ("Tobias", "Renfrew, FCA", "tobias.renfrew@ulverby.example", "Ulverby Freight", "Controller", "02 Mar 2019"),
    ("Ilse", "Vandermoor", "", "Quarrowby Hotels", "Owner", "30 Nov 2022"),
    ("Marek", "Osterby", "", "Garrowmoor Software, Ltd", "Chief Financial Officer", "08 May 2024"),
    ("Peregrine", "Lockhaven", "p.lockhaven@dunholt.example", "Dunholt Labs", "Founder", "21 Jan 2020"),
    ("Anneke", "Wexholt", "", "Selwick Optics", "Head of Tax", "17 Jun 2023"),
    ("Cosmo", "Brackenmoor", "", "Yarrowdale Energy Services", "Group Controller", "05 Oct 2018"),
    ("Dagny", "Fennaby", "", "Pellhaven Property", "Managing Director", "11 Feb 2025"),
)
SHEET = (
    ("Name", "Company", "Job title", "E-mail", "Phone", "Where we met"),
    ("Sunniva Aldercott", "Caldmere Ceramics Ltd", "", "sunniva@caldmere.example", "", "Spring breakfast"),
    ("Tobias Renfrew", "Ulverby Freight", "Finance Director", "tobias.renfrew@ulverby.example", "", ""),
    ("Ilse Vandermoor", "Quarrowby Hotels", "", "", "", ""),
    ("Rosalind Kestrel", "Ravensmoor Schools Trust", "Bursar", "r.kestrel@ravensmoor.example", "+44 20 7946 0142", ""),
    ("Hakon Jorvale", "Jorvale Breweries", "Owner", "", "+44 20 7946 0177", "Spring breakfast"),
    ("", "", "", "", "+44 20 7946 0100", ""),
)


def arrange(member: Member, year: Year) -> None:
    """Bring the connections in some weeks ago, and look at the sheet yesterday."""
    db.session.flush()
    by = of(db.session.get_one(Person, member.id))
    body = NOTES.encode() + _sheet(HEAD, *map(_connection, CONNECTIONS))
    found = imports.take_in(body, filename="Connections.csv", by=by, now=year.ago(23))
    imports.start(found, relation="associate", closeness="outer", takes="here", by=by, now=year.ago(23, hour=11))
    looked = imports.take_in(_sheet(*SHEET), filename="spring-breakfast.csv", by=by, now=year.ago(1))
    imports.settle_columns(looked, dict(enumerate([*looked.fields[:-1], "how_met"])))
    db.session.flush()


def _connection(row: tuple[str, ...]) -> tuple[str, ...]:
    given, family, *rest = row
    page = f"https://www.linkedin.com/in/{given}-{family.split(',')[0]}".lower()
    return (given, family, page, *rest)


def _sheet(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
