"""Items on their way, as publishing leads them there."""

from dataclasses import replace
from datetime import timedelta

import time_machine
from sqlalchemy import select

from portal import clock
from portal.accounts.viewer import of
from portal.db import db
from portal.library import services as library
from portal.library.models import Item, Revision
from portal.library.services import Wording
from portal.publishing import services
from portal.publishing.services import Going
from tests.library import make_library as lib
from tests.make import NOON

MINUTE = timedelta(minutes=1)


def scheduled(by, title="", *, at=NOON + timedelta(hours=1), going=None, **given) -> Item:
    """A first revision that goes out at a moment."""
    item = lib.draft(by, title, **given)
    services.schedule(item, going or Going(), at=at, by=of(by), now=clock.now())
    db.session.commit()
    return item


def expiring(by, title="", *, at=NOON + timedelta(hours=1), **given) -> Item:
    """A published item with an end."""
    item = lib.draft(by, title, **given)
    services.publish(item, Going(expires_at=at), by=of(by), now=clock.now())
    db.session.commit()
    return item


def revised(item, by, source, change="") -> Item:
    """The same item with a newer draft."""
    newest = db.session.scalar(select(Revision).where(Revision.item_id == item.id, Revision.number == item.revision))
    wording = replace(Wording.of(newest), source=source)
    library.write(item, wording, change=change, base_number=item.revision, by=of(by), now=clock.now())
    db.session.commit()
    return item


def at(moment):
    """It is this moment."""
    return time_machine.travel(moment, tick=False)
