"""The words by which a line about a touch is taken apart."""

import re

from portal.network.models import TouchKind

KINDS: tuple[tuple[TouchKind, str], ...] = (
    (
        TouchKind.EVENT,
        r"conference|seminar|webinar|trade fair|fair|reception|gala|congress|summit|panel|awards?|event|party|opening"
        r"|workshop|training|exhibition|meetup",
    ),
    (
        TouchKind.CALL,
        r"(?:phone |video |teams |zoom )?call(?:ed)?|rang|phoned|ring|telephoned|zoom(?:ed)?|spoke|talked|facetimed?"
        r"|skyped?|teams (?:meeting|chat)|webex|voice ?mail|(?:on|off|by|over) (?:the )?phone",
    ),
    (
        TouchKind.MESSAGE,
        r"wrote|e-?mail(?:ed)?|mailed|text(?:ed)?|messaged?|whatsapp(?:ed)?|letter|dm|sent|replied|linkedin message"
        r"|congratulated|wished|thanked|(?:christmas |birthday |greeting |post)card|pinged|commented|an? (?:line|note)",
    ),
    (
        TouchKind.MEETING,
        r"coffee|lunch(?:ed)?|breakfast|dinner|drinks?|tea|beer|met|meeting|saw|visit(?:ed)?|walk|caught up|catch-?up"
        r"|golf|tennis|squash|padel|bumped into|ran into|chat(?:ted)?|pints?|beers|brunch|supper"
        r"|came (?:to|by|over|round)|stopped by|dropped (?:in|by)|popped (?:in|by)",
    ),
)
KIND = re.compile(rf"\b(?:{'|'.join(pattern for _, pattern in KINDS)})\b", re.IGNORECASE)
EVENT = re.compile(rf"\b(?:{KINDS[0][1]})\b", re.IGNORECASE)
_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŠŽ"
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
INTRODUCED = re.compile(r"^(?P<who>.+?) (?:has )?introduced (?:me|us) to\b")
ALSO = re.compile(r"\s*(?:,|and|&)\s+(?=\S)")
"""What stands between those who were there."""
DEED = re.compile(
    r"(?!(?:ahmed|mohamm?ed|muhamm?ed|hamed|(?:al|wil|wini)?fred|jared|ned|ted|reed|saeed|rashed|waleed|khaled|majed|javed"
    r"|naveed|zayed)$)(?:[a-z]+ed|took|gave|bought|drove|showed|invite|congratulate|remind|tell|ask|chase|introduce)",
    re.IGNORECASE,
)
"""A verb that begins a line with a capital, and looks like a first name there: 'Invited Dana', 'Chased Tom'."""
DO = re.compile(r"^(?:ring|call|send|write|email|invite|thank|meet|book|remind|chase|introduce|see)\b", re.IGNORECASE)
BY_THEM = re.compile(
    rf"\b(?:he|she|they|who|[{_CAPITAL}]\w+) (?:has |have )?asked (?:me|us)\b|^(?i:he|she|they) asked\b"
    r"|\bfrom\b.* asking\b"
)
OFFERED = re.compile(
    r"\b(?:he|she|they|who|it)"
    r"(?:'ll| will| would| can| could| may| might| offered to| promised to| wants to|'s going to)"
    r" (?:happily |gladly |kindly )?(?:introduce|put|connect|refer)\b|\b(?:thanked|thanks|thank you|thank)\b",
    re.IGNORECASE,
)
"""They offered it, or it is done: no ask of ours."""
TO_ASK = re.compile(r"^(?:to )?ask\b", re.IGNORECASE)
MEANS = re.compile(r"\b(?:mean|want|plan|going|hope|need|about|intend|will|i'll)(?: to)? ask\b", re.IGNORECASE)
ASK = re.compile(
    r"\b(?:ask(?:ed|ing)?|request(?:ed)?)\b(?P<whom>(?:\s+(?!for\b|about\b|whether\b|if\b|to\b)[\w.'’-]+){0,3})\s+"
    r"(?P<how>for|about|whether|if|to)\s+(?P<what>.+)",
    re.IGNORECASE,
)
INTRO = re.compile(
    r"\b(?:an? )?(?:intro(?:duction)?s?|referral)s?\s+to\s+(?P<who>.+)"
    r"|\b(?:intro(?:duce)? (?:me|us) to|put (?:me|us) in touch with|connect (?:me|us) (?:with|to)|refer (?:me|us) to)"
    r"\s+(?P<whom>.+)",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"\b(?:met up with|(?:voice ?mail|message|note|card) (?:for|to)|left|with|w/?"
    r"|rang|called|phoned|texted|e-?mailed|messaged|met(?: with)?|saw|visited|thanked|bumped into|ran into"
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
_PLACE = rf"(?:[{_CAPITAL}0-9][\w&.'’-]*)(?:\s+(?:&|and(?=\s[A-Z])|of|[{_CAPITAL}0-9][\w&.'’-]*))*"
AT = re.compile(rf"\b(?:at|from|of)\s+(?P<place>{_PLACE})|\((?P<in_brackets>{_PLACE})\)")
FIRM = re.compile(rf"\b(?:at|of|from|in)\s+(?P<place>{_PLACE})\s*$")
"""Where somebody works whom one asked to be introduced to: 'the head of tax at Elm Foods'."""
ROLE = re.compile(rf"^(?!(?:he|she|they|we|i)\b)[^\W\d_][\w &/-]*\bat (?P<place>{_PLACE})$")
"""'CFO at Elm Foods', which says where the person before it works."""
FOLLOW_UP = re.compile(r"^follow(?:ing)?[ -]?up (?=\w)", re.IGNORECASE)
