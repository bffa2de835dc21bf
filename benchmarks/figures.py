"""From what was measured to what is said."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """One page at one number of connections."""

    page: str
    people: int
    connections: int
    requests: int
    seconds: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float | None
    """CPU time of the server's processes for one request; nothing where the system doesn't tell."""
    ratio: float | None = None
    """Requests per second, compared with the bare page in the same run."""
    cpu_ratio: float | None = None
    """CPU time of the bare page, compared with this one's."""

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    def said(self) -> dict[str, Any]:
        """As it stands in bench.json."""
        return {**asdict(self), "rate": round(self.rate, 1)}


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies (nearest rank)."""
    if not sorted_values:
        return 0.0
    rank = max(1, -(-len(sorted_values) * round(share * 100) // 100))
    return sorted_values[rank - 1]


def measured(
    page: str, people: int, connections: int, seconds: float, waits: list[float], cpu_seconds: float | None
) -> Measured:
    """One measurement from the waits of its requests, in seconds."""
    waits = sorted(waits)
    cpu_ms = None if cpu_seconds is None else round(1000 * cpu_seconds / max(1, len(waits)), 2)
    p50, p95 = (round(1000 * percentile(waits, share), 2) for share in (0.5, 0.95))
    return Measured(page, people, connections, len(waits), round(seconds, 2), p50, p95, cpu_ms)


def compared(one: Measured, bare: Measured) -> Measured:
    """The same with its ratios to the bare page at as many connections."""
    cpu = round(bare.cpu_ms / one.cpu_ms, 3) if one.cpu_ms and bare.cpu_ms else None
    return Measured(**{**asdict(one), "ratio": round(one.rate / bare.rate, 3), "cpu_ratio": cpu})


HEADS = ("people", "page", "conns", "req/s", "p50 ms", "p95 ms", "CPU ms", "of bare", "of bare CPU")


def table(found: Sequence[Measured]) -> str:
    """Everything in one table of plain text."""
    lines = [HEADS, *(_cells(one) for one in found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    said = [
        "  ".join(
            cell.ljust(width) if column == 1 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([said[0], "-" * len(said[0]), *said[1:]])


def _cells(one: Measured) -> tuple[str, ...]:
    return (
        f"{one.people:,}",
        one.page,
        str(one.connections),
        f"{one.rate:,.0f}",
        f"{one.p50_ms:.1f}",
        f"{one.p95_ms:.1f}",
        "-" if one.cpu_ms is None else f"{one.cpu_ms:.2f}",
        "-" if one.ratio is None else f"{one.ratio:.3f}",
        "-" if one.cpu_ratio is None else f"{one.cpu_ratio:.3f}",
    )
