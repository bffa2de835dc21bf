"""What a steward might raise next, and why; values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.charts import share
from portal.clients.models import Use

ENOUGH_PEERS = 5
"""Fewer similar clients say nothing."""
MOST = 5
COMMON = 33
"""From which share of similar clients on, in percent, a service is worth a thought."""


@dataclass(frozen=True)
class Raise:
    """A service, and what speaks for raising it."""

    service_id: int
    name: str
    why: str
    is_said: bool
    """Whether a colleague has seen the need, rather than figures alone."""


def what_to_raise(
    services: Sequence[tuple[int, str]],
    here: Mapping[int, Use],
    *,
    peers: int,
    using: Mapping[int, int],
    industry: str,
) -> list[Raise]:
    """What a client could use: first what somebody saw, then what most similar clients use."""
    found = []
    for service_id, name in services:
        use = here.get(service_id)
        n = using.get(service_id, 0)
        if use not in {None, Use.COULD_USE} or (use is None and (peers < ENOUGH_PEERS or share(n, peers) < COMMON)):
            continue
        evidence = _evidence(n, peers, industry) if n and peers >= ENOUGH_PEERS else ""
        why = " ".join(part for part in ("A colleague noted that they could use it." if use else "", evidence) if part)
        found.append((use is None, -n, name, Raise(service_id, name, why, use is not None)))
    return [each[-1] for each in sorted(found, key=lambda each: each[:3])[:MOST]]


def _evidence(n: int, peers: int, industry: str) -> str:
    verb = "uses" if n == 1 else "use"
    return f"{n} of {peers} clients in {industry} {verb} it ({share(n, peers)} percent)."
