"""What the clients put on Today: a flag that ends this week on a client one looks after."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam

from portal.clients.marks import FLAGS
from portal.clients.models import Client, ClientFlag, FlagKind
from portal.clock import said_on
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking


def _told(row: Any, today: date) -> Entry:
    name = FLAGS[FlagKind(row.second)]
    why = f"“{name}” ends {said_on(row.on, today)}. Set it anew if its reason still holds."
    return Entry(33, 1, f"Flag on {row.first}", why, f"/clients/{row.id}/flags", "Look")


ENDING = (
    asking("client-flag-ends", Client.id, Client.name, ClientFlag.kind, ClientFlag.until_on)
    .join_from(ClientFlag, Client, Client.id == ClientFlag.client_id)
    .where(
        Client.steward_id == bindparam("person"),
        Client.merged_into_id.is_(None),
        ClientFlag.ended_at.is_(None),
        ClientFlag.remind_on <= bindparam("today"),
        ClientFlag.until_on >= bindparam("today"),
    )
    .order_by(ClientFlag.until_on, ClientFlag.id)
    .limit(2)
)

PARTS: list[Part] = [Part("client-flag-ends", ENDING, _told)]
