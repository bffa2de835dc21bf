"""What the credit for opportunities puts on Today: a share that changed, and disputes for those who decide them."""

from datetime import date
from typing import Any

from sqlalchemy import String, bindparam, cast, func
from sqlalchemy.orm import aliased

from portal.access import Can, Role
from portal.accounts.models import Grant, Person, Practice
from portal.credit.models import OPEN, CreditNews, Dispute
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking
from portal.pipeline.models import Opportunity
from portal.pipeline.origination_models import CreditShare
from portal.pipeline.shares import said

MOST = 3

_led = aliased(Practice)
_news = (
    asking("credit-changed", Opportunity.id, Opportunity.organisation, cast(CreditNews.points, String))
    .join(CreditNews, CreditNews.opportunity_id == Opportunity.id)
    .where(CreditNews.person_id == bindparam("person"), CreditNews.seen_at.is_(None))
    .order_by(CreditNews.at.desc())
    .limit(MOST)
)
_holds = (
    CreditShare.__table__.select()
    .with_only_columns(CreditShare.id)
    .where(CreditShare.opportunity_id == Opportunity.id, CreditShare.person_id == bindparam("person"))
    .exists()
)
# Whom a leader may not decide for is left out here already: their own, and those they hold a share in.
_disputes = (
    asking("credit-disputed", Dispute.id, Opportunity.organisation, Person.name + "|" + cast(Opportunity.id, String))
    .join(Opportunity, Opportunity.id == Dispute.opportunity_id)
    .join(Person, Person.id == Dispute.raised_by_id)
    .join(Practice, Practice.id == Opportunity.practice_id)
    .join(_led, (Practice.path >= _led.path) & (Practice.path < func.rtrim(_led.path, "/") + "0"))
    .join(Grant, (Grant.practice_id == _led.id) & (Grant.role == Role.LEADER))
    .where(
        Grant.person_id == bindparam("person"),
        Dispute.state.in_(OPEN),
        Dispute.raised_by_id != bindparam("person"),
        Opportunity.owner_id != bindparam("person"),
        ~_holds,
    )
    .distinct()
    .order_by(Dispute.id)
    .limit(MOST)
)


def changed(row: Any, _today: date) -> Entry:
    """Somebody's share changed, and they have not seen it yet."""
    points = int(row.second)
    why = f"Your share is now {said(points)}." if points else "You hold no share of it any more."
    return Entry(24, 1, f"Credit for {row.first}", f"{why} If it isn't right, say so.", _page(row.id), "Look")


def disputed(row: Any, _today: date) -> Entry:
    """A dispute that somebody may decide."""
    name, _, opportunity_id = row.second.rpartition("|")
    url = f"{_page(opportunity_id)}/disputes/{row.id}/decide"
    return Entry(14, 4, f"Decide about {row.first}", f"{name} holds that the credit is not right.", url, "Decide")


def _page(opportunity_id: Any) -> str:
    return f"/pipeline/{opportunity_id}/credit"


PARTS: list[Part] = [Part("credit-changed", _news, changed), Part("credit-disputed", _disputes, disputed, Can.LEAD)]
