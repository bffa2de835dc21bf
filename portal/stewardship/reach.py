"""How far the firm's services reach, from running totals; values in, values out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.charts import share
from portal.clients.models import Use

ENOUGH_PEERS = 5
"""Fewer clients of one industry say nothing about what the others might need."""
COMMON = 20
"""From which share of the peers on, in percent, a service says something about the others."""
MOST_GAPS = 20
LAST_STEP = 6
"""The distribution ends with so many services or more."""
MONTHS = 12

Total = tuple[str, str, str, int]
"""Measure, industry, of what, how many; as in `clients.counting`."""


@dataclass(frozen=True)
class Reach:
    """How one service stands among the clients of a practice."""

    service_id: int
    name: str
    by_use: Mapping[Use, int]
    percent: int
    """The share of clients that use it."""


@dataclass(frozen=True)
class Gap:
    """White space: clients of an industry who don't use what their peers use."""

    industry: str
    service_id: int
    service: str
    using: int
    peers: int
    percent: int
    open: int
    """Clients who neither use it nor turned it down, nor are no fit."""
    noted: int
    """Of those, for how many somebody noted a need or made an offer."""


@dataclass(frozen=True)
class Month:
    """Where it stood at the end of a month."""

    month: str
    clients: int
    uses: int

    @property
    def average(self) -> float:
        """Services in use per client."""
        return self.uses / self.clients if self.clients else 0.0


@dataclass(frozen=True)
class Part:
    """One practice beside the others, with all below it."""

    id: int
    name: str
    clients: int
    uses: int

    @property
    def average(self) -> float:
        """Services in use per client."""
        return self.uses / self.clients if self.clients else 0.0


@dataclass(frozen=True)
class Picture:
    """All of it."""

    clients: int
    uses: int
    spread: Sequence[tuple[str, int, int]]
    """How many services, how many clients, their share in percent."""
    reaches: Sequence[Reach]
    gaps: Sequence[Gap]
    months: Sequence[Month]

    @property
    def average(self) -> float:
        """Services in use per client."""
        return self.uses / self.clients if self.clients else 0.0

    @property
    def several_percent(self) -> int:
        """The share of clients who use two services or more."""
        return share(sum(n for label, n, _ in self.spread if label not in {"0", "1"}), self.clients)


def picture(totals: Iterable[Total], services: Sequence[tuple[int, str]], months: Sequence[str]) -> Picture:
    """Penetration and white space from the totals of a practice and all below it."""
    n: dict[tuple[str, str, str], int] = defaultdict(int)
    for measure, industry, of, count in totals:
        n[measure, industry, of] += count
    clients = sum(count for (measure, _, _), count in n.items() if measure == "clients")
    return Picture(
        clients,
        sum(int(of) * count for (measure, _, of), count in n.items() if measure == "spread"),
        _spread(n, clients),
        _reaches(n, services, clients),
        _gaps(n, services),
        _months(n, months),
    )


def reading(months: Sequence[Month], clients: int) -> str:
    """What the curve shows, in a sentence."""
    if not clients:
        return "There are no clients here yet."
    now = months[-1].average
    first = next((month for month in months if month.clients), months[-1])
    said = f"A client uses {now:.1f} of our services on average"
    if first is months[-1]:
        return said + "."
    change = round(now, 1) - round(first.average, 1)
    if not change:
        return f"{said}, as in {said_month(first.month)}."
    return f"{said}, {'up' if change > 0 else 'down'} from {first.average:.1f} in {said_month(first.month)}."


def said_month(month: str) -> str:
    """A month in words: '2026-03' is 'March 2026'."""
    return f"{date.fromisoformat(month + '-01'):%B %Y}"


def last_months(year: int, month: int) -> list[str]:
    """The twelve months up to this one, as they are kept."""
    found = []
    for back in range(MONTHS - 1, -1, -1):
        whole = year * 12 + month - 1 - back
        found.append(f"{whole // 12:04d}-{whole % 12 + 1:02d}")
    return found


Counts = Mapping[tuple[str, str, str], int]


def _spread(n: Counts, clients: int) -> list[tuple[str, int, int]]:
    by: dict[int, int] = defaultdict(int)
    for (measure, _, of), count in n.items():
        if measure == "spread":
            by[min(int(of), LAST_STEP)] += count
    labels = [*map(str, range(LAST_STEP)), f"{LAST_STEP} or more"]
    return [(label, by[step], share(by[step], clients)) for step, label in enumerate(labels)]


def _reaches(n: Counts, services: Sequence[tuple[int, str]], clients: int) -> list[Reach]:
    by: dict[tuple[str, str], int] = defaultdict(int)
    for (measure, _, of), count in n.items():
        by[measure, of] += count
    found = []
    for service_id, name in services:
        uses = {use: by[str(use), str(service_id)] for use in Use}
        found.append(Reach(service_id, name, uses, share(uses[Use.USES], clients)))
    return sorted(found, key=lambda one: (-one.by_use[Use.USES], one.name))


def _gaps(n: Counts, services: Sequence[tuple[int, str]]) -> list[Gap]:
    found = []
    for (measure, industry, _), peers in n.items():
        if measure != "clients" or not industry or peers < ENOUGH_PEERS:
            continue
        for service_id, name in services:
            by = {use: n.get((str(use), industry, str(service_id)), 0) for use in Use}
            rest = peers - by[Use.USES] - by[Use.DECLINED] - by[Use.NOT_A_FIT]
            percent = share(by[Use.USES], peers)
            if percent >= COMMON and rest > 0:
                noted = by[Use.COULD_USE] + by[Use.OFFERED]
                found.append(Gap(industry, service_id, name, by[Use.USES], peers, percent, rest, noted))
    # The more of the peers use it, and the more are left, the sooner it comes.
    return sorted(found, key=lambda gap: (-gap.percent * gap.open, gap.industry, gap.service))[:MOST_GAPS]


def _months(n: Counts, months: Sequence[str]) -> list[Month]:
    def until(measure: str, month: str) -> int:
        return sum(count for (kind, _, of), count in n.items() if kind == measure and of <= month)

    return [Month(month, until("clients-added", month), until("uses-added", month)) for month in months]
