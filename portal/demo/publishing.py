"""Items on their way: one waits for its minute, one for a second look, one is late, one is over, one in doubt."""

from datetime import datetime, time, timedelta

from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer, of
from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year
from portal.library import services as library
from portal.library.kinds import Kind
from portal.library.models import Item
from portal.library.services import Wording
from portal.publishing import services
from portal.publishing.services import Going

LATE, DOUBTED, UNOWNED = "first-meeting-checklist", "introduction-email", "restructuring-logistics-group"
YEAR_END = """Owners ask for this every autumn, so here it is on one page.

## Before the year ends

- Look at the shareholder loans: is interest agreed, written down and paid?
- Settle what family members are paid, and what for.
- Decide on dividends while there is time to plan them.

## In the first talk of the new year

Ask what changed at home as well as in the company: a marriage, a move, a birth. Each of them may change the answer.
"""
DUTY = """More of our clients are asked by their banks and their customers what they know about their supply chains.

## What to say first

It is smaller than it sounds. A client with eighty people needs three lists and one person who keeps them.

## What we offer

A morning at the client's table, and the three lists at the end of it.
"""
BREAKFAST = """The spring breakfast is on the last Thursday of the month. Bring one client who should meet another.

## Who fits

Owners between two steps: just before a sale, or just after a handover.
"""


def arrange(known: dict[str, Member], year: Year) -> None:
    """Lead a few items to where the studio's lists have something to show."""
    mira = of(db.session.get_one(Person, known["marketing"].id))
    # Somebody answers for everything but one, so that the list of what nobody answers for isn't empty.
    owned = update(Item).where(Item.owner_id.is_(None), Item.key != UNOWNED).values(owner_id=mira.id)
    db.session.execute(owned)
    _schedule(mira, year)
    asked = _written(mira, year.ago(3), "What to say about supply-chain questions", Kind.GUIDELINE, DUTY)
    note = "Is “three lists” right for groups with branches abroad?"
    services.ask_for_review(asked, note=note, by=mira, now=year.ago(3))
    over = _written(mira, year.ago(40), "The spring breakfast: whom to bring", Kind.INDUSTRY_UPDATE, BREAKFAST)
    services.publish(over, Going(expires_at=year.ago(9)), by=mira, now=year.ago(40))
    services.expire_by_the_clock(over, year.ago(9))
    _doubt(mira, known["practitioner"], year)
    db.session.flush()


def _schedule(mira: Viewer, year: Year) -> None:
    item = _written(mira, year.ago(2), "Year end on one page", Kind.ONE_PAGER, YEAR_END)
    on = year.today + timedelta(days=5)
    going = Going(review_on=year.today + timedelta(days=300))
    services.schedule(
        item, going, at=datetime.combine(on, time(9), year.now.tzinfo), by=mira, now=year.now - timedelta(minutes=5)
    )


def _doubt(mira: Viewer, practitioner: Member, year: Year) -> None:
    late = db.session.scalar(select(Item).where(Item.key == LATE))
    if late is not None:
        services.give(late, db.session.get_one(Person, practitioner.id), by=mira, now=year.ago(60))
        late.review_on = year.today - timedelta(days=12)
    doubted = db.session.scalar(select(Item).where(Item.key == DOUBTED))
    if doubted is not None:
        services.doubt(doubted, note="Two replies said it sounds like a form letter.", by=mira, now=year.ago(4))


def _written(by: Viewer, at: datetime, title: str, kind: Kind, source: str) -> Item:
    wording = Wording(kind, title, source.split("\n", 1)[0], source, {}, None)
    return library.write(None, wording, change="", base_number=0, by=by, now=at)
