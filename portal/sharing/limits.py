"""How often one address may knock at links: counted in the memory of this process, because opening a page writes
nothing. Passcodes, which can be guessed, are counted in the database, see `passcodes`."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

PAGES = 300
"""Pages of links that one address may open in a minute; a firm behind one address reads as it likes."""
MISSES = 30
"""Addresses that lead nowhere, by one address in a minute."""
ALL_MISSES = 1_000
"""Addresses that lead nowhere, by everybody in a minute; from then on a miss is told to wait."""
MOST_KEPT = 20_000


class Limits:
    """Counts by the minute; forgets the minute before."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._counts: OrderedDict[str, int] = OrderedDict()

    def over(self, what: str, most: int, now: datetime) -> bool:
        """Count one more, and say whether that was too many."""
        minute = int(now.timestamp()) // 60
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, OrderedDict()
            self._counts[what] = self._counts.get(what, 0) + 1
            if len(self._counts) > MOST_KEPT:
                self._counts.popitem(last=False)
            return self._counts[what] > most

    def knocked(self, address: str, now: datetime) -> bool:
        """Somebody opens an address of a link: whether they have to wait."""
        return self.over(f"page {address}", PAGES, now) or self._missed_too_often(address)

    def missed(self, address: str, now: datetime) -> bool:
        """It led nowhere: whether they have to wait."""
        is_over = self.over("misses", ALL_MISSES, now)
        return self.over(f"miss {address}", MISSES, now) or is_over

    def _missed_too_often(self, address: str) -> bool:
        with self._lock:
            return self._counts.get(f"miss {address}", 0) > MISSES

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._counts.clear()
