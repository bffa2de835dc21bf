"""Reading the parts of all rooms with one statement: Today is a hot page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Select, String, cast, func, literal, null, select, union_all

from portal.db import rows
from portal.home.queue import Entry

Told = Callable[[Any, date], Entry]
"""How a row becomes an entry, given the day where the person is."""


@dataclass(frozen=True)
class Part:
    """One thing that may be waiting: a statement made with `asking`, and the words for its rows."""

    kind: str
    statement: Select[Any]
    told: Told


def asking(kind: str, id: Any, first: Any, second: Any = "", on: Any = None) -> Select[Any]:
    """Begin a part's statement: rows of kind, id, first, second and on. Add where, order and limit; the parameters are
    `person`, `today` and `now`."""
    return select(
        literal(kind, String).label("kind"),
        id.label("id"),
        cast(func.coalesce(first, ""), String).label("first"),
        cast(func.coalesce(second, ""), String).label("second"),
        (cast(null(), Date) if on is None else on).label("on"),
    )


def entries(parts: Sequence[Part], statement: Any, *, person: int, today: date, now: Any) -> list[Entry]:
    """What waits for this person, from all parts."""
    told = {part.kind: part.told for part in parts}
    return [told[row.kind](row, today) for row in rows(statement, person=person, today=today, now=now)]


def together(parts: Iterable[Part]) -> Any:
    """All parts as one statement, built once."""
    return union_all(*(select(part.statement.subquery()) for part in parts))
