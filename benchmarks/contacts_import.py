"""How long 5,000 contacts take from the uploaded file to the address book, from LinkedIn and as vCards.

Run with `python -m benchmarks.contacts_import`; it works on a database of its own, which is thrown away.
"""

import csv
import io
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from portal import clock, schema
from portal.accounts.models import Person, Practice
from portal.accounts.viewer import Viewer, of
from portal.address_book import imports, undo
from portal.address_book.models import ContactImport, ImportState
from portal.app import create_app
from portal.config import Config
from portal.db import db
from portal.demo.names import full_name
from portal.jobs.queue import Inline

CONTACTS = 5_000
MOST_SECONDS = 10
HEAD = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
GIVEN = {"relation": "associate", "closeness": "outer", "takes": "here"}


def people() -> Iterator[tuple[str, str, str, int]]:
    """Given name, family name, organisation and number of invented people."""
    rng = random.Random(5)
    for number in range(CONTACTS):
        given, _, family = full_name(rng).partition(" ")
        yield given, family, f"{full_name(rng).split()[-1]} {rng.choice(['Ltd', 'Labs', 'Foods', 'Group'])}", number


def linkedin() -> bytes:
    """Connections.csv."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for given, family, firm, number in people():
        page = f"https://www.linkedin.com/in/{given}-{family}-{number}".lower()
        mail = f"p{number}@example.org" if number % 20 == 0 else ""
        writer.writerow((given, family, page, mail, firm, "Director", f"{number % 28 + 1:02} Mar 20{10 + number % 15}"))
    return f'Notes:\n"Some of the email addresses are missing."\n\n{out.getvalue()}'.encode()


def vcards() -> bytes:
    """The same people with mail and phone, as a phone writes them."""
    return "".join("\r\n".join(lines) + "\r\n" for lines in map(_card, people())).encode()


def _card(person: tuple[str, str, str, int]) -> list[str]:
    given, family, firm, number = person
    named = [f"N:{family};{given};;;", f"FN:{given} {family}", f"ORG:{firm};", "TITLE:Director"]
    reached = [f"EMAIL;type=INTERNET;type=WORK:q{number}@example.org", f"TEL;type=CELL:+44 7700 {number:06}"]
    return ["BEGIN:VCARD", "VERSION:3.0", *named, *reached, "END:VCARD"]


@dataclass
class Watch:
    """Seconds by the clock, and those in which the processor worked; on a busy machine they differ."""

    clock: float = 0
    work: float = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure a block, and add it."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.clock += time.perf_counter() - began
        self.work += time.process_time() - worked


def bring_in(body: bytes, filename: str, by: Viewer) -> tuple[ContactImport, Watch, Watch]:
    """Take a file in, look at it, and bring it in; how long the look and the rest took."""
    look, rest = Watch(), Watch()
    with look.running():
        found = imports.take_in(body, filename=filename, by=by, now=clock.now())
        db.session.commit()
    with rest.running():
        imports.start(found, **GIVEN, by=by, now=clock.now())
        db.session.commit()
        while imports.apply_next(found.id, by=by, now=clock.now()):
            db.session.commit()
        db.session.commit()
    assert found.state == ImportState.DONE
    return found, look, rest


def told(name: str, by: Viewer, body: bytes) -> str:
    """One kind of file, in words."""
    found, look, rest = bring_in(body, name, by)
    _again, same, _nothing = bring_in(body, name, by)
    back = Watch()
    with back.running():
        undo.undo(found, by=by, now=clock.now())
        db.session.commit()
    total, work = look.clock + rest.clock, look.work + rest.work
    verdict = "within" if total < MOST_SECONDS else "OVER"
    return (
        f"{name}: {CONTACTS:,} contacts in {total:.1f} s, {verdict} {MOST_SECONDS} "
        f"({work:.1f} s of work: {look.work:.1f} to look, {rest.work:.1f} to bring in); "
        f"looking again {same.work:.1f} s, undoing {back.work:.1f} s of work"
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-", ignore_cleanup_errors=True) as folder:
        app = create_app(Config(DATA=folder))
        app.extensions["job_queue"] = Inline()
        with app.app_context():
            schema.upgrade()
            db.session.add(Practice(name="Firm", key="firm", path="/1/"))
            db.session.flush()
            owner = Person(
                name="Ana", email="ana@example.org", practice_id=1, password_hash=None, created_at=clock.now()
            )
            db.session.add(owner)
            db.session.commit()
            for name, body in (("Connections.csv", linkedin()), ("contacts.vcf", vcards())):
                print(told(name, of(owner), body))
            db.engine.dispose()


if __name__ == "__main__":
    main()
