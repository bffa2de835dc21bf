"""Migrations go forward on a full database, and lead to what the models say, on both engines."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, func, insert, select, text

from portal import schema
from portal.app import create_app
from portal.config import Config
from portal.content import loader
from portal.db import db
from portal.demo import services as demo
from portal.jobs.queue import Inline

REVISIONS = [script.revision for script in ScriptDirectory.from_config(schema.alembic_config()).walk_revisions()][::-1]
FIRST_WITH_DATA = "0002"
"""The search tables of this one are written by the portal itself; before it there was nothing to run."""
OWN_TABLES = ("item_search", "huey", "alembic_version")
"""Made by hand for one engine, or not ours."""


def is_ours(_item, name, kind, *_rest):
    return not (kind == "table" and str(name).startswith(OWN_TABLES))


def difference(connection):
    context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
    return compare_metadata(context, schema.metadata)


def test_there_is_one_line_of_numbered_files():
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_the_migrated_database_equals_the_models(app):
    assert not difference(db.session.connection()), "Write a migration."


def portal(folder: Path):
    """A portal over a database of its own."""
    asked = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    address = f"sqlite:///{folder}/portal.db"
    if asked != "sqlite":
        from tests.postgres import fresh_database  # its wheel is only there where it is asked for

        address = fresh_database(asked)
    folder.mkdir(exist_ok=True)
    app = create_app(Config(DATA=str(folder), DATABASE_URL=address, PASSWORD_MEMORY_KIB=8), TESTING=True)
    app.extensions["job_queue"] = Inline()
    return app


def tables(engine: Engine) -> list[Table]:
    """What this database has, each after those it points to."""
    found = MetaData()
    found.reflect(engine)
    return [table for table in found.sorted_tables if not table.name.startswith(OWN_TABLES)]


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """All rows of a demo firm, by table."""
    app = portal(tmp_path_factory.mktemp("full") / "portal")
    with app.app_context():
        schema.upgrade()
        loader.load(Path("content"), now=datetime.now(UTC))
        demo.make_firm(20, seed=2026, now=datetime.now(UTC), progress=lambda *_told: None)
        db.session.commit()
        there = tables(db.engine)
        with db.engine.connect() as connection:
            rows = {table.name: [dict(row._mapping) for row in connection.execute(select(table))] for table in there}
        db.session.remove()
        db.engine.dispose()
    return rows


@pytest.mark.no_session
@pytest.mark.parametrize("revision", [each for each in REVISIONS if FIRST_WITH_DATA <= each < REVISIONS[-1]])
def test_a_full_database_goes_forward_and_keeps_its_rows(full, tmp_path, revision):
    app = portal(tmp_path / "portal")
    with app.app_context():
        command.upgrade(schema.alembic_config(), revision)
        before = filled(db.engine, full)
        schema.upgrade()
        after = counts(db.engine, before)
        with db.engine.connect() as connection:
            different = difference(connection)
            # What a release leaves to the worker: filling what it emptied.
            after["jobs"] -= connection.scalar(text("select count(*) from jobs where handler = 'rebuild-search'"))
        db.engine.dispose()
    assert sum(before.values()) > 1000
    assert after == before
    assert not different


@pytest.mark.no_session
def test_earlier_versions_of_a_pitch_were_in_force_when_they_were_published(full, tmp_path):
    app = portal(tmp_path / "portal")
    with app.app_context():
        command.upgrade(schema.alembic_config(), "0002")
        filled(db.engine, full)
        schema.upgrade()
        with db.engine.connect() as connection:
            published = connection.execute(
                text("select pitch_id, number, published_at from pitch_versions order by published_at, id")
            ).all()
            in_force = connection.execute(
                text("select pitch_id, number, from_at from pitch_in_force order by from_at, id")
            ).all()
            odd = connection.scalar(text("select count(*) from pitches where latest <> number"))
        db.engine.dispose()
    assert len(published) > 3
    assert [tuple(row) for row in in_force] == [tuple(row) for row in published]
    assert odd == 0


def filled(engine: Engine, rows: dict[str, list[dict]]) -> dict[str, int]:
    """Put into an older database what it has columns for; how many rows each table then has."""
    there = tables(engine)  # looked up first: on SQLite one connection writes at a time
    with engine.begin() as connection:
        for table in there:
            known = [
                {name: value for name, value in row.items() if name in table.c} for row in rows.get(table.name, [])
            ]
            if known:
                connection.execute(insert(table), known)
    return counts(engine, {table.name for table in there})


def counts(engine: Engine, names) -> dict[str, int]:
    there = [table for table in tables(engine) if table.name in names]
    with engine.connect() as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) for table in there}
