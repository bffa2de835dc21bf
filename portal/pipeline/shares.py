"""Shares of credit and of money: they always add up, to the last point and the last cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

WHOLE = 10_000
"""Points in a hundred percent: a point is a hundredth of a percent."""


class CreditRole(StrEnum):
    """What somebody did for a piece of work to come in, in the order in which it happens."""

    SOURCE = "source"
    INTRODUCER = "introducer"
    OPENER = "opener"
    EXPERT = "expert"
    CLOSER = "closer"
    CONTENT = "content"


ORIGINATING = (CreditRole.SOURCE, CreditRole.INTRODUCER, CreditRole.OPENER)
"""The roles that bring work to the door; the others bring it in."""


@dataclass(frozen=True, order=True)
class Holder:
    """Who holds a share, and as what: a person, or for content an item of the library."""

    role: CreditRole
    person_id: int = 0
    item_key: str = ""


Shares = dict[Holder, int]
"""Points by holder; a hundred percent together."""


def source(person_id: int) -> Shares:
    """What holds until somebody says otherwise: whoever logged it brought it in."""
    return {Holder(CreditRole.SOURCE, person_id): WHOLE}


def parts(amount: int, points: Sequence[int]) -> list[int]:
    """An amount in whole units by shares, so that the parts add up to it (largest remainder; ties to the first)."""
    whole = sum(points)
    if whole <= 0:
        return [0] * len(points)
    found = [amount * share // whole for share in points]
    rests = sorted(range(len(points)), key=lambda place: (-(amount * points[place] % whole), place))
    for place in rests[: amount - sum(found)]:
        found[place] += 1
    return found


def evenly(count: int) -> list[int]:
    """A hundred percent among so many; the first get what doesn't divide."""
    return parts(WHOLE, [1] * count)


def credited(amount: int, shares: Shares) -> dict[Holder, int]:
    """What each holder is credited with of a value."""
    holders = sorted(shares)
    return dict(zip(holders, parts(amount, [shares[holder] for holder in holders]), strict=True))


def in_order(shares: Shares) -> list[Holder]:
    """The holders in the order of their roles, greater shares first."""
    order = list(CreditRole)
    return sorted(shares, key=lambda each: (order.index(each.role), -shares[each], each))


@lru_cache(maxsize=1000)
def said(points: int) -> str:
    """A share in words: '30%', '33.34%'."""
    return f"{points / 100:.2f}".rstrip("0").rstrip(".") + "%"
