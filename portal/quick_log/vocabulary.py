"""The words by which a line about a touch is taken apart."""

import re

from portal.network.models import TouchKind

KINDS: tuple[tuple[TouchKind, str], ...] = (
    (
        TouchKind.EVENT,
        r"conference|seminar|webinar|trade fair|fair|reception|gala|congress|summit|panel|awards?|event|party|opening",
    ),
    (TouchKind.CALL, r"(?:phone |video )?call(?:ed)?|rang|phoned|ring|telephoned|zoom(?:ed)?|spoke|talked|facetimed?"),
    (
        TouchKind.MESSAGE,
        r"wrote|e-?mail(?:ed)?|mailed|text(?:ed)?|messaged?|whatsapp(?:ed)?|letter|dm|sent|replied|linkedin message",
    ),
    (
        TouchKind.MEETING,
        r"coffee|lunch(?:ed)?|breakfast|dinner|drinks?|tea|beer|met|meeting|saw|visit(?:ed)?|walk|caught up|catch-?up"
        r"|golf|bumped into|ran into",
    ),
)
KIND = re.compile(rf"\b(?:{'|'.join(pattern for _, pattern in KINDS)})\b", re.IGNORECASE)
EVENT = re.compile(rf"\b(?:{KINDS[0][1]})\b", re.IGNORECASE)
_TITLES = "".join(rf"(?<!\b{title})" for title in ("[A-Z]", "Mr", "Ms", "Dr", "St", "Mrs", "Prof"))
_GOES_ON = (
    r"asked|ask(?:ing)? for|will|i'll|promised|follow|send|ring|call (?:him|her|them|back)|mean(?:t)? to|want to"
    r"|plan to|need to|he |she |they "
)
CLAUSES = re.compile(
    rf"\s*(?:[,;\n]+|{_TITLES}\.(?=\s+\S|\s*$)|\s[–-]\s)\s*"
    rf"|\s+(?:and|&|then|and then)\s+(?=(?:i |we )?(?:{_GOES_ON})\b)",
    re.IGNORECASE,
)
"""Where one thought ends: not after an initial or a title."""
NEXT = re.compile(
    r"^(?:next(?: step)?s?\s*:?|then|to ?do:?|follow(?:ing)?[ -]?up|(?:i )?will|i'll|need(?:s)? to|must"
    r"|remind me(?: to)?|promised to|going to|let's|agreed to)\b\s*:?\s*",
    re.IGNORECASE,
)
DO = re.compile(r"^(?:ring|call|send|write|email|invite|thank|meet|book|remind|chase|introduce|see)\b", re.IGNORECASE)
BY_THEM = re.compile(r"\b(?:he|she|they|who|[A-Z]\w+) (?:has |have )?asked (?:me|us)\b|^(?:he|she|they) asked\b")
MEANS = re.compile(r"\b(?:mean|want|plan|going|hope|need|about|intend|will|i'll)(?: to)? ask\b", re.IGNORECASE)
ASK = re.compile(
    r"\b(?:ask(?:ed|ing)?|request(?:ed)?)\b(?P<whom>(?:\s+(?!for\b|about\b|whether\b|if\b|to\b)[\w.'’-]+){0,3})\s+"
    r"(?P<how>for|about|whether|if|to)\s+(?P<what>.+)",
    re.IGNORECASE,
)
INTRO = re.compile(
    r"\b(?:an? )?(?:intro(?:duction)?s?|referral)s?\s+to\s+(?P<who>.+)|\bintroduce (?:me|us) to\s+(?P<whom>.+)",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"\b(?:with|w/|rang|called|phoned|texted|e-?mailed|messaged|met(?: with)?|saw|visited|thanked|bumped into|ran into"
    r"|wrote to|spoke (?:to|with)|talked (?:to|with)|caught up with|replied to|to|from|asked)\s+",
    re.IGNORECASE,
)
STOP = {
    *("at", "from", "about", "on", "of", "for", "in", "over", "after", "before", "by", "via", "during", "near", "to"),
    *("who", "whose", "re", "regarding", "because", "when", "while", "and", "but", "whether", "if", "outside"),
    *("the", "a", "an", "my", "our", "this", "last", "next", "today", "yesterday", "tomorrow", "again"),
    *("he", "she", "they", "him", "her", "them", "me", "us", "it", "i", "we"),
}
"""Where a name ends."""
PARTICLES = {"van", "von", "de", "der", "den", "del", "di", "da", "la", "le", "el", "bin", "ter"}
AT = re.compile(
    r"\b(?:at|from|of)\s+(?P<place>(?:[A-Z0-9][\w&.'’-]*)(?:\s+(?:&|and(?=\s[A-Z])|of|[A-Z0-9][\w&.'’-]*))*)"
)
