"""Whether something is a good lead: held, criterion by criterion, against what the firm agreed a good lead is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.viewer import Viewer
from portal.counters import services as counters
from portal.db import db
from portal.errors import Refused
from portal.markup import fingerprint, rendered
from portal.pipeline.following import CHANGED, settle, write
from portal.pipeline.models import Answer, LeadAnswer, LeadDefinition, Opportunity

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Criterion:
    """One criterion, and what was found."""

    key: str
    title: str
    evidence: str
    answer: Answer
    note: str


@dataclass(frozen=True)
class Checklist:
    """A definition with what was found about one opportunity."""

    definition: LeadDefinition
    newest: int
    criteria: Sequence[Criterion]
    is_begun: bool

    @property
    def said(self) -> str:
        """In words: '4 of 6, two unknown'."""
        if not self.is_begun:
            return "Not looked at yet"
        met = sum(each.answer == Answer.YES for each in self.criteria)
        unknown = sum(each.answer == Answer.UNKNOWN for each in self.criteria)
        return f"{met} of {len(self.criteria)}" + (f", {_NUMBERS[unknown]} unknown" if unknown else "")

    @property
    def is_complete(self) -> bool:
        """Whether every criterion was looked at: answered, or a note says what isn't known."""
        return all(each.answer != Answer.UNKNOWN or each.note for each in self.criteria)


def load(*, key: str, title: str, criteria: list[dict[str, Any]], text: str, now: datetime) -> list[str]:
    """Take the definition over from its content file; what differs becomes a new version."""
    newest = _newest()
    mark = fingerprint(title, criteria, text)
    if newest and newest.fingerprint == mark:
        return []
    number = newest.number + 1 if newest else 1
    db.session.add(
        LeadDefinition(number=number, title=title, html=rendered(text), criteria=criteria, fingerprint=mark, at=now)
    )
    db.session.flush()
    return [f"lead definition {key}: {'new' if number == 1 else f'version {number}'}"]


def _newest() -> LeadDefinition | None:
    return db.session.scalar(select(LeadDefinition).order_by(LeadDefinition.number.desc()).limit(1))


def checklist(opportunity: Opportunity, *, by_the_newest: bool = False) -> Checklist | None:
    """The definition that an opportunity was held against, else the newest; None while the firm has none."""
    newest = _newest()
    if newest is None:
        return None
    number = newest.number if by_the_newest else opportunity.lead_number or newest.number
    definition = newest if number == newest.number else db.session.get_one(LeadDefinition, number)
    found = {
        row.key: row
        for row in db.session.scalars(select(LeadAnswer).where(LeadAnswer.opportunity_id == opportunity.id))
    }
    criteria = [_criterion(each, found.get(each["key"])) for each in definition.criteria]
    return Checklist(definition, newest.number, criteria, opportunity.lead_number is not None)


def _criterion(given: Mapping[str, str], row: LeadAnswer | None) -> Criterion:
    answer, note = (row.answer, row.note) if row else (Answer.UNKNOWN, "")
    return Criterion(given["key"], given["title"], given["evidence"], answer, note)


def missing(opportunity: Opportunity) -> str:
    """What still has to be looked at before it can be handed over, in words; nothing when all is there."""
    found = checklist(opportunity)
    if found is None or (found.is_begun and found.is_complete):
        return ""
    if not found.is_begun:
        return f"{len(found.criteria)} short questions"
    open_ones = [each.title for each in found.criteria if each.answer == Answer.UNKNOWN and not each.note]
    return "say for “" + "”, “".join(open_ones) + "” yes, no, or what you don't know"


def hold(
    opportunity: Opportunity,
    answers: Mapping[str, tuple[Answer, str]],
    *,
    number: int,
    version: int,
    by: Viewer,
    now: datetime,
) -> None:
    """Hold an opportunity against a version of the definition."""
    if version != opportunity.version:
        raise Refused(CHANGED)
    definition = db.session.get(LeadDefinition, number)
    if definition is None:
        raise Refused("There is a newer definition. Open the page again.")
    known = {
        row.key: row
        for row in db.session.scalars(select(LeadAnswer).where(LeadAnswer.opportunity_id == opportunity.id))
    }
    for criterion in definition.criteria:
        key = criterion["key"]
        answer, note = answers.get(key, (Answer.UNKNOWN, ""))
        row = known.get(key) or LeadAnswer(opportunity_id=opportunity.id, key=key)
        if (row.answer, row.note) != (answer, note):
            row.answer, row.note, row.by_id, row.at = answer, note, by.id, now
            db.session.add(row)
    opportunity.lead_number = number
    settle(opportunity, by, now)
    write(opportunity)
    counters.active(by, by.today(now))
