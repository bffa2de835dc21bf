"""What the studio shows on an item's page: that somebody is looking whether it still holds."""

from typing import Any

from sqlalchemy import bindparam, select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import rows
from portal.library.beside import Beside
from portal.library.models import ItemState
from portal.publishing.models import StateChange
from portal.publishing.states import Act

_DOUBT = (
    select(StateChange.note, StateChange.at, Person.name)
    .outerjoin(Person, Person.id == StateChange.by_id)
    .where(StateChange.item_id == bindparam("item_id"), StateChange.act == Act.DOUBT)
    .order_by(StateChange.id.desc())
    .limit(1)
)


def under_review(viewer: Viewer, item: Any) -> Beside | None:
    """A note above the text of an item that is under review."""
    if item.state != ItemState.UNDER_REVIEW:
        return None
    return Beside("studio/_under_review.html", {"doubt": rows(_DOUBT, item_id=item.id).first()}, is_first=True)
