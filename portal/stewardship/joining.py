"""How two clients' states become one; values in, values out."""

from collections.abc import Mapping
from datetime import date

from portal.clients.models import Use

Said = tuple[Use, date]
"""A state, and since when."""


def joined(kept: Mapping[int, Said], gone: Mapping[int, Said]) -> dict[int, Use]:
    """What changes for the client that stays, by service: it takes over what was said of the other one where nothing
    was said of it, and what is in use at either is in use. Of two other words the later one stands."""
    changes = {}
    for service_id, (use, since) in sorted(gone.items()):
        here = kept.get(service_id)
        if here is None or (here[0] != use and _outweighs((use, since), here)):
            changes[service_id] = use
    return changes


def _outweighs(said: Said, here: Said) -> bool:
    if Use.USES in (said[0], here[0]):
        return said[0] == Use.USES
    return said[1] > here[1]
