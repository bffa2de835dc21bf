"""Why an item helped or did not: a few reasons to choose from, by kind; pure."""

from portal.errors import Refused
from portal.library.kinds import Kind

HELPED = {
    "right-words": "It gave me the words",
    "client-liked": "A client liked it",
    "learned": "I learned something",
    "saved-time": "It saved me time",
}
DID_NOT_HELP = {
    "out-of-date": "It is out of date",
    "wrong": "Something in it is wrong",
    "too-long": "It is too long",
    "not-my-clients": "It is not for my clients",
    "not-found": "I looked for something else",
}
BY_KIND = {
    Kind.CASE_STUDY: {"no-figures": "It lacks figures or proof"},
    Kind.TEMPLATE: {"hard-to-change": "It is hard to make my own"},
    Kind.SLIDE_DECK: {"hard-to-change": "It is hard to make my own"},
    Kind.OBJECTION_ANSWER: {"sounds-rehearsed": "It sounds rehearsed"},
    Kind.COMPETITOR_NOTE: {"not-my-market": "It does not hold in my market"},
}
"""Reasons that only these kinds have, where they did not help."""
LONGEST_WORDS = 500


def reasons(kind: Kind, *, useful: bool) -> dict[str, str]:
    """What somebody may choose, by key, in the order of the page."""
    return HELPED if useful else {**BY_KIND.get(kind, {}), **DID_NOT_HELP}


ALL = {**HELPED, **DID_NOT_HELP, **{key: said for own in BY_KIND.values() for key, said in own.items()}}
"""Every reason in words; an item may have changed its kind since one was chosen."""


def checked(kind: Kind, reason: str, words: str, *, useful: bool) -> tuple[str, str]:
    """A reason and words as they are kept. Raises Refused."""
    if reason and reason not in reasons(kind, useful=useful):
        raise Refused("Choose one of these.", field="reason")
    words = words.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_WORDS:
        raise Refused(f"Keep this to {LONGEST_WORDS} characters.", field="words")
    return reason, words
