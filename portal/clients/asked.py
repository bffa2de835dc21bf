"""The filters that lists of clients share, as they stand in the query string."""

from typing import Any

from flask import request

from portal.clients.models import Use
from portal.clients.queries import Filters


def asked_number(name: str) -> int:
    """An id from the query string; anything odd is none."""
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def asked_filters() -> Filters:
    """What is asked for; anything odd is not asked for."""
    steward, use = request.args.get("steward", ""), request.args.get("use", "")
    return Filters(
        words=request.args.get("words", "")[:200],
        practice_id=asked_number("practice"),
        industry=request.args.get("industry", "").replace("\x00", "")[:200],
        steward=steward if steward in {"mine", "none"} else "",
        is_flagged=request.args.get("flagged") == "1",
        without=asked_number("without"),
        service=asked_number("service"),
        use=Use(use) if use in list(Use) else None,
    )


def query(filters: Filters) -> dict[str, Any]:
    """The same filters for another address."""
    given = {
        "words": filters.words,
        "practice": filters.practice_id,
        "industry": filters.industry,
        "steward": filters.steward,
        "flagged": 1 if filters.is_flagged else 0,
        "without": filters.without,
        "service": filters.service,
        "use": filters.use,
    }
    return {name: value for name, value in given.items() if value}
