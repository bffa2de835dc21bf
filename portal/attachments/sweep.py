"""The nightly sweep: the store and the rows are held against each other, whatever a crash left behind.

Bytes without a row are removed once they are a day old; rows without bytes, and bytes that are no longer what they
were, are told to the admins. The work is cut into sixteen parts by the first digit of the hash, each a job of its own.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select, update

from portal import clock, files
from portal.attachments import keeping
from portal.attachments.models import FileSweep, FileTrouble, Trouble
from portal.audit import services as audit
from portal.db import changed, db, insert_or
from portal.jobs import services as jobs

log = logging.getLogger(__name__)
PARTS = "0123456789abcdef"
FROM_HOUR = 2
"""In the firm's time zone."""
YOUNG = timedelta(days=1)
"""Bytes younger than this may belong to something that is about to be committed."""
NIGHTS = 28
"""In so many nights every file is read once and held against its hash."""


def begin_if_due(now: datetime) -> bool:
    """Begin tonight's sweep, once, in the small hours; or later in the day where nobody was there then."""
    zone = current_app.extensions["portal_config"].TIME_ZONE
    night = clock.day_in(now, zone)
    if now.astimezone(clock.zone(zone)).hour < FROM_HOUR or db.session.get(FileSweep, night) is not None:
        return False
    if not _begin(night, now):
        return False
    for part in PARTS:
        jobs.enqueue("sweep-files", part=part, night=night.isoformat())
    return True


def sweep_files(part: str, night: str) -> None:
    """The job of one part."""
    sweep(part, night=date.fromisoformat(night), now=clock.now())


def sweep_all(*, now: datetime) -> FileSweep:
    """Everything now, for the command line; what was found."""
    night = clock.day_in(now, current_app.extensions["portal_config"].TIME_ZONE)
    changed(delete(FileSweep).where(FileSweep.night == night))
    _begin(night, now)
    for part in PARTS:
        sweep(part, night=night, now=now)
    return db.session.get_one(FileSweep, night, populate_existing=True)


def sweep(part: str, *, night: date, now: datetime) -> None:
    """One part: rows that nobody needs, then what is missing or damaged, then bytes that have no row.

    It commits as it goes, so that nobody waits for it: no transaction is open while files are read.
    """
    forgotten = keeping.forget_rows(part, now)
    db.session.commit()
    expected, known = keeping.expected(part, now), _known_troubles(part)
    db.session.commit()
    held = {each.sha256: each for each in files.store().hashes(part)}
    looked_at = {sha256 for sha256 in expected & held.keys() if sha256 in known or _is_due(sha256, night)}
    found = {sha256: Trouble.MISSING for sha256 in expected - held.keys()}
    found |= {sha256: Trouble.DAMAGED for sha256 in looked_at if not _is_whole(sha256)}
    _tell(found, known, now)
    removed = _remove(sorted(held.keys() - expected), now)
    if part == PARTS[0]:
        files.store().tidy(now - YOUNG)
    counted = dict(files=len(held), size=sum(each.size for each in held.values()), looked_at=len(looked_at))
    counted |= dict(removed=removed, forgotten=forgotten, parts=1)
    changed(
        update(FileSweep)
        .where(FileSweep.night == night)
        .values({name: getattr(FileSweep, name) + number for name, number in counted.items()})
    )
    db.session.commit()


def _begin(night: date, now: datetime) -> int:
    none = dict.fromkeys(("parts", "files", "size", "looked_at", "removed", "forgotten"), 0)
    return changed(insert_or(FileSweep).values(night=night, begun_at=now, **none).on_conflict_do_nothing())


def _is_due(sha256: str, night: date) -> bool:
    return int(sha256[-8:], 16) % NIGHTS == night.toordinal() % NIGHTS


def _is_whole(sha256: str) -> bool:
    try:
        return files.store().hash_now(sha256) == sha256
    except FileNotFoundError:  # let go since it was listed
        return True


def _known_troubles(part: str) -> dict[str, Trouble]:
    rows = db.session.execute(select(FileTrouble.sha256, FileTrouble.what))
    return {row.sha256: row.what for row in rows if row.sha256.startswith(part)}


def _tell(found: dict[str, Trouble], known: dict[str, Trouble], now: datetime) -> None:
    # What was let go while we looked is no trouble.
    found = {sha256: found[sha256] for sha256 in keeping.still_expected(sorted(found), now)}
    over = [sha256 for sha256, what in known.items() if found.get(sha256) is not what]
    for some in keeping.batches(over):
        changed(delete(FileTrouble).where(FileTrouble.sha256.in_(some)))
    for sha256, what in sorted(found.items()):
        if known.get(sha256) is not what:
            log.error("The file %s is %s", sha256, what)
            audit.note(f"file {what}", sha256)
            changed(insert_or(FileTrouble).values(sha256=sha256, what=what, at=now).on_conflict_do_nothing())
    db.session.commit()


def _remove(hashes: Iterable[str], now: datetime) -> int:
    removed = 0
    for some in keeping.batches(list(hashes)):
        needed = keeping.still_expected(some, now)
        db.session.commit()
        for sha256 in some:
            if sha256 not in needed and _is_old(sha256, now):
                files.store().delete(sha256)
                removed += 1
    return removed


def _is_old(sha256: str, now: datetime) -> bool:
    """Looked at right before it goes: bytes that came again meanwhile are young."""
    try:
        return files.store().held(sha256).at < now - YOUNG
    except FileNotFoundError:
        return False
