"""How this room speaks of links and decisions."""

from portal.usage.models import How, What

_HOWS = {How.SHARED: "shared", How.USED: "used", How.NAMED: "named by the client"}
_WHATS = {What.KEEP: "Keep", What.FIX: "Fix", What.RETIRE: "Retire"}


def how_said(how: How) -> str:
    """By which record an item is linked, in words."""
    return _HOWS[How(how)]


def what_said(what: What) -> str:
    """What was decided, in a word."""
    return _WHATS[What(what)]
