"""The practices of the demo firm, its people, and what each of them is to the programme."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from portal.access import Role
from portal.accounts.models import Grant, Person, Practice
from portal.demo import names
from portal.demo.rows import Rows
from portal.demo.seasons import Year

ROOT = "halden-marsh"
TREE = {
    "tax-advisory": (
        "Tax advisory",
        {"corporate-tax": 10, "private-clients": 8, "transfer-pricing": 5, "indirect-tax": 6},
    ),
    "audit": ("Audit", {"audit-support": 12, "financial-reporting": 10, "internal-audit": 6}),
    "law": ("Law", {"corporate-law": 9, "employment-law": 6, "disputes": 6}),
    "advisory": ("Advisory", {"deals": 6, "restructuring": 4, "people-consulting": 4}),
    "firm-services": ("Firm services", {"marketing": 3, "operations": 5}),
}
"""The practices below the firm, and below those each with its share of the people."""
PRACTICES = [key for _name, below in TREE.values() for key in below]
UP_TO = list(accumulate(share for _name, below in TREE.values() for share in below.values()))
LARGE = 300
"""From this size on, practices of the third level have leaders of their own."""
TITLES = {
    "tax-advisory": ("Tax assistant", "Tax adviser", "Senior tax adviser", "Tax manager", "Tax partner"),
    "audit": ("Audit assistant", "Audit senior", "Audit manager", "Senior manager", "Audit partner"),
    "law": ("Paralegal", "Associate", "Senior associate", "Counsel", "Partner"),
    "advisory": ("Analyst", "Consultant", "Senior consultant", "Manager", "Partner"),
    "firm-services": ("Front desk", "Assistant", "Coordinator", "Team lead", "Director"),
}


class Level(StrEnum):
    """How much somebody takes part."""

    KEEN = "keen"
    STEADY = "steady"
    OCCASIONAL = "occasional"
    ABSENT = "absent"


SHARES = {Level.KEEN: 15, Level.STEADY: 45, Level.OCCASIONAL: 25, Level.ABSENT: 15}
SITTINGS = {Level.KEEN: (30, 44), Level.STEADY: (9, 20), Level.OCCASIONAL: (2, 6), Level.ABSENT: (0, 1)}
"""On how many days of the year people of a level do something."""
SLACK = 0.65
"""How much of that auditors do, so that the practices differ."""


@dataclass(frozen=True)
class Post:
    """Somebody the firm takes on: who, where, as what."""

    name: str
    practice: str
    title: str
    level: Level
    roles: tuple[tuple[Role, str], ...] = ()
    """Each with the key of its practice, empty where the role has none."""


@dataclass(slots=True)
class Member:
    """One person of the demo firm, as the rest of this room needs them."""

    id: int
    email: str
    practice_id: int
    practice_key: str
    area: str
    """The practice below the firm that theirs belongs to; firm services for the firm itself."""
    level: Level
    roles: tuple[tuple[Role, str], ...]
    joined: datetime
    rng: random.Random
    moments: list[datetime]
    """When they sat down with the portal, in order."""
    plan: tuple[tuple[str, int], ...] = ()
    """For whom it is fixed: the modules they took, and how many steps of each at most."""


FIXED = {
    "practitioner": Post("Ana Ferreira", "corporate-tax", "Tax manager", Level.KEEN),
    "practitioner2": Post("Charlie Stone", "corporate-law", "Senior associate", Level.KEEN),
    "leader": Post("Lena Berg", "tax-advisory", "Head of tax advisory", Level.KEEN, ((Role.LEADER, "tax-advisory"),)),
    "leader2": Post("Otto Lind", "law", "Head of law", Level.STEADY, ((Role.LEADER, "law"),)),
    "coach": Post("Ben Okoro", "tax-advisory", "Tax partner", Level.STEADY, ((Role.COACH, "tax-advisory"),)),
    "marketing": Post("Mira Sand", "marketing", "Head of marketing", Level.STEADY, ((Role.MARKETING, ""),)),
    "admin": Post("Adam Reed", "operations", "Systems", Level.OCCASIONAL, ((Role.ADMIN, ""),)),
    "executive": Post("Eva Holm", ROOT, "Managing partner", Level.STEADY, ((Role.EXECUTIVE, ""),)),
}
"""The people whom the sign-in page names."""


class Hiring:
    """Brings people into the firm, one after the other; the same seed brings the same people."""

    def __init__(self, rows: Rows, year: Year, practices: dict[str, int], password_hash: str, seed: int):
        self._rows, self._year, self._practices = rows, year, practices
        self._password_hash, self._seed = password_hash, seed
        self._rng = random.Random(seed)
        self._number = 0

    def hire(self, post: Post, local: str = "") -> Member:
        """A person with their roles, and when in the year they take part."""
        self._number += 1
        rng = random.Random(f"{self._seed}/{self._number}")
        joined, moments = self._attendance(post, rng, known=bool(local))
        member = Member(
            self._rows.number(Person),
            f"{local}@demo.example" if local else names.address(post.name, self._number),
            self._practices[post.practice],
            post.practice,
            area_of(post.practice),
            post.level,
            post.roles,
            joined,
            rng,
            moments,
        )
        self._write(member, post)
        return member

    def somebody(self, practice: str = "", role: Role | None = None) -> Post:
        """An invented person for a practice, or for any; those with a role take part."""
        practice = practice or self._rng.choices(PRACTICES, cum_weights=UP_TO)[0]
        name, titles = names.full_name(self._rng), TITLES[area_of(practice)]
        if role is None:
            level = self._rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
            return Post(name, practice, self._rng.choices(titles, weights=(5, 6, 5, 3, 1))[0], level)
        where = practice if role in {Role.LEADER, Role.COACH} else ""
        return Post(name, practice, titles[-1], self._rng.choice((Level.KEEN, Level.STEADY)), ((role, where),))

    def _attendance(self, post: Post, rng: random.Random, *, known: bool) -> tuple[datetime, list[datetime]]:
        year = self._year
        since, until = year.start + timedelta(days=int(60 * rng.random() ** 2)), year.today
        if not known and rng.random() < 0.08:  # came later
            since = year.start + timedelta(days=rng.randrange(60, 350))
        if not known and post.level != Level.KEEN and rng.random() < 0.15:  # has gone quiet
            until -= timedelta(days=rng.randrange(40, 120))
        low, high = SITTINGS[post.level]
        slack = SLACK if area_of(post.practice) == "audit" else 1.0
        moments = year.moments(rng, round(rng.randint(low, high) * slack), since, until)
        if known:
            moments = sorted([*moments, year.on(rng, year.today - timedelta(days=rng.randrange(1, 6)))])
        return year.on(rng, since - timedelta(days=5)), moments

    def _write(self, member: Member, post: Post) -> None:
        self._rows.add(
            Person,
            id=member.id,
            email=member.email,
            name=post.name,
            title=post.title,
            practice_id=member.practice_id,
            zone="",
            password_hash=self._password_hash,
            roles=",".join(sorted(role for role, _where in post.roles)),
            is_active=True,
            created_at=member.joined,
            joined_at=member.moments[0] if member.moments else None,
            version=1,
        )
        for role, where in post.roles:
            practice_id = self._practices[where] if where else None
            self._rows.add(Grant, person_id=member.id, role=role, practice_id=practice_id)


def area_of(practice: str) -> str:
    """The practice below the firm that a practice belongs to."""
    return next(
        (area for area, (_name, below) in TREE.items() if practice == area or practice in below), "firm-services"
    )


def name_of(key: str) -> str:
    """What a practice is called; nothing for no practice."""
    return "Halden & Marsh" if key == ROOT else TREE[key][0] if key in TREE else key.replace("-", " ").capitalize()


def plant(rows: Rows) -> dict[str, int]:
    """The practices, three levels deep; their ids by key."""
    ids: dict[str, int] = {}

    def add(key: str, parent: str = "", path: str = "/") -> str:
        ids[key] = rows.number(Practice)
        below = f"{path}{ids[key]}/"
        rows.add(Practice, id=ids[key], key=key, name=name_of(key), parent_id=ids.get(parent), path=below)
        return below

    root = add(ROOT)
    for area, (_name, below) in TREE.items():
        path = add(area, ROOT, root)
        for key in below:
            add(key, area, path)
    return ids


def vacancies(people: int) -> list[tuple[str, Role | None]]:
    """Leaders, coaches and marketers beside the fixed people, leaders on the third level in a large firm, and somebody
    in each practice."""
    areas = [area for area in TREE if area not in {"tax-advisory", "law"}]
    given: list[tuple[str, Role | None]] = [(area, Role.LEADER) for area in areas]
    given += [(area, Role.COACH) for area in (*areas, "law")]
    given += [("marketing", Role.MARKETING)] * max(1, people // 1000)
    if people >= LARGE:
        given += [(key, Role.LEADER) for key in PRACTICES]
    given += [(key, None) for key in PRACTICES]
    return given[: people - len(FIXED)]
