"""The piece of a text that shows why it was found, with the words marked."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

LENGTH = 220
ENDINGS = re.compile(r"(?<=\w{6})ers?$|(?<=\w{3})(ations?|ings?|ies|als?|ed|es|e|s|y)$")


def pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """What marks these words and their forms in a text; nothing without words."""
    stems = sorted({ENDINGS.sub("", word) for word in words}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w*", re.IGNORECASE) if stems else None


def marked(text: str, found: re.Pattern[str] | None) -> Markup:
    """A text with the words in <mark>; everything else in it is plain text."""
    if found is None:
        return escape(text)
    parts, end = [], 0
    for match in found.finditer(text):
        parts += [escape(text[end : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def snippet(body: str, found: re.Pattern[str]) -> Markup | None:
    """The stretch of a text that has most of the words, or nothing when it has none."""
    places = [(match.start(), match[0].lower()[:4]) for match in found.finditer(body)][:200]
    if not places:
        return None
    start = max(places, key=lambda place: (_distinct(places, place[0]), -place[0]))[0]
    first = body.rfind(" ", 0, max(start - 50, 0)) + 1 if start > 50 else 0
    last = body.find(" ", first + LENGTH)
    text = body[first : last if last > 0 else len(body)]
    return Markup("{}{}{}").format("… " if first else "", marked(text, found), " …" if last > 0 else "")


def _distinct(places: list[tuple[int, str]], start: int) -> int:
    return len({word for place, word in places if start <= place < start + LENGTH - 50})
