"""Who asked for what, who wants it too, and what was heard: as one person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import joinedload

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound
from portal.insights.labels import in_common
from portal.insights.models import UNANSWERED, ContentRequest, FieldInsight, RequestState, RequestVote
from portal.insights.waiting import Quarter, quarters
from portal.library import queries as library
from portal.library import search
from portal.library.models import IS_READABLE, Item
from portal.search.words import asked_for
from portal.words import words_of

MOST_SIMILAR, MOST_COMPARED, MOST_NOTES = 4, 200, 100


@dataclass(frozen=True)
class Filters:
    """What a list of requests is narrowed to."""

    state: str = "open"
    words: str = ""
    kind: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Waiting:
    """How fast marketing answers, for everybody to see."""

    quarters: list[Quarter]
    open: int
    oldest: int | None
    """How many days the one that waits longest has waited."""


def visible_to(_viewer: Viewer) -> Select[ContentRequest]:
    """The requests that somebody may see: all of them; everybody at the firm asks in the open."""
    return select(ContentRequest)


def request_for(viewer: Viewer, request_id: int, *, to_change: bool = False) -> ContentRequest:
    """One request; locked when it is about to change, so that votes are counted one after the other."""
    found = visible_to(viewer).where(ContentRequest.id == request_id)
    if to_change:
        row = db.session.scalar(found.with_for_update(), execution_options={"populate_existing": True})
    else:
        loaded = (ContentRequest.asked_by, ContentRequest.writer, ContentRequest.answered_by, ContentRequest.practice)
        row = db.session.scalar(found.options(*map(joinedload, loaded), joinedload(ContentRequest.item)))
    if row is None:
        raise NotFound
    return row


def listed(viewer: Viewer, filters: Filters) -> Select[ContentRequest]:
    """Requests that stand on their own, those most wanted first, then those that wait longest."""
    found = visible_to(viewer).where(ContentRequest.merged_into_id.is_(None))
    if filters.state:
        found = found.where(ContentRequest.state == filters.state)
    if filters.kind:
        found = found.where(ContentRequest.kind == filters.kind)
    for word in filters.words.split()[:8]:
        said = ContentRequest.title.icontains(word, autoescape=True)
        found = found.where(or_(said, ContentRequest.wanted_for.icontains(word, autoescape=True)))
    if filters.is_mine:
        mine = select(RequestVote.request_id).where(RequestVote.person_id == viewer.id)
        roots = select(ContentRequest.root_id).where(ContentRequest.id.in_(mine))
        found = found.where(or_(ContentRequest.asked_by_id == viewer.id, ContentRequest.id.in_(roots)))
    shown = (joinedload(ContentRequest.asked_by), joinedload(ContentRequest.writer), joinedload(ContentRequest.item))
    return found.options(*shown).order_by(ContentRequest.votes.desc(), ContentRequest.asked_at, ContentRequest.id)


def open_ones(viewer: Viewer, most: int = 200) -> list[ContentRequest]:
    """Open requests to choose from."""
    found = listed(viewer, Filters("")).where(ContentRequest.state.in_(UNANSWERED)).limit(most)
    return list(db.session.scalars(found))


def counts() -> dict[str, int]:
    """How many requests stand where."""
    found = db.session.execute(
        select(ContentRequest.state, func.count())
        .where(ContentRequest.merged_into_id.is_(None))
        .group_by(ContentRequest.state)
    )
    by_state = {str(state): n for state, n in found}
    return {str(state): by_state.get(str(state), 0) for state in RequestState}


def voted(viewer: Viewer, requests: Sequence[ContentRequest]) -> set[int]:
    """Which of these this person wants."""
    ids = [one.id for one in requests]
    return set(
        db.session.scalars(
            select(ContentRequest.root_id)
            .join(RequestVote, RequestVote.request_id == ContentRequest.id)
            .where(ContentRequest.root_id.in_(ids), RequestVote.person_id == viewer.id)
        )
    )


def votes_of(wish: ContentRequest) -> list[RequestVote]:
    """Who wants it, first to last, each once; those who voted for a merged request among them."""
    found = db.session.scalars(
        select(RequestVote)
        .join(ContentRequest, ContentRequest.id == RequestVote.request_id)
        .where(ContentRequest.root_id == wish.id)
        .options(joinedload(RequestVote.person))
        .order_by(RequestVote.at, RequestVote.request_id, RequestVote.person_id)
        .limit(MOST_NOTES * 2)
    )
    by_person: dict[int, RequestVote] = {}
    for vote in found:
        first = by_person.setdefault(vote.person_id, vote)
        if vote.note and not first.note:
            by_person[vote.person_id] = vote
    return list(by_person.values())[:MOST_NOTES]


def merged_into(wish: ContentRequest) -> list[ContentRequest]:
    """The requests that were merged into this one."""
    found = select(ContentRequest).where(ContentRequest.merged_into_id == wish.id).order_by(ContentRequest.id)
    return list(db.session.scalars(found.options(joinedload(ContentRequest.asked_by))))


def similar(viewer: Viewer, title: str, *, but: int = 0) -> tuple[list[Any], list[ContentRequest]]:
    """What the library has for these words, and open requests that share most of them."""
    words = asked_for(title)
    if not words:
        return [], []
    has_one = or_(*(ContentRequest.title.icontains(word[: max(3, len(word) - 2)], autoescape=True) for word in words))
    near = db.session.scalars(
        visible_to(viewer)
        .where(
            ContentRequest.state.in_(UNANSWERED),
            ContentRequest.merged_into_id.is_(None),
            ContentRequest.id != but,
            has_one,
        )
        .order_by(ContentRequest.votes.desc(), ContentRequest.id)
        .limit(MOST_COMPARED)
    )
    scored = [(in_common(words, words_of(one.title)), one) for one in near]
    enough = 1 if len(words) == 1 else 2
    best = sorted((pair for pair in scored if pair[0] >= enough), key=lambda pair: (-pair[0], -pair[1].votes))
    return library.in_list(search.find(title, {}).ids[:MOST_SIMILAR]), [one for _, one in best[:MOST_SIMILAR]]


def waiting(table: type[ContentRequest] | type[FieldInsight], today: date) -> Waiting:
    """How long answers take, by quarter of asking; what is open counts in, what nobody wants any more doesn't."""
    counts_in: Any = true()
    if table is ContentRequest:
        stands = ContentRequest.merged_into_id.is_(None)
        counts_in = and_(stands, ContentRequest.state != RequestState.WITHDRAWN)
    rows = db.session.execute(
        select(table.quarter, table.days_taken, func.count()).where(counts_in).group_by(table.quarter, table.days_taken)
    )
    sent = ContentRequest.asked_at if table is ContentRequest else FieldInsight.sent_at
    open_ones, oldest = db.session.execute(
        select(func.count(), func.min(sent)).where(table.answered_at.is_(None), counts_in)
    ).one()
    age = (today - oldest.date()).days if oldest else None
    return Waiting(quarters([(quarter, taken, n) for quarter, taken, n in rows]), open_ones, age and max(0, age))


def item_id_or_none(words: str, key: str) -> int | None:
    """The published item that was chosen, or whose key, address or title was typed."""
    typed = words.strip()
    keys = [one for one in (key.strip(), typed.rstrip("/").rpartition("/")[2]) if one]
    if not typed:
        return None
    found = select(Item.id).where(IS_READABLE)
    by_key = db.session.scalar(found.where(Item.key.in_(keys)).order_by(Item.key != keys[0]).limit(1))
    return by_key or db.session.scalar(found.where(Item.title == typed).limit(1))
