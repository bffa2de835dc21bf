"""Modules that people of the firm went through, step by step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.contributions import queries as contributions
from portal.demo import contributing, words
from portal.demo.course import Course, Task, Unit
from portal.demo.network import Circle
from portal.demo.people import Member
from portal.demo.pipeline import Desk
from portal.demo.practice import Box
from portal.demo.rows import Rows
from portal.demo.seasons import Sitting
from portal.demo.sheets import Folder
from portal.demo.totals import Totals
from portal.learning.grading import mark, right_place
from portal.learning.models import CheckAttempt, Completion, FieldReport, ModuleProgress, StepKind, StepProgress
from portal.network import queries as network
from portal.pipeline.models import OpportunityKind
from portal.pipeline.stages import Stage


@dataclass(frozen=True)
class Hands:
    """What a module's steps lead to: asks, cards, worksheets."""

    desk: Desk
    box: Box
    folder: Folder
    circle: Circle


class Learner:
    """One person on the way through the programme."""

    def __init__(self, member: Member, course: Course, rows: Rows, totals: Totals, hands: Hands):
        self.member, self.course, self.rows, self.totals, self.hands = member, course, rows, totals, hands
        self._left: list[tuple[Unit, Task]] = [
            (unit, task) for unit, most in _order(member, course) for task in unit.tasks[:most]
        ]
        self._all = len(self._left)
        self._done: dict[str, list[tuple[Task, datetime]]] = {}

    def study(self, sitting: Sitting, most: int) -> None:
        """Do at most so many steps; stop at one that needs another day."""
        for _step in range(most):
            if not self._left:
                return
            unit, task = self._left[0]
            if not self._do(task, sitting):
                return
            self._left.pop(0)
            self._finish(unit, task, sitting.later(5))

    def behind(self, share: float) -> int:
        """How many steps are missing to have done this share of them all."""
        return max(0, round(self._all * share) - (self._all - len(self._left)))

    def _do(self, task: Task, sitting: Sitting) -> bool:
        """Whether the step got done."""
        match task.kind:
            case StepKind.LESSON:
                sitting.later(self.member.rng.randrange(100, 300))
                return True
            case StepKind.CHECK:
                return self._take_check(task, sitting)
            case StepKind.DRILLS:
                self.hands.box.begin(task.facts["deck"], sitting)
                self.hands.box.practise(sitting)
                return self.hands.box.finished(task.facts["deck"])
            case StepKind.WORKSHEET:
                return self._fill(task.facts["worksheet"], sitting)
        return self._in_the_field(task, sitting)

    def _take_check(self, task: Task, sitting: Sitting) -> bool:
        rng = self.member.rng
        at, sure = sitting.later(rng.randrange(150, 500)), rng.uniform(0.7, 1.0)
        answers = {}
        for question in task.facts["questions"]:
            right, offered = right_place(question), len(question["answers"])
            answers[question["key"]] = right if rng.random() < sure else (right + 1) % offered
        marks = mark(task.facts, answers)
        self.rows.add(
            CheckAttempt,
            person_id=self.member.id,
            step_id=task.id,
            number=task.number,
            answers=answers,
            right_count=marks.right,
            questions=marks.questions,
            passed=marks.passed,
            at=at,
        )
        self.totals.active(self.member, at.date())
        return marks.passed

    def _fill(self, key: str, sitting: Sitting) -> bool:
        filled = self.hands.folder.fill(key, sitting, to_the_end=self.member.rng.random() < 0.6)
        if filled is None:
            return False
        self.log_rows(key, filled, sitting)
        return True

    def log_rows(self, key: str, filled: dict[str, Any], sitting: Sitting) -> None:
        """Follow up the rows of a finished worksheet that can become something."""
        for field in self.course.sheets[key].fields:
            if field.becomes in set(OpportunityKind) and self.member.rng.random() < 0.8:
                self.hands.desk.log_rows(OpportunityKind(field.becomes), filled, field.key, sitting)

    def _in_the_field(self, task: Task, sitting: Sitting) -> bool:
        logged_as, rng = task.facts["logged_as"], self.member.rng
        if rng.random() < 0.3:
            return False
        if logged_as == network.TOUCHED:
            self.hands.circle.reach_out(sitting)
            return True
        if logged_as in set(OpportunityKind):
            if not self.hands.desk.asked(OpportunityKind(logged_as)):
                self.hands.desk.log(OpportunityKind(logged_as), sitting, Stage.ASKED)
            return True
        at = sitting.later(rng.randrange(60, 240))
        if logged_as == contributions.LOGGED_AS:
            contributing.hand_in(self.member, at, self.rows)
            return True
        self.rows.add(
            FieldReport,
            person_id=self.member.id,
            step_id=task.id,
            done_on=at.date(),
            text=rng.choice(words.REPORTS),
            at=at,
        )
        return True

    def _finish(self, unit: Unit, task: Task, at: datetime) -> None:
        done = self._done.setdefault(unit.key, [])
        done.append((task, at))
        self.rows.add(Completion, person_id=self.member.id, step_id=task.id, number=task.number, at=at)
        self.rows.add(StepProgress, person_id=self.member.id, step_id=task.id, module_id=unit.id, done_at=at)
        self.totals.happened("steps", self.member, at.date(), discipline=unit.key)
        self.totals.active(self.member, at.date())
        if len(done) == len(unit.tasks):
            self.totals.happened("modules", self.member, at.date(), discipline=unit.key)

    def write(self) -> None:
        """Hand over where the person stands."""
        for key, done in self._done.items():
            unit = self.course.units[key]
            is_done = len(done) == len(unit.tasks)
            self.totals.stands("module-done" if is_done else "module-under-way", self.member, of=key)
            self.rows.add(
                ModuleProgress,
                person_id=self.member.id,
                module_id=unit.id,
                steps_done=len(done),
                next_step_id=None if is_done else unit.tasks[len(done)].id,
                started_at=done[0][1],
                last_at=done[-1][1],
                done_at=done[-1][1] if is_done else None,
            )


def _order(member: Member, course: Course) -> list[tuple[Unit, int]]:
    """The modules in the order in which somebody takes them, with how many of their steps at most."""
    if member.plan:
        return [(course.units[key], most) for key, most in member.plan if key in course.units]
    units, rng = list(course.units.values()), member.rng
    long = [unit for unit in units if len(unit.tasks) > 2]
    short = [unit for unit in units if len(unit.tasks) <= 2]
    if rng.random() < 0.35:
        rng.shuffle(long)
    rng.shuffle(short)
    for unit in short:
        long.insert(rng.randrange(len(long) + 1), unit)
    return [(unit, len(unit.tasks)) for unit in long]
