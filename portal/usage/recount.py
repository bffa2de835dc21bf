"""Working out anew what follows from records: how often items were used, by day, and the months from the days."""

from sqlalchemy import func, select, update

from portal.db import db
from portal.library import usage
from portal.library.models import ItemDay
from portal.usage.models import How, ItemLink


def recount() -> None:
    """Replace what is counted as used by what the links add up to, and the months by their days. Reads and the like
    are counted as they happen, and no row is kept for each; they stay."""
    db.session.execute(update(ItemDay).where(ItemDay.used != 0).values(used=0))
    links = select(ItemLink.item_id, ItemLink.on, func.count()).where(ItemLink.how.in_((How.USED, How.NAMED)))
    for item_id, on, n in db.session.execute(links.group_by(ItemLink.item_id, ItemLink.on)).all():
        usage.count(item_id, on, used=n)
    usage.add_up_months()
