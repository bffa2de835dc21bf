"""When a certification stops saying what the firm says: by the claims themselves, not by the version's number."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.message.diff import Said

Words = frozenset[tuple[str, str, str, str]]


@dataclass(frozen=True)
class Version:
    """What staleness needs to know of a version."""

    number: int
    words: Words
    is_major: bool = False
    recertify_by: date | None = None
    is_withdrawn: bool = False


def words(claims: Iterable[Said]) -> Words:
    """What claims say, whatever their order; other words for an audience make nothing stale."""
    return frozenset((claim.key, str(claim.kind), claim.text, claim.answer) for claim in claims)


def same(versions: Mapping[int, Version], said: Words) -> list[int]:
    """The numbers of the versions that say exactly this. Nothing said is the same as nothing."""
    return sorted(number for number, version in versions.items() if said and version.words == said)


def since(timeline: Sequence[tuple[datetime, int]], versions: Mapping[int, Version], held: Collection[int]) -> datetime:
    """Since when what was in force has been none of what the held versions say; for somebody who is stale."""
    known = {versions[number].words for number in held}
    began: datetime | None = None
    for at, number in timeline:
        if number and versions[number].words in known:
            began = None
        elif began is None:
            began = at
    assert began is not None, "Nobody is stale on what is in force."
    return began


def between(versions: Mapping[int, Version], held: int, number: int) -> list[Version]:
    """What was published after the version that somebody holds, up to the one in force; that one alone, going back."""
    if number < held:
        return [versions[number]] if number else []
    return [versions[n] for n in range(held + 1, number + 1) if n in versions and not versions[n].is_withdrawn]


def is_major(versions: Mapping[int, Version], held: int, number: int) -> bool:
    """Whether any change since is to be said aloud."""
    return any(version.is_major for version in between(versions, held, number))


def due_on(versions: Mapping[int, Version], held: int, number: int) -> date | None:
    """By when: the day that the newest change since names."""
    days = [version.recertify_by for version in between(versions, held, number) if version.recertify_by]
    return days[-1] if days else None
