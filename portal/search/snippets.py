"""The piece of a text that shows why it was found, with the words marked."""

from collections.abc import Collection

from markupsafe import Markup, escape

from portal.words import places, stem

LENGTH = 220
LONGEST_TEXT = 40_000
"""A passage is looked for in so much of a text."""


def marked(text: str, terms: Collection[str]) -> Markup:
    """A text with the words of these stems in <mark>; everything else in it is plain text."""
    found, end = [], 0
    for start, stop, word in places(text) if terms else ():
        if start >= end and stem(word) in terms:
            found += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
            end = stop
    return Markup("").join([*found, escape(text[end:])])


def has(text: str, terms: Collection[str]) -> bool:
    """Whether a text has a word of these stems."""
    return any(stem(word) in terms for _start, _stop, word in places(text))


def snippet(body: str, terms: Collection[str]) -> Markup | None:
    """The stretch of a text that has most of the words, or nothing when it has none."""
    found = [(start, of) for start, _stop, word in places(body[:LONGEST_TEXT]) if (of := stem(word)) in terms][:200]
    if not found:
        return None
    start = max(found, key=lambda place: (_distinct(found, place[0]), -place[0]))[0]
    first = body.rfind(" ", 0, max(start - 50, 0)) + 1 if start > 50 else 0
    last = body.find(" ", first + LENGTH)
    text = body[first : last if last > 0 else len(body)]
    return Markup("{}{}{}").format("… " if first else "", marked(text, terms), " …" if last > 0 else "")


def around(text: str, terms: Collection[str]) -> tuple[int, str]:
    """How many of these stems a long text has, and the part of it around one; found quickly rather than surely."""
    small = text.lower()
    found = {term: place for term in terms if (place := _beginning_of_a_word(small, term)) >= 0}
    if not found:
        return 0, ""
    place = found[max(found, key=lambda term: (len(term), term))]
    return len(found), text[max(place - 3 * LENGTH, 0) : place + 3 * LENGTH]


def _beginning_of_a_word(text: str, term: str) -> int:
    place = text.find(term)
    while place > 0 and text[place - 1].isalnum():
        place = text.find(term, place + 1)
    return place


def _distinct(found: list[tuple[int, str]], start: int) -> int:
    return len({word for place, word in found if start <= place < start + LENGTH - 50})
