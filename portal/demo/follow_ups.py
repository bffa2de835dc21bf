"""What the people of the sign-in page did with their pipelines of late: sent work and were sent some, handed over, took
up, put aside. It goes through the services, as their presses would."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer, of
from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.demo.people import Member
from portal.demo.pipeline import rate_of, rated
from portal.demo.seasons import Year
from portal.network import services as network
from portal.network.models import Contact, Relation, Tier, TouchKind
from portal.pipeline import handing_over, leads, rates, sales_desk, services
from portal.pipeline.models import Answer, Direction, Opportunity, OpportunityKind, Thanks
from portal.pipeline.stages import OPEN, Stage

SOURCES = (
    ("Imre Vastagh", "Vastagh Notaries", Relation.ASSOCIATE, Tier.INNER, 2, 1),
    ("Hanna Dahlgren", "Dahlgren Bank", Relation.ASSOCIATE, Tier.INNER, 3, 1),
    ("Tomas Quill", "Quill Architects", Relation.FORMER_CLIENT, Tier.MIDDLE, 0, 2),
    ("Noor Abbas", "Abbas Insurance", Relation.EVENT, Tier.MIDDLE, 1, 1),
)
"""Contacts, how much work they sent, and how much they were sent."""
MOST_KNOWN = 8
"""With so many of the people whom somebody asks they are in touch through their network."""
COMPANIES = (
    "Alderwick Hotels",
    "Caldmere Labs",
    "Eskford Joinery",
    "Harrowmere Freight",
    "Kestrelby Optics",
    "Pellhaven Ceramics",
    "Selwick Energy Services",
    "Ulverby Print Works",
    "Wexholt Dental Group",
    "Yarrowdale Bakeries",
)
FOUND = {
    "real-need": (Answer.YES, "“Our contracts are in three drawers”"),
    "right-person": (Answer.YES, "The finance director; her chair has to agree"),
    "within-reach": (Answer.YES, "She asked me to bring somebody"),
    "our-ground": (Answer.YES, ""),
    "timing": (Answer.UNKNOWN, "Ask when the new owner starts"),
    "free-to-act": (Answer.YES, "No flag, and I asked"),
}


def tell(known: dict[str, Member], year: Year) -> None:
    """All of it."""
    people = {local: of(db.session.get_one(Person, member.id)) for local, member in known.items()}
    for other in rated(rates.firms_own()):
        said = rates.said(rate_of(other, rates.firms_own()))
        rates.add(currency=other, rate=said, from_on=year.start, by=people["marketing"], now=year.ago(363))
    for local in ("leader2", "marketing"):
        sales_desk.add(db.session.get_one(Person, known[local].id))
    for shift, local in enumerate(("practitioner", "practitioner2", "leader")):
        _sources(people[local], year, shift * 3)
        _know(people[local], year)
    _put_aside(people["practitioner2"], year)
    _hand_over(people, year)
    _thank(people, year)
    for total in (Standing, DailyCount):  # a recount keeps no empty ones
        db.session.execute(delete(total).where(total.n == 0, total.amount == 0))


def _thank(people: dict[str, Viewer], year: Year) -> None:
    """They thanked soon; Ana owes one since this month."""
    mine = [viewer.id for viewer in people.values()]
    due = select(Thanks).where(Thanks.owner_id.in_(mine), Thanks.done_on.is_(None)).order_by(Thanks.since_on.desc())
    still = next((row for row in db.session.scalars(due) if row.owner_id == people["practitioner"].id), None)
    for row in db.session.scalars(due).all():
        if row.since_on < year.today - timedelta(days=7) and row is not still:
            row.done_on = row.since_on + timedelta(days=2)


def _know(by: Viewer, year: Year) -> None:
    """Whom they asked, and have not heard the last of, is somebody whom they know and met before."""
    open_asks = select(Opportunity).where(
        Opportunity.owner_id == by.id,
        Opportunity.direction == Direction.ASKED,
        Opportunity.stage.in_(OPEN),
        Opportunity.contact != "",
        Opportunity.contact_id.is_(None),
    )
    for row in db.session.scalars(open_asks.order_by(Opportunity.id).limit(MOST_KNOWN)).all():
        days = (year.today - row.created_at.date()).days
        facts: dict[str, Any] = {"organisation": row.organisation, "client_id": row.client_id}
        contact = network.add(name=row.contact, relation=Relation.CLIENT, by=by, now=year.ago(days + 90), **facts)
        _touch(contact, TouchKind.MEETING, days + 12, f"demo-met-{row.id}", by, year)
        if row.asked_on:
            key = f"opportunity-{row.id}-{row.direction}"
            _touch(contact, TouchKind.ASK, (year.today - row.asked_on).days, key, by, year)
        db.session.execute(
            update(Opportunity).where(Opportunity.id == row.id).values(contact_id=contact.id),
            execution_options={"synchronize_session": False},
        )


def _touch(contact: Contact, kind: TouchKind, days: int, key: str, by: Viewer, year: Year) -> None:
    on = year.today - timedelta(days=days)
    network.touch(contact, kind=kind, happened_on=on, note="", key=key, by=by, now=year.ago(days))


def _sources(by: Viewer, year: Year, shift: int) -> None:
    places = iter(range(shift, 100))
    for name, organisation, relation, tier, received, given in SOURCES:
        facts: dict[str, Any] = {"organisation": organisation, "relation": relation, "tier": tier}
        contact = network.add(name=name, by=by, now=year.ago(210), **facts)
        for number in range(received):
            _work(by, contact, Direction.RECEIVED, COMPANIES[next(places) % len(COMPANIES)], year, 150 - 45 * number)
        for number in range(given):
            _work(by, contact, Direction.GIVEN, COMPANIES[next(places) % len(COMPANIES)], year, 130 - 50 * number)


def _work(by: Viewer, contact: Contact, direction: Direction, organisation: str, year: Year, days: int) -> None:
    is_ours = direction == Direction.RECEIVED
    ask = "They asked him whom to see about a first audit" if is_ours else "They need somebody for the new building"
    given = {"direction": direction, "contact": contact.name, "contact_id": contact.id, "organisation": organisation}
    row = _log(by, year.ago(days), ask=ask, **given)
    if days > 100:
        note = "Signed. A small start." if is_ours else "They took them on."
        reason = "They trusted the person who introduced us" if is_ours else ""
        _move(row, Stage.WON, by, year.ago(days - 60), note=note, reason=reason)


def _put_aside(by: Viewer, year: Year) -> None:
    """One that is back today, and one that rests."""
    for organisation, days, until in (("Garrowmoor Schools Trust", 95, 0), ("Netherholt Care Homes", 30, 75)):
        row = _log(by, year.ago(days + 8), contact="Petra Lund", organisation=organisation, ask="A word when they move")
        back_on = year.today + timedelta(days=until)
        note = "Not before the move. They meant it."
        _move(row, Stage.NURTURE, by, year.ago(days), note=note, nurture_on=back_on, nurture_days=90)


def _hand_over(people: dict[str, Viewer], year: Year) -> None:
    """Offered and waiting, offered to the desk, accepted, and returned."""
    ana, charlie, lena, ben = (people[local] for local in ("practitioner", "practitioner2", "leader", "coach"))
    _offer(charlie, ana, "Orrisfield Farm Machinery", year, 1)
    _offer(lena, None, "Dunholt Cold Storage", year, 6)
    taken = _offer(ana, charlie, "Quarrowby Packaging", year, 12)
    handing_over.accept(taken, by=charlie, now=year.ago(11))
    _move(taken.opportunity, Stage.IN_CONVERSATION, charlie, year.ago(6), note="Met the owner; a second talk in March.")
    back = _offer(ana, ben, "Ilverton Medical Supplies", year, 5)
    handing_over.give_back(
        back,
        reason="I know the chair from the tennis club, and would rather not. Ask Charlie.",
        by=ben,
        now=year.ago(4),
    )


def _offer(by: Viewer, to: Viewer | None, organisation: str, year: Year, days: int) -> Any:
    row = _log(
        by,
        year.ago(days + 9),
        contact="Gisela Marsh",
        organisation=organisation,
        ask="Their leases and contracts were last read five years ago",
        next_step="Ring the finance director",
        next_on=year.today + timedelta(days=3),
        is_asked=True,
    )
    _move(row, Stage.INTRODUCED, by, year.ago(days + 3), note="A warm note, with both of us in copy.")
    checklist = leads.checklist(row)
    at = year.ago(days)
    if checklist:
        number = checklist.definition.number
        leads.hold(row, FOUND, number=number, version=row.version, by=by, now=at)
    return handing_over.offer(
        row,
        to_id=to.id if to else None,
        to_sales=to is None,
        note="You know this field better than I do. She is glad to be called this week, best before noon.",
        with_contact=True,
        with_notes=True,
        version=row.version,
        by=by,
        now=at,
    )


def _log(by: Viewer, at: datetime, **given: Any) -> Opportunity:
    facts: dict[str, Any] = {"kind": OpportunityKind.REFERRAL, "service": "", "is_asked": False}
    facts |= {"value": 2_400_000, "next_step": "", "next_on": None}
    row = services.log(by=by, now=at, **facts | given)
    db.session.flush()
    return row


def _move(row: Opportunity, stage: Stage, by: Viewer, at: datetime, **given: Any) -> None:
    facts: dict[str, Any] = {"value": row.value, "next_step": row.next_step, "next_on": row.next_on}
    services.move(row, stage=stage, version=row.version, by=by, now=at, **facts | given)
