"""Who still needs which file: each room says it with a statement, so that nothing is deleted that somebody has."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, delete, or_, select

from portal.attachments.models import FileBringer, StoredFile
from portal.db import changed, db

SPARED = timedelta(days=30)
"""What was brought or removed is kept this long, so that a draft or an undo finds it again."""
AT_ONCE = 400
Keeper = Callable[[datetime], Select[Any]]
"""The hashes that a room needs, as a statement of one column; what was let go before the moment is not needed."""
Forgetter = Callable[[Sequence[int]], None]
"""Lets go of the last rows that name these stored files; asked only for files that no keeper needs."""


def init_app(app: Flask, keepers: Sequence[Keeper], forgetters: Sequence[Forgetter] = ()) -> None:
    """Remember whom to ask."""
    app.extensions["file_keepers"] = (_brought_lately, *keepers)
    app.extensions["file_forgetters"] = tuple(forgetters)


def expected(part: str, now: datetime) -> set[str]:
    """The files of a part, which is the beginning of their hashes, whose bytes must be there."""
    rows = [select(StoredFile.sha256), *_statements(now)]
    return {sha256 for row in rows for sha256 in db.session.scalars(row.where(*_within(row, part)))}


def still_expected(hashes: Sequence[str], now: datetime) -> set[str]:
    """Those of these that somebody needs, or that have a row."""
    return {
        sha256
        for some in batches(hashes)
        for statement in [select(StoredFile.sha256), *_statements(now)]
        for sha256 in db.session.scalars(statement.where(_column(statement).in_(some)))
    }


def forget_rows(part: str, now: datetime) -> int:
    """Let go of the rows of files that nobody has needed for long; their bytes follow. How many."""
    old = select(StoredFile.id, StoredFile.sha256).where(
        StoredFile.added_at <= now - SPARED, *_within(select(StoredFile.sha256), part)
    )
    candidates = {row.sha256: row.id for row in db.session.execute(old)}
    unneeded = _unneeded(candidates, now)
    if not unneeded:
        return 0
    # Whoever is about to use one of them holds its row; once it is ours, what they did is seen.
    db.session.execute(select(StoredFile.id).where(StoredFile.id.in_(unneeded.values())).with_for_update())
    ids = sorted(_unneeded(unneeded, now).values())
    for forget in current_app.extensions["file_forgetters"]:
        forget(ids)
    changed(delete(FileBringer).where(FileBringer.file_id.in_(ids)))
    return changed(delete(StoredFile).where(StoredFile.id.in_(ids)))


def batches(hashes: Sequence[str]) -> Iterator[Sequence[str]]:
    """So many as one statement names."""
    ordered = list(hashes)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _unneeded(files: dict[str, int], now: datetime) -> dict[str, int]:
    needed = {
        sha256
        for some in batches(list(files))
        for statement in _statements(now)
        for sha256 in db.session.scalars(statement.where(_column(statement).in_(some)))
    }
    found = [(sha256, number) for sha256, number in files.items() if sha256 not in needed]
    return dict(found[:AT_ONCE])


def _statements(now: datetime) -> list[Select[Any]]:
    return [keeper(now - SPARED) for keeper in current_app.extensions["file_keepers"]]


def _column(statement: Select[Any]) -> ColumnElement[str]:
    return next(iter(statement.selected_columns))


def _within(statement: Select[Any], part: str) -> list[ColumnElement[bool]]:
    column, after = _column(statement), f"{int(part, 16) + 1:0{len(part)}x}"
    return [column >= part] if len(after) > len(part) else [column >= part, column < after]


def _brought_lately(since: datetime) -> Select[Any]:
    lately = select(FileBringer.file_id).where(FileBringer.at > since)
    return select(StoredFile.sha256).where(or_(StoredFile.added_at > since, StoredFile.id.in_(lately)))
