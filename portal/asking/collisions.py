"""When a colleague's ask counts, and how it is said without saying whose it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

ASKED_WITHIN, PLANNED_WITHIN = 90, 14
"""Days, unless the firm's rules say otherwise."""


@dataclass(frozen=True)
class Span:
    """How many days back an ask counts, and how many ahead a plan."""

    asked_within: int = ASKED_WITHIN
    planned_within: int = PLANNED_WITHIN


@dataclass(frozen=True)
class Ask:
    """What one person asks, or means to ask, of somebody."""

    asked_on: date | None
    planned_on: date | None
    """The day of the next step, for one that is still planned."""


def counts(ask: Ask, today: date, span: Span) -> bool:
    """Whether an ask was made lately, or is meant for the days to come."""
    if ask.asked_on is not None:
        return 0 <= (today - ask.asked_on).days <= span.asked_within
    return ask.planned_on is not None and 0 <= (ask.planned_on - today).days <= span.planned_within


def told(ask: Ask, today: date) -> dict[str, Any]:
    """What of it may be told: asked or planned, and how many weeks from now, no finer."""
    if ask.asked_on is not None:
        return {"what": "asked", "weeks": round((today - ask.asked_on).days / 7)}
    return {"what": "planned", "weeks": round(((ask.planned_on or today) - today).days / 7)}


def sentence(found: Sequence[Mapping[str, Any]]) -> str:
    """What a look found, in a sentence."""
    if not found:
        return "No colleague asked this person lately, as far as the portal knows."
    nearest = min(found, key=lambda one: (one["what"] != "asked", one["weeks"]))
    weeks = nearest["weeks"]
    if nearest["what"] == "asked":
        when = "this week" if weeks == 0 else f"about {'a week' if weeks == 1 else f'{weeks} weeks'} ago"
        return f"A colleague asked this person {when}."
    when = "this week" if weeks == 0 else "in about a week" if weeks == 1 else f"in about {weeks} weeks"
    return f"A colleague means to ask this person {when}."
