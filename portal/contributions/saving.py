"""Two people in one form: field by field, what only one of them changed is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.markup import fingerprint

SHORT = 8


def base_of(values: Mapping[str, str]) -> str:
    """What a page started from, as its form carries it along: a short print of each field."""
    return ".".join(f"{name}-{fingerprint(value)[:SHORT]}" for name, value in sorted(values.items()))


@dataclass(frozen=True)
class Merged:
    """What two people's changes make together."""

    kept: dict[str, str]
    """Field by field; where both changed one differently, as the other left it."""
    clashes: list[str]
    """Those fields."""


def merged(base: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """What my changes since `base` and theirs make together."""
    prints = dict(part.rsplit("-", 1) for part in base.split(".") if "-" in part)
    kept, clashes = dict(theirs), []
    for name, value in mine.items():
        was = prints.get(name)
        if value == theirs.get(name) or _print(value) == was:
            continue
        if _print(theirs.get(name, "")) == was:
            kept[name] = value
        else:
            clashes.append(name)
    return Merged(kept, clashes)


def _print(value: str) -> str:
    return fingerprint(value)[:SHORT]
