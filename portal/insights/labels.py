"""What requests and insights are called on the page."""

import re
from collections.abc import Sequence

from portal.insights.models import InsightKind, RequestState, Source

STATES = {
    RequestState.OPEN: "Open",
    RequestState.WRITING: "Being written",
    RequestState.ANSWERED: "Answered",
    RequestState.DECLINED: "Declined",
    RequestState.WITHDRAWN: "No longer wanted",
}
INSIGHTS = {
    InsightKind.TREND: "Trend",
    InsightKind.OBJECTION: "Objection",
    InsightKind.COMPETITOR: "Competitor",
    InsightKind.PRODUCT: "Feedback on a service",
    InsightKind.MOVE: "Move in an industry",
}
SOURCES = {
    Source.CLIENT: "From a client",
    Source.COLLEAGUE: "From a colleague",
    Source.READ: "Read somewhere",
}
STRENGTHS = {1: "Heard once", 2: "A few times", 3: "Again and again"}
PAGES = re.compile(r"/(pitch|drills|modules|library|worksheets|recitals)(/[A-Za-z0-9_.-]{1,100}){0,3}")
"""Where an answer may lead: a page of the portal that everybody has."""


def in_common(words: Sequence[str], text: Sequence[str]) -> int:
    """How many of these words a text has, in any form that begins alike: 'merger' is in 'mergers'."""
    return sum(any(_alike(word, other) for other in text) for word in words)


def _alike(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) > 2 and long.startswith(short[: max(3, len(short) - 2)]) and len(long) - len(short) < 4
