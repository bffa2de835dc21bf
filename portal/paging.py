"""Long lists in pages, with the place in the query string."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Select, func, select

from portal.db import db

SIZE = 25


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    rows: Sequence[Any]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The place of this page's first row in the whole list, counting from one."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    def address(self, number: int) -> str:
        """The address of another page of the same list, filters kept."""
        kept = {name: value for name, value in request.args.items(multi=True) if name != "page"}
        return f"{request.path}?{urlencode({**kept, 'page': number})}"


def asked_number(name: str = "page", *, default: int = 1, most: int = 100_000) -> int:
    """A whole number from the query string; anything odd is the default."""
    given = request.args.get(name, "")
    return min(max(int(given), 1), most) if given.isascii() and given.isdigit() and len(given) < 10 else default


def part_of(rows: Sequence[Any], *, size: int = SIZE) -> Page:
    """The page that the request asks for, of rows that are all at hand."""
    number = _at_most(len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, size, len(rows))


def page_of(statement: Select[Any], *, size: int = SIZE, scalars: bool = True) -> Page:
    """The page that the request asks for."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = _at_most(total, size)
    found = db.session.execute(statement.limit(size).offset((number - 1) * size))
    return Page(found.scalars().all() if scalars else found.all(), number, size, total)


def _at_most(total: int, size: int) -> int:
    return min(asked_number(), max(1, -(-total // size)))
