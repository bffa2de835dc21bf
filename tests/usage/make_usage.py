"""Items with use and records for tests."""

from datetime import timedelta

from portal.accounts.viewer import of
from portal.db import db
from portal.library import usage
from portal.library.models import ItemAuthor, ItemReader
from portal.usage import deciding, services
from portal.usage.models import How, What
from tests import make
from tests.library import make_library
from tests.make import NOON, TODAY

LONG_AGO = NOON - timedelta(days=200)


def item(by, title="A case", *, now=LONG_AGO, **given):
    """An item that readers have had for long."""
    return make_library.published(by, title, now=now, **given)


def written(found, *people) -> None:
    """Who wrote it."""
    for position, person in enumerate(people):
        db.session.add(ItemAuthor(item_id=found.id, person_id=person.id, position=position))
    db.session.flush()


def counted(found, *, days_ago=10, **happened) -> None:
    """What happened on a day."""
    usage.count(found.id, TODAY - timedelta(days=days_ago), **happened)


def used(found, person, opportunity, *, how=How.USED, now=NOON) -> bool:
    """That somebody used it with an opportunity."""
    return services.link(found.id, how=how, opportunity_id=opportunity.id, by=of(person), now=now)


def shared(found, person, contact, *, now=NOON) -> bool:
    """That somebody shared it with a contact."""
    return services.link(found.id, how=How.SHARED, contact_id=contact.id, by=of(person), now=now)


def read(found, person, *, at=NOON) -> None:
    """That somebody read it once, without counting."""
    make.saved(ItemReader(item_id=found.id, person_id=person.id, first_at=at, last_at=at, times=1, useful=None))


def decided(found, person, what=What.KEEP, *, until=TODAY + timedelta(days=90), now=NOON, why="It still holds."):
    """What somebody decided."""
    return deciding.decide(found, what=what, why=why, until=until, is_sure=True, by=of(person), now=now)
