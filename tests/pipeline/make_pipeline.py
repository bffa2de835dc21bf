"""Opportunities for tests."""

from portal.accounts.viewer import of
from portal.clients.models import Client, Service
from portal.network import services as network
from portal.network.models import Contact
from portal.pipeline import handing_over, leads, rates, services
from portal.pipeline.models import Answer, HandOver, Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from tests.make import NOON, TODAY, saved

WORDS = {"contact": "Dana Reed", "organisation": "Larch Logistics", "ask": "A controller who has just started"}
SENT = {**WORDS, "kind": "referral", "value": "12,500", "next_step": "Ring her", "next_on": "2026-03-09"}
CRITERIA = [
    {"key": key, "title": f"It is {key}", "evidence": "You can say how you know."}
    for key in ("wanted", "ours", "timely")
]


def opportunity(person, *, kind=OpportunityKind.REFERRAL, now=NOON, is_asked=False, **given) -> Opportunity:
    """Something that somebody logged."""
    facts = {**WORDS, "service": "" if kind == OpportunityKind.REFERRAL else "Commercial property"}
    facts |= {"value": 1_250_000, "next_step": "", "next_on": None}
    return services.log(kind=kind, is_asked=is_asked, by=of(person), now=now, **facts | given)


def move(row: Opportunity, person, stage: Stage, *, now=NOON, **given) -> int:
    """What happened to it; the id of the change."""
    facts = {"note": "", "value": row.value, "next_step": row.next_step, "next_on": row.next_on} | given
    return services.move(row, stage=stage, version=row.version, by=of(person), now=now, **facts).id


def contact(person, name="Dana Reed", organisation="Larch Logistics") -> Contact:
    """Somebody whom a person knows."""
    return network.add(name=name, organisation=organisation, by=of(person), now=NOON)


def client(practice, name="Brennan Foods") -> Client:
    """An organisation that the firm works for."""
    known = {"match_name": name.lower(), "added_on": NOON.date(), "created_at": NOON, "changed_at": NOON}
    return saved(Client(name=name, practice_id=practice.id, **known))


def service(_practice, name="Commercial property", **given) -> Service:
    """Something the firm does."""
    return saved(Service(key=name.lower().replace(" ", "-"), name=name, practice_key="law", **given))


def rate(person, currency="USD", of_firms="0.9", on=TODAY) -> None:
    """What a currency is in the firm's."""
    rates.add(currency=currency, rate=of_firms, from_on=on, by=of(person), now=NOON)


def definition(*criteria) -> None:
    """What the firm calls a good lead."""
    leads.load(key="good-lead", title="A good lead", criteria=list(criteria) or CRITERIA, text="Agreed.", now=NOON)


def held(row: Opportunity, person, **answers) -> None:
    """What was found; yes where nothing is said."""
    found = {each["key"]: (Answer.YES, "") for each in CRITERIA} | answers
    leads.hold(row, found, number=1, version=row.version, by=of(person), now=NOON)


def handed_over(row: Opportunity, person, to=None, *, now=NOON, **given) -> HandOver:
    """An opportunity offered to somebody; to the sales desk without one."""
    facts = {"note": "She is glad to be called.", "with_contact": False, "with_notes": False} | given
    return handing_over.offer(
        row,
        to_id=to.id if to else None,
        to_sales=to is None,
        version=row.version,
        by=of(person),
        now=now,
        **facts,
    )
