"""Somebody whom two colleagues ask, talks between colleagues, and what people checked before they asked."""

import random
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.asking import lights, queries, rules
from portal.asking.models import ReadinessCheck, Talk, TalkState
from portal.asking.rules import Rule
from portal.db import db
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.demo.year import Life
from portal.network import services as network
from portal.network.models import ChannelKind, TouchKind
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage

SHARED = ("Henrik Vollmer", "Vollmer Metals", "henrik.vollmer@vollmer-metals.example")
"""Whom Ana means to ask, and Charlie has asked."""
TALKED = ("Ines Caldwell", "Caldwell Freight", "ines@caldwell-freight.example")
"""About whom Ana and Ben agreed to talk; Otto would like a word with Charlie about Henrik Vollmer."""
ASKS = {
    "practitioner@demo.example": (
        2,
        Stage.PLANNED,
        "An introduction to the owner next door, who sells his company next year",
        "Ask him at the chamber's breakfast",
        6,
    ),
    "practitioner2@demo.example": (
        12,
        Stage.ASKED,
        "Two people on his board who hire abroad for the first time",
        "Thank him, and ask whether he has reached them",
        3,
    ),
}
"""How many days ago they logged it, how far it is, what they ask, and the next step with its days from now."""
MOST_CHECKS = 400
KNOWN = {
    "at-client": ("no", "no", "linked"),
    "flag-do-not-approach": ("no",),
    "flag-independence": ("no", "no", "no", "yes"),
    "flag-ask-first": ("no", "no", "yes"),
    "audit-client": ("no", "no", "cleared"),
    "own-interest": ("no",),
    "conflict-search": ("clear", "not-yet"),
    "contact-left-out": ("no",),
    "objected": ("no",),
    "source-of-details": ("theirs", "theirs", "public"),
    "client-named": ("no", "agreed", "published"),
    "learned-in-confidence": ("open", "public"),
    "something-of-value": ("no", "no", "no", "agreed"),
    "gift": ("no", "no", "register"),
    "live-need": ("no",),
    "represented": ("no", "yes"),
    "certification": ("current", "current", "stale"),
    "worksheet": ("finished", "finished", "begun"),
    "service-owner": ("named",),
    "who-takes-it": ("me", "colleague", "open"),
    "last-contact": ("4", "12", "31", "70", "140"),
}
"""What people knew before they asked, and how often; now and then something is missing."""


def log(life: Life) -> None:
    """Two of the people who are named on the sign-in page ask the same person: one has, one is about to."""
    year, wanted = life.world.year, ASKS.get(life.member.email)
    if wanted is None:
        return
    days, stage, ask, step, ahead = wanted
    given = {"contact": SHARED[0], "organisation": SHARED[1], "ask": ask}
    story = life.desk.log(OpportunityKind.REFERRAL, life.sitting(year.ago(days)), stage, **given)
    story.next_step, story.next_on = step, year.today + timedelta(days=ahead)
    story.changes[-1] |= {"next_step": story.next_step, "next_on": story.next_on}


def arrange(members: Sequence[Member], known: dict[str, Member], year: Year, rows: Rows) -> None:
    """All of it, once everybody's year is written."""
    ana, charlie, ben, otto = (known[name] for name in ("practitioner", "practitioner2", "coach", "leader2"))
    hers = _contact(ana, SHARED, year, days=20)
    his = _contact(charlie, SHARED, year, days=33)
    _link(ana, hers)
    _link(charlie, his)
    _talk(otto, _contact(otto, SHARED, year, days=60), charlie, his, year, rows, days=1)
    talked = _contact(ben, TALKED, year, days=45), _contact(ana, TALKED, year, days=15)
    _talk(ben, talked[0], ana, talked[1], year, rows, days=24, is_agreed=True)
    _checks(members, year, rows)
    rows.finish()


def _contact(owner: Member, who: tuple[str, str, str], year: Year, *, days: int) -> int:
    """Somebody whom this person has known for a while, and met so many days ago."""
    name, organisation, mail = who
    by, met = of(db.session.get_one(Person, owner.id)), year.ago(days, hour=16)
    channels = [(ChannelKind.MAIL, mail)]
    contact = network.add(name=name, organisation=organisation, channels=channels, by=by, now=year.ago(200))
    network.touch(
        contact,
        kind=TouchKind.MEETING,
        happened_on=met.date(),
        note="Coffee",
        key=f"demo-{contact.id}",
        by=by,
        now=met,
    )
    return contact.id


def _link(owner: Member, contact_id: int) -> None:
    """What was logged with the name alone is asked of this person."""
    of_them = update(Opportunity).where(Opportunity.owner_id == owner.id, Opportunity.contact == SHARED[0])
    db.session.execute(of_them.values(contact_id=contact_id))


def _talk(
    asker: Member,
    asker_contact: int,
    other: Member,
    other_contact: int,
    year: Year,
    rows: Rows,
    *,
    days: int,
    is_agreed: bool = False,
) -> None:
    rows.add(
        Talk,
        id=rows.number(Talk),
        asker_id=asker.id,
        asker_contact_id=asker_contact,
        other_id=other.id,
        other_contact_id=other_contact,
        state=TalkState.ACCEPTED if is_agreed else TalkState.OFFERED,
        offered_at=year.ago(days),
        expires_on=year.today + timedelta(days=14 - days),
        answered_at=year.ago(days - 1) if is_agreed else None,
        asker_line="You know her better. Shall I wait until you have seen her?" if is_agreed else "",
        other_line="Please do; I see her on the 12th and will mention you." if is_agreed else "",
        asker_done_at=year.ago(days - 2) if is_agreed else None,
        other_done_at=year.ago(days - 2) if is_agreed else None,
        version=1,
    )


def _checks(members: Sequence[Member], year: Year, rows: Rows) -> None:
    """Everybody named on the sign-in page checked each ask; of the others some did."""
    version = queries.rules_or_none()
    if version is None:
        return
    subjects, areas = rules.read(version.subjects), {member.id: [member.area] for member in members}
    named = {member.id for member in members if member.email.endswith("@demo.example")}
    asked = db.session.execute(
        select(Opportunity)
        .where(Opportunity.asked_on >= year.today - timedelta(days=120))
        .order_by(Opportunity.id)
        .limit(MOST_CHECKS * 4)
    ).scalars()
    for ask in asked:
        rng = random.Random(f"check/{ask.id}")
        if ask.owner_id not in named and rng.random() > 0.25:
            continue
        wanted = rules.for_ask(subjects, ask.kind, areas.get(ask.owner_id, []))
        _check(ask, wanted, version.number, rng, rows)


def _check(ask: Opportunity, wanted: list[Rule], number: int, rng: random.Random, rows: Rows) -> None:
    facts = {
        rule.needs: rng.choice(KNOWN[rule.needs])
        for rule in wanted
        if rule.needs in KNOWN and (rng.random() < 0.93 or not rule.ask)
    }
    rows.add(
        ReadinessCheck,
        id=rows.number(ReadinessCheck),
        person_id=ask.owner_id,
        opportunity_id=ask.id,
        contact_id=ask.contact_id,
        client_id=ask.client_id,
        service_id=ask.service_id,
        kind=ask.kind,
        facts=facts,
        answered=sorted({rule.needs for rule in wanted if rule.ask} & facts.keys()),
        lights=lights.stored(lights.shine(wanted, facts)),
        rules_number=number,
        at=ask.created_at,
    )
