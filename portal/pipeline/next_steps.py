"""When a next step is due, and how that is said."""

from datetime import date, timedelta

from portal.clock import said_day

FURTHEST = timedelta(days=3653)


def is_sensible(day: date, today: date) -> bool:
    """Whether a day is within ten years of today; others are slips of the finger."""
    return abs(day - today) <= FURTHEST


def said_due(day: date, today: date) -> str:
    """When a next step is due, in words: 'due Friday', '3 days overdue'."""
    late = (today - day).days
    if late > 0:
        return f"{late} {'day' if late == 1 else 'days'} overdue"
    return f"due {said_day(day, today)}"
