"""Making the demo firm."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from portal.accounts import passwords
from portal.accounts.models import Practice
from portal.config import Config
from portal.db import db
from portal.demo import (
    address_book,
    asking,
    assignments,
    attachments,
    certifications,
    clients,
    content,
    course,
    credit,
    editing,
    follow_ups,
    heard,
    publishing,
    readership,
    sharing,
    showcase,
    usage,
    worksheets,
)
from portal.demo.log import Log
from portal.demo.network import Circles
from portal.demo.people import FIXED, Hiring, Member, plant, vacancies
from portal.demo.reading import Shelf
from portal.demo.recitals import Reciting
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.demo.submissions import Showing
from portal.demo.totals import Totals
from portal.demo.year import Life, World
from portal.errors import Refused
from portal.learning.models import Module

PASSWORD = "demo-portal"
Progress = Callable[[str, int, int], None]
STRIDE = 20
"""Progress is told after so many people."""


class NotEmpty(Refused):
    """There are people here already, or there is nothing for them to do."""


def make_firm(people: int, *, seed: int = 2026, now: datetime, progress: Progress) -> None:
    """A believable firm and its year, in an empty database that has its content. The same seed makes the same firm."""
    if db.session.scalar(select(func.count()).select_from(Practice)):
        raise NotEmpty("There is a firm here already. The demo firm needs an empty database.")
    if not db.session.scalar(select(func.count()).select_from(Module)):
        raise NotEmpty("There is no content yet. Load it first: portal content load")
    config: Config = current_app.extensions["portal_config"]
    year, rows = Year(now, config.TIME_ZONE), Rows()
    hiring = Hiring(rows, year, plant(rows), passwords.hasher(config.PASSWORD_MEMORY_KIB).hash(PASSWORD), seed)
    members = _hire(max(people, len(FIXED)), hiring, progress)
    known = dict(zip(FIXED, members, strict=False))
    showcase.prepare(known["practitioner"], year)
    rows.flush()  # what marketing publishes names her
    content.date_back(year)
    content.revise_pitch(year, known["marketing"])
    content.revise_item(year, known["marketing"])
    attachments.attach(year, known["marketing"])
    totals = Totals()
    world = World(year, course.read(), config.CURRENCY, rows, totals, Shelf(), Circles(rows, totals, year))
    Log(known["admin"], rows).tell(members, year)
    assignments.assign(known, members, world.course, year, rows)
    _live(members, world, progress)
    clients.arrange(members, known, year, rows)
    certifications.certify(members, known, year, rows)
    worksheets.link_rows()
    asking.arrange(members, known, year, rows)
    readership.arrange(members, known, year, rows)
    follow_ups.tell(known, year)
    credit.Sharing(members, known, rows, year.now).tell()
    usage.tell(members, known, year, rows)
    address_book.arrange(known["practitioner"], year)
    sharing.arrange(known, year)
    worksheets.show(known.values(), year)
    publishing.arrange(known, year)
    Showing(members, rows, year).tell()
    editing.write(known["marketing"], year.now)
    heard.Hearing(known, year, rows).tell()
    progress("Done", 100, 100)


def _hire(people: int, hiring: Hiring, progress: Progress) -> list[Member]:
    members = [hiring.hire(post, local) for local, post in FIXED.items()]
    members += [hiring.hire(hiring.somebody(where, role)) for where, role in vacancies(people)]
    while len(members) < people:
        members.append(hiring.hire(hiring.somebody()))
        if len(members) % STRIDE == 0:
            progress("Hiring people", 5 * len(members), 100 * people)
    return members


def _live(members: list[Member], world: World, progress: Progress) -> None:
    for number, member in enumerate(members):
        if number % STRIDE == 0:
            progress("A year of work", 5 + 90 * number // len(members), 100)
        life = Life(member, world)
        life.live()
        if member.plan:
            showcase.arrange(life)
        asking.log(life)
        life.write()
    world.circles.show_around(members)
    Reciting(members, world.course, world.rows, world.year).tell()
    world.totals.write(world.rows)
    world.shelf.write(world.rows)
    world.rows.finish()
