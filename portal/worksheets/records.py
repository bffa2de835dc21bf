"""The records that answers of pickers name: which of them a person may choose, and where they open."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.clients.models import Client, Service
from portal.db import db
from portal.library import queries as library
from portal.message import queries as message
from portal.network import queries as network
from portal.network.models import Contact
from portal.worksheets.definition import Field, Flat, Section, at, chosen
from portal.worksheets.kinds import CLAIM, CLIENT, COLLEAGUE, CONTACT, ITEM, SERVICE

SUGGESTIONS = {
    CONTACT: "/network/suggestions",
    CLIENT: "/clients/suggestions",
    SERVICE: "/clients/services/suggestions",
    COLLEAGUE: "/colleagues/suggestions",
    CLAIM: "/pitch/claims/suggestions",
    ITEM: "/library/suggestions",
}
"""Where each kind of picker asks what fits."""
NOUNS = {
    CONTACT: "contact of yours",
    CLIENT: "client",
    SERVICE: "service",
    COLLEAGUE: "colleague",
    CLAIM: "claim of your pitch",
    ITEM: "piece of the library",
}
OPENS = {CONTACT: "/network/{}", CLIENT: "/clients/{}", ITEM: "/library/{}"}
"""Where a record opens, of the kinds that have a page for everybody who may choose them."""

Wanted = Mapping[str, set[str]]
"""Ids by kind."""


def unfit(
    viewer: Viewer, sections: Sequence[Section], *, before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, str]:
    """By place, why a newly chosen record can't stand there. What was chosen before may stay, even if it vanished."""
    fresh: dict[str, tuple[Field, str]] = {}
    stood = {text for text in before.values()}
    for place, text in after.items():
        if "|" in text and text not in stood:
            field = at(sections, place)
            if field is not None and (id := chosen(field, text)):
                fresh[place] = (field, id)
    known = known_to(viewer, _wanted(fresh))
    return {
        place: f"There is no such {NOUNS[field.kind]} now. Choose again, or write it without choosing."
        for place, (field, id) in fresh.items()
        if id not in known[field.kind]
    }


def addresses(viewer: Viewer, sections: Sequence[Section], answers: Mapping[str, str]) -> Flat:
    """By place, where the chosen record opens, if this person may open it now."""
    found: dict[str, tuple[Field, str]] = {}
    for place, text in answers.items():
        field = at(sections, place) if "|" in text else None
        if field is not None and field.kind in (*OPENS, CLAIM) and (id := chosen(field, text)):
            found[place] = (field, id)
    known = known_to(viewer, _wanted(found))
    return {place: _address(field.kind, id) for place, (field, id) in found.items() if id in known[field.kind]}


def _address(kind: str, id: str) -> str:
    return OPENS[kind].format(id) if kind in OPENS else f"/pitch/{id.partition('/')[0]}"


def _wanted(chosen_ones: Mapping[str, tuple[Field, str]]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for field, id in chosen_ones.values():
        wanted.setdefault(field.kind, set()).add(id)
    return wanted


def known_to(viewer: Viewer, wanted: Wanted) -> dict[str, set[str]]:
    """Those of the wanted records that this person may choose, by kind; each kind is asked for once."""
    return {kind: _KNOWN[kind](viewer, ids) for kind, ids in wanted.items()}


def _contacts(viewer: Viewer, ids: set[str]) -> set[str]:
    return _among(network.visible_to(viewer), Contact.id, ids)


def _clients(viewer: Viewer, ids: set[str]) -> set[str]:
    return _among(clients.visible_to(viewer), Client.id, ids)


def _services(_viewer: Viewer, ids: set[str]) -> set[str]:
    return _among(select(Service), Service.id, ids)


def _colleagues(_viewer: Viewer, ids: set[str]) -> set[str]:
    return _among(select(Person).where(Person.is_active), Person.id, ids)


def _among(visible: Any, column: Any, ids: set[str]) -> set[str]:
    found = db.session.scalars(visible.with_only_columns(column).where(column.in_([int(id) for id in ids])))
    return {str(id) for id in found}


def _claims(viewer: Viewer, ids: set[str]) -> set[str]:
    return {each.id for each in message.claims_to_choose(viewer)} & ids


def _items(_viewer: Viewer, ids: set[str]) -> set[str]:
    return library.published_keys(ids)


_KNOWN: dict[str, Callable[[Viewer, set[str]], set[str]]] = {
    CONTACT: _contacts,
    CLIENT: _clients,
    SERVICE: _services,
    COLLEAGUE: _colleagues,
    CLAIM: _claims,
    ITEM: _items,
}
