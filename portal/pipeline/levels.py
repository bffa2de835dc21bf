"""How the levels of the stages change when an opportunity does, so that their sums equal the rows at any time."""

from dataclasses import dataclass

from portal.pipeline.stages import Stage


@dataclass(frozen=True)
class Place:
    """Where an opportunity stands, with how much, and in whose figures."""

    stage: Stage
    amount: int
    practice_id: int = 0


@dataclass(frozen=True)
class Step:
    """By how much one stage's level rises or falls in a practice."""

    stage: Stage
    n: int
    amount: int
    practice_id: int = 0


def steps(before: Place | None, after: Place) -> list[Step]:
    """What changes when an opportunity goes from one place to another; from none when it is new."""
    if before is None:
        return [Step(after.stage, 1, after.amount, after.practice_id)]
    if (before.stage, before.practice_id) == (after.stage, after.practice_id):
        more = after.amount - before.amount
        return [Step(after.stage, 0, more, after.practice_id)] if more else []
    both = [
        Step(before.stage, -1, -before.amount, before.practice_id),
        Step(after.stage, 1, after.amount, after.practice_id),
    ]
    # In one order, so that two who move at once in opposite ways wait for each other instead of stopping each other.
    return sorted(both, key=lambda step: (step.practice_id, step.stage))
