"""Contacts, clients and rules of asking for tests."""

from datetime import date, timedelta

from portal.accounts.viewer import of
from portal.asking import loading
from portal.clients.models import Client, ClientFlag, FlagKind, Service
from portal.network import services as network
from portal.network.models import ChannelKind, Contact, TouchKind
from portal.pipeline.models import Opportunity
from tests.make import NOON, TODAY, practice, saved
from tests.pipeline import make_pipeline

LONG_AGO = NOON - timedelta(days=100)
MAIL = "dana.reed@example.com"


def rule(key, *, light="may", needs="", unknown="", answers=(), **given):
    """One rule as content writes it."""
    shown = answers or [
        {"value": "no", "say": "No", "light": "green", "reason": f"{key}: no."},
        {"value": "yes", "say": "Yes", "light": "red", "reason": f"{key}: yes."},
    ]
    asked = {"ask": f"Is it {key}?"} if any("say" in one for one in shown) else {}
    return {
        "key": key,
        "light": light,
        "needs": needs or key,
        "unknown": unknown or f"{key}: nobody knows.",
        "answers": list(shown),
        **asked,
        **given,
    }


def looked_up(key, **colours):
    """A rule about what rows tell: a colour for each value."""
    answers = [
        {"value": value.replace("_", "-"), "light": colour, "reason": f"{key} is {value}."}
        for value, colour in colours.items()
    ]
    return {"needs": key, "answers": answers}


RULES = [
    rule("fee", kinds=["referral"], whom="Risk"),
    rule("do-not-approach", **looked_up("flag-do-not-approach", yes="red", no="green")),
    rule("certified", light="can", **looked_up("certification", current="green", stale="amber", none="red")),
    rule("prepared", light="know", **looked_up("worksheet", finished="green", begun="amber")),
    rule(
        "touch",
        light="warm",
        needs="last-contact",
        answers=[
            {"value": "recent", "up_to": 90, "light": "green", "reason": "Not long ago."},
            {"value": "long", "light": "red", "reason": "Long ago."},
        ],
    ),
]


def rules(given=None, *, now=NOON, **days):
    """Rules of asking as content loads them."""
    file = {"key": "asking", "title": "Asking", "text": "Look first.", "rules": given or RULES, **days}
    return loading.load([file], now=now)


def contact(person, name="Dana Reed", *, mail=MAIL, now=LONG_AGO, **given) -> Contact:
    """Somebody whom a person has kept for a while."""
    channels = [(ChannelKind.MAIL, mail)] if mail else []
    return network.add(name=name, channels=channels, by=of(person), now=now, **given)


def touch(row: Contact, person, *, days=10, kind=TouchKind.MEETING):
    """They met some days ago."""
    day = TODAY - timedelta(days=days)
    return network.touch(row, kind=kind, happened_on=day, note="", key=f"t{days}{kind}", by=of(person), now=NOON)


def client(name="Larch Logistics", *, steward=None) -> Client:
    """A client of the firm."""
    return saved(
        Client(
            name=name,
            match_name=name.lower(),
            practice=practice(),
            steward=steward,
            added_on=LONG_AGO.date(),
            created_at=LONG_AGO,
            changed_at=LONG_AGO,
        )
    )


def flag(row: Client, person, kind=FlagKind.DO_NOT_APPROACH, *, until_on: date | None = None, **given) -> ClientFlag:
    """A flag on a client, since a while."""
    facts = {"reason": "They asked.", "from_on": TODAY - timedelta(days=30), "ended_at": None} | given
    return saved(ClientFlag(client_id=row.id, kind=kind, until_on=until_on, by_id=person.id, at=LONG_AGO, **facts))


def service(name="Payroll review", *, owner=None) -> Service:
    """Something of the catalogue."""
    return saved(Service(key=name.lower().replace(" ", "-"), name=name, owner=owner))


def opportunity(person, row: Contact | None = None, *, days: int | None = None, **given) -> Opportunity:
    """An ask that is planned, or was made so many days ago."""
    found = make_pipeline.opportunity(person, is_asked=days is not None, contact=row.name if row else "Somebody")
    if days is not None:
        found.asked_on = TODAY - timedelta(days=days)
    found.contact_id = row.id if row else None
    for name, value in given.items():
        setattr(found, name, value)
    return saved(found)
