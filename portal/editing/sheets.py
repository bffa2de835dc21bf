"""An item as an editor's sheet: every field by its name, as plain text, so that two sheets can be compared; pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from portal.errors import Refused
from portal.library import kinds
from portal.library.kinds import FACTS, KINDS, Kind
from portal.library.labels import TAG_FACETS, slug
from portal.library.models import Revision
from portal.library.services import CLAIM, Wording

Sheet = dict[str, str]
Author = tuple[str, int | None]
"""A name, and who it is; no number for somebody from outside."""

LONGEST_NAME = 100
FACT = "fact_"
"""What stands before the key of a fact in a field's name."""
FACT_LABELS = {fact.key: fact.label for facts in reversed(FACTS.values()) for fact in facts}
LABELS = {
    "title": "Title",
    "summary": "Summary",
    "source": "Text",
    "kind": "Kind",
    "is_internal": "For colleagues only",
    "authors": "Authors",
    "review_on": "Review by",
    **TAG_FACETS,
    **{f"{FACT}{key}": label for key, label in FACT_LABELS.items()},
}
"""Every field of a sheet, in the order of the page, and what it is called."""
ABOUT = ("is_internal", "authors")
"""Fields that belong to the item and not to one of its revisions: they hold as soon as they are saved."""
LONG = {"summary", "source", *(f"{FACT}{fact.key}" for facts in FACTS.values() for fact in facts if fact.is_long)}
"""Fields of several lines."""


def plain(text: str) -> str:
    """Text with one kind of line end, and without the invisible characters that come along from other programs."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", re.sub(r"\r\n?", "\n", text))


def tidy(name: str, value: str) -> str:
    """A field's value as it is kept, so that the same thing typed differently is the same."""
    value = plain(value)
    if name == "source":
        return value
    if name in TAG_FACETS:
        parts = (part.strip() for part in value.split(","))
        kept = (part.lower() for part in parts) if name == CLAIM else map(slug, parts)
        return ", ".join(dict.fromkeys(part for part in kept if part))
    return value.strip()


def of(revision: Revision, about: Mapping[str, str]) -> Sheet:
    """What a revision says, with what is known about its item."""
    told = {
        "title": revision.title,
        "summary": revision.summary,
        "source": revision.source,
        "kind": str(revision.kind),
        "review_on": revision.review_on.isoformat() if revision.review_on else "",
    }
    told |= {facet: ", ".join(revision.tags.get(facet, ())) for facet in TAG_FACETS}
    told |= {f"{FACT}{key}": str(value) for key, value in revision.facts.items()}
    return filled({**told, **{name: about.get(name, "") for name in ABOUT}})


def filled(sheet: Mapping[str, str]) -> Sheet:
    """A sheet with every field, tidied; nothing else."""
    return {name: tidy(name, sheet.get(name, "")) for name in LABELS}


def wording(sheet: Sheet) -> Wording:
    """What the library takes. Raises Refused with the name of the field."""
    kind = Kind(sheet["kind"])
    given = {name.removeprefix(FACT): value for name, value in sheet.items() if name.startswith(FACT)}
    try:
        facts = kinds.checked(kind, given)
    except Refused as refusal:
        raise Refused(refusal.message, field=f"{FACT}{refusal.field}") from None
    tags = {facet: sheet[facet].split(", ") for facet in TAG_FACETS if sheet[facet]}
    review_on = date.fromisoformat(sheet["review_on"]) if sheet["review_on"] else None
    return Wording(kind, sheet["title"], sheet["summary"], sheet["source"], tags, review_on, facts)


def authors_said(authors: Iterable[Author]) -> str:
    """Authors as a field has them: a line each, with the number of who is a colleague."""
    seen: dict[object, str] = {}
    for typed, number in authors:
        name = " ".join(plain(typed).replace("#", " ").split())[:LONGEST_NAME]
        if name:
            seen.setdefault(number or name, f"{name} #{number}" if number else name)
    return "\n".join(seen.values())


def authors_of(said: str) -> list[Author]:
    """The same, read back."""
    found = (re.fullmatch(r"(.*?)(?: #([0-9]{1,9}))?", line) for line in said.split("\n") if line)
    return [(each[1], int(each[2]) if each[2] else None) for each in found if each]


def shown(name: str, value: str) -> str:
    """A value as people read it."""
    if name == "kind":
        return KINDS[Kind(value)] if value in KINDS else value
    if name == "is_internal":
        return "Yes" if value else "No"
    if name == "authors":
        return ", ".join(author for author, _number in authors_of(value))
    choices = {f"{FACT}{fact.key}": fact.choices for facts in FACTS.values() for fact in facts if fact.choices}
    return choices.get(name, {}).get(value, value)
