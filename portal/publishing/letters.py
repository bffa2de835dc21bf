"""The mails about an item on its way: it came back, it was approved, or it was held back at its moment."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import exists, select

from portal.access import Role
from portal.accounts.models import Grant, Person
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.jobs import services as jobs
from portal.library.models import Item, Revision
from portal.publishing.checks import Finding
from portal.publishing.models import Plan


def tell_writer(item: Item, subject: str, what: str, note: str, by: Viewer) -> None:
    """Tell whoever wrote the newest revision, unless they did it themselves or left."""
    newest = (Revision.item_id == item.id, Revision.number == item.revision)
    wrote = select(Person).join(Revision, Revision.by_id == Person.id).where(*newest, Person.is_active)
    writer = db.session.scalar(wrote)
    if writer is not None and writer.id != by.id:
        words = f"\n\n{note.strip()}" if note.strip() else ""
        jobs.letter(to=writer.email, subject=subject, text=f"Hello {_first_name(writer)},\n\n{what}{words}\n")


def held_back(item: Item, plan: Plan, title: str, due: str, found: Sequence[Finding]) -> None:
    """Tell whoever answers for an item and whoever gave it its time, each once, that it didn't go out, and what to do;
    where both left, marketing."""
    people = active(Person.id.in_({plan.by_id, item.owner_id} - {None})) or marketing()
    base = current_app.extensions["portal_config"].BASE_URL.rstrip("/")
    named = "\n\n".join(f"- {each.what}. {each.why} {each.mend}" for each in found)
    still = "Readers keep the revision they have." if item.published_revision else "Readers see nothing of it yet."
    for person in people:
        text = (
            f"Hello {_first_name(person)},\n\n“{title}” was due to go out on {due}. It was looked at once more, and "
            f"this stands in the way:\n\n{named}\n\nIt is a draft again. {still} Mend it, then choose a time anew:\n"
            f"{base}/studio/items/{item.id}/state\n"
        )
        jobs.letter(to=person.email, subject=f"“{title}” didn’t go out", text=text)


def active(condition: Any) -> Sequence[Person]:
    """The people still here of whom this is true."""
    return db.session.scalars(select(Person).where(Person.is_active, condition).order_by(Person.id)).all()


def marketing() -> Sequence[Person]:
    """Everybody in marketing."""
    return active(exists().where(Grant.person_id == Person.id, Grant.role == Role.MARKETING))


def _first_name(person: Person) -> str:
    return person.name.split(" ")[0]
