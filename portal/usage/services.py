"""Linking an item to the work it had to do with."""

from datetime import datetime

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.library import usage
from portal.usage.models import How, ItemLink

COUNTED_AS = {How.SHARED: "shared", How.USED: "used", How.NAMED: "used"}


def link(
    item_id: int,
    *,
    how: How,
    opportunity_id: int | None = None,
    contact_id: int | None = None,
    by: Viewer,
    now: datetime,
) -> bool:
    """Keep that an item had to do with an opportunity, a contact, or both; says whether that is new. The caller has
    checked that `by` may open all of them."""
    if opportunity_id is None and contact_id is None:
        raise ValueError("An item is linked to an opportunity or to a contact.")
    there = select(ItemLink.id).where(
        ItemLink.item_id == item_id,
        ItemLink.how == how,
        ItemLink.by_id == by.id,
        ItemLink.opportunity_id.is_not_distinct_from(opportunity_id),
        ItemLink.contact_id.is_not_distinct_from(contact_id),
    )
    if db.session.scalar(there.limit(1)) is not None:
        return False
    db.session.add(
        ItemLink(item_id=item_id, opportunity_id=opportunity_id, contact_id=contact_id, how=how, by_id=by.id, at=now)
    )
    usage.count(item_id, by.today(now), **{COUNTED_AS[how]: 1})
    return True
