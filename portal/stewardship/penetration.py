"""Reading the totals of a practice and everything below it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.access import Can, Role
from portal.accounts import queries as accounts
from portal.accounts.models import Practice
from portal.accounts.tree import Branch
from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.clients.models import ClientCount, Use
from portal.db import db
from portal.errors import NotFound
from portal.stewardship.reach import Part, Picture, last_months, picture


@dataclass(frozen=True)
class View:
    """What the page shows."""

    practice: Branch
    practices: Sequence[Branch]
    """Those that can be looked at, to choose from."""
    picture: Picture
    parts: Sequence[Part]
    """The practices right below the one shown."""


def shown_to(viewer: Viewer, branches: Sequence[Branch]) -> list[Branch]:
    """The practices whose reach somebody may see: leaders those they lead, executives and marketing the firm."""
    if Role.EXECUTIVE in viewer.roles or Can.PUBLISH in viewer.powers:
        return list(branches)
    led = accounts.led_paths(viewer)
    return [branch for branch in branches if any(branch.path.startswith(path) for path in led)]


def view(viewer: Viewer, practice_id: int, today: date) -> View:
    """How far the services reach among the clients of a practice; the first one that may be seen when none is asked
    for."""
    practices = shown_to(viewer, clients.branches())
    found = next((branch for branch in practices if practice_id in {0, branch.id}), None)
    if found is None:
        raise NotFound
    services = [(service.id, service.name) for service in clients.services()]
    totals = [
        (measure, industry, of, int(n))
        for measure, industry, of, n in db.session.execute(
            select(ClientCount.measure, ClientCount.industry, ClientCount.of, func.sum(ClientCount.n))
            .join(Practice, Practice.id == ClientCount.practice_id)
            .where(accounts.below([found.path]))
            .group_by(ClientCount.measure, ClientCount.industry, ClientCount.of)
        )
    ]
    shown = picture(totals, services, last_months(today.year, today.month))
    return View(found, practices, shown, _parts(found, practices))


def _parts(found: Branch, practices: Sequence[Branch]) -> list[Part]:
    """The practices right below, and before them what the practice leads for itself; together they are all of it."""
    below = [one for one in practices if one.path.startswith(found.path) and one.depth == found.depth + 1]
    paths = {one.id: one.path for one in practices}
    sums: dict[tuple[int, str], int] = defaultdict(int)
    counted = db.session.execute(
        select(ClientCount.practice_id, ClientCount.measure, func.sum(ClientCount.n))
        .where(ClientCount.measure.in_(("clients", str(Use.USES))), ClientCount.practice_id.in_(list(paths)))
        .group_by(ClientCount.practice_id, ClientCount.measure)
    )
    for practice_id, measure, n in counted:
        part = next((part for part in below if paths[practice_id].startswith(part.path)), None)
        if part or practice_id == found.id:
            sums[part.id if part else found.id, measure] += int(n)
    shown = [(one.id, one.name) for one in below]
    if below and sums[found.id, "clients"]:
        shown = [(found.id, f"{found.name} itself"), *shown]
    return [Part(id, name, sums[id, "clients"], sums[id, str(Use.USES)]) for id, name in shown]
