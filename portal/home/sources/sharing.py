"""What sharing puts on Today: somebody opened what a person sent, and that may have been a touch."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking
from portal.library.models import Item
from portal.network.models import Contact
from portal.sharing.models import Share, SharedItem

_title = (
    select(Item.title)
    .join(SharedItem, SharedItem.item_id == Item.id)
    .where(SharedItem.share_id == Share.id, SharedItem.removed_at.is_(None))
    .order_by(SharedItem.position)
    .limit(1)
    .scalar_subquery()
)


def _opened(row: Any, today: date) -> Entry:
    return Entry(
        24,
        1,
        f"{row.first} opened what you sent",
        f"Or somebody they passed it on to: “{row.second}”. Log a touch, if you think it was one.",
        f"/shares/{row.id}#suggestion",
        "Log a touch?",
    )


PARTS: list[Part] = [
    Part(
        "share-opened",
        asking("share-opened", Share.id, Contact.name, _title)
        .join(Contact, Contact.id == Share.contact_id)
        .where(Share.owner_id == bindparam("person"), Share.first_opened_at.is_not(None), Share.answered_at.is_(None))
        .order_by(Share.first_opened_at.desc())
        .limit(2),
        _opened,
    )
]
