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


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_name=include_name,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
