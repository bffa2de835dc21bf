"""What the library's facets and their values are called on the page, and how a typed value becomes one."""

import re
import unicodedata

from portal.library.kinds import KINDS, Kind

FACETS = {
    "kind": "Kind",
    "industry": "Industry",
    "service": "Service",
    "discipline": "Discipline",
    "stage": "Stage",
    "audience": "Audience",
    "practice": "Practice",
}
"""What people narrow the library by, in the order of the page."""

TAG_FACETS = {
    "discipline": "Disciplines",
    "practice": "Practices",
    "industry": "Industries",
    "service": "Services",
    "stage": "Stages",
    "audience": "Audiences",
    "claim": "Words of a pitch",
}
"""What editors tag an item with."""

LONGEST_SLUG = 60


def said(facet: str, value: str) -> str:
    """A value in words: 'Value proposition' for 'value-proposition', 'E-commerce' for 'e-commerce'."""
    if facet == "kind" and value in KINDS:
        return KINDS[Kind(value)]
    words = re.sub(r"(?<=\w\w)-", " ", value)
    return words[:1].upper() + words[1:]


def slug(text: str) -> str:
    """Small letters, digits and hyphens; empty when the text has no letter that can be one."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("ß", "ss"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")
