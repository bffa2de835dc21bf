"""From what was typed or chosen to a colleague or an item of the library. The words alone are enough."""

from sqlalchemy import func, select

from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.credit import queries
from portal.db import db
from portal.errors import Refused
from portal.library.models import Item
from portal.pipeline.shares import CreditRole, Holder


def holder(role: CreditRole, who: str, chosen: str) -> Holder:
    """Whom a row names. What was chosen counts only while its name still stands beside it. Raises Refused."""
    words = " ".join(who.split())
    if role == CreditRole.CONTENT:
        return Holder(role, item_key=_item(words, chosen.removeprefix("item-")))
    return Holder(role, person(words, chosen.removeprefix("person-")))


def person(words: str, chosen: str) -> int:
    """The id of a colleague; an id that was chosen counts only while its name stands beside it. Raises Refused."""
    if chosen.isascii() and chosen.isdigit() and len(chosen) <= 9:
        known = db.session.get(Person, int(chosen))
        if known and known.name.casefold() == words.casefold():
            return known.id
    known = accounts.person_or_none(words)
    exact = db.session.scalars(
        select(Person.id).where(func.lower(Person.name) == words.lower(), Person.is_active).limit(2)
    ).all()
    found = [known.id] if known else exact or [row.id for row in accounts.colleagues(words, 2)]
    if not found:
        raise Refused("We know nobody at the firm by that name. Try their e-mail address.")
    if len(found) > 1:
        raise Refused("Several colleagues fit. Give their e-mail address.")
    return found[0]


def _item(words: str, chosen: str) -> str:
    exact = db.session.scalar(
        select(Item.key).where(func.lower(Item.title) == words.lower(), Item.published_at.is_not(None)).limit(1)
    )
    if chosen:
        item = db.session.scalar(select(Item).where(Item.key == chosen))
        if item and item.title.casefold() == words.casefold():
            return item.key
    found = [exact] if exact else [item.key for item in queries.items(words, 2)]
    if len(found) != 1:
        raise Refused(
            "Several items fit. Give the whole title." if found else "There is no item of that title in the library."
        )
    return found[0]
