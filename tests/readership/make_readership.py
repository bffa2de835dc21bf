"""Must-reads for tests."""

from datetime import timedelta

from portal.db import db
from portal.library import services as library
from portal.readership import must_read_queries as queries
from portal.readership import must_reads
from portal.readership.models import MustRead
from tests.library import make_library as lib
from tests.make import NOON, TODAY


def asked(by, item, viewer, *practices, until_on=TODAY + timedelta(days=30), remind_after=7, now=NOON) -> MustRead:
    """Ask everybody, or some practices."""
    known = queries.of_item_or_none(item.id)
    ids = [practice.id for practice in practices]
    version = known.version if known else 0
    about = {"practice_ids": ids, "until_on": until_on, "remind_after": remind_after, "version": version}
    return must_reads.ask(item, known, **about, by=viewer(by), now=now)


def say_read(person, item, viewer, now=NOON) -> bool:
    """Say that one has read it."""
    row = queries.asked_of(viewer(person), item.id, TODAY)
    return must_reads.acknowledge(row, revision=item.major_revision, by=viewer(person), now=now)


def revised(item, by, viewer, source, *, is_minor, now=NOON):
    wording = lib.wording(item.title, source=source)
    library.write(item, wording, change="Other words.", base_number=item.revision, by=viewer(by), now=now)
    library.publish(item, is_minor=is_minor, now=now)
    db.session.flush()
