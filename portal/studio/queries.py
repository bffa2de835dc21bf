"""What people who publish see: every item with how it is used, what is missing, and the pitches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Practice
from portal.db import db
from portal.errors import NotFound, Refused
from portal.learning.models import Module
from portal.library import search
from portal.library.labels import TAG_FACETS, slug
from portal.library.models import EmptySearch, Item, ItemDay, ItemReader, Revision
from portal.library.shelf import shelf
from portal.message import queries as message
from portal.message.models import Pitch, PitchDraft, PitchVersion
from portal.pipeline.stages import Stage
from portal.publishing.models import StateChange
from portal.publishing.states import Act

MOST_SUGGESTED = 24


@dataclass(frozen=True)
class Use:
    """How an item is used; people are counted, never named."""

    views: int = 0
    readers: int = 0
    helped: int = 0
    did_not: int = 0


def use_of(ids: Sequence[int]) -> dict[int, Use]:
    """How these items are used."""
    days = db.session.execute(
        select(ItemDay.item_id, func.sum(ItemDay.views), func.sum(ItemDay.readers))
        .where(ItemDay.item_id.in_(ids))
        .group_by(ItemDay.item_id)
    )
    said: Counter[tuple[int, bool]] = Counter()
    for item_id, useful, number in db.session.execute(
        select(ItemReader.item_id, ItemReader.useful, func.count())
        .where(ItemReader.item_id.in_(ids), ItemReader.useful.is_not(None))
        .group_by(ItemReader.item_id, ItemReader.useful)
    ):
        said[item_id, bool(useful)] = number
    read = {item_id: (int(views), int(readers)) for item_id, views, readers in days}
    return {item_id: Use(*read.get(item_id, (0, 0)), said[item_id, True], said[item_id, False]) for item_id in ids}


def item(item_id: int, *, to_change: bool = False) -> Item:
    """One item; locked when it is about to change, so that a second editor waits and sees the first one's revision."""
    statement = select(Item).where(Item.id == item_id)
    found = db.session.scalar(statement.with_for_update() if to_change else statement)
    if found is None:
        raise NotFound
    return found


def revisions(item: Item) -> Select[Revision]:
    """What an item said over time, newest first."""
    return select(Revision).where(Revision.item_id == item.id).order_by(Revision.number.desc())


def revision(item: Item, number: int) -> Revision:
    """One revision."""
    found = db.session.scalar(revisions(item).where(Revision.number == number))
    if found is None:
        raise NotFound
    return found


def published_or_none(item: Item) -> Revision | None:
    """The revision that readers have, or had last."""
    return db.session.scalar(revisions(item).where(Revision.number == item.published_revision))


def publishers(item: Item) -> dict[int, StateChange]:
    """By revision: who published it first, and when."""
    found = select(StateChange).where(StateChange.item_id == item.id, StateChange.act == Act.PUBLISH)
    rows = db.session.scalars(found.options(joinedload(StateChange.by)).order_by(StateChange.id.desc()))
    return {row.number: row for row in rows}


def missing(most: int = 12) -> list[Any]:
    """Words that people looked for and that no item has to this day, those looked for most often first."""
    rows = db.session.execute(
        select(EmptySearch.words, EmptySearch.times, EmptySearch.last_on)
        .order_by(EmptySearch.times.desc(), EmptySearch.last_on.desc(), EmptySearch.words)
        .limit(2 * most)
    )
    return [row for row in rows if search.missing_words(row.words)][:most]


def suggestions() -> dict[str, list[str]]:
    """By facet: the values that are known or in use, for an editor to choose from."""
    library = shelf()
    used: dict[str, Counter[str]] = {facet: Counter() for facet in TAG_FACETS}
    for (facet, value), ids in library.tagged.items():
        if facet in used:
            used[facet][value] = len(ids)
    known = {
        "discipline": list(db.session.scalars(select(Module.key).order_by(Module.position))),
        "practice": list(db.session.scalars(select(Practice.key).order_by(Practice.path).limit(MOST_SUGGESTED))),
        "stage": [str(stage) for stage in Stage],
        "claim": sorted(message.known_claims())[:MOST_SUGGESTED],
    }
    return {
        facet: list(
            dict.fromkeys([*known.get(facet, []), *(value for value, _n in counts.most_common(MOST_SUGGESTED))])
        )
        for facet, counts in used.items()
    }


def pitches() -> list[Any]:
    """Every pitch with its version in force, the firm's own first."""
    return list(
        db.session.execute(
            select(Pitch.key, Pitch.title, Pitch.number, Practice.name.label("practice"), PitchVersion.published_at)
            .add_columns(PitchDraft.pitch_id.is_not(None).label("has_draft"))
            .outerjoin(PitchDraft, PitchDraft.pitch_id == Pitch.id)
            .outerjoin(Practice, Practice.key == Pitch.practice_key)
            .outerjoin(PitchVersion, and_(PitchVersion.pitch_id == Pitch.id, PitchVersion.number == Pitch.number))
            .order_by(Pitch.practice_key != "", Pitch.title, Pitch.id)
        )
    )


def pitch(key: str) -> Pitch:
    """One pitch."""
    found = db.session.scalar(select(Pitch).where(Pitch.key == key))
    if found is None:
        raise NotFound
    return found


def free_pitch_key(title: str) -> str:
    """A key for a new pitch, made from its title. Raises Refused."""
    wanted = slug(title)[:50].strip("-")
    if not wanted:
        raise Refused("Give it a title with at least one letter or digit.", field="title")
    taken = {"new", *db.session.scalars(select(Pitch.key))}
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if key not in taken)


def practices() -> list[tuple[str, str]]:
    """Whose a pitch can be: the firm's, or that of a practice."""
    rows = db.session.execute(select(Practice.key, Practice.name).order_by(Practice.path))
    return [("", "The firm"), *((key, name) for key, name in rows)]
