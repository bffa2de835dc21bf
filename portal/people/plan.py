"""What an import would do, row by row: somebody new, a change, nothing, or a refusal with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from email_validator import EmailNotValidError, validate_email

from portal.access import Role
from portal.accounts.named import Practices, Wrong
from portal.people.columns import Row

LONGEST = 200
OF_A_PRACTICE = {Role.LEADER, Role.COACH}
OTHER_ROLE_NAMES = {
    "practice leader": Role.LEADER,
    "administrator": Role.ADMIN,
    "marketer": Role.MARKETING,
    "none": Role.PRACTITIONER,
}

Held = tuple[Role, int | None]
"""A role, and the practice it is held for."""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Known:
    """Somebody who is here already."""

    id: int
    name: str
    practice_id: int
    title: str = ""
    zone: str = ""
    is_active: bool = True
    held: frozenset[Held] = frozenset()


@dataclass(frozen=True)
class Planned:
    """What becomes of one row, and what the person will be afterwards."""

    line: int
    outcome: Outcome
    words: tuple[str, ...] = ()
    """What changes, or why not."""
    email: str = ""
    name: str = ""
    practice_id: int = 0
    title: str = ""
    zone: str = ""
    granted: frozenset[Held] = frozenset()
    """Roles to be added; a file takes none away."""


@dataclass(frozen=True)
class Firm:
    """What rows are held against."""

    practices: Practices
    zone: Callable[[str], str | None]
    """Finds a time zone by what was written."""


def plan(rows: Sequence[Row], people: Mapping[str, Known], firm: Firm) -> list[Planned]:
    """What becomes of each row, in order; the people who are here are found by e-mail address."""
    planned, first = [], dict[str, int]()
    for row in rows:
        email = row.email.lower()
        if email and email in first:
            planned.append(Planned(row.line, Outcome.REFUSED, (f"This address is in row {first[email]} already.",)))
            continue
        first[email] = row.line
        planned.append(_outcome(row, people.get(email), firm))
    return planned


def _outcome(row: Row, known: Known | None, firm: Firm) -> Planned:
    found: dict[str, Any] = {}
    wrong: dict[str, None] = {}
    for field, check in CHECKS.items():
        try:
            found[field] = check(row, known, firm)
        except Wrong as reason:
            wrong[str(reason)] = None
    if wrong:
        return Planned(row.line, Outcome.REFUSED, tuple(wrong))
    words = _changes(found, known, firm)
    if known is None:
        return Planned(row.line, Outcome.NEW, words, **found)
    if words and not known.is_active:
        return Planned(
            row.line, Outcome.REFUSED, ("This person is deactivated. Reactivate them first, on their page.",)
        )
    return Planned(row.line, Outcome.CHANGED if words else Outcome.SAME, words, **found)


def _changes(found: dict[str, Any], known: Known | None, firm: Firm) -> tuple[str, ...]:
    words = []
    if known:
        before, after = (firm.practices.by_id[id].brief for id in (known.practice_id, found["practice_id"]))
        for what, old, new in (
            ("Name", known.name, found["name"]),
            ("Practice", before, after),
            ("Title", known.title, found["title"]),
            ("Time zone", known.zone, found["zone"]),
        ):
            if old != new:
                words.append(f"{what}: {new}, was {old or 'empty'}")
    for role, practice_id in sorted(found["granted"], key=str):
        where = f" of {firm.practices.by_id[practice_id].brief}" if practice_id else ""
        words.append(f"Role: {role}{where}")
    return tuple(words)


def _email(row: Row, known: Known | None, firm: Firm) -> str:
    return checked_email(row.email)


def checked_email(text: str) -> str:
    """An e-mail address as we keep it. Raises Wrong."""
    if not text:
        raise Wrong("The e-mail address is missing.")
    if len(text) > LONGEST:
        raise Wrong(f"The e-mail address is longer than {LONGEST} characters.")
    if not text.isascii():
        raise Wrong(f"“{text}” has letters that e-mail addresses can't have here; use plain ones.")
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        raise Wrong(f"“{text}” isn't an e-mail address.") from None
    return text.lower()


def _name(row: Row, known: Known | None, firm: Firm) -> str:
    if not row.name and known is None:
        raise Wrong("The name is missing.")
    if len(row.name) > LONGEST:
        raise Wrong(f"The name is longer than {LONGEST} characters.")
    return row.name or (known.name if known else "")


def _practice(row: Row, known: Known | None, firm: Firm) -> int:
    if row.practice:
        return firm.practices.named(row.practice).id
    if known is None:
        raise Wrong("The practice is missing.")
    return known.practice_id


def _title(row: Row, known: Known | None, firm: Firm) -> str:
    if len(row.title) > LONGEST:
        raise Wrong(f"The title is longer than {LONGEST} characters.")
    return row.title or (known.title if known else "")


def _zone(row: Row, known: Known | None, firm: Firm) -> str:
    if not row.zone:
        return known.zone if known else ""
    found = firm.zone(row.zone)
    if found is None:
        raise Wrong(f"“{row.zone[:80]}” isn't a time zone we know. Write it like Europe/London.")
    return found


def _granted(row: Row, known: Known | None, firm: Firm) -> frozenset[Held]:
    asked = {_held(part, row, known, firm) for part in _split(row.role)}
    new = {held for held in asked if held[0] != Role.PRACTITIONER}
    return frozenset(new - (known.held if known else frozenset()))


def _split(text: str) -> list[str]:
    # A practice may have a comma in its name, so commas part roles only where no practice is named.
    parts = [part for half in text.split(";") for part in ([half] if ":" in half else half.split(","))]
    return [part.strip() for part in parts if part.strip()]


def _held(text: str, row: Row, known: Known | None, firm: Firm) -> Held:
    name, _, where = (part.strip() for part in text.partition(":"))
    try:
        role = OTHER_ROLE_NAMES.get(name.casefold()) or Role(name.casefold())
    except ValueError:
        raise Wrong(f"“{name[:80]}” isn't a role. Write one of: {', '.join(Role)}.") from None
    if role not in OF_A_PRACTICE:
        return role, None
    return role, firm.practices.named(where).id if where else _practice(row, known, firm)


CHECKS: dict[str, Callable[[Row, Known | None, Firm], Any]] = {
    "email": _email,
    "name": _name,
    "practice_id": _practice,
    "title": _title,
    "zone": _zone,
    "granted": _granted,
}


def said_roles(held: Sequence[tuple[Role, str]]) -> str:
    """Roles as an export writes them and an import reads them: 'admin; leader: Firm > Tax'."""
    return "; ".join(f"{role}: {practice}" if practice else str(role) for role, practice in held)
