"""Rows on their way into the database, in batches."""

from collections import defaultdict
from itertools import count
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text

from portal.db import Base, db

BATCH = 20_000


class Rows:
    """Collects rows and inserts them table by table, in the order that foreign keys need."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._size = 0
        self._numbers: dict[type[Base], count[int]] = {}

    def add(self, model: type[Base], **values: Any) -> None:
        """Keep a row for the next batch. Rows of one table name the same columns."""
        self._waiting[model.__tablename__].append(values)
        self._size += 1
        if self._size >= BATCH:
            self.flush()

    def number(self, model: type[Base]) -> int:
        """The next free id of a table, for rows that others point to before they are written."""
        if model not in self._numbers:
            table = _table(model)
            self._numbers[model] = count((db.session.scalar(select(func.max(table.c.id))) or 0) + 1)
        return next(self._numbers[model])

    def flush(self) -> None:
        """Insert what waits."""
        for table in Base.metadata.sorted_tables:
            batch = self._waiting.pop(table.name, None)
            if batch:
                _insert(table, batch)
        self._size = 0

    def finish(self) -> None:
        """Insert what still waits, and let the database number on after the ids that were given here."""
        self.flush()
        if _is_postgresql():
            for model in self._numbers:
                name = model.__tablename__
                db.session.execute(
                    text(f"select setval(pg_get_serial_sequence('{name}', 'id'), (select max(id) from {name}))")
                )
        # What plans go by is otherwise gathered only later, by itself.
        db.session.execute(text("analyze"))


def _insert(table: Table, batch: list[dict[str, Any]]) -> None:
    if not _is_postgresql():
        db.session.execute(insert(table), batch)
        return
    # COPY takes a third of the time of INSERT.
    dialect, driver = db.session.get_bind().dialect, cast(Any, db.session.connection().connection)
    given = _defaults(table, batch[0])
    makers = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in batch[0] | given}
    columns = ", ".join(f'"{name}"' for name in makers)
    with driver.cursor() as cursor, cursor.copy(f'copy "{table.name}" ({columns}) from stdin') as copy:
        for row in batch:
            full = given | row
            copy.write_row([make(full[name]) if make else full[name] for name, make in makers.items()])


def _defaults(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """What the columns hold that no row names: COPY knows nothing of the model's defaults."""
    missing = [column for column in table.c if column.name not in row and column.default is not None]
    defaults = {column.name: cast(Any, column.default) for column in missing if not column.primary_key}
    return {name: each.arg(None) if each.is_callable else each.arg for name, each in defaults.items()}


def _is_postgresql() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]
