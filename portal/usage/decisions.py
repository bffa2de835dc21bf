"""What was decided about items, and which decisions are to be checked."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from portal.db import db
from portal.errors import NotFound
from portal.library.models import Item
from portal.usage.models import Decision, DecisionCheck

_undo, _later, _undo_of_later = aliased(Decision), aliased(Decision), aliased(Decision)
STANDS = (Decision.undoes_id.is_(None), ~select(_undo.id).where(_undo.undoes_id == Decision.id).exists())
"""Which decisions were not taken back."""
_IS_LAST = (
    ~select(_later.id)
    .where(
        _later.item_id == Decision.item_id,
        _later.id > Decision.id,
        _later.undoes_id.is_(None),
        ~select(_undo_of_later.id).where(_undo_of_later.undoes_id == _later.id).exists(),
    )
    .exists()
)
_IS_CHECKED = select(DecisionCheck.decision_id).where(DecisionCheck.decision_id == Decision.id).exists()
WAITS = (*STANDS, _IS_LAST, ~_IS_CHECKED)
"""Which decisions somebody still has to look at: the last one about an item replaces those before."""

SHOWN = {"check": "To check", "later": "Later", "checked": "Checked"}


def listed(show: str, today: date) -> Any:
    """Decisions with title and key of their item: to check now, later, or checked."""
    found = select(Decision, Item.title, Item.key).join(Item, Item.id == Decision.item_id)
    found = found.options(joinedload(Decision.by))
    if show == "checked":
        return found.where(*STANDS, _IS_CHECKED).order_by(Decision.id.desc())
    is_due = Decision.until <= today if show == "check" else Decision.until > today
    return found.where(*WAITS, is_due).order_by(Decision.until, Decision.id)


def to_check(today: date) -> int:
    """How many decisions are to be checked."""
    return db.session.scalar(select(func.count()).select_from(Decision).where(*WAITS, Decision.until <= today)) or 0


def waiting_of(person_id: int) -> int:
    """How many decisions of somebody are still to be looked at."""
    found = select(func.count()).select_from(Decision).where(*WAITS, Decision.by_id == person_id)
    return db.session.scalar(found) or 0


def decision(decision_id: int) -> Decision:
    """One decision that was not taken back."""
    found = db.session.scalar(select(Decision).where(Decision.id == decision_id, *STANDS))
    if found is None:
        raise NotFound
    return found


def check_of(decision_id: int) -> DecisionCheck | None:
    """What somebody found about a decision, if they have looked."""
    return db.session.get(DecisionCheck, decision_id)


def is_waiting(decision_id: int) -> bool:
    """Whether a decision still has to be looked at."""
    return db.session.scalar(select(Decision.id).where(Decision.id == decision_id, *WAITS)) is not None


def of_item(item_id: int, most: int = 10) -> list[Decision]:
    """What was decided about an item and not taken back, the latest first."""
    found = select(Decision).where(Decision.item_id == item_id, *STANDS).options(joinedload(Decision.by))
    return list(db.session.scalars(found.order_by(Decision.id.desc()).limit(most)))


def last_of(item_ids: list[int]) -> dict[int, Decision]:
    """The last decision about each item, where there is one."""
    found = select(Decision).where(Decision.item_id.in_(item_ids), *STANDS, _IS_LAST)
    return {each.item_id: each for each in db.session.scalars(found)}
