"""One line of migrations, whose result is what the models say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal import schema
from portal.db import db


def test_there_is_one_head(app):
    assert len(ScriptDirectory.from_config(schema.alembic_config()).get_heads()) == 1


def test_the_migrated_database_equals_the_models(app):
    def ours(_item, name, kind, *_rest):
        return not (kind == "table" and str(name).startswith(("item_search", "huey")))

    context = MigrationContext.configure(db.session.connection(), opts={"include_object": ours, "compare_type": True})
    difference = compare_metadata(context, schema.metadata)
    assert not difference, f"Write a migration for: {difference}"
