"""What a coach's levels amount to: a score out of 100 by one version of a rubric, and whether it passes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.errors import Refused

WHOLE = 100
"""What the weights of a rubric add up to, and the highest score."""


def weights_hold(criteria: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the weights are all above zero and add up to 100."""
    weights = [criterion["weight"] for criterion in criteria]
    return all(weight > 0 for weight in weights) and sum(weights) == WHOLE


def score(criteria: Sequence[Mapping[str, Any]], levels: Mapping[str, int]) -> float:
    """The score out of 100; the lowest level of a criterion counts nothing, the highest its whole weight."""
    total = 0.0
    for criterion in criteria:
        level, highest = levels.get(criterion["key"]), len(criterion["levels"]) - 1
        if level is None:
            raise Refused("Choose the level that comes closest.", field=criterion["key"])
        if not 0 <= level <= highest:
            raise Refused("Choose one of the levels.", field=criterion["key"])
        total += criterion["weight"] * level / highest
    return round(total, 6)


def passes(reached: float, pass_mark: int) -> bool:
    """Whether a score is enough."""
    return reached >= pass_mark


Version = tuple[int, int]
"""A rubric and its version."""


def averages(scores: Iterable[tuple[Version, float]]) -> dict[Version, float]:
    """The mean of the scores of each version by itself; scores of different versions are never put together."""
    by_version: dict[Version, list[float]] = defaultdict(list)
    for version, reached in scores:
        by_version[version].append(reached)
    return {version: sum(reached) / len(reached) for version, reached in by_version.items()}
