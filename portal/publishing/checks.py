"""What is looked at before an item goes out: each finding says where, why it matters, and how to mend it; pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from portal.library.kinds import INTERNAL, Kind, may_quote
from portal.publishing import plain_text
from portal.publishing.plain_text import Link

LONGEST_PARAGRAPH = 120
"""Words."""
HARDEST = {Kind.ONE_PAGER: 45, Kind.PITCH_SHEET: 45, Kind.OBJECTION_ANSWER: 45, Kind.GUIDELINE: 50, Kind.TEMPLATE: 50}
HARDEST_ELSE = 55
"""LIX by kind: what is read between two meetings reads more easily than an article."""
EMPTY_TEXTS = {"here", "click here", "this", "link", "this link", "more", "read more", "page", "this page", "see here"}


@dataclass(frozen=True)
class Finding:
    """Something to look at."""

    code: str
    what: str
    why: str
    mend: str
    line: int | None = None
    """In the text; nothing where it is about the whole item."""
    blocks: bool = False
    """Whether it must be mended first; everything else a publisher may go on over."""
    word: str = ""
    """The abbreviation that it is about."""


@dataclass(frozen=True)
class Look:
    """What is looked at."""

    kind: Kind
    source: str
    facts: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    review_on: date | None = None
    is_internal: bool = False


@dataclass(frozen=True)
class World:
    """What the portal knows about what an item names."""

    today: date
    missing: Set[str] = frozenset()
    """Addresses in the text that lead to nothing."""
    closed: Set[str] = frozenset()
    """Addresses in the text that readers can't open: drafts, and what has expired or is archived."""
    gone: Set[str] = frozenset()
    """Claims that a pitch had, and that none says any more."""
    unknown: Set[str] = frozenset()
    reworded: Set[str] = frozenset()
    """Claims that are said differently since this was written."""
    known: Set[str] = frozenset()
    """Abbreviations that everybody at the firm knows, besides the well-known ones."""
    is_shared: bool = False
    """Whether somebody outside the firm has a link to it."""


def findings(look: Look, world: World) -> list[Finding]:
    """All that was found, what blocks first, then in the order of the text."""
    found = [finding for check in CHECKS for finding in check(look, world)]
    return sorted(found, key=lambda each: (not each.blocks, each.line or 0))


def quote(look: Look, world: World) -> Iterator[Finding]:
    """The client's words only with their permission."""
    if look.facts.get("quote") and not may_quote(look.facts):
        yield Finding(
            "quote",
            "The quote has no permission",
            "A client who finds their words in print without having been asked is a client we lose.",
            "Ask them and set the permission to “granted”, or take the quote out.",
            blocks=True,
        )


def claims(look: Look, world: World) -> Iterator[Finding]:
    """Words of the pitch as they are said now."""
    for name in look.claims:
        if name in world.gone:
            why = "Whoever reads this would say what the firm says no longer."
            yield Finding("claim-gone", f"“{name}” was withdrawn", why, _CLAIM, blocks=True)
        elif name in world.unknown:
            yield Finding("claim-unknown", f"No pitch has “{name}”", "Nobody would hear of it when it changes.", _CLAIM)
        elif name in world.reworded:
            why = "The pitch says it differently since this was written."
            yield Finding(
                "claim-reworded", f"“{name}” has new words", why, "Read the pitch and say it in its new words."
            )


_CLAIM = "Take it out under “Words of a pitch”, and out of the text, or name the part that is said now."


def broken_links(look: Look, world: World) -> Iterator[Finding]:
    """Links inside the portal, and inside the text, lead somewhere."""
    for link in plain_text.links(look.source):
        if link.address in world.missing:
            why = "Readers would land on a page that says there is nothing."
            mend = "Choose the item again, write an address outside in full, with https://, or take the link out."
            yield Finding("link-missing", f"{_named(link)} leads to nothing", why, mend, link.line, blocks=True)
        elif link.address in world.closed:
            why = "It is a draft, expired or archived, so readers can’t open it."
            mend = "Publish what it leads to, or link to something else."
            yield Finding("link-closed", f"{_named(link)} leads to what readers can’t open", why, mend, link.line)


def link_texts(look: Look, world: World) -> Iterator[Finding]:
    """A link says where it leads."""
    for link in plain_text.links(look.source):
        words = " ".join(re.sub(r"[^\w\s]", " ", link.text).lower().split())
        if not link.is_picture and (words in EMPTY_TEXTS or not words):
            why = "Whoever listens to a page, or skims it, hears the links alone."
            mend = "Let the link’s words say what is behind it."
            yield Finding("link-text", f"A link is called “{link.text or 'nothing'}”", why, mend, link.line)


def alternative_texts(look: Look, world: World) -> Iterator[Finding]:
    """A picture is told to those who don't see it."""
    for link in plain_text.links(look.source):
        if link.is_picture and not link.text.strip():
            why = "Colleagues who don’t see it, and search, miss what it tells."
            mend = "Write what the picture shows between the square brackets."
            yield Finding("alt", "A picture has no text in its place", why, mend, link.line)


def abbreviations(look: Look, world: World) -> Iterator[Finding]:
    """An abbreviation is explained where it comes first."""
    for word, line in unexplained(look.source).items():
        if word not in world.known:
            mend = f"Write it out once, like “… ({word})”."
            yield Finding("abbreviation", f"“{word}” isn’t explained", "New colleagues guess.", mend, line, word=word)


def unexplained(source: str) -> dict[str, int]:
    """The abbreviations that a text doesn't explain, with the line where each comes first."""
    met: dict[str, int] = {}
    for number, line in plain_text.lines(source):
        for word in _abbreviated(plain_text.said(line)):
            met.setdefault(word, number)
    return {word: line for word, line in met.items() if word not in well_known() and not _is_explained(word, source)}


def _abbreviated(words: str) -> list[str]:
    """The abbreviations in a line, without the s of several; numerals, paper sizes and lines in capitals have none."""
    if words.isupper() and len(words.split()) > 1:
        return []
    found = re.findall(r"(?<![\w/#@.-])([A-Z][A-Z0-9&]{1,5})s?(?![\w@-]|\.\w)", words)
    return [word for word in found if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})|[A-Z]\d{1,2}", word)]


def _is_explained(word: str, text: str) -> bool:
    written = re.escape(word)
    return bool(re.search(rf"\({written}s?\)|{written}s?\*{{0,2}} \([^)]*[a-z]{{3}}[^)]*\)", text))


def reading_level(look: Look, world: World) -> Iterator[Finding]:
    """It reads as easily as its kind has to."""
    level, most = plain_text.lix(look.source), HARDEST.get(look.kind, HARDEST_ELSE)
    if level is not None and level > most:
        why = f"Its LIX is {level}; up to {most} is right for its kind. Busy people stop reading."
        yield Finding("level", "It is hard to read", why, "Shorter sentences, and shorter words where there are some.")


def heading_order(look: Look, world: World) -> Iterator[Finding]:
    """Headings go down one step at a time."""
    before = 1
    for line, level, words in plain_text.headings(look.source):
        if level > before + 1:
            why = "Whoever moves from heading to heading thinks that something is missing."
            mend = f"Begin it with {'#' * (before + 1)}."
            yield Finding("heading", f"“{words[:60]}” jumps a level", why, mend, line)
        before = level


def table_heads(look: Look, world: World) -> Iterator[Finding]:
    """A table's columns have names."""
    numbered = plain_text.lines(look.source)
    for (number, line), (_next, below) in pairwise(numbered):
        is_head = re.fullmatch(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*", below) and "|" in line and "|" in below
        if is_head and not re.search(r"\w", line):
            yield Finding("table", "A table has no head", _TABLE, "Give each column a name in the first row.", number)
    for number, line in numbered:
        if "<table" in line.lower() and "<th" not in look.source.lower():
            yield Finding("table", "A table has no head", _TABLE, "Give each column a <th>.", number)


_TABLE = "Read aloud, its cells are numbers without names."


def paragraphs(look: Look, world: World) -> Iterator[Finding]:
    """A paragraph is one thought."""
    for line, text in plain_text.paragraphs(look.source):
        if (n := len(text.split())) > LONGEST_PARAGRAPH:
            why = "On a phone this is a wall of words."
            yield Finding("paragraph", f"A paragraph has {n} words", why, "Break it where the thought turns.", line)


def review_date(look: Look, world: World) -> Iterator[Finding]:
    """Somebody looks at it again, and not yesterday."""
    if look.review_on is None:
        why = "What nobody looks at again grows old unnoticed."
        yield Finding("review-none", "It has no review date", why, "Say by when somebody should look again.")
    elif look.review_on < world.today:
        why = "Readers are told that it is past its date."
        yield Finding("review-past", "Its review date has passed", why, "Look whether it holds, and choose a new day.")


def internal_shares(look: Look, world: World) -> Iterator[Finding]:
    """What is for colleagues stays with them."""
    if world.is_shared and (look.is_internal or look.kind in INTERNAL):
        why = "It is for colleagues only, and somebody outside was given a link."
        yield Finding("shared", "It was shared outside", why, "Ask whoever shared it to take the link back.")


CHECKS: tuple[Callable[[Look, World], Iterator[Finding]], ...] = (
    *(quote, claims, broken_links, review_date, internal_shares, alternative_texts, link_texts, heading_order),
    *(table_heads, abbreviations, reading_level, paragraphs),
)


@cache
def well_known() -> frozenset[str]:
    """What needs no explaining; the list is in `abbreviations.txt` beside this file."""
    written = Path(__file__).with_name("abbreviations.txt").read_text().split("\n")
    return frozenset(line.strip() for line in written if line.strip() and not line.startswith("#"))


def _named(link: Link) -> str:
    return f"The link “{link.text[:60]}”" if not link.is_picture else f"The picture “{link.text[:60]}”"
