"""Hiding the names of contacts from a coach: each name becomes 'Contact 1', 'Contact 2' wherever it stands."""

import re
from collections.abc import Mapping, Sequence

from portal.worksheets.definition import NAME, Flat, Section, at, fields, parts, said
from portal.worksheets.kinds import CONTACT

SHORTEST = 3
"""A shorter name is hidden where it is the answer, and not looked for inside other words."""


def names(sections: Sequence[Section], *answers: Mapping[str, str]) -> dict[str, str]:
    """What each name of a contact is called instead, by the name in small letters; the same one in all answers."""
    found: dict[str, str] = {}
    for flat in answers:
        for place, text in flat.items():
            field = at(sections, place) if place != NAME else None
            name = said(field, text).casefold() if field and holds_contact(sections, place) else ""
            if name and name not in found:
                found[name] = f"Contact {len(found) + 1}"
    return found


def holds_contact(sections: Sequence[Section], place: str) -> bool:
    """Whether the answer at a place names a contact: a picker, a column called contact, or the name of one to be."""
    field = at(sections, place)
    if field is None:
        return False
    table = fields(sections)[parts(place)[0]]
    return field.kind == CONTACT or field.key == "contact" or (table.becomes == "contact" and field.key == "name")


def has_contacts(sections: Sequence[Section]) -> bool:
    """Whether a worksheet asks for a contact anywhere."""
    return any(
        holds_contact(sections, f"{field.key}/x/{column.key}" if field.columns else field.key)
        for field in fields(sections).values()
        for column in field.columns or (field,)
    )


def masked(sections: Sequence[Section], answers: Mapping[str, str], called: Mapping[str, str]) -> Flat:
    """Answers with the names hidden: as answers, and where a whole name stands inside another one."""
    longest_first = sorted((name for name in called if len(name) >= SHORTEST), key=len, reverse=True)
    anywhere = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)" if longest_first else r"(?!)",
        re.IGNORECASE,
    )

    def hidden(place: str, text: str) -> str:
        field = at(sections, place)
        if field and text and holds_contact(sections, place):
            return called.get(said(field, text).casefold(), "A contact")
        return anywhere.sub(lambda name: called.get(name[0].casefold(), "A contact"), text)

    return {place: hidden(place, text) for place, text in answers.items()}
