"""The room's blueprint, and what its pages read from the query string."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, request

bp = Blueprint("people", __name__, url_prefix="/people")


def asked_words(name: str = "words", *, most: int = 100) -> str:
    """Text from the query string, without the one character that no database takes."""
    return request.args.get(name, "").replace("\x00", "").strip()[:most]


def asked_choice(name: str, offered: Iterable[str]) -> str:
    """A word from the query string, if it is one of those offered."""
    given = request.args.get(name, "")
    return given if given in set(offered) else ""


def asked_day(name: str) -> date | None:
    """A day from the query string; anything odd is no day."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
