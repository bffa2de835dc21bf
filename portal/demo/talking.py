"""Conversations: those that people play, and lines that they said to somebody in real life."""

import random
from datetime import UTC, timedelta

from portal.demo.people import Level, Member
from portal.demo.practice import Box
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting
from portal.drills import conversation
from portal.drills.models import Asked, FieldEvent, ScenarioChoice, ScenarioRun, Went

PLAYS = {Level.KEEN: 0.09, Level.STEADY: 0.05, Level.OCCASIONAL: 0.03, Level.ABSENT: 0.0}
TELLS = {Level.KEEN: 0.45, Level.STEADY: 0.3, Level.OCCASIONAL: 0.15, Level.ABSENT: 0.0}
"""How likely somebody does so when they sit down."""
SHOWN = 0.5
"""The same for whoever is shown to visitors."""
CHOSEN = {"strong": 5, "fair": 3, "weak": 2}
WENT = {Went.LANDED: (5, 3), Went.SO_SO: (3, 2), Went.FUMBLED: (2, 1)}
"""How a report goes, with the rating that it counts as."""
LANDS_WELL, LANDS_BADLY = {"succession", "one-answer"}, {"audit-and-advice", "ten-years"}
NOTES = (
    "She asked who would be the one partner.",
    "He laughed and said that his bank does the same.",
    "Wanted to know what it costs.",
    "Said that they had just changed accountants.",
    "",
    "",
    "",
)
LONGEST = 30


class Talker:
    """What one person says to others. Chances of its own, so that the rest of the year goes as it would."""

    def __init__(self, member: Member, box: Box, rows: Rows):
        self.member, self.box, self.rows = member, box, rows
        self.rng = random.Random(f"{member.id} talks")
        self._numbers = 0

    def talk(self, sitting: Sitting) -> None:
        """Perhaps play a conversation; perhaps log that a line was said."""
        scenes, tells = self.box.course.scenes, TELLS[self.member.level]
        if scenes and self.rng.random() < PLAYS[self.member.level]:
            self._play(sitting)
        if self.rng.random() < (SHOWN if self.member.plan else tells):
            self._tell(sitting)

    def _play(self, sitting: Sitting) -> None:
        scene, run_id = self.rng.choice(self.box.course.scenes), self.rows.number(ScenarioRun)
        begun = sitting.later(30).astimezone(UTC)
        about = {"person_id": self.member.id, "scenario_id": scene.id, "number": scene.number}
        self.rows.add(ScenarioRun, id=run_id, begun_at=begun, key=f"demo-run-{run_id}", **about)
        made: list[int] = []
        while len(made) < LONGEST:
            here = conversation.standing(scene.content, made)
            if here.is_over:
                break
            offered = here.node["choices"]
            choice = self.rng.choices(range(len(offered)), [CHOSEN[each["quality"]] for each in offered])[0]
            leads_to = offered[choice]["then"]
            said = {"node": here.node["key"], "choice": choice, "leads_to": leads_to}
            ending = scene.content["nodes"][leads_to].get("ending", "")
            at = sitting.later(self.rng.randrange(10, 40)).astimezone(UTC)
            self.rows.add(ScenarioChoice, run_id=run_id, place=len(made), ending=ending, at=at, **said)
            made.append(choice)
        self.box.totals.active(self.member, sitting.day)

    def _tell(self, sitting: Sitting) -> None:
        at = sitting.later(60).astimezone(UTC)
        lines = self.box.lines(at)
        if not lines or lines[0].slip.pitch_id is None:
            return
        held = self.rng.choice(lines)
        went = self._went(held.slip.key)
        self._numbers += 1
        key = f"demo-{self.member.id}-{self._numbers}"
        review_id = self.box.review(held, WENT[went][1], at, sitting, f"field-{key}")
        self.rows.add(
            FieldEvent,
            person_id=self.member.id,
            pitch_id=held.slip.pitch_id,
            number=held.version,
            claim_key=held.slip.key,
            card_id=held.slip.id,
            review_id=review_id,
            asked=self.rng.choice(list(Asked)),
            went=went,
            note=self.rng.choice(NOTES),
            at=at,
            received_at=at + timedelta(seconds=1),
            key=key,
        )

    def _went(self, line: str) -> Went:
        landed = 9 if line in LANDS_WELL else 2 if line in LANDS_BADLY else WENT[Went.LANDED][0]
        return self.rng.choices(list(WENT), [landed, WENT[Went.SO_SO][0], WENT[Went.FUMBLED][0]])[0]
