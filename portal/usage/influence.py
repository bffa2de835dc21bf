"""What items had to do with the pipeline, honestly: only records count, and each opportunity once; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 3
"""Fewer opportunities than this that somebody may not see: their sum would tell what each is worth."""


class Order(StrEnum):
    """By what items are ranked."""

    OPPORTUNITIES = "opportunities"
    VALUE = "value"


@dataclass(frozen=True)
class Record:
    """That an item had to do with an opportunity: shared with its contact, logged as used, or named by the client."""

    item_id: int
    opportunity_id: int
    is_named: bool


@dataclass(frozen=True)
class Worth:
    """What an opportunity brings, in minor units of the firm's currency: one of the two, or neither."""

    expected: int = 0
    """While it is open: its value at the firm's chance for its stage."""
    won: int = 0
    is_shown: bool = True
    """Whether the one who looks may see this opportunity."""


@dataclass(frozen=True)
class Sum:
    """A sum over opportunities, some of which may not be for the eyes of the one who looks."""

    amount: int
    hidden: int
    """How many of those that make it up may not be seen."""

    @property
    def may_be_said(self) -> bool:
        """Whether the sum tells nothing about a single opportunity that may not be seen."""
        return self.hidden == 0 or self.hidden >= FEWEST


@dataclass(frozen=True)
class Influence:
    """An item with what is on record behind it."""

    item_id: int
    rank: int
    linked: int
    named: int
    expected: Sum
    won: Sum

    @property
    def opportunities(self) -> int:
        """How many there are; each is linked or named, never both."""
        return self.linked + self.named


@dataclass(frozen=True)
class Total:
    """All that is on record, each opportunity once, however many items had to do with it."""

    opportunities: int
    named: int
    expected: Sum
    won: Sum


def behind(records: Iterable[Record]) -> dict[int, dict[int, bool]]:
    """By item the opportunities behind it, each once, and whether it was named there."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for record in records:
        known = found[record.item_id]
        known[record.opportunity_id] = record.is_named or known.get(record.opportunity_id, False)
    return dict(found)


def ranked(
    records: Iterable[Record], worths: Mapping[int, Worth], order: Order = Order.OPPORTUNITIES
) -> list[Influence]:
    """The items, those with most behind them first; equal ones share a rank. What is merely plausible has no place
    here: it cannot even be handed in."""
    scored = []
    for item_id, of in behind(records).items():
        amounts = _sums(of, worths)
        value = amounts[0].amount + amounts[1].amount
        counted = (len(of), sum(of.values()))
        score = (value, *counted) if order is Order.VALUE else (*counted, value)
        scored.append((score, item_id, of, amounts))
    scored.sort(key=lambda each: (*(-part for part in each[0]), each[1]))
    found: list[Influence] = []
    last: tuple[int, ...] = ()
    for place, (score, item_id, of, amounts) in enumerate(scored, 1):
        rank = found[-1].rank if found and score == last else place
        named, last = sum(of.values()), score
        found.append(Influence(item_id, rank, len(of) - named, named, *amounts))
    return found


def total(records: Iterable[Record], worths: Mapping[int, Worth]) -> Total:
    """What all items together had to do with: an opportunity with three items counts once."""
    once: dict[int, bool] = {}
    for record in records:
        once[record.opportunity_id] = record.is_named or once.get(record.opportunity_id, False)
    return Total(len(once), sum(once.values()), *_sums(once, worths))


def _sums(opportunity_ids: Iterable[int], worths: Mapping[int, Worth]) -> tuple[Sum, Sum]:
    found = [worths.get(each, Worth()) for each in opportunity_ids]
    return (
        Sum(sum(each.expected for each in found), sum(1 for each in found if each.expected and not each.is_shown)),
        Sum(sum(each.won for each in found), sum(1 for each in found if each.won and not each.is_shown)),
    )
