"""The items that lie in the content folder: which are new, which differ, and taking them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.content import checks, exchange, files, importing
from portal.content.loader import FOLDER
from portal.db import db
from portal.errors import NotFound, Refused
from portal.library import kinds
from portal.library import services as library
from portal.library.kinds import Kind
from portal.library.models import Item
from portal.library.services import Wording

STATES = {
    "new": "Not in the portal yet",
    "differs": "Differs from the portal",
    "edited": "Revised in the portal; the file says something else",
    "same": "As in the portal",
    "wrong": "Something is wrong with the file",
}


@dataclass(frozen=True)
class Filed:
    """One file of the folder."""

    key: str
    title: str
    state: str
    item_id: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def listed() -> list[Filed]:
    """Every item of the folder; what asks for something comes first."""
    known = {item.key: item for item in db.session.scalars(select(Item).where(Item.file_hash != ""))}
    paths = sorted((FOLDER / "library").glob("*.md"))
    keys = [path.stem for path in paths if path.stem not in known]
    known |= {item.key: item for item in db.session.scalars(select(Item).where(Item.key.in_(keys)))}
    found = [_filed(path, known.get(path.stem)) for path in paths]
    order = list(STATES)
    return sorted(found, key=lambda filed: (order.index(filed.state), filed.title))


def take_all(*, now: datetime) -> tuple[list[str], list[str]]:
    """Take whatever is new or differs; what was revised in the portal stays as it is. The titles of what was taken,
    and why others were not."""
    taken, refused = [], []
    for filed in listed():
        if filed.state not in {"new", "differs"}:
            continue
        try:
            with db.session.begin_nested():
                library.load_item(key=filed.key, now=now, **filed.values)
            taken.append(filed.title)
        except Refused as refusal:
            refused.append(f"{filed.title}: {refusal.message}")
    return taken, refused


def take(key: str, *, by: Viewer, now: datetime) -> tuple[Item, bool]:
    """Take one file. What was revised in the portal gets it as a new draft; says whether that is so."""
    filed = next((filed for filed in listed() if filed.key == key), None)
    if filed is None:
        raise NotFound
    if filed.state in {"same", "wrong"}:
        raise Refused("There is nothing to take from this file.")
    item = db.session.scalar(select(Item).where(Item.key == key).with_for_update())
    if filed.state == "edited":
        return importing.written(item, filed.values, by, now), True
    library.load_item(key=filed.key, now=now, **filed.values)
    db.session.flush()
    return db.session.scalars(select(Item).where(Item.key == key)).one(), False


def _filed(path: Any, item: Item | None) -> Filed:
    document = files.read(path, FOLDER)
    values = checks.item(document)
    item_id = item.id if item else None
    if document.problems or values is None:
        return Filed(path.stem, path.stem, "wrong", item_id, {}, tuple(str(problem) for problem in document.problems))
    given = exchange.given(document, values)
    return Filed(path.stem, given["title"], _state(item, given), item_id, given)


def _state(item: Item | None, given: Mapping[str, Any]) -> str:
    if item is None:
        return "new"
    kind = Kind(given["kind"])
    tags = {facet: list(given["tags"][facet]) for facet in sorted(given["tags"])}
    facts = kinds.checked(kind, given["facts"] or {})
    wording = Wording(kind, given["title"], given["summary"], given["source"], tags, given["review_on"], facts)
    is_same = item.file_hash == library.fingerprint_of(wording, given["is_internal"], given["byline"])
    if item.edited_here:
        return "edited"
    return "same" if is_same else "differs"
