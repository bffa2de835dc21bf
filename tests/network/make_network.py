"""Contacts for tests."""

from datetime import date
from itertools import count

from portal.accounts.viewer import Viewer, of
from portal.network import services
from portal.network.models import ChannelKind, Contact, Touch, TouchKind
from tests.make import NOON, TODAY

MAIL, PHONE = ChannelKind.MAIL, ChannelKind.PHONE
SENT = {"name": "Marta Lund", "organisation": "Larch Logistics", "relation": "client", "tier": "inner"}
_numbers = count(1)


def contact(person, name="Dana Reed", *, now=NOON, is_spread=False, **facts) -> Contact:
    """Somebody whom a person knows."""
    return services.add(name=name, by=of(person), now=now, is_spread=is_spread, **facts)


def touched(row: Contact, person, on: date = TODAY, *, kind=TouchKind.CALL, key="", now=NOON, note="") -> Touch:
    """They were in touch; `person` may be the viewer too."""
    by = person if isinstance(person, Viewer) else of(person)
    key = key or f"test-{next(_numbers)}"
    return services.touch(row, kind=kind, happened_on=on, note=note, key=key, by=by, now=now)
