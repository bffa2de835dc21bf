"""What marketing has under its hands: a text half revised, and files that were brought in."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.db import db
from portal.demo.people import Member
from portal.editing import queries
from portal.editing.models import ItemImport, WorkingCopy
from portal.library.models import Item

KEY = "objection-too-small"


def write(marketing: Member, now: datetime) -> None:
    """A text is half revised, and two files were brought this morning; nothing of it where there is no library."""
    item = db.session.scalar(select(Item).where(Item.key == KEY))
    if item is None:
        return
    sheet, at = queries.sheet_of(item), now - timedelta(minutes=40)
    fields = {**sheet, "source": f"{sheet['source']}\n\n## What we still want to say\n\nAsk Tax for a case."}
    fields |= {"base_number": str(item.revision), "base_about": "{}"}
    db.session.add(WorkingCopy(item_id=item.id, person_id=marketing.id, fields=fields, saved_at=at))
    taken = {"name": f"{KEY}.md", "item_id": item.id, "title": item.title, "is_revision": True, "notes": []}
    left = {"name": "minutes.docx", "item_id": None, "title": "", "notes": ["There is no text in this document."]}
    db.session.add(ItemImport(by_id=marketing.id, at=at, outcomes=[taken, left]))
