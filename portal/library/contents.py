"""The table of contents of a long text; pure."""

import re
from dataclasses import dataclass

from markupsafe import Markup

LEAST_HEADINGS, LEAST_MINUTES = 3, 3
"""Shorter texts are their own table of contents."""
_HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.S)


@dataclass(frozen=True)
class Heading:
    """A heading of the text and where it stands."""

    id: str
    words: str


def of(html: str, minutes: int) -> list[Heading]:
    """The headings of a text that is long enough to look for one; the HTML is what `markup.rendered` made."""
    found = [Heading(match[1], Markup(match[2]).striptags()) for match in _HEADING.finditer(html)]
    return found if minutes >= LEAST_MINUTES and len(found) >= LEAST_HEADINGS else []
