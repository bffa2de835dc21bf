"""How the levels of the stages change when an opportunity does, so that their sums equal the rows at any time."""

from dataclasses import dataclass

from portal.pipeline.stages import Stage


@dataclass(frozen=True)
class Place:
    """Where an opportunity stands, and with how much."""

    stage: Stage
    amount: int


@dataclass(frozen=True)
class Step:
    """By how much one stage's level rises or falls."""

    stage: Stage
    n: int
    amount: int


def steps(before: Place | None, after: Place) -> list[Step]:
    """What changes when an opportunity goes from one place to another; from none when it is new."""
    if before is None:
        return [Step(after.stage, 1, after.amount)]
    if before.stage == after.stage:
        return [Step(after.stage, 0, after.amount - before.amount)] if before.amount != after.amount else []
    return [Step(before.stage, -1, -before.amount), Step(after.stage, 1, after.amount)]
