"""Linking an item to the work it had to do with, and taking that back."""

from datetime import datetime

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound, Refused
from portal.library import queries as library
from portal.library import usage
from portal.library.models import Item
from portal.network import queries as network
from portal.pipeline import queries as pipeline
from portal.usage import queries
from portal.usage.models import How, ItemLink

COUNTED_AS = {How.SHARED: "shared", How.USED: "used", How.NAMED: "used"}
NO_ITEM = "Choose an item from the suggestions, or write its whole title."


def link(
    item_id: int,
    *,
    how: How,
    opportunity_id: int | None = None,
    contact_id: int | None = None,
    said_by: str = "",
    words: str = "",
    by: Viewer,
    now: datetime,
) -> bool:
    """Keep that an item had to do with an opportunity, a contact, or both; says whether that is new. The caller has
    checked that `by` may open all of them."""
    if opportunity_id is None and contact_id is None:
        raise ValueError("An item is linked to an opportunity or to a contact.")
    # One at a time for an item: a second press of the button waits here, and then finds the first one's link.
    db.session.execute(select(Item.id).where(Item.id == item_id).with_for_update())
    there = select(ItemLink.id).where(
        ItemLink.item_id == item_id,
        ItemLink.how == how,
        ItemLink.by_id == by.id,
        ItemLink.opportunity_id.is_not_distinct_from(opportunity_id),
        ItemLink.contact_id.is_not_distinct_from(contact_id),
    )
    if db.session.scalar(there.limit(1)) is not None:
        return False
    facts = {"item_id": item_id, "opportunity_id": opportunity_id, "contact_id": contact_id, "how": how}
    db.session.add(ItemLink(**facts, said_by=said_by, words=words, by_id=by.id, on=by.today(now), at=now))
    usage.count(item_id, by.today(now), **{COUNTED_AS[how]: 1})
    return True


def use(
    item_id: int, *, opportunity_id: int | None, contact_id: int | None, contact: str, by: Viewer, now: datetime
) -> bool:
    """Log that somebody used an item with one of their opportunities, or with one of their contacts."""
    if opportunity_id is None and contact_id is None and not contact.strip():
        raise Refused("Choose an opportunity, or say with whom.", field="opportunity_id")
    if opportunity_id is not None:
        _check_opportunity(opportunity_id, by)
        return link(item_id, how=How.USED, opportunity_id=opportunity_id, by=by, now=now)
    return link(item_id, how=How.USED, contact_id=_contact(contact_id, contact, by), by=by, now=now)


def add(
    opportunity_id: int,
    *,
    how: How,
    item: str,
    item_key: str,
    said_by: str,
    words: str,
    by: Viewer,
    now: datetime,
) -> bool:
    """Log from an opportunity that an item was used with it, or that the client named it."""
    pipeline.opportunity_for(by, opportunity_id)
    if how is How.NAMED and not said_by:
        raise Refused("Say who named it.", field="said_by")
    if how is not How.NAMED:
        said_by = words = ""
    item_id = _item(item, item_key)
    return link(item_id, how=how, opportunity_id=opportunity_id, said_by=said_by, words=words, by=by, now=now)


def take_back(found: ItemLink) -> None:
    """Undo a link that somebody logged by mistake: it is gone, and counts no more."""
    if found.how is How.SHARED:
        raise Refused("That a link was shared stays on record. You can revoke the link itself.")
    usage.count(found.item_id, found.on, **{COUNTED_AS[found.how]: -1})
    db.session.delete(found)


def _check_opportunity(opportunity_id: int, by: Viewer) -> None:
    try:
        pipeline.opportunity_for(by, opportunity_id)
    except NotFound:
        raise Refused("Choose one of your own opportunities.", field="opportunity_id") from None


def _contact(contact_id: int | None, words: str, by: Viewer) -> int:
    """The contact that was chosen, or the only one of this name where it was typed."""
    try:
        if contact_id is not None:
            return network.contact_for(by, contact_id).id
    except NotFound:
        raise Refused("Choose one of your own contacts.", field="contact") from None
    typed = words.strip()
    fitting = [row.id for row in network.options(by, typed) if row.name.casefold() == typed.casefold()]
    if len(fitting) != 1:
        many = "You know several people of that name; choose one from the suggestions."
        raise Refused(many if fitting else "Choose one of your own contacts.", field="contact")
    return fitting[0]


def _item(words: str, key: str) -> int:
    """The item that was chosen, or the only one of this title where it was typed."""
    try:
        if key:
            return library.published_id(key)
    except NotFound:
        raise Refused(NO_ITEM, field="item") from None
    fitting = queries.titled(words)
    if len(fitting) != 1:
        raise Refused(NO_ITEM, field="item")
    return fitting[0]
