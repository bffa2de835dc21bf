"""What a fact must be: small checks that are put together into the shape of a file. Each answers the plain value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from portal.content.files import KEY, Document, Fact

LONGEST_LINE = 400

Check = Callable[[Document, Fact, str], Any]
"""Takes the file, the fact and its name; notes what is wrong; answers the value, or None."""


def words(document: Document, fact: Fact, name: str) -> str | None:
    """Text of any length."""
    if not isinstance(fact.value, str):
        document.problem(fact.line, f"'{name}' must be a text.")
        return None
    if fact.is_empty:
        document.problem(fact.line, f"'{name}' is empty.")
        return None
    return fact.value


def sentence(document: Document, fact: Fact, name: str) -> str | None:
    """Text that is shown as it stands; straight quotation marks become typographic ones, as they do in Markdown."""
    found = words(document, fact, name)
    if not found:
        return None
    for mark, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        found = re.sub(rf"(^|[\s(\[“—–-]){mark}(?=\S)", rf"\1{opening}", found).replace(mark, closing)
    return found


def exactly(document: Document, fact: Fact, name: str) -> str | None:
    """Text of any length, also none, with every sign as it stands."""
    if not isinstance(fact.value, str):
        document.problem(fact.line, f"'{name}' must be a text.")
        return None
    return fact.exact


def line(document: Document, fact: Fact, name: str) -> str | None:
    """A short sentence."""
    found = sentence(document, fact, name)
    if found and len(found) > LONGEST_LINE:
        document.problem(fact.line, f"'{name}' is too long: {len(found)} characters, at most {LONGEST_LINE}.")
    return found


def key(document: Document, fact: Fact, name: str) -> str | None:
    """A name of small letters, digits and hyphens."""
    found = words(document, fact, name)
    if found and not (KEY.fullmatch(found) and len(found) <= 80):
        document.problem(fact.line, f"'{name}' must be small letters, digits and hyphens, not '{_short(found)}'.")
    return found


def column(document: Document, fact: Fact, name: str) -> str | None:
    """A key in which words may also be joined by an underscore."""
    found = words(document, fact, name)
    return key(document, replace(fact, value=found.replace("_", "-")), name) and found if found else None


def yes_or_no(document: Document, fact: Fact, name: str) -> bool | None:
    """True or false."""
    said = {"true": True, "yes": True, "false": False, "no": False}
    found = said.get(fact.value.lower()) if isinstance(fact.value, str) else None
    if found is None:
        document.problem(fact.line, f"'{name}' must be true or false.")
    return found


def day(document: Document, fact: Fact, name: str) -> date | None:
    """A day."""
    try:
        return date.fromisoformat(fact.value)
    except (TypeError, ValueError):
        document.problem(fact.line, f"'{name}' must be a day like 2027-05-31.")
        return None


def one_of(*allowed: str) -> Check:
    """One of a few words."""

    def check(document: Document, fact: Fact, name: str) -> str | None:
        if fact.value in allowed:
            return fact.value
        said = f", not '{_short(fact.value)}'" if isinstance(fact.value, str) and fact.value else ""
        document.problem(fact.line, f"'{name}' must be {_either(allowed)}{said}.")
        return None

    return check


def whole(least: int, most: int) -> Check:
    """A whole number."""

    def check(document: Document, fact: Fact, name: str) -> int | None:
        text = fact.value if isinstance(fact.value, str) else ""
        if text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most:
            return int(text)
        document.problem(fact.line, f"'{name}' must be a whole number from {least} to {most}.")
        return None

    return check


def several(of: Check, least: int, most: int, unique: str = "") -> Check:
    """A list; `unique` names the fact in which its entries differ."""

    def check(document: Document, fact: Fact, name: str) -> list[Any] | None:
        if not isinstance(fact.value, list):
            document.problem(fact.line, f"'{name}' must be a list.")
            return None
        if not least <= len(fact.value) <= most:
            count = f"{least} to {most}" if most < 1000 else f"at least {least}"
            document.problem(fact.line, f"'{name}' must have {count} entries; it has {len(fact.value)}.")
        if unique:
            _differ(document, fact, unique)
        return [of(document, item, f"{name} {number}") for number, item in enumerate(fact.value, start=1)]

    return check


@dataclass(frozen=True)
class Group:
    """Facts by name, some of them optional."""

    needed: Mapping[str, Check]
    optional: Mapping[str, Check]

    def __call__(self, document: Document, fact: Fact, name: str) -> dict[str, Any] | None:
        """The values that are there."""
        if not isinstance(fact.value, dict):
            document.problem(fact.line, f"'{name}' must have facts of its own: {', '.join(self.needed)}.")
            return None
        known = {**self.needed, **self.optional}
        meant = set()
        for unknown in fact.value.keys() - known.keys():
            near = get_close_matches(unknown, known, n=1)
            meant |= set(near)
            hint = f" Did you mean '{near[0]}'?" if near else f" Known are: {', '.join(known)}."
            document.problem(fact.value[unknown].line, f"'{_short(unknown)}' is not a fact that can stand here.{hint}")
        for missing in self.needed.keys() - fact.value.keys() - meant:
            document.problem(fact.line, f"'{missing}' is missing.")
        return {part: known[part](document, fact.value[part], part) for part in known if part in fact.value}


def group(needed: Mapping[str, Check], **optional: Check) -> Group:
    """Facts by name."""
    return Group(needed, optional)


def cells(document: Document, fact: Fact, name: str) -> dict[str, str] | None:
    """Texts by the keys of columns; whether a table has those columns is seen later."""
    if not isinstance(fact.value, dict):
        document.problem(fact.line, f"'{name}' must have texts by the keys of columns, like 'channel: Talks'.")
        return None
    return {part: found for part, text in fact.value.items() if (found := sentence(document, text, part))}


def _differ(document: Document, fact: Fact, name: str) -> None:
    seen: dict[str, int] = {}
    for item in fact.value:
        found = item.value.get(name) if isinstance(item.value, dict) else None
        if found and isinstance(found.value, str):
            if found.value in seen:
                document.problem(
                    found.line, f"The {name} '{_short(found.value)}' is used on line {seen[found.value]} already."
                )
            seen.setdefault(found.value, found.line)


def _either(allowed: tuple[str, ...]) -> str:
    return allowed[0] if len(allowed) == 1 else f"{', '.join(allowed[:-1])} or {allowed[-1]}"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
