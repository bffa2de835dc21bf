"""Opportunities for tests."""

from portal.accounts.viewer import of
from portal.pipeline import services
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from tests.make import NOON

WORDS = {"contact": "Dana Reed", "organisation": "Larch Logistics", "ask": "A controller who has just started"}
SENT = {**WORDS, "kind": "referral", "value": "12,500", "next_step": "Ring her", "next_on": "2026-03-09"}


def opportunity(person, *, kind=OpportunityKind.REFERRAL, now=NOON, is_asked=False, **given) -> Opportunity:
    """Something that somebody logged."""
    facts = {**WORDS, "service": "" if kind == OpportunityKind.REFERRAL else "Commercial property"}
    facts |= {"value": 1_250_000, "next_step": "", "next_on": None}
    return services.log(kind=kind, is_asked=is_asked, by=of(person), now=now, **facts | given)


def move(row: Opportunity, person, stage: Stage, *, now=NOON, **given) -> None:
    """What happened to it."""
    facts = {"note": "", "value": row.value, "next_step": row.next_step, "next_on": row.next_on} | given
    services.move(row, stage=stage, version=row.version, by=of(person), now=now, **facts)
