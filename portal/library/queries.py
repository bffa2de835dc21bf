"""What is in the library, and who may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from portal.access import Can
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.library.models import IS_READABLE, STATE_NOW, Item, ItemReader, ItemState, ItemTag, Revision
from portal.library.shelf import shelf

_READING = (
    select(
        Item.id,
        Item.key,
        Item.kind,
        STATE_NOW.label("state"),
        Item.title,
        Item.summary,
        Item.facts,
        Item.html,
        Item.minutes,
        Item.review_on,
        Item.published_at,
        Item.revised_at,
        Item.byline,
        Item.is_internal,
        Item.published_revision,
        Item.major_revision,
        Item.expires_at,
        Item.owner_id,
        Person.name.label("owner"),
        # The text was written then; a draft that follows changes nothing for its readers.
        func.coalesce(Revision.at, Item.revised_at, type_=Item.revised_at.type).label("written_at"),
        Revision.id.label("revision_id"),
        ItemReader.useful,
        ItemReader.reason,
        ItemReader.reason_words,
        ItemReader.is_signed,
    )
    .outerjoin(Person, Person.id == Item.owner_id)
    .outerjoin(Revision, (Revision.item_id == Item.id) & (Revision.number == Item.published_revision))
    .outerjoin(ItemReader, (ItemReader.item_id == Item.id) & (ItemReader.person_id == bindparam("viewer_id")))
    .where(Item.key == bindparam("key"))
)
_READING_PUBLISHED = _READING.where(IS_READABLE)
_IN_LIST = select(
    *(Item.id, Item.key, Item.kind, Item.title, Item.summary, Item.minutes, Item.review_on, Item.is_internal)
).where(Item.id.in_(bindparam("ids", expanding=True)))
_PUBLISHED = select(Item.id, Item.key, Item.kind, Item.title, Item.owner_id, Item.major_revision).where(
    Item.key == bindparam("key"), IS_READABLE
)
_GONE = select(Item.id, Item.title, STATE_NOW.label("state"), Item.expires_at, Item.owner_id).where(
    Item.key == bindparam("key"), STATE_NOW.in_((ItemState.EXPIRED, ItemState.ARCHIVED))
)
_WRITTEN = select(Revision.source).where(Revision.id == bindparam("revision_id"))


def visible_to(viewer: Viewer) -> Select[Item]:
    """The items that this person may open: published ones, and for those who publish all of them."""
    found = select(Item).order_by(Item.published_at.desc(), Item.id.desc())
    return found if Can.PUBLISH in viewer.powers else found.where(IS_READABLE)


def to_read(viewer: Viewer, key: str) -> Any:
    """One item for its reading page, with its owner's name and what this person said of it. Everybody gets an expired
    one too, its `state` says so: the page then tells that its time is over, and nothing of its text."""
    statement = _READING if Can.PUBLISH in viewer.powers else _READING_PUBLISHED
    row = rows(statement, key=key, viewer_id=viewer.id).first()
    if row is None:
        raise NotFound
    return row


def published(key: str) -> Any:
    """A published item, for whoever does something with it: id, key, kind, title, owner_id, major_revision."""
    row = rows(_PUBLISHED, key=key).first()
    if row is None:
        raise NotFound
    return row


def published_id(key: str) -> int:
    """The number of a published item."""
    return int(published(key).id)


def published_keys(keys: Iterable[str]) -> set[str]:
    """Those of these keys that are of published items."""
    wanted = select(Item.key).where(Item.key.in_(sorted(keys)), IS_READABLE)
    return set(db.session.scalars(wanted))


def in_list(ids: Sequence[int]) -> list[Any]:
    """Items for a list, in this order."""
    if not ids:
        return []
    found = {row.id: row for row in rows(_IN_LIST, ids=list(ids))}
    return [found[item_id] for item_id in ids if item_id in found]


def beside(item_id: int, most: int = 4) -> tuple[list[tuple[str, str]], list[Any]]:
    """What an item is filed under, and the published items that share most of it."""
    library = shelf()
    found = library.tags.get(item_id, [])
    practices = {value for facet, value in found if facet == "practice"}
    # Many a practice has its one service, of the same name: said once.
    tags = sorted(pair for pair in found if pair[0] != "kind" and not (pair[0] == "service" and pair[1] in practices))
    return tags, in_list(library.alike(item_id, most))


def kinds_there_are() -> list[tuple[str, int]]:
    """Every kind that readers find something of, with how many items, most first."""
    found = [(value, len(ids)) for (facet, value), ids in shelf().tagged.items() if facet == "kind"]
    return sorted(found, key=lambda option: (-option[1], option[0]))


@dataclass(frozen=True)
class Gone:
    """An item that is no longer there for readers, for people who had a link to it."""

    title: str
    """Empty where it was taken out: then nothing of it is told."""
    is_expired: bool
    since: datetime | None
    related: list[Any]
    """Readable items about the same."""


def gone(key: str) -> Gone:
    """An expired or archived item as readers may know of it; NotFound for all others."""
    row = rows(_GONE, key=key).first()
    if row is None:
        raise NotFound
    is_expired = row.state is ItemState.EXPIRED
    tags = db.session.execute(select(ItemTag.facet, ItemTag.value).where(ItemTag.item_id == row.id))
    related = in_list(shelf().alike_to([(facet, value) for facet, value in tags], 4)) if is_expired else []
    return Gone(row.title if is_expired else "", is_expired, row.expires_at if is_expired else None, related)


def written(item: Any) -> str:
    """The Markdown of what readers see of an item, a row of `to_read`; a draft's where nothing was published."""
    if item.revision_id is None:
        return str(db.session.scalar(select(Item.source).where(Item.id == item.id)))
    return str(rows(_WRITTEN, revision_id=item.revision_id).scalar_one())
