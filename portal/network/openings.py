"""How a short note begins and ends, by how two people know each other; written to be sent as it is, or bettered."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from portal.network.models import Relation

LONGEST = 1900
"""Characters of an address, with everything in it spelled out; Windows and some mail programs take no more."""


TITLE = re.compile(r"(?:dr|prof|mr|mrs|ms|miss|mx|sir|dame|lord|lady|rev|herr|frau|mme|ing|dipl|mba|phd|cpa)\.?", re.I)
"""What stands beside a name and is none."""


@dataclass(frozen=True)
class Opening:
    """One way to say it. `{first}`, `{me}`, `{title}` and `{gist}` are filled in."""

    name: str
    subject: str
    body: str


_CLIENT = (
    Opening(
        "Thought of you",
        "{title}",
        "Dear {first},\n\n"
        "this made me think of you: “{title}”. {gist}\n\n"
        "If it touches something on your desk, I am glad to talk it through for ten minutes, no meter running.\n\n"
        "Kind regards\n{me}",
    ),
    Opening(
        "How is it going?",
        "How are things?",
        "Dear {first},\n\n"
        "it has been a while, and I wonder how things have moved on since we last spoke.\n\n"
        "We have just written something that may be of use to you: “{title}”. {gist} Shall I send it over?\n\n"
        "Kind regards\n{me}",
    ),
    Opening(
        "A question",
        "May I ask you something?",
        "Dear {first},\n\n"
        "colleagues and I have been working on “{title}”. {gist}\n\n"
        "You see this from the other side of the table. Does it match what you find, or are we missing something? "
        "Two lines would help me a great deal.\n\n"
        "Kind regards\n{me}",
    ),
)
_FORMER = (
    Opening(
        "After a while",
        "A word after a while",
        "Dear {first},\n\n"
        "we have not spoken for some time, and I have thought of our work together more than once.\n\n"
        "I came upon this and it seemed to be about you: “{title}”. {gist} Shall I send it to you?\n\n"
        "I would like to hear how you are getting on.\n\n"
        "Kind regards\n{me}",
    ),
    Opening(
        "What became of it?",
        "What became of it?",
        "Dear {first},\n\n"
        "I was telling a colleague about what we did together, and noticed that I don’t know how it went on. "
        "How did it?\n\n"
        "One thing in return that may be useful: “{title}”. {gist}\n\n"
        "Kind regards\n{me}",
    ),
)
_ASSOCIATE = (
    Opening(
        "Worth a look",
        "{title}",
        "Hello {first},\n\n"
        "you know this field better than most, so I would value your eye on “{title}”. {gist}\n\n"
        "And how is your side of the world? Coffee is on me, any morning next week.\n\n"
        "Best\n{me}",
    ),
    Opening(
        "Coffee?",
        "Coffee soon?",
        "Hello {first},\n\n"
        "it is too long since we talked shop. I have been busy with “{title}”, and you will have views on "
        "it. {gist}\n\n"
        "Half an hour over coffee, next week or the one after?\n\n"
        "Best\n{me}",
    ),
)
_FRIEND = (
    Opening(
        "Just because",
        "Thinking of you",
        "Hi {first},\n\n"
        "no reason for writing but that it has been too long. How are you all?\n\n"
        "By the way: we wrote “{title}” at work. {gist} If you know anybody who is wrestling with that, they may "
        "have it with pleasure.\n\n"
        "Speak soon\n{me}",
    ),
    Opening(
        "You once told me",
        "You once told me about this",
        "Hi {first},\n\n"
        "“{title}” landed on my desk and I remembered what you told me. {gist}\n\n"
        "Shall I send it? And when are we meeting?\n\n"
        "Yours\n{me}",
    ),
)
_EVENT = (
    Opening(
        "Since we met",
        "Following up on our talk",
        "Hello {first},\n\n"
        "I enjoyed our talk, and promised myself to keep in touch.\n\n"
        "This goes well with what we spoke about: “{title}”. {gist} Shall I send it to you?\n\n"
        "Kind regards\n{me}",
    ),
    Opening(
        "Will you be there again?",
        "Will I see you there again?",
        "Hello {first},\n\n"
        "are you going again this year? I would be glad to carry on where we stopped.\n\n"
        "Until then, something for the journey: “{title}”. {gist}\n\n"
        "Kind regards\n{me}",
    ),
)
OPENINGS = {
    Relation.CLIENT: _CLIENT,
    Relation.FORMER_CLIENT: _FORMER,
    Relation.ASSOCIATE: _ASSOCIATE,
    Relation.FRIEND: _FRIEND,
    Relation.RELATIVE: _FRIEND,
    Relation.NEIGHBOUR: _FRIEND,
    Relation.EVENT: _EVENT,
}
_WITHOUT = {
    True: Opening(
        "Just asking",
        "How are you?",
        "Hi {first},\n\nit has been too long, and you came to my mind today. How are you, and what keeps you busy?\n\n"
        "Speak soon\n{me}",
    ),
    False: Opening(
        "Just asking",
        "How are things?",
        "Dear {first},\n\nit has been a while since we spoke. How are things with you, and what "
        "is keeping you busy?\n\n"
        "I would be glad to catch up, by phone or over coffee.\n\n"
        "Kind regards\n{me}",
    ),
}
_NEAR = {Relation.FRIEND, Relation.RELATIVE, Relation.NEIGHBOUR}


@dataclass(frozen=True)
class Note:
    """A note, ready to send."""

    subject: str
    body: str

    def mailto(self, address: str) -> str:
        """The address that opens it in somebody's own mail program; without the note where that would be cut off."""
        whole = f"{self._begun(address)}&body={_spelled(self.body)}"
        return whole if len(whole) <= LONGEST else self._begun(address)

    def fits(self, address: str) -> bool:
        """Whether all of it goes into an address."""
        return self.mailto(address) != self._begun(address)

    def _begun(self, address: str) -> str:
        return f"mailto:{quote(address, safe='@+.-_')}?subject={_spelled(self.subject)}"


def _spelled(text: str) -> str:
    # A line of a mail ends in CRLF (RFC 6068, section 5).
    return quote(text.replace("\r\n", "\n").replace("\n", "\r\n"), safe="")


def for_relation(relation: Relation) -> tuple[Opening, ...]:
    """The ways to begin with somebody whom one knows so."""
    return OPENINGS[relation]


def without_item(relation: Relation) -> Opening:
    """What can be said when there is nothing to send along."""
    return _WITHOUT[relation in _NEAR]


def written(opening: Opening, *, to: str, me: str, title: str = "", gist: str = "") -> Note:
    """An opening with the names and the item filled in."""
    words = {"first": called(to), "me": me, "title": title, "gist": gist}
    return Note(opening.subject.format(**words), opening.body.format(**words))


def called(name: str) -> str:
    """By what to call somebody in a note: the first name, whatever stands before it; the whole name where none does."""
    last, comma, first = name.partition(",")
    words = (first if comma and first.strip() and not TITLE.fullmatch(first.split()[0]) else last).split()
    while len(words) > 1 and TITLE.fullmatch(words[0]):
        words = words[1:]
    is_name = bool(words) and len(words[0].rstrip(".")) > 1
    return words[0] if is_name else name.strip()
