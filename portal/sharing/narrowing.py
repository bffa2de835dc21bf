"""Finding one's own links again: those that are open, opened, or over, and those that words speak of."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from portal.accounts.viewer import Viewer
from portal.library.models import Item
from portal.network.models import Contact
from portal.pipeline.models import Opportunity
from portal.sharing import queries
from portal.sharing.models import Share, SharedItem

SHOWN = {"all": "All", "opened": "Opened", "waiting": "Not opened yet", "over": "Over"}
LONGEST = 100
MOST_WORDS = 6


def narrowed(viewer: Viewer, show: str, words: str, now: datetime) -> Select[Share]:
    """This person's links of one sort, each with all of these words in its title, an item's, or for whom it is."""
    found = queries.visible_to(viewer)
    if show in SHOWN and show != "all":
        found = found.where(_of_sort(show, now))
    for word in words.replace("\x00", " ").split()[:MOST_WORDS]:
        found = found.where(_speaks_of(viewer, word))
    return found


def _of_sort(show: str, now: datetime) -> ColumnElement[bool]:
    is_for_somebody = or_(Share.contact_id.is_not(None), Share.opportunity_id.is_not(None))
    is_open = and_(Share.revoked_at.is_(None), Share.expires_at > now, is_for_somebody)
    if show == "over":
        return ~is_open
    if show == "opened":
        return Share.first_opened_at.is_not(None)
    return and_(is_open, Share.first_opened_at.is_(None))


def _speaks_of(viewer: Viewer, word: str) -> ColumnElement[bool]:
    shown = and_(SharedItem.share_id == Share.id, SharedItem.removed_at.is_(None), SharedItem.item_id == Item.id)
    known = and_(Contact.id == Share.contact_id, Contact.owner_id == viewer.id)
    sought = and_(Opportunity.id == Share.opportunity_id, Opportunity.owner_id == viewer.id)
    return or_(
        Share.title.icontains(word, autoescape=True),
        exists(select(SharedItem.id).where(shown, Item.title.icontains(word, autoescape=True))),
        exists(select(Contact.id).where(known, Contact.name.icontains(word, autoescape=True))),
        exists(select(Opportunity.id).where(sought, Opportunity.organisation.icontains(word, autoescape=True))),
    )
