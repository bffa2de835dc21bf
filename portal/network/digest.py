"""One mail with whom to be in touch with: once in a period, also after a standstill, and none when nobody is due."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from portal import mail
from portal.accounts import viewer
from portal.accounts.models import Person
from portal.db import changed, db
from portal.jobs import services as jobs
from portal.network import habits, labels, queries
from portal.network.models import Digest, NetworkSettings

FROM_HOUR = 7
"""In the morning, where the person is."""
BATCH = 200
MOST_NAMES = 12
AHEAD = timedelta(days=1)
"""Somewhere it is tomorrow already."""

_DUE = (
    select(NetworkSettings.person_id, NetworkSettings.digest, NetworkSettings.digest_on, Person)
    .join(Person, Person.id == NetworkSettings.person_id)
    .where(NetworkSettings.digest_on <= bindparam("latest"), NetworkSettings.person_id > bindparam("after"))
    .where(Person.is_active, NetworkSettings.digest != Digest.NONE)
    .order_by(NetworkSettings.person_id)
    .limit(BATCH)
    .options(joinedload(Person.practice))
)


def send_due(now: datetime) -> int:
    """Begin the digests of everybody whose period has come; how many. Each is claimed and written down together, so
    that two workers send it once, and a crash in between neither loses nor repeats it."""
    begun, after = 0, 0
    while batch := db.session.execute(_DUE, {"latest": now.date() + AHEAD, "after": after}).all():
        after = batch[-1].person_id
        for row in batch:
            begun += _begin(row, now)
        db.session.commit()
        jobs.hand_over()
    return begun


def _begin(row: Any, now: datetime) -> int:
    who = viewer.of(row.Person)
    today = who.today(now)
    if row.digest_on > today or who.hour(now) < FROM_HOUR:
        return 0
    mine = (NetworkSettings.person_id == row.person_id, NetworkSettings.digest_on == row.digest_on)
    after = habits.next_digest(row.digest, today)
    if not changed(update(NetworkSettings).where(*mine).values(digest_on=after)):
        return 0
    if not queries.due_count(row.person_id, today):
        return 0
    # The names are put in when it is sent: what waits to be done is no place for somebody's contacts.
    jobs.enqueue("send-network-digest", person_id=row.person_id)
    return 1


def send(person_id: int) -> None:
    """Write to somebody whom they are due to be in touch with."""
    person = db.session.get(Person, person_id)
    if person is None or not person.is_active:
        return
    config = current_app.extensions["portal_config"]
    today = viewer.of(person).today()
    n = queries.due_count(person_id, today)
    if n:
        text = letter(person.name.split(" ")[0], queries.due(person_id, today, MOST_NAMES), n, today, config.BASE_URL)
        mail.send(config, to=person.email, subject=subject(n), text=text)


def subject(n: int) -> str:
    """What the mail is called; it names nobody, since subjects are seen on locked screens."""
    return "One person to be in touch with" if n == 1 else f"{n} people to be in touch with"


def letter(first_name: str, due: Any, n: int, today: date, address: str) -> str:
    """The mail."""
    lines = [
        f"- {row.name}{f', {row.organisation}' if row.organisation else ''} ({labels.said_due(row.due_on, today)})"
        for row in due
    ]
    if n > len(lines):
        lines.append(f"- and {n - len(lines)} more")
    address = address.rstrip("/")
    return (
        f"Hello {first_name},\n\nyou meant to be in touch with:\n\n" + "\n".join(lines) + "\n\n"
        "Two would do. What to say, and a press to log it, or to wait:\n"
        f"{address}/network?state=due\n\n"
        f"How often this comes, or not at all: {address}/network/settings\n"
    )
