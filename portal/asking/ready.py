"""One ask, looked at from all sides: the rules for it, the facts, the lights, and whether a colleague asked too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.viewer import Viewer
from portal.asking import collisions, facts, lights, queries, rules, steps, talks
from portal.asking.facts import Subject
from portal.asking.lights import Light
from portal.asking.models import AskRuleVersion, CollisionLook, ReadinessCheck, Talk
from portal.asking.rules import Rule

ANSWERS_HOLD = timedelta(days=30)
"""How long what somebody answered is offered again."""


@dataclass(frozen=True)
class Checked:
    """An ask with its lights."""

    subject: Subject
    version: AskRuleVersion | None
    facts: Mapping[str, str]
    answers: Mapping[str, str]
    """Those of the facts that the person said."""
    lights: Sequence[Light]
    questions: Sequence[Rule]
    place: steps.Place

    @property
    def sentence(self) -> str:
        """All four in one sentence."""
        return lights.sentence(self.lights)

    def step(self, light: Light) -> steps.Step | None:
        """What to do next about one light."""
        return steps.first(light, self.place, {rule.needs for rule in self.questions})


def check(subject: Subject, sent: Mapping[str, Any], *, subject_url: str, by: Viewer, now: datetime) -> Checked:
    """What can be said of an ask by what rows tell and the person answers."""
    version = queries.rules_or_none()
    subjects = rules.read(version.subjects) if version else ()
    wanted = rules.for_ask(subjects, subject.kind, facts.practices(by))
    known = facts.known(subject, by=by, now=now)
    answers = rules.answered(wanted, sent, known)
    together = answers | known
    steward = subject.client.steward if subject.client else None
    return Checked(
        subject=subject,
        version=version,
        facts=together,
        answers=answers,
        lights=lights.shine(wanted, together),
        questions=rules.questions(wanted, together, known),
        place=steps.Place(
            subject_url,
            subject.sheet,
            subject.contact.id if subject.contact else None,
            subject.client.id if subject.client else None,
            subject.service is not None,
            steward.name if steward and steward.is_active else "",
            steward.email if steward and steward.is_active and steward.id != by.id else "",
        ),
    )


def remembered(kept: Sequence[ReadinessCheck], now: datetime) -> dict[str, str]:
    """What the person answered when they kept a check last, unless that was long ago."""
    last = kept[0] if kept else None
    if last is None or last.at < now - ANSWERS_HOLD:
        return {}
    return {name: last.facts[name] for name in last.answered if name in last.facts}


@dataclass(frozen=True)
class Colleagues:
    """What there is to say about colleagues and one contact."""

    contact_id: int
    contact: str
    look: CollisionLook | None
    said: str
    why_not: str
    is_known: bool
    """Whether there is an address or a number to look by."""
    offer: queries.Offer | None
    is_open: bool
    """Whether the offer can still be taken up."""
    agreed: Sequence[Talk]


def colleagues(subject: Subject, *, by: Viewer, now: datetime) -> Colleagues | None:
    """Whether a colleague asked the same person, as far as one looked; None where no contact is chosen."""
    contact = subject.contact
    if contact is None:
        return None
    keys = queries.keys_of(contact)
    look = talks.seen(contact, keys, by=by, now=now)
    offer = next(iter(queries.offers(by, contact)), None)
    return Colleagues(
        contact_id=contact.id,
        contact=contact.name,
        look=look,
        said=collisions.sentence(look.found) if look else "",
        why_not="" if look else talks.why_not(contact, keys, by=by, now=now),
        is_known=bool(keys),
        offer=offer,
        is_open=offer is not None and offer.expires_on >= by.today(now),
        agreed=queries.agreed(by, contact),
    )
