"""Undoing in place: what was just done stands in the address, with what stood before, and a button beside it."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.network.models import Pace

HOME = "/network"
_TOUCH = re.compile(r"touch-([0-9]{1,9})-([0-9]{1,9})")
_PACE = re.compile(r"pace-([0-9]{1,9})-(running|paused|left-out)(?:-([0-9]{4}-[0-9]{2}-[0-9]{2}))?")


@dataclass(frozen=True)
class Undo:
    """What was just done with a contact, and how it is undone."""

    contact_id: int
    touch_id: int = 0
    """The touch that was logged; none: the rhythm was changed."""
    pace: Pace = Pace.RUNNING
    """What stood before, when the rhythm was changed."""
    snoozed_until: date | None = None

    @property
    def code(self) -> str:
        """As it stands in the address."""
        if self.touch_id:
            return f"touch-{self.contact_id}-{self.touch_id}"
        return f"pace-{self.contact_id}-{self.pace}" + (f"-{self.snoozed_until}" if self.snoozed_until else "")


def read(code: str) -> Undo | None:
    """What an address says; nothing where it makes no sense."""
    if found := _TOUCH.fullmatch(code):
        return Undo(int(found[1]), touch_id=int(found[2]))
    if found := _PACE.fullmatch(code):
        try:
            return Undo(int(found[1]), 0, Pace(found[2]), date.fromisoformat(found[3]) if found[3] else None)
        except ValueError:
            return None
    return None


def way_back(address: str, undo: Undo | None = None, otherwise: str = HOME) -> str:
    """Where to go after a press: the page of this room it was made on, which then offers to undo it."""
    parts = urlsplit(address if address.startswith(HOME) and address.isprintable() else otherwise)
    if parts.scheme or parts.netloc or not (parts.path == HOME or parts.path.startswith(HOME + "/")):
        parts = urlsplit(otherwise)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "undo"]
    if undo:
        query.append(("undo", undo.code))
    return parts.path + (f"?{urlencode(query)}" if query else "")
