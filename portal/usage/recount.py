"""Working out anew what follows from records: what was used and what helped, by day, and the months from the days."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, or_, select, update

from portal.db import db
from portal.library import usage
from portal.library.models import ItemDay, ItemReader
from portal.usage.models import How, ItemLink


def recount() -> None:
    """Replace what is counted as used by what the links add up to, what helped by each reader's last word, and the
    months by their days. Reads and the like are counted as they happen, and no row is kept for each; they stay."""
    follows = (ItemDay.used, ItemDay.helped, ItemDay.did_not_help)
    db.session.execute(
        update(ItemDay).where(or_(*(column != 0 for column in follows))).values(used=0, helped=0, did_not_help=0)
    )
    links = select(ItemLink.item_id, ItemLink.on, func.count()).where(ItemLink.how.in_((How.USED, How.NAMED)))
    _add("used", db.session.execute(links.group_by(ItemLink.item_id, ItemLink.on)).all())
    for key, useful in (("helped", True), ("did_not_help", False)):
        said = select(ItemReader.item_id, ItemReader.useful_on, func.count()).where(
            ItemReader.useful == useful, ItemReader.useful_on.is_not(None)
        )
        _add(key, db.session.execute(said.group_by(ItemReader.item_id, ItemReader.useful_on)).all())
    usage.add_up_months()


def _add(key: str, counted: Iterable[Any]) -> None:
    for item_id, on, n in counted:
        usage.count(item_id, on, **{key: n})
