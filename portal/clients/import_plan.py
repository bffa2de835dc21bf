"""What an import of clients would do, row by row; values in, values out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.accounts.named import Wrong
from portal.clients.naming import match_name
from portal.errors import Refused
from portal.sheets import DANGEROUS

MOST_ROWS = 5_000
LONGEST = 200
HEADINGS = {"name": "Client", "practice": "Practice", "industry": "Industry", "steward": "Steward"}
"""How we head the columns ourselves, in exports and in the file to start from."""
SYNONYMS = {
    "name": ("client", "name", "clientname", "company", "organisation", "organization", "account", "customer"),
    "practice": ("practice", "practicegroup", "department", "team", "leadpractice"),
    "industry": ("industry", "sector", "trade"),
    "steward": (
        "stewardsemail",
        "stewardemail",
        "steward",
        "owner",
        "accountmanager",
        "relationshippartner",
        "partner",
    ),
}


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Row:
    """One row of the sheet, as it was typed."""

    line: int
    name: str = ""
    practice: str = ""
    industry: str = ""
    steward: str = ""


@dataclass(frozen=True)
class Known:
    """A client that is here already."""

    id: int
    name: str
    industry: str
    practice_id: int
    steward_id: int | None
    practice: str = ""
    steward: str = ""
    """Their names, to say what changes."""


@dataclass(frozen=True)
class Planned:
    """What becomes of one row, and what the client will be afterwards."""

    outcome: Outcome
    words: tuple[str, ...] = ()
    client_id: int = 0
    name: str = ""
    industry: str = ""
    practice_id: int = 0
    steward_id: int | None = None


Find = Callable[[str], int]
"""From what was typed to an id; raises Wrong."""


def understood(cells: Sequence[Sequence[str]]) -> list[Row]:
    """The rows of a sheet whose first filled row names the columns. Raises Refused."""
    numbered = [(number, row) for number, row in enumerate(cells, 1) if any(cell.strip() for cell in row)]
    heading = [re.sub(r"[\W_]", "", _clean(cell).casefold()) for cell in numbered[0][1]] if numbered else []
    places = {
        field: next((heading.index(word) for word in words if word in heading), -1) for field, words in SYNONYMS.items()
    }
    if places["name"] < 0:
        raise Refused("We found no column for the client's name. The first row must name the columns.", field="file")
    if len(numbered) < 2:
        raise Refused("That file has headings, but no client below them.", field="file")
    if len(numbered) - 1 > MOST_ROWS:
        raise Refused(f"We take {MOST_ROWS:,} rows at a time. Split the file in two.", field="file")
    return [
        Row(number, **{field: _cell(row, place) for field, place in places.items()}) for number, row in numbered[1:]
    ]


def plan(rows: Sequence[Row], known: Mapping[str, Sequence[Known]], practice: Find, steward: Find) -> list[Planned]:
    """What becomes of each row, in order; `known` are the clients here, by the name they are matched by."""
    planned: list[Planned] = []
    first: dict[str, int] = {}
    for row in rows:
        wanted = match_name(row.name)
        if wanted and wanted in first:
            planned.append(Planned(Outcome.REFUSED, (f"This client is in row {first[wanted]} already.",)))
            continue
        first[wanted] = row.line
        try:
            planned.append(_outcome(row, known.get(wanted, ()), practice, steward))
        except Wrong as reason:
            planned.append(Planned(Outcome.REFUSED, (str(reason),)))
    return planned


def _outcome(row: Row, known: Sequence[Known], practice: Find, steward: Find) -> Planned:
    if not match_name(row.name) or len(row.name) > LONGEST or len(row.industry) > LONGEST:
        raise Wrong("A client needs a name of at most 200 characters.")
    if len(known) > 1:
        raise Wrong(f"{len(known)} clients here have this name. Merge them first.")
    here = known[0] if known else None
    practice_id = practice(row.practice) if row.practice else here.practice_id if here else 0
    if not practice_id:
        raise Wrong("A new client needs the practice that leads for it.")
    steward_id = steward(row.steward) if row.steward else here.steward_id if here else None
    industry = row.industry or (here.industry if here else "")
    if here is None:
        return Planned(Outcome.NEW, (), 0, row.name, industry, practice_id, steward_id)
    words = [
        said
        for said, changes in (
            (f"Industry: {industry}, was {here.industry or 'empty'}.", industry != here.industry),
            (f"Practice: {row.practice}, was {here.practice}.", practice_id != here.practice_id),
            (f"Steward: {row.steward}, was {here.steward or 'nobody'}.", steward_id != here.steward_id),
        )
        if changes
    ]
    # The name stays as it is here: the file may be the one that leaves out the legal form.
    outcome = Outcome.CHANGED if words else Outcome.SAME
    return Planned(outcome, tuple(words), here.id, here.name, industry, practice_id, steward_id)


def _cell(row: Sequence[str], place: int) -> str:
    return _clean(row[place]) if 0 <= place < len(row) else ""


def _clean(cell: str) -> str:
    # An apostrophe that an export put before a formula is not part of the text.
    if cell.startswith("'") and cell[1:].startswith(DANGEROUS):
        cell = cell[1:]
    return "".join(sign for sign in " ".join(cell.split()) if sign.isprintable())[:500]
