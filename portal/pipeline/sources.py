"""Who sends whom work: what each of one's contacts sent, was sent, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, case, func, select, union

from portal.accounts.viewer import Viewer
from portal.db import db
from portal.network.models import Contact
from portal.pipeline.models import Direction, HandOver, HandOverState, Opportunity, OpportunityKind
from portal.pipeline.stages import CLOSED, Stage

ORDERS = {"balance": "Whom I owe", "won": "Won most", "name": "By name"}


@dataclass(frozen=True)
class Source:
    """One contact as a source of work."""

    id: int
    name: str
    organisation: str
    asked: int
    received: int
    given: int
    won: int
    value: int
    """Of what was won, in the firm's currency."""
    open_value: int
    last_on: date | None

    @property
    def balance(self) -> int:
        """What they sent more than they were sent: more than nothing is owed to them."""
        return self.received - self.given

    @property
    def said(self) -> str:
        """The balance in words."""
        owed = abs(self.balance)
        if not owed:
            return "even" if self.received else "–"
        return f"you owe them {owed}" if self.balance > 0 else f"{owed} more given"


def _facts(viewer: Viewer) -> Subquery:
    """A row for each referral and its source: one's own, and those handed over to a colleague since."""
    facts: list[Any] = [Opportunity.id, Opportunity.kind, Opportunity.direction, Opportunity.stage]
    facts += [Opportunity.worth, Opportunity.asked_on]
    own = select(Opportunity.contact_id.label("contact_id"), *facts).where(
        Opportunity.owner_id == viewer.id, Opportunity.contact_id.is_not(None)
    )
    handed_over = (
        select(HandOver.contact_id.label("contact_id"), *facts)
        .join(Opportunity, Opportunity.id == HandOver.opportunity_id)
        .where(
            HandOver.from_id == viewer.id, HandOver.state == HandOverState.ACCEPTED, HandOver.contact_id.is_not(None)
        )
    )
    # What came back to its sender is one and the same.
    return union(own, handed_over).subquery()


def _number(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _worth(facts: Subquery, condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, facts.c.worth), else_=0)), 0)


def listed(viewer: Viewer, words: str = "", order: str = "balance") -> Select[Any]:
    """One's contacts that are a source, with their sums. Private: nobody else's query looks here."""
    facts = _facts(viewer)
    is_ours = facts.c.direction != Direction.GIVEN
    is_won = is_ours & (facts.c.stage == Stage.WON)
    received = _number(facts.c.direction == Direction.RECEIVED)
    given = _number(facts.c.direction == Direction.GIVEN)
    won, value = _number(is_won), _worth(facts, is_won)
    found = (
        select(
            Contact.id,
            Contact.name,
            Contact.organisation,
            _number((facts.c.kind == OpportunityKind.REFERRAL) & facts.c.asked_on.is_not(None)).label("asked"),
            received.label("received"),
            given.label("given"),
            won.label("won"),
            value.label("value"),
            _worth(facts, is_ours & facts.c.stage.not_in(CLOSED)).label("open_value"),
            func.max(facts.c.asked_on).label("last_on"),
        )
        .join(facts, facts.c.contact_id == Contact.id)
        .where(Contact.owner_id == viewer.id)
        .group_by(Contact.id, Contact.name, Contact.organisation)
    )
    for word in words.replace("\x00", " ").split()[:8]:
        found = found.where(
            Contact.name.icontains(word, autoescape=True) | Contact.organisation.icontains(word, autoescape=True)
        )
    orders = {"balance": (-(received - given), value.desc()), "won": (value.desc(), won.desc())}
    return found.order_by(*orders.get(order, ()), Contact.name, Contact.id)


def read(row: Any) -> Source:
    """A row of `listed`."""
    return Source(
        row.id,
        row.name,
        row.organisation,
        row.asked,
        row.received,
        row.given,
        row.won,
        int(row.value),
        int(row.open_value),
        row.last_on,
    )


def nameless(viewer: Viewer) -> int:
    """How many referrals name a source that is no chosen contact, and so stand in no balance."""
    return (
        db.session.scalar(
            select(func.count()).where(
                Opportunity.owner_id == viewer.id,
                Opportunity.kind == OpportunityKind.REFERRAL,
                Opportunity.contact_id.is_(None),
                Opportunity.contact != "",
            )
        )
        or 0
    )
