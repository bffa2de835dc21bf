"""What items led to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.usage.models import How, ItemLink


@dataclass(frozen=True)
class LedTo:
    """What is on record behind an item: opportunities, each counted once under the strongest record."""

    linked: int = 0
    named: int = 0


def led_to(item_ids: Sequence[int]) -> dict[int, LedTo]:
    """By item: the opportunities it is linked to; items without any are missing."""
    found: dict[int, dict[int, set[How]]] = defaultdict(lambda: defaultdict(set))
    links = select(ItemLink.item_id, ItemLink.opportunity_id, ItemLink.how).where(
        ItemLink.item_id.in_(item_ids), ItemLink.opportunity_id.is_not(None)
    )
    for item_id, opportunity_id, how in db.session.execute(links):
        found[item_id][opportunity_id or 0].add(how)
    named = {item_id: sum(How.NAMED in hows for hows in of.values()) for item_id, of in found.items()}
    return {item_id: LedTo(len(of) - named[item_id], named[item_id]) for item_id, of in found.items()}
