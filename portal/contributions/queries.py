"""Who may see what of the contributions, and what they led to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.access import Can
from portal.accounts.viewer import Viewer
from portal.contributions.models import Contribution, ContributionAuthor, State, SuggestionRound
from portal.contributions.standing import HANDED_IN, PUBLISHED
from portal.db import db
from portal.errors import NotFound
from portal.library.models import IS_READABLE, Item, ItemDay, ItemState
from portal.usage import queries as usage
from portal.usage.queries import LedTo

LOGGED_AS = "contribution"
"""What field tasks call a piece that was handed in."""
READABLE = frozenset({ItemState.PUBLISHED, ItemState.UNDER_REVIEW})


def _theirs(viewer: Viewer) -> ColumnElement[bool]:
    mine = select(ContributionAuthor.contribution_id).where(ContributionAuthor.person_id == viewer.id)
    return Contribution.id.in_(mine)


def visible_to(viewer: Viewer) -> Select[Contribution]:
    """One's own, and for marketing what was handed in."""
    found = select(Contribution)
    if Can.PUBLISH not in viewer.powers:
        return found.where(_theirs(viewer))
    return found.where(or_(_theirs(viewer), Contribution.state.in_(HANDED_IN)))


def contribution_for(viewer: Viewer, contribution_id: int, *, to_change: bool = False) -> Contribution:
    """One of them; locked when it is about to change."""
    statement = visible_to(viewer).where(Contribution.id == contribution_id)
    if to_change:
        statement = statement.with_for_update(of=Contribution)
    loaded = selectinload(Contribution.authors).joinedload(ContributionAuthor.person)
    row = db.session.scalar(statement.options(loaded), execution_options={"populate_existing": to_change})
    if row is None:
        raise NotFound
    return row


def own(viewer: Viewer, contribution_id: int, *, to_change: bool = False) -> Contribution:
    """One that this person is an author of."""
    row = contribution_for(viewer, contribution_id, to_change=to_change)
    if not is_author(viewer, row):
        raise NotFound
    return row


def handed_in(viewer: Viewer, contribution_id: int, *, to_change: bool = False) -> Contribution:
    """One that marketing may work on."""
    row = contribution_for(viewer, contribution_id, to_change=to_change)
    if row.state not in HANDED_IN:
        raise NotFound
    return row


def is_author(viewer: Viewer, contribution: Contribution) -> bool:
    """Whether this person writes it."""
    return any(author.person_id == viewer.id for author in contribution.authors)


def shown_state(contribution: Contribution) -> str:
    """Where it stands on the page: published as long as its item is."""
    item = contribution.item
    if contribution.state is State.ACCEPTED and item is not None and item.state in READABLE:
        return PUBLISHED
    return contribution.state


def mine(viewer: Viewer) -> Select[Contribution]:
    """What this person writes, changed last first."""
    loaded = (
        joinedload(Contribution.item),
        selectinload(Contribution.authors).joinedload(ContributionAuthor.person),
    )
    found = select(Contribution).where(_theirs(viewer)).options(*loaded)
    return found.order_by(Contribution.changed_at.desc(), Contribution.id.desc())


LISTS: dict[str, ColumnElement[bool]] = {
    "new": Contribution.state == State.SUBMITTED,
    "editing": Contribution.state == State.WITH_MARKETING,
    "out": Contribution.state == State.SUGGESTIONS,
    "taken": Contribution.state == State.ACCEPTED,
    "declined": Contribution.state == State.DECLINED,
}


def to_edit(show: str) -> Select[Contribution]:
    """One of marketing's lists, those that wait longest first."""
    loaded = (
        joinedload(Contribution.item),
        joinedload(Contribution.editor),
        selectinload(Contribution.authors).joinedload(ContributionAuthor.person),
    )
    return select(Contribution).where(LISTS[show]).options(*loaded).order_by(Contribution.submitted_at, Contribution.id)


def how_many() -> dict[str, int]:
    """How long each list is."""
    counted = [func.count().filter(condition).label(name) for name, condition in LISTS.items()]
    row = db.session.execute(select(*counted).select_from(Contribution)).one()
    return dict(row._mapping)


def rounds(contribution: Contribution) -> list[SuggestionRound]:
    """What marketing suggested, newest first."""
    found = select(SuggestionRound).where(SuggestionRound.contribution_id == contribution.id)
    loaded = (joinedload(SuggestionRound.by), joinedload(SuggestionRound.decided_by))
    return list(db.session.scalars(found.options(*loaded).order_by(SuggestionRound.number.desc())))


def open_round(contribution: Contribution) -> SuggestionRound:
    """The suggestions that wait for the authors."""
    found = select(SuggestionRound).where(
        SuggestionRound.contribution_id == contribution.id, SuggestionRound.decided_at.is_(None)
    )
    row = db.session.scalar(found.order_by(SuggestionRound.number.desc()).limit(1))
    if row is None or contribution.state is not State.SUGGESTIONS:
        raise NotFound
    return row


def logged_kinds(viewer: Viewer) -> set[str]:
    """The field tasks that this person's contributions fulfil: one that was handed in, alone or with others."""
    found = select(Contribution.id).where(_theirs(viewer), Contribution.submitted_at.is_not(None)).limit(1)
    return {LOGGED_AS} if db.session.scalar(found) is not None else set()


@dataclass(frozen=True)
class Led:
    """What a published piece led to."""

    views: int = 0
    readers: int = 0
    copied: int = 0
    shared: int = 0
    opened: int = 0
    used: int = 0
    helped: int = 0
    links: LedTo = field(default_factory=LedTo)


SUMMED = ("views", "readers", "copied", "shared", "opened", "used", "helped")


def led_to(item_ids: Sequence[int]) -> dict[int, Led]:
    """By item: how it was used, and the opportunities it is linked to or named in."""
    if not item_ids:
        return {}
    summed = [func.sum(getattr(ItemDay, name)).label(name) for name in SUMMED]
    days = db.session.execute(
        select(ItemDay.item_id, *summed).where(ItemDay.item_id.in_(item_ids)).group_by(ItemDay.item_id)
    )
    counted: dict[int, Any] = {row.item_id: {name: int(getattr(row, name)) for name in SUMMED} for row in days}
    links = usage.led_to(item_ids)
    return {item_id: Led(**counted.get(item_id, {}), links=links.get(item_id, LedTo())) for item_id in item_ids}


def just_published(most: int = 200) -> list[Contribution]:
    """Those whose item everybody can read, and whose authors were not told yet."""
    found = (
        select(Contribution)
        .join(Item, and_(Item.id == Contribution.item_id, IS_READABLE))
        .where(Contribution.state == State.ACCEPTED, Contribution.told_at.is_(None))
        .options(selectinload(Contribution.authors).joinedload(ContributionAuthor.person))
        .order_by(Contribution.id)
        .limit(most)
    )
    return list(db.session.scalars(found.with_for_update(of=Contribution, skip_locked=True)))
