"""The board: columns by stage with what stands in each and what it may be worth, as a sum and weighted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.money import half_even
from portal.pipeline.stages import CLOSED, OPEN, Stage, probability


@dataclass(frozen=True)
class Column:
    """One stage with its cards."""

    stage: Stage
    label: str
    cards: Sequence[Any]
    n: int
    amount: int
    weighted: int
    probability: int

    @property
    def more(self) -> int:
        """How many stand here beyond the cards that are shown."""
        return self.n - len(self.cards)


COLUMNS: Mapping[str, tuple[Stage, ...]] = {"open": OPEN, "resting": (Stage.NURTURE,), "closed": CLOSED}


def columns(
    state: str,
    cards: Mapping[Stage, Sequence[Any]],
    totals: Mapping[Stage, tuple[int, int]],
    labels: Mapping[Stage, str],
    probabilities: dict[Stage, int],
) -> list[Column]:
    """The columns of a view."""
    found = []
    for stage in COLUMNS.get(state, tuple(Stage)):
        n, amount = totals.get(stage, (0, 0))
        percent = probability(stage, probabilities)
        found.append(
            Column(stage, labels[stage], cards.get(stage, ()), n, amount, half_even(amount * percent, 100), percent)
        )
    return found


def zones(state: str) -> list[Stage]:
    """The stages without a column of their own, onto which a card can still be put."""
    shown = COLUMNS.get(state, tuple(Stage))
    return [stage for stage in Stage if stage not in shown]
