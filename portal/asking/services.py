"""Keeping what was checked before an ask."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from portal.accounts.viewer import Viewer
from portal.asking import lights
from portal.asking.facts import Subject
from portal.asking.models import AskRuleVersion, ReadinessCheck
from portal.counters.services import active
from portal.db import db
from portal.errors import Refused


def keep(
    subject: Subject,
    *,
    facts: Mapping[str, str],
    answers: Mapping[str, str],
    shown: Sequence[lights.Light],
    rules: AskRuleVersion | None,
    opportunity_id: int | None,
    by: Viewer,
    now: datetime,
) -> ReadinessCheck:
    """Keep the four lights as they show now, with the facts and the version of the rules."""
    if rules is None:
        raise Refused("There are no rules to check by yet. An admin can load them with the content.")
    row = ReadinessCheck(
        person_id=by.id,
        opportunity_id=opportunity_id,
        contact_id=subject.contact.id if subject.contact else None,
        client_id=subject.client.id if subject.client else None,
        service_id=subject.service.id if subject.service else None,
        kind=subject.kind,
        facts=dict(facts),
        answered=sorted(answers),
        lights=lights.stored(shown),
        rules_number=rules.number,
        at=now,
    )
    db.session.add(row)
    db.session.flush()  # the page that follows needs the id
    active(by, by.today(now))
    return row
