"""The database: one declarative base, one session, and what each engine needs to be safe."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock
from typing import Any, ClassVar

from flask import Flask, request
from flask.wrappers import Response
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, Enum, MetaData, Text, TypeDecorator, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError as DatabaseError
from sqlalchemy.orm import DeclarativeBase, registry

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

SECONDS_TO_WAIT = 10
"""How long a writer waits for its turn before it is refused."""

writing: ContextVar[bool] = ContextVar("writing", default=True)
"""Whether the transaction about to begin may change something; requests that only read say no."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment; aware UTC in Python, whatever the engine keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive moments: nobody knows when they were."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """SQLite forgets the zone; it was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


ENUM = Enum(StrEnum, native_enum=False, length=40, values_callable=lambda kind: [str(each) for each in kind])
"""An enumeration is kept by value, as text."""


BYTEWISE = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text compared byte by byte on both engines, so that a range of paths means the same on each."""


class Base(DeclarativeBase):
    """What every table shares."""

    # Flask-SQLAlchemy copies this class; a `type_annotation_map` of its own would then clash with the registry.
    registry: ClassVar[registry] = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime(),
            dict[str, Any]: JSON(),
            list[Any]: JSON(),
            str: Text(),
            StrEnum: ENUM,
        },
    )


db = SQLAlchemy(model_class=Base)


def prepare_engine(engine: Engine) -> None:
    """Make an SQLite engine keep what it acknowledged, enforce foreign keys, and wait for its turn."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={SECONDS_TO_WAIT * 1000}",
            "cache_size=-32000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        # SQLite's own knows ASCII only, and "élodie" would not find Élodie.
        connection.create_function("lower", 1, lambda text: text and str(text).lower(), deterministic=True)

    _take_turns(engine)


def _take_turns(engine: Engine) -> None:
    turn = Lock()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        # A reader that starts to write after another wrote is refused at once, timeout or not; so writers queue first.
        if not writing.get():
            connection.connection.driver_connection.execute("BEGIN")  # past SQLAlchemy: it runs at every request
            return
        # SQLite lets writers sleep and look again, for up to 0.1 s; threads of one process take turns instead.
        if not connection.info.get("has_turn"):
            connection.info["has_turn"] = turn.acquire(timeout=SECONDS_TO_WAIT)
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "rollback")
    def on_rollback(connection: Any) -> None:
        hand_on(connection.info)

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: Any) -> None:
        hand_on(record.info)

    def hand_on(info: dict[str, Any]) -> None:
        if info.pop("has_turn", False):
            turn.release()


def insert_or(table: Any) -> Any:
    """An INSERT of this engine that knows ON CONFLICT."""
    dialect = db.session.get_bind().dialect.name
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}.get(dialect, insert)(table)


def rows(statement: Any, **given: Any) -> Any:
    """Execute a prebuilt statement on the session's connection: half the cost of asking the session itself.

    It runs in the session's transaction, but what the session holds and has not flushed is not seen.
    """
    return db.session.connection().execute(statement, given)


def changed(statement: Any) -> int:
    """Execute an INSERT, UPDATE or DELETE without looking at loaded rows; how many rows it changed."""
    # Without asking for it, an INSERT ... ON CONFLICT on PostgreSQL answers -1.
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result: Any = db.session.execute(statement, execution_options=options)
    return result.rowcount


def begin_request() -> None:
    """Say at the start of a request whether it may change something."""
    writing.set(request.method not in SAFE_METHODS)


def commit_if_all_went_well(response: Response) -> Response:
    """Commit once per request, and only for a change that was accepted."""
    if request.method not in SAFE_METHODS and response.status_code < 400:
        db.session.commit()
    return response


def init_app(app: Flask, url: str) -> None:
    """Bind the session to the database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _pool(url))
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.before_request(begin_request)
    app.after_request(commit_if_all_went_well)


def _pool(url: str) -> Mapping[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}}
    return {"pool_pre_ping": False, "pool_size": 5, "max_overflow": 15}
