"""What the form of a new opportunity begins with: from an address, or from a worksheet's row."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.clients.models import Service
from portal.db import db
from portal.errors import NotFound
from portal.network import queries as contacts
from portal.pipeline.models import Direction, OpportunityKind


def from_address(viewer: Viewer, args: Mapping[str, str]) -> dict[str, Any]:
    """What the address says about a new opportunity; whatever is odd or not this person's to see is left out."""
    given = {name: args.get(name, "")[:2000].replace("\x00", "") for name in ("organisation", "ask")}
    kind, direction = args.get("kind", ""), args.get("direction", "")
    return {
        "kind": OpportunityKind(kind) if kind in list(OpportunityKind) else OpportunityKind.REFERRAL,
        "direction": Direction(direction) if direction in list(Direction) else Direction.ASKED,
        **_chosen(viewer, args, given["organisation"][:200]),
        "ask": given["ask"],
    }


def _chosen(viewer: Viewer, args: Mapping[str, str], organisation: str) -> dict[str, Any]:
    found: dict[str, Any] = {"organisation": organisation}
    if person := _or_none(contacts.contact_for, viewer, _id(args, "contact")):
        found |= {"contact": person.name, "contact_id": person.id}
        found["organisation"] = organisation or person.organisation
    if row := _or_none(clients.client_for, viewer, _id(args, "client")):
        found |= {"organisation": row.name, "client_id": row.id}
    service_id = _id(args, "service")
    if offered := db.session.get(Service, service_id) if service_id else None:
        found |= {"service": offered.name, "service_id": offered.id}
    return found


def _id(args: Mapping[str, str], name: str) -> int:
    typed = args.get(name, "")
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0


def _or_none(find: Callable[[Viewer, int], Any], viewer: Viewer, row_id: int) -> Any:
    try:
        return find(viewer, row_id) if row_id else None
    except NotFound:
        return None


def from_row(becomes: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """What a worksheet's row says about a new opportunity."""
    day = cells.get("next_on", "")
    found: dict[str, Any] = {
        "kind": OpportunityKind(becomes),
        "ask": cells.get("ask") or cells.get("need", ""),
        "next_step": cells.get("next_step", ""),
        "next_on": date.fromisoformat(day) if day else None,
    }
    found["contact"], found["contact_id"] = _picked(cells.get("contact", ""))
    found["organisation"], client_id = _picked(cells.get("organisation") or cells.get("client", ""))
    found["client_id"] = client_id
    found["service"], found["service_id"] = _picked(cells.get("service", ""))
    return found


def _picked(answer: str) -> tuple[str, int | None]:
    """A picker's answer: the words, and the id of what was chosen."""
    found = re.fullmatch(r"([0-9]{1,9})\|(.*)", answer, flags=re.DOTALL)
    return (found[2], int(found[1])) if found else (answer, None)
