"""What is in the library, and who may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import Select, bindparam, case, literal, or_, select

from portal.access import Can
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.db import db, rows
from portal.errors import NotFound
from portal.library import search_index, snippets
from portal.library.freshness import Freshness, freshness
from portal.library.kinds import Kind
from portal.library.models import IS_READABLE, STATE_NOW, Item, ItemReader, ItemState
from portal.library.shelf import shelf
from portal.library.snippets import marked


def _reading(*texts: Any) -> Select[Any]:
    """What the reading page needs of one item."""
    return (
        select(
            Item.id,
            Item.key,
            Item.kind,
            STATE_NOW.label("state"),
            Item.title,
            *texts,
            Item.minutes,
            Item.review_on,
            Item.published_at,
            Item.revised_at,
            Item.byline,
            Item.is_internal,
            Item.published_revision,
            Item.major_revision,
            Item.expires_at,
            Person.name.label("owner"),
            ItemReader.useful,
        )
        .outerjoin(Person, Person.id == Item.owner_id)
        .outerjoin(ItemReader, (ItemReader.item_id == Item.id) & (ItemReader.person_id == bindparam("viewer_id")))
        .where(Item.key == bindparam("key"))
    )


_IS_OVER = STATE_NOW == ItemState.EXPIRED


def _while_it_holds(column: Any, empty: Any) -> Any:
    return case((_IS_OVER, literal(empty, column.type)), else_=column).label(column.key)


_READING = _reading(Item.summary, Item.facts, Item.html)
_READING_PUBLISHED = _reading(
    _while_it_holds(Item.summary, ""), _while_it_holds(Item.facts, {}), _while_it_holds(Item.html, "")
).where(or_(IS_READABLE, _IS_OVER))
_IN_LIST = select(Item.id, Item.key, Item.kind, Item.title, Item.summary, Item.minutes, Item.review_on).where(
    Item.id.in_(bindparam("ids", expanding=True))
)
_FRESH = (
    select(Item.key, Item.title, Item.kind, Item.minutes)
    .outerjoin(ItemReader, (ItemReader.item_id == Item.id) & (ItemReader.person_id == bindparam("viewer_id")))
    .where(IS_READABLE, ItemReader.item_id.is_(None))
    .order_by(Item.published_at.desc(), Item.id.desc())
    .limit(bindparam("most"))
)


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


def published_id(key: str) -> int:
    """The number of a published item."""
    found = db.session.scalar(select(Item.id).where(Item.key == key, IS_READABLE))
    if found is None:
        raise NotFound
    return found


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


@dataclass(frozen=True)
class Result:
    """One item that a search found, with its words marked."""

    key: str
    kind: Kind
    title: Markup
    text: Markup
    """The passage that has the words; the summary where only the title or the summary has them."""
    minutes: int
    review_on: date | None
    freshness: Freshness


def results(ids: Sequence[int], words: Sequence[str], today: date) -> list[Result]:
    """Items for the list of a search, in this order."""
    found = snippets.pattern(words)
    bodies = search_index.bodies(ids) if found else {}
    return [
        Result(
            row.key,
            row.kind,
            marked(row.title, found),
            (snippets.snippet(bodies.get(row.id, ""), found) if found and not found.search(row.summary) else None)
            or marked(row.summary, found),
            row.minutes,
            row.review_on,
            freshness(row.review_on, today),
        )
        for row in in_list(ids)
    ]


def beside(item_id: int, most: int = 4) -> tuple[list[tuple[str, str]], list[Any]]:
    """What an item is filed under, and the published items that share most of it."""
    library = shelf()
    tags = sorted(pair for pair in library.tags.get(item_id, []) if pair[0] != "kind")
    return tags, in_list(library.alike(item_id, most))


def fresh_for(viewer: Viewer, most: int) -> list[Any]:
    """The newest items that this person has not read: key, title, kind, minutes."""
    return list(rows(_FRESH, viewer_id=viewer.id, most=most))
