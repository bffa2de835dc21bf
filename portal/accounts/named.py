"""Finding a practice by what somebody wrote in a sheet."""

import re
from collections.abc import Sequence

from rapidfuzz import process

from portal.accounts.tree import ARROW, Branch

NEAR_ENOUGH = 55
"""How alike a practice's name must be to be suggested, of 100."""


class Wrong(Exception):
    """Why a cell will not do, in words for the person."""


class Practices:
    """The practices, to be found by key, by name, or by the way to them."""

    def __init__(self, branches: Sequence[Branch]):
        self.by_id = {branch.id: branch for branch in branches}
        self._by_key = {branch.key: branch for branch in branches}
        self._by_name: dict[str, list[Branch]] = {}
        for branch in branches:
            for start in range(len(branch.names)):
                self._by_name.setdefault(_spelled(ARROW.join(branch.names[start:])), []).append(branch)
        self._found: dict[str, Branch | Wrong] = {}

    def named(self, text: str) -> Branch:
        """The one practice that is meant. Raises Wrong."""
        if text not in self._found:
            self._found[text] = self._look_up(text)
        found = self._found[text]
        if isinstance(found, Wrong):
            raise found
        return found

    def _look_up(self, text: str) -> Branch | Wrong:
        found = self._by_name.get(_spelled(text), [])
        if len(found) != 1 and text.casefold() in self._by_key:
            return self._by_key[text.casefold()]
        if len(found) > 1:
            ways = " or ".join(f"“{branch.brief}”" for branch in found[:3])
            return Wrong(f"There are {len(found)} practices called “{text}”. Write {ways}.")
        return found[0] if found else self._unknown(text)

    def _unknown(self, text: str) -> Wrong:
        names = {branch.id: branch.name.casefold() for branch in self.by_id.values()}
        near = process.extractOne(_spelled(text).split(ARROW)[-1], names, score_cutoff=NEAR_ENOUGH)
        hint = f" Did you mean “{self.by_id[near[2]].brief}”?" if near else ""
        return Wrong(f"There is no practice called “{text[:80]}”.{hint}")


def _spelled(text: str) -> str:
    return re.sub(r"\s*[>›/]\s*", ARROW, text.casefold()).strip()
