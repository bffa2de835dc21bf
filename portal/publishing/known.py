"""Abbreviations that everybody at the firm knows: the checks ask for no explanation of them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import changed, db, insert_or
from portal.publishing.models import KnownAbbreviation


def every() -> list[str]:
    """All that somebody said, in the order of the alphabet."""
    return list(db.session.scalars(select(KnownAbbreviation.word).order_by(KnownAbbreviation.word)))


def among(words: Iterable[str]) -> set[str]:
    """Those of these that are known."""
    if not (asked := sorted(set(words))):
        return set()
    return set(db.session.scalars(select(KnownAbbreviation.word).where(KnownAbbreviation.word.in_(asked))))


def learn(word: str, *, by: Viewer, now: datetime) -> None:
    """Let an abbreviation be known; said twice, it is kept once."""
    row = insert_or(KnownAbbreviation).values(word=word, by_id=by.id, at=now)
    if changed(row.on_conflict_do_nothing()):
        audit.note("abbreviation known", word)


def forget(word: str) -> None:
    """Let the checks ask again what it means."""
    if changed(delete(KnownAbbreviation).where(KnownAbbreviation.word == word)):
        audit.note("abbreviation no longer known", word)
