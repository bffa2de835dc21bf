"""Contacts and forms for tests of the quick log."""

from datetime import timedelta

from portal.accounts.viewer import of
from portal.network import services as network
from portal.network.models import ChannelKind
from tests.make import NOON

SENT = {
    "key": "abcdef0123456789",
    "contact": "Dana Reed",
    "kind": "meeting",
    "happened_on": "2026-03-04",
    "note": "Coffee",
    "asked": "no",
}
ASK = {
    "asked": "asked",
    "organisation": "Larch Logistics",
    "ask": "An introduction to Tolvane Engineering",
    "next_step": "Follow up",
    "next_on": "2026-03-10",
}


def contact(person, name="Dana Reed", *, mail="dana@larch.example", organisation="Larch Logistics", **given):
    """Somebody whom a person knows."""
    channels = [(ChannelKind.MAIL, mail)] if mail else []
    facts = {"channels": channels, "organisation": organisation} | given
    return network.add(name=name, by=of(person), now=NOON - timedelta(days=50), **facts)
