"""The claims of a pitch while it is being written: their keys, and moving them about."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.library.labels import slug
from portal.message.inheritance import Wording

LONGEST_KEY = 40
Row = dict[str, Any]


def keyed(claims: Sequence[Row]) -> list[Row]:
    """The claims with a key each: the one it has had, or a new one from its first words."""
    taken = {claim["key"] for claim in claims if claim["key"]}
    done: list[Row] = []
    for claim in claims:
        key = claim["key"] or _free(slug(claim["text"] or "")[:LONGEST_KEY].strip("-") or claim["kind"], taken)
        taken.add(key)
        wordings = {audience.replace("_", "-"): words for audience, words in (claim.get("wordings") or {}).items()}
        said = {audience: words for audience, words in wordings.items() if words}
        done.append({**claim, "key": key, "answer": claim["answer"] or "", "wordings": said})
    return done


def as_typed(claim: Mapping[str, Any]) -> Row:
    """A claim as the form's fields have it."""
    wordings = {audience.replace("-", "_"): words for audience, words in (claim.get("wordings") or {}).items()}
    return {**claim, "kind": str(claim["kind"]), "wordings": wordings}


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(key for number in range(2, 1000) if (key := f"{wanted}-{number}") not in taken)


def arranged(claims: Sequence[Row], step: str, above: Sequence[Wording] = ()) -> list[Row] | None:
    """The claims after a button like 'add', 'remove-2', 'up-3' or 'replace-opener'; nothing for any other button."""
    verb, _, typed = step.partition("-")
    rows = list(claims)
    if step == "add":
        return [*rows, {"key": "", "kind": "difference", "text": "", "answer": ""}]
    if verb == "replace":
        found = next((claim for claim in above if claim.key == typed), None)
        return [*rows, *([_instead_of(found)] if found else [])]
    if verb not in {"remove", "up", "down"} or not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        return None
    place = int(typed)
    if place >= len(rows):
        return rows
    row = rows.pop(place)
    if verb != "remove":
        rows.insert(max(0, place + (-1 if verb == "up" else 1)), row)
    return rows


def _instead_of(claim: Wording) -> Row:
    return {"key": "", "kind": claim.kind, "text": claim.text, "answer": claim.answer, "replaces": claim.key}
