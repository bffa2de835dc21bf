"""Referrals and cross-sells of the people of the firm, and what came of them."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.demo import words
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting
from portal.demo.totals import Totals
from portal.pipeline.models import Opportunity, OpportunityKind, StageChange
from portal.pipeline.stages import CLOSED, Stage, leaves_planning

WAYS: dict[Stage, tuple[tuple[Stage, ...], tuple[float, ...]]] = {
    Stage.PLANNED: ((Stage.ASKED, Stage.LOST), (14, 1)),
    Stage.ASKED: ((Stage.INTRODUCED, Stage.IN_CONVERSATION, Stage.DECLINED, Stage.LOST), (10, 3, 3, 1)),
    Stage.INTRODUCED: ((Stage.IN_CONVERSATION, Stage.LOST, Stage.DECLINED), (9, 1, 1)),
    Stage.IN_CONVERSATION: ((Stage.PROPOSAL, Stage.LOST), (8, 1)),
    Stage.PROPOSAL: ((Stage.WON, Stage.LOST), (7, 3)),
}
"""Where an opportunity goes from a stage, and how likely."""
CURRENT = 0.3
"""How likely an open opportunity goes a step further when its owner sits down."""


@dataclass(slots=True)
class Story:
    """One opportunity while the year goes by."""

    kind: OpportunityKind
    contact: str
    organisation: str
    service: str
    ask: str
    filled_id: int | None
    row: str | None
    stage: Stage = Stage.PLANNED
    value: int | None = None
    next_step: str = ""
    next_on: date | None = None
    asked_on: date | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)


class Desk:
    """The pipeline of one person."""

    def __init__(self, member: Member, currency: str, rows: Rows, totals: Totals):
        self.member, self.currency, self.rows, self.totals = member, currency, rows, totals
        self.stories: list[Story] = []

    def log(self, kind: OpportunityKind, sitting: Sitting, stage: Stage = Stage.PLANNED, **given: Any) -> Story:
        """Log an opportunity; what is not given is invented."""
        rng, is_referral = self.member.rng, kind == OpportunityKind.REFERRAL
        facts = words.facts(rng, self.member.area)
        invented = {
            "contact": facts["contact"] if is_referral or rng.random() < 0.6 else "",
            "organisation": facts["organisation"],
            "service": "" if is_referral else facts["service"],
            "ask": facts["ask"] if is_referral else facts["need"],
            "filled_id": None,
            "row": None,
        }
        story = Story(kind, **invented | given)
        self.stories.append(story)
        self._change(story, None, stage, sitting)
        return story

    def log_rows(self, kind: OpportunityKind, filled: dict[str, Any], table: str, sitting: Sitting) -> None:
        """Log the rows of a finished worksheet."""
        for row in filled["answers"].get(table, ()):
            stage = Stage.PLANNED if self.member.rng.random() < 0.4 else Stage.ASKED
            self.log(
                kind,
                sitting,
                stage,
                contact=row.get("contact", ""),
                organisation=row.get("organisation") or row.get("client", ""),
                service=row.get("service", ""),
                ask=row.get("ask") or row.get("need", ""),
                filled_id=filled["id"],
                row=row["row"],
            )

    def move_on(self, sitting: Sitting) -> None:
        """Some of what is open goes a step further."""
        for story in self.stories:
            rested = story.stage not in CLOSED and story.changes[-1]["at"].date() < sitting.day
            if rested and self.member.rng.random() < CURRENT:
                self.move(story, draw(self.member.rng, story.stage), sitting)

    def move(self, story: Story, stage: Stage, sitting: Sitting) -> None:
        """Move an opportunity to a stage."""
        self._change(story, story.stage, stage, sitting)

    def asked(self, kind: OpportunityKind) -> bool:
        """Whether an opportunity of a kind was asked for."""
        return any(story.kind == kind and story.asked_on for story in self.stories)

    def _change(self, story: Story, before: Stage | None, after: Stage, sitting: Sitting) -> None:
        rng, at = self.member.rng, sitting.later(self.member.rng.randrange(20, 120))
        if leaves_planning(before or Stage.PLANNED, after) and story.asked_on is None:
            story.asked_on = at.date()
            self.totals.happened("asks", self.member, at.date())
        if story.value is None and (after != Stage.PLANNED or rng.random() < 0.3) and rng.random() < 0.8:
            story.value = worth(rng)
        story.stage = after
        story.next_step = "" if after in CLOSED else rng.choice(words.NEXT_STEPS[after])
        story.next_on = None if after in CLOSED else at.date() + timedelta(days=rng.randrange(3, 25))
        if after == Stage.WON:
            story.value = story.value or worth(rng)
            self.totals.happened("won", self.member, at.date(), amount=story.value)
        story.changes.append(
            {
                "before": before,
                "after": after,
                "note": rng.choice(words.NOTES[after]),
                "value": story.value,
                "next_step": story.next_step,
                "next_on": story.next_on,
                "at": at,
            }
        )
        self.totals.active(self.member, at.date())

    def write(self) -> None:
        """Hand over the opportunities and their history."""
        for story in self.stories:
            self.totals.stands(story.kind, self.member, of=story.stage, amount=story.value or 0)
            number = self.rows.number(Opportunity)
            self.rows.add(
                Opportunity,
                id=number,
                kind=story.kind,
                owner_id=self.member.id,
                practice_id=self.member.practice_id,
                contact=story.contact,
                organisation=story.organisation,
                service=story.service,
                ask=story.ask,
                stage=story.stage,
                value=story.value,
                currency=self.currency,
                next_step=story.next_step,
                next_on=story.next_on,
                asked_on=story.asked_on,
                filled_id=story.filled_id,
                row=story.row,
                created_at=story.changes[0]["at"],
                changed_at=story.changes[-1]["at"],
                version=len(story.changes),
            )
            for change in story.changes:
                self.rows.add(StageChange, opportunity_id=number, by_id=self.member.id, **change)


def draw(rng: random.Random, stage: Stage) -> Stage:
    """Where an opportunity goes next."""
    stages, weights = WAYS[stage]
    return rng.choices(stages, weights=weights)[0]


def worth(rng: random.Random) -> int:
    """What a piece of work may be worth, in minor units: mostly five figures, sometimes six."""
    return round(min(rng.lognormvariate(9.8, 0.8), 400_000) / 500) * 500 * 100
