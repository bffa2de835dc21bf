"""Words as a reader knows them again: cut out of a text, without capitals, accents and endings. English first."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST = 40
WORD = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?!\d)|[^\W_]+(?:['’&][^\W_]+)*")
"""What is one word on paper: “client’s”, “M&A”, “l’impôt” and “1,400,000” are, “e-invoicing” is two."""
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f](?=\d)")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=\w{3})")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})

_SAYING_NOTHING = """
a about am an and any are as at be been being but by can could did do does each for from had has have he her him his how
i if in into is it its may me might must my no not of on or our out shall she should so than that the their them then
there these they this those to up us was we were what when where which who whom whose why will with would you your
"""
STOP = frozenset(_SAYING_NOTHING.split())
"""Words that say nothing about what somebody looks for."""

_ENDINGS = (
    *("isations", "izations", "isation", "ization", "ations", "ation", "ating", "ators", "ator", "ated", "ates", "ate"),
    *("ements", "ement", "ments", "ment", "nesses", "ness", "ances", "ance", "ingly", "ings", "ing", "edly", "ied"),
    *("ies", "ers", "ors", "er", "or", "als", "ally", "al", "ions", "ion", "ively", "ives", "ive", "ises", "ised"),
    *("ising", "ise", "izes", "ized", "izing", "ize", "ed", "es", "ly", "s", "e", "y"),
)
_LEAST = dict.fromkeys(("ing", "ings", "ed", "es", "ies", "ied", "s", "e", "y"), 3)
_LEAST |= dict.fromkeys(("er", "ers"), 5)
_LEAST |= dict.fromkeys(("or", "ors", "al", "als", "ally", "ate", "ates", "ance", "ances"), 5)
_LEAST |= dict.fromkeys(("ise", "ises", "ised", "ising", "ize", "izes", "ized", "izing"), 5)
"""How many letters must stay before an ending; four before all others."""
_BY_LENGTH = sorted(_ENDINGS, key=len, reverse=True)
_WHOLE = "news always process access business success address analysis series general"
_FORMS = {
    **{word: word for word in _WHOLE.split()},
    **dict.fromkeys(("customer", "customers"), "customer"),
    **dict.fromkeys(("successor", "successors"), "successor"),
    **dict.fromkeys(("introduction", "introductions"), "introduc"),
    "taxation": "tax",
}
"""Words that the endings would take for others."""


def folded(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> list[str]:
    """Every word of a text, folded, in order; a number of thousands is one, however it is written."""
    return [word for found in WORD.findall(text) for word in parts(found)]


@lru_cache(100_000)
def parts(found: str) -> tuple[str, ...]:
    """What one match of WORD comes to: one word as a rule, or none."""
    word = folded(_BETWEEN_DIGITS.sub("", found))
    if word.isalnum():
        return (word,) if word.isascii() else tuple(re.findall(r"[^\W_]+", word))
    word = _ELIDED.sub("", re.sub(r"['’]s?$|['’]s(?=&)", "", word)).replace("&", "n")
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['’]", "", word)))


def places(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word of a text begins and ends, with the word itself, folded."""
    for match in WORD.finditer(text):
        for word in parts(match[0]):
            yield match.start(), match.end(), word


@lru_cache(100_000)
def stem(word: str) -> str:
    """What stays of a folded word in all its forms: 'invoic' of invoices, invoiced and invoicing.

    It is always how the word begins, so that whoever looks for a stem can look for words that begin so.
    """
    if word in _FORMS:
        return _FORMS[word]
    if len(word) < 4 or not word.isalpha():
        return word
    for ending in _BY_LENGTH:
        if word.endswith(ending) and _may_go(word, ending):
            left = _single(word[: -len(ending)])
            # 'Registered' is a form of 'register', which has lost its own ending.
            return stem(left) if left.endswith("er") and ending in {"ed", "ing", "ings"} else left
    return word


def _may_go(word: str, ending: str) -> bool:
    left = len(word) - len(ending)
    if left < _LEAST.get(ending, 4):
        return False
    if ending in {"s", "ly"}:
        return word[left - 1] not in "sui"
    # 'Succession' is no success, and a 'mission' is not missed.
    return ending not in {"ion", "ions"} or word[left - 1] == "t"


def _single(word: str) -> str:
    """'Plann' of planning is 'plan'; 'sell' and 'loss' stay."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouylsz"
    return word[:-1] if doubled else word
