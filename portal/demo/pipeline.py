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
from portal.money import UNIT_RATE, converted, half_even
from portal.pipeline.agreement import REASONS
from portal.pipeline.models import Direction, Opportunity, OpportunityKind, StageChange, Thanks
from portal.pipeline.next_steps import stale_on
from portal.pipeline.stages import CLOSED, RESTING, STALE_DAYS, Stage, leaves_planning
from portal.pipeline.thanks import OCCASIONS

WAYS: dict[Stage, tuple[tuple[Stage, ...], tuple[float, ...]]] = {
    Stage.PLANNED: ((Stage.ASKED, Stage.LOST), (14, 1)),
    Stage.ASKED: (
        (Stage.INTRODUCED, Stage.IN_CONVERSATION, Stage.DECLINED, Stage.LOST, Stage.NURTURE),
        (20, 6, 6, 2, 1),
    ),
    Stage.INTRODUCED: ((Stage.IN_CONVERSATION, Stage.LOST, Stage.DECLINED), (9, 1, 1)),
    Stage.IN_CONVERSATION: ((Stage.PROPOSAL, Stage.LOST, Stage.NURTURE), (16, 2, 1)),
    Stage.PROPOSAL: ((Stage.WON, Stage.LOST), (7, 3)),
    Stage.NURTURE: ((Stage.IN_CONVERSATION,), (1,)),
}
"""Where an opportunity goes from a stage, and how likely."""
EUROS = {"EUR": UNIT_RATE, "GBP": 1_170_000_000, "USD": 920_000_000, "CHF": 1_050_000_000}
"""What currencies are in euros, in billionths."""
REMEMBERED = 90
"""Of thanks that were said longer ago, in days, the demo tells nothing."""
FOREIGN, BARE = 0.07, 0.12
"""How many are valued in another currency, and how many have no next step."""
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
    direction: Direction = Direction.ASKED
    currency: str = ""
    reason: str = ""
    nurture_on: date | None = None
    thanked: dict[Stage, date] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)


class Desk:
    """The pipeline of one person."""

    def __init__(self, member: Member, currency: str, rows: Rows, totals: Totals, today: date):
        self.member, self.currency, self.rows, self.totals = member, currency, rows, totals
        self.today = today
        self.stories: list[Story] = []

    def come_by(self, sitting: Sitting) -> None:
        """Something of one's own: mostly an ask, sometimes work that was sent, either way."""
        rng = self.member.rng
        if rng.random() >= 0.6:
            self.log(OpportunityKind.CROSS_SELL, sitting, Stage.PLANNED if rng.random() < 0.45 else Stage.ASKED)
            return
        direction = rng.choices(tuple(Direction), weights=(16, 3, 2))[0]
        stage = Stage.PLANNED if rng.random() < 0.45 else Stage.ASKED
        if direction != Direction.ASKED:
            stage = Stage.INTRODUCED
        self.log(OpportunityKind.REFERRAL, sitting, stage, direction=direction)

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
        story.currency = rng.choice(rated(self.currency)) if rng.random() < FOREIGN else self.currency
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
        is_ask = story.direction == Direction.ASKED and story.asked_on is None
        if is_ask and leaves_planning(before or Stage.PLANNED, after):
            story.asked_on = at.date()
            self.totals.happened("asks", self.member, at.date())
        self._estimate(story, after)
        rests = after in RESTING
        story.stage = after
        story.next_step = "" if rests or rng.random() < BARE else rng.choice(words.NEXT_STEPS[after])
        story.next_on = at.date() + timedelta(days=rng.randrange(3, 25)) if story.next_step else None
        story.nurture_on = at.date() + timedelta(days=rng.randrange(60, 200)) if after == Stage.NURTURE else None
        story.reason = rng.choice(REASONS[after]) if after in CLOSED and rng.random() < 0.85 else ""
        if after == Stage.WON and story.direction != Direction.GIVEN:
            self.totals.happened("won", self.member, at.date(), amount=story_worth(story, self.currency) or 0)
        if after in OCCASIONS and story.contact and story.direction != Direction.GIVEN:
            story.thanked.setdefault(after, at.date())
        story.changes.append(
            {
                "before": before,
                "after": after,
                "note": rng.choice(words.NOTES[after]),
                "reason": story.reason,
                "value": story.value,
                "currency": story.currency,
                "worth": story_worth(story, self.currency),
                "next_step": story.next_step,
                "next_on": story.nurture_on or story.next_on,
                "at": at,
            }
        )
        self.totals.active(self.member, at.date())

    def _estimate(self, story: Story, after: Stage) -> None:
        rng = self.member.rng
        if story.value is None and (after != Stage.PLANNED or rng.random() < 0.3) and rng.random() < 0.8:
            story.value = worth(rng)
        if after == Stage.WON:
            story.value = story.value or worth(rng)

    def write(self) -> None:
        """Hand over the opportunities and their history."""
        for story in self.stories:
            if story.direction != Direction.GIVEN:
                amount = story_worth(story, self.currency) or 0
                self.totals.stands(story.kind, self.member, of=story.stage, amount=amount)
            number = self.rows.number(Opportunity)
            self._write(story, number)
            for change in story.changes:
                self.rows.add(StageChange, opportunity_id=number, by_id=self.member.id, **change)
            for occasion, on in story.thanked.items():
                if (self.today - on).days < REMEMBERED:
                    self._thank(story, number, occasion, on)

    def _write(self, story: Story, number: int) -> None:
        changed_at = story.changes[-1]["at"]
        self.rows.add(
            Opportunity,
            id=number,
            kind=story.kind,
            direction=story.direction,
            owner_id=self.member.id,
            practice_id=self.member.practice_id,
            contact=story.contact,
            organisation=story.organisation,
            service=story.service,
            ask=story.ask,
            stage=story.stage,
            value=story.value,
            currency=story.currency,
            rate=rate_of(story.currency, self.currency),
            worth=story_worth(story, self.currency),
            reason=story.reason,
            next_step=story.next_step,
            next_on=story.next_on,
            stale_on=stale_on(story.stage, changed_at.date(), story.next_on, STALE_DAYS),
            nurture_on=story.nurture_on,
            asked_on=story.asked_on,
            filled_id=story.filled_id,
            row=story.row,
            created_at=story.changes[0]["at"],
            changed_at=changed_at,
            version=len(story.changes),
        )

    def _thank(self, story: Story, number: int, occasion: Stage, on: date) -> None:
        """Most people thank within days; of what is long ago, nothing is still due."""
        rng, today = self.member.rng, self.today
        done_on = on + timedelta(days=rng.randrange(0, 6))
        is_due = done_on > today or ((today - on).days < 21 and rng.random() < 0.5)
        self.rows.add(
            Thanks,
            opportunity_id=number,
            owner_id=self.member.id,
            contact=story.contact,
            contact_id=None,
            occasion=occasion,
            since_on=on,
            done_on=None if is_due else done_on,
            is_left=not is_due and rng.random() < 0.1,
        )


def rated(own: str) -> list[str]:
    """The currencies besides the firm's that some clients think in."""
    return [currency for currency in EUROS if currency != own]


def rate_of(currency: str, own: str) -> int:
    """What one unit is in the firm's currency, in billionths; a currency that isn't known counts as one of them."""
    return half_even(EUROS.get(currency, UNIT_RATE) * UNIT_RATE, EUROS.get(own, UNIT_RATE))


def story_worth(story: Story, own: str) -> int | None:
    """The value in the firm's currency."""
    if story.value is None:
        return None
    return converted(story.value, story.currency, own, rate_of(story.currency, own))


def draw(rng: random.Random, stage: Stage) -> Stage:
    """Where an opportunity goes next."""
    stages, weights = WAYS[stage]
    return rng.choices(stages, weights=weights)[0]


def worth(rng: random.Random) -> int:
    """What a piece of work may be worth, in minor units: mostly five figures, sometimes six."""
    return round(min(rng.lognormvariate(9.8, 0.8), 400_000) / 500) * 500 * 100
