"""Whether two names, or two organisations, may mean the same."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

ALIKE = 84
"""How alike two names must be, of 100, for a shared mail address or phone to mean the same person."""
VERY_ALIKE = 88
"""How alike they must be where only the organisation is shared."""
TITLES = re.compile(
    r"(dr|prof|professor|mr|mrs|ms|miss|sir|dame|herr|frau|hr|fr|dipl|ing|kfm|mag|lic|med|jur|rer|pol|nat|dott|avv"
    r"|phd|mba|msc|bsc|ma|ba|llm|llb|cpa|cfa|acca|aca|fca|cma|cia|cisa|pmp|csm|esq|jr|sr|ii|iii)"
)
FORMS = re.compile(
    r"(inc|incorporated|ltd|limited|llc|llp|lp|plc|gmbh|ag|kg|ohg|se|sa|sas|sarl|srl|spa|bv|nv|oy|ab|as|aps|kft|sro"
    r"|co|corp|corporation|company|group|holding|the|and|und|et|cie)"
)


@lru_cache(maxsize=50_000)
def plain_name(name: str) -> str:
    """A name as it is compared: no titles, signs, accents, capitals; its words in their alphabetical order."""
    before_comma, comma, _ = name.partition(",")
    words = _words(name)
    if comma and len(_words(before_comma)) > 1:
        words = _words(before_comma)  # what follows is a title: Sarah Looper, DipWSET
    kept = [word for word in words if not TITLES.fullmatch(word)] or words
    return " ".join(sorted(kept))


@lru_cache(maxsize=50_000)
def plain_organisation(name: str) -> str:
    """An organisation as it is compared: without its legal form."""
    words = _words(name)
    return " ".join([word for word in words if not FORMS.fullmatch(word)] or words)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+|_", " ", plain).split()


def are_alike(one: str, other: str, *, least: int = ALIKE) -> bool:
    """Whether two plain names may be one person's: a slip of the pen, a name left out, an initial."""
    if one == other:
        return True
    if not one or not other:
        return False
    first, second = set(one.split()), set(other.split())
    if min(len(first), len(second)) > 1 and (first <= second or second <= first):
        return True
    return fuzz.ratio(one, other) >= least or _by_initials(one.split(), other.split())


def _by_initials(one: list[str], other: list[str]) -> bool:
    if len(one) != len(other) or len(one) < 2:
        return False
    pairs = sorted(zip(sorted(one), sorted(other), strict=True), key=lambda pair: pair[0] != pair[1])
    whole = sum(first == second and len(first) > 1 for first, second in pairs)
    return whole == len(pairs) - 1 and all(
        first == second or (first[0] == second[0] and 1 in {len(first), len(second)}) for first, second in pairs
    )


def are_one_organisation(one: str, other: str) -> bool:
    """Whether two plain organisations may be the same."""
    return bool(one and other) and (one == other or fuzz.ratio(one, other) >= VERY_ALIKE)


def near(organisation: str, others: Sequence[str]) -> list[str]:
    """Those of other plain organisations that may be this one, the nearest first."""
    if not organisation:
        return []
    found = process.extract(organisation, others, scorer=fuzz.ratio, score_cutoff=VERY_ALIKE, limit=5)
    return [other for other, _score, _place in found]
