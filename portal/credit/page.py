"""What the pages about one opportunity's credit show, put together."""

from dataclasses import dataclass
from typing import Any

from portal.accounts.viewer import Viewer
from portal.credit import choosing, queries
from portal.credit.forms import SharesForm
from portal.credit.wording import MEANS, ROLES, STATES
from portal.errors import Refused
from portal.pipeline import agreement, origination, rates
from portal.pipeline.models import Opportunity
from portal.pipeline.shares import CreditRole, Holder, Shares, credited, in_order, said


@dataclass(frozen=True)
class Bar:
    """One share, as a part of the bar and a row of its table."""

    role: CreditRole
    as_what: str
    name: str
    item_key: str
    said: str
    amount: int
    x: float
    """Where it begins, in percent."""
    width: float


def shown(opportunity: Opportunity, viewer: Viewer, shares: Shares) -> dict[str, Any]:
    """All that the page of an opportunity's credit shows."""
    postings, disputes = queries.postings(opportunity.id), queries.disputes(opportunity.id)
    lines = [line for posting in postings for line in (*posting.added, *posting.reversed)]
    names = queries.names_of({*shares, *(holder for holder, _ in lines)})
    return {
        "opportunity": opportunity,
        "stage": agreement.labels()[opportunity.stage],
        "bars": bars(opportunity, shares, names),
        "postings": postings,
        "disputes": disputes,
        "open_dispute": next((each for each in disputes if each.is_open), None),
        "standing": queries.standing(viewer, opportunity, shares),
        "news": queries.news_or_none(viewer, opportunity.id),
        "names": names,
        **words(viewer),
    }


def words(viewer: Viewer) -> dict[str, Any]:
    """What every template of this room may say."""
    return {
        "roles": ROLES,
        "means": MEANS,
        "states": STATES,
        "said_share": said,
        "currency": rates.firms_own(),
        "zone": viewer.zone,
        "today": viewer.today(),
    }


def bars(opportunity: Opportunity, shares: Shares, names: dict[Holder, str]) -> list[Bar]:
    """The shares in the order of the roles, greater ones first."""
    amounts = credited(origination.worth(opportunity), shares)
    found, x = [], 0.0
    for holder in in_order(shares):
        width = shares[holder] / 100
        as_what = ROLES[holder.role]
        found.append(
            Bar(holder.role, as_what, names[holder], holder.item_key, said(shares[holder]), amounts[holder], x, width)
        )
        x += width
    return found


def asked_shares(form: SharesForm) -> Shares | None:
    """The shares that a form asks for; nothing where a row names nobody, with the reason beside it."""
    shares: Shares = {}
    for row in form.filled:
        try:
            holder = choosing.holder(row.role.data, row.who.data or "", row.chosen.data or "")
            if holder in shares:
                raise Refused("This one is named twice for the same. Put both shares into one row.")
            shares[holder] = row.percent.points or 0
        except Refused as refusal:
            row.who.errors = [refusal.message]
            form.status = 422
    return shares if form.status == 200 else None
