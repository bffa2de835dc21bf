"""Two people changed the same item: field by field, what comes of it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Merged:
    """What comes of two sheets that began as the same one."""

    values: dict[str, str]
    """The result; where both changed a field, it has mine until I decide."""
    taken: tuple[str, ...] = ()
    """Fields that only they changed: theirs are in the result."""
    conflicts: tuple[str, ...] = ()
    """Fields that both changed, each differently."""


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Bring both sides' changes together; nothing that either wrote is dropped without being named."""
    values: dict[str, str] = {}
    taken: list[str] = []
    conflicts: list[str] = []
    for name in [*mine, *(name for name in theirs if name not in mine)]:
        before, ours, others = (sheet.get(name, "") for sheet in (base, mine, theirs))
        values[name] = others if ours == before else ours
        if ours != others and ours == before:
            taken.append(name)
        elif ours != others and others != before:
            conflicts.append(name)
    return Merged(values, tuple(taken), tuple(conflicts))


def decided(mine: Mapping[str, str], theirs: Mapping[str, str], choices: Mapping[str, str]) -> dict[str, str]:
    """My sheet after a conflict was decided: theirs where I chose theirs, and what I wrote everywhere else."""
    return {name: theirs.get(name, "") if choices.get(name) == "theirs" else value for name, value in mine.items()}
