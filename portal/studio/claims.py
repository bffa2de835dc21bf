"""The claims of a pitch while it is being written: their keys, and moving them about."""

from collections.abc import Sequence

from portal.library.labels import slug

LONGEST_KEY = 40


def keyed(claims: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The claims with a key each: the one it has had, or a new one from its first words."""
    taken = {claim["key"] for claim in claims if claim["key"]}
    done: list[dict[str, str]] = []
    for claim in claims:
        key = claim["key"] or _free(slug(claim["text"])[:LONGEST_KEY].strip("-") or claim["kind"], taken)
        taken.add(key)
        done.append({**claim, "key": key, "answer": claim["answer"] or ""})
    return done


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(key for number in range(2, 1000) if (key := f"{wanted}-{number}") not in taken)


def arranged(claims: Sequence[dict[str, str]], step: str) -> list[dict[str, str]] | None:
    """The claims after a button like 'add', 'remove-2', 'up-3' or 'down-1'; nothing for any other button."""
    verb, _, typed = step.partition("-")
    rows = list(claims)
    if step == "add":
        return [*rows, {"key": "", "kind": "difference", "text": "", "answer": ""}]
    if verb not in {"remove", "up", "down"} or not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        return None
    place = int(typed)
    if place >= len(rows):
        return rows
    row = rows.pop(place)
    if verb != "remove":
        rows.insert(max(0, place + (-1 if verb == "up" else 1)), row)
    return rows
