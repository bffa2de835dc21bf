"""Alembic's way to the portal's database; runs inside the app's context, on the app's engine."""

from alembic import context

from portal.db import UtcDateTime, db
from portal.schema import metadata


def include_name(name, kind, _parents):
    """Leave the search tables alone; they are made by hand on each engine."""
    return not (kind == "table" and (name.startswith(("item_search", "huey"))))


def render_item(kind, item, _context):
    """Write the portal's own column type as the plain one it is, so that migrations stand alone."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def check_references(connection):
    """On SQLite, refuse to keep what points nowhere; the other engine looks at every statement."""
    if connection.dialect.name == "sqlite" and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuntimeError(f"The migration would leave rows that point nowhere, so nothing was changed: {lost}")


def references(connection, state):
    """On SQLite a table is changed by making it anew, and the old one must go although others point to it."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={state}")  # outside of any transaction


with db.engine.connect() as connection:
    references(connection, "OFF")
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_name=include_name,
        render_item=render_item,
        compare_type=True,
    )
    try:
        with context.begin_transaction():
            context.run_migrations()
            check_references(connection)
        connection.commit()
    finally:
        connection.rollback()
        references(connection, "ON")
