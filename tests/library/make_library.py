"""Items for tests: each goes through the library's own services, so that search finds it."""

from datetime import date
from itertools import count

from portal.accounts.viewer import of
from portal.db import db
from portal.library import services
from portal.library.kinds import Kind
from portal.library.models import Item
from portal.library.services import Wording
from tests import make

_numbers = count(1)


def wording(title="", *, kind=Kind.CASE_STUDY, summary="", source="A quiet text.", review_on=None, **tags) -> Wording:
    """What an editor decides about an item; tags by facet, like `industry=["retail"]`."""
    return Wording(kind, title or f"Item {next(_numbers)}", summary, source, tags, review_on)


def draft(by, title="", **given) -> Item:
    """An item that nobody published yet."""
    return services.write(None, wording(title, **given), change="", base_number=0, by=of(by), now=make.NOON)


def published(by, title="", *, now=make.NOON, **given) -> Item:
    """An item that readers find."""
    item = draft(by, title, **given)
    services.publish(item, now=now)
    db.session.flush()
    return item


def loaded(key="from-a-file", *, title="From a file", source="It says this.", review_on=None, now=make.NOON, **tags):
    """What the loader does with a content file."""
    return services.load_item(
        key=key, kind="article", title=title, summary="", tags=tags, review_on=review_on, source=source, now=now
    )


PAST = date(2026, 3, 3)


def every() -> list[Item]:
    """Every item, in the order of making."""
    return list(db.session.query(Item).order_by(Item.id))
