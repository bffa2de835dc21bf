"""Whom a few words mean, among one's own contacts: by full name, first name, initials, or with a slip of the finger."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

SURE, LIKELY = 88, 70
"""From here on a name is taken to be meant if no other comes near; from here on it is offered."""
MOST = 5
APART = 4
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "herr", "frau", "mme"}


@dataclass(frozen=True)
class Known:
    """One of one's own contacts."""

    id: int
    name: str
    organisation: str = ""


@dataclass(frozen=True)
class Candidate:
    """A contact that may be meant, and how surely, out of a hundred."""

    contact: Known
    score: int


def plain(text: str) -> str:
    """A name as it is compared: small letters, no accents, no signs."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(one for one in spread if not unicodedata.combining(one))))


def _without_titles(wanted: str) -> str:
    return " ".join([word for word in wanted.split() if word not in TITLES] or wanted.split())


def candidates(words: str, contacts: Iterable[Known], organisation: str = "") -> list[Candidate]:
    """Who may be meant, the likeliest first."""
    wanted, where = _without_titles(plain(words)), plain(organisation)
    if not wanted:
        return []
    scored = [Candidate(one, _score(words, wanted, one) + _bonus(where, one)) for one in contacts]
    likely = [one for one in scored if one.score >= LIKELY]
    return sorted(likely, key=lambda one: (-one.score, one.contact.name, one.contact.id))[:MOST]


def meant(found: list[Candidate]) -> Known | None:
    """The one who is meant beyond doubt; None where somebody has to choose."""
    if not found or found[0].score < SURE:
        return None
    if len(found) > 1 and found[0].score - found[1].score < APART:
        return None
    return found[0].contact


def _bonus(where: str, one: Known) -> int:
    theirs = plain(one.organisation)
    return 5 if where and theirs and (where in theirs or fuzz.ratio(where, theirs) >= 85) else 0


def _score(words: str, wanted: str, one: Known) -> int:
    name = plain(one.name)
    if not name:
        return 0
    if wanted == name:
        return 100
    said, theirs = wanted.split(), name.split()
    if set(said) <= set(theirs):
        return 92 if len(said) > 1 else 90
    if _initials(words, said, theirs):
        return 88
    return _slips(wanted, said, name, theirs)


def _initials(words: str, said: list[str], theirs: list[str]) -> bool:
    """'D. Reed', 'Dana R', or 'DR' in capitals."""
    if len(said) == 1:
        return words.strip().isupper() and 1 < len(said[0]) <= 4 and said[0] == "".join(one[0] for one in theirs)
    if len(said) > len(theirs):
        return False
    short = [one for one in said if len(one) == 1]
    long = [one for one in said if len(one) > 1]
    if not short or not long or not set(long) <= set(theirs):
        return False
    rest = [one for one in theirs if one not in long]
    return all(any(other.startswith(one) for other in rest) for one in short)


def _slips(wanted: str, said: list[str], name: str, theirs: list[str]) -> int:
    whole = fuzz.ratio(wanted, name)
    if len(said) == 1:
        near = max(fuzz.ratio(wanted, one) for one in theirs) if len(wanted) >= 3 else 0
        starts = 84 if len(wanted) >= 3 and any(one.startswith(wanted) for one in theirs) else 0
        return max(int(near * 0.92) if near >= 75 else 0, starts, int(whole * 0.9))
    pairs = [max(fuzz.ratio(one, other) for other in theirs) for one in said]
    together = sum(pairs) / len(pairs) if min(pairs) >= 60 else 0
    return int(max(whole if whole >= 80 else 0, together * 0.95 if together >= 80 else 0) * 0.98)
