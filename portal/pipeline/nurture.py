"""Keeping warm what isn't ripe: until a day, or in touch with a rhythm, and back into the open stages in time."""

from datetime import date, datetime, timedelta

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.errors import NotFound, Refused
from portal.network import queries as contacts
from portal.network import services as network
from portal.network.models import TouchKind
from portal.pipeline import next_steps
from portal.pipeline.following import CHANGED, Words, follow, place_of
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import Stage

USUAL = 90
"""Days until something is looked at again when nobody said when."""
RHYTHMS = (30, 60, 90, 180)


def kept(
    opportunity: Opportunity, stage: Stage, on: date | None, days: int | None, today: date
) -> dict[str, date | int | None]:
    """When to look at an opportunity again once it stands at a stage; only what rests has such a day."""
    if stage != Stage.NURTURE:
        return {"nurture_on": None}  # the rhythm is remembered, should the move be undone
    if opportunity.stage == Stage.NURTURE and opportunity.nurture_on and on in {None, opportunity.nurture_on}:
        return {"nurture_on": opportunity.nurture_on, "nurture_days": days or opportunity.nurture_days}
    then = on or today + timedelta(days=days or USUAL)
    if then <= today or not next_steps.is_sensible(then, today):
        raise Refused("Choose a day after today, within ten years.", field="nurture_on")
    return {"nurture_on": then, "nurture_days": days}


def again(opportunity: Opportunity, *, note: str, version: int, by: Viewer, now: datetime) -> None:
    """They were in touch, and it isn't ripe yet: it comes back after its rhythm, or after a quarter."""
    if version != opportunity.version:
        raise Refused(CHANGED)
    if opportunity.stage != Stage.NURTURE:
        raise Refused("This one is under way again.")
    today = by.today(now)
    opportunity.nurture_on = today + timedelta(days=opportunity.nurture_days or USUAL)
    change = follow(opportunity, place_of(opportunity), Words(note or "Kept in touch."), by=by, now=now)
    _touch(opportunity, f"opportunity-{opportunity.id}-nurture-{change.id}", by, now)
    counters.active(by, today)


def _touch(opportunity: Opportunity, key: str, by: Viewer, now: datetime) -> None:
    if opportunity.contact_id is None:
        return
    try:
        contact = contacts.contact_for(by, opportunity.contact_id)
    except NotFound:
        return
    note = f"Kept in touch about {opportunity.organisation}"
    network.touch(contact, kind=TouchKind.MESSAGE, happened_on=by.today(now), note=note, key=key, by=by, now=now)
