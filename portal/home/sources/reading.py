"""Reading the parts of all rooms with one statement: Today is a hot page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    Dialect,
    Select,
    String,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.sql.visitors import replacement_traverse

from portal.access import Can
from portal.db import db, rows
from portal.home.queue import Entry

Told = Callable[[Any, date], Entry]
"""How a row becomes an entry, given the day where the person is."""


@dataclass(frozen=True)
class Part:
    """One thing that may be waiting: a statement made with `asking`, and the words for its rows."""

    kind: str
    statement: Select[Any]
    told: Told
    power: Can | None = None
    """Who may do this at all; the others need not be looked for."""


def asking(kind: str, id: Any, first: Any, second: Any = "", on: Any = None, third: Any = "") -> Select[Any]:
    """Begin a part's statement: rows of kind, id, first, second, third and on. Add where, order and limit; the
    parameters are `person`, `today`, `monday` (of today's week) and `now`."""
    return select(
        literal(kind, String).label("kind"),
        id.label("id"),
        cast(func.coalesce(first, ""), String).label("first"),
        cast(func.coalesce(second, ""), String).label("second"),
        cast(func.coalesce(third, ""), String).label("third"),
        (cast(null(), Date) if on is None else on).label("on"),
    )


def entries(parts: tuple[Part, ...], powers: frozenset[Can], **given: Any) -> list[Entry]:
    """What waits for somebody with these powers, from all parts; the parameters say for whom and when."""
    told, statement = _together(parts, powers, db.engine.dialect)
    return [told[row.kind](row, given["today"]) for row in rows(statement, **given)]


@lru_cache(maxsize=50)
def _together(parts: tuple[Part, ...], powers: frozenset[Can], dialect: Dialect) -> tuple[dict[str, Told], Any]:
    """The parts that concern these powers as one statement, built once."""
    theirs = [part for part in parts if part.power is None or part.power in powers]
    statement = union_all(*(select(part.statement.subquery()) for part in theirs))
    return {part.kind: part.told for part in theirs}, _with_constants_written(statement, dialect)


def _with_constants_written(statement: Any, dialect: Dialect) -> Any:
    """The same with each constant written into its text: to hand over two hundred of them anew at each request costs
    ten times what the database does."""

    def written(element: Any, **_options: Any) -> Any:
        if not isinstance(element, BindParameter) or element.required or element.callable:
            return None
        text = str(element.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        # Where the driver's parameters begin with a percent sign, SQLAlchemy doubles others; it will do so again.
        return literal_column(text % () if "format" in dialect.paramstyle else text, element.type)

    return replacement_traverse(statement, {}, written)
