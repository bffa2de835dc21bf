"""What relations, tiers and the rest are called on the page, and how days are said."""

from datetime import date

from portal.clock import said_day
from portal.network.models import ChannelKind, Pace, Relation, Tier, TouchKind

RELATIONS = {
    Relation.CLIENT: "Client",
    Relation.FORMER_CLIENT: "Former client",
    Relation.ASSOCIATE: "Associate",
    Relation.FRIEND: "Friend",
    Relation.RELATIVE: "Relative",
    Relation.NEIGHBOUR: "Neighbour",
    Relation.EVENT: "Met at an event",
}
SHORT = RELATIONS | {Relation.FORMER_CLIENT: "Former", Relation.EVENT: "Event"}
"""Relations where there is little room."""
TIERS = {Tier.INNER: "Inner circle", Tier.MIDDLE: "Middle circle", Tier.OUTER: "Outer circle"}
PACES = {Pace.RUNNING: "Running", Pace.PAUSED: "Paused", Pace.LEFT_OUT: "Left out"}
CHANNELS = {
    ChannelKind.MAIL: "Mail",
    ChannelKind.PHONE: "Phone",
    ChannelKind.WEB: "Web",
    ChannelKind.POST: "Post",
}
TOUCHES = {
    TouchKind.MEETING: "Met",
    TouchKind.CALL: "Talked on the phone",
    TouchKind.MESSAGE: "Wrote",
    TouchKind.EVENT: "Met at an event",
    TouchKind.ASK: "Asked for something",
    TouchKind.OTHER: "Something else",
}
QUICK = {TouchKind.MEETING: "We met", TouchKind.CALL: "We talked", TouchKind.MESSAGE: "I wrote"}
"""What is logged for today with one press."""
STATES = {"all": "Everybody", "due": "Due", "paused": "Paused", "left-out": "Left out"}


def said_days(days: int) -> str:
    """A number of days as people say it: '3 days', '5 weeks', '4 months', '2 years'."""
    for most, size, noun in ((14, 1, "day"), (60, 7, "week"), (700, 30.4, "month")):
        if days < most:
            return _counted(round(days / size), noun)
    return _counted(round(days / 365.25), "year")


def said_due(due_on: date | None, today: date) -> str:
    """When to be in touch, in words: '3 weeks overdue', 'due today', 'in 5 days'."""
    if due_on is None:
        return ""
    late = (today - due_on).days
    if late > 0:
        return f"{said_days(late)} overdue"
    if late > -2:
        return f"due {said_day(due_on, today)}"
    return f"in {said_days(-late)}"


def said_last(last_on: date | None, today: date) -> str:
    """When two people were last in touch: 'in touch yesterday', 'in touch 5 weeks ago', 'not in touch yet'."""
    if last_on is None:
        return "not in touch yet"
    ago = (today - last_on).days
    return f"in touch {said_day(last_on, today) if ago < 2 else f'{said_days(ago)} ago'}"


def said_pace(pace: Pace, due_on: date | None, today: date) -> str:
    """Where the rhythm stands: when they are due, or that it doesn't run."""
    return said_due(due_on, today) if pace == Pace.RUNNING else PACES[pace].lower()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
