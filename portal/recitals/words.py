"""Words as the coverage of a recital compares them: their stems, and which of them mean the same here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from portal.recitals.synonyms import GENERAL, GROUPS, IRREGULAR, NUMBERS, SILENT

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]*[”\"’)]*|\n")
_ENDINGS = (
    ("ational", "ate"), ("isation", "ise"), ("ization", "ise"), ("fulness", "ful"), ("ousness", "ous"),
    ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("ingly", ""), ("edly", ""), ("ations", ""),
    ("ation", ""), ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""),
    ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ally", ""), ("ly", ""), ("ed", ""), ("es", ""), ("s", ""),
    ("e", ""), ("y", "i"),
)  # fmt: skip
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Token:
    """A word of a text that carries meaning."""

    concept: str
    """What it means: its stem, or the name of the group of words that mean the same."""
    word: str
    start: int
    end: int
    is_general: bool
    """Said in nearly every conversation, so that it tells little."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text, with its words that carry meaning."""

    start: int
    end: int
    tokens: tuple[Token, ...]


@cache
def stem(word: str) -> str:
    """What stays of a word in all its forms: 'advise' for advising, adviser, advised."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    word = IRREGULAR.get(word, NUMBERS.get(word, word))
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM and not word.endswith(("ss", "us", "is")):
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > SHORTEST_STEM else word


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text."""
    found = []
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            found.append(Sentence(match.start(), match.end(), tuple(_tokens(match[0], match.start()))))
    return found


def tokens(text: str) -> list[Token]:
    """The words of a text that carry meaning."""
    return [token for sentence in sentences(text) for token in sentence.tokens]


def stems(text: str) -> list[tuple[str, int, int]]:
    """Every word of a text by its stem, with its place."""
    return [(stem(match[0]), match.start(), match.end()) for match in _parts(text)]


def _parts(text: str) -> Iterable[re.Match[str]]:
    return _WORD.finditer(text.replace("-", " ").replace("–", " "))


def _tokens(text: str, offset: int) -> Iterable[Token]:
    parts = [(stem(match[0]), match[0].lower(), match.start(), match.end()) for match in _parts(text)]
    phrases, longest = _phrases()
    place = 0
    while place < len(parts):
        for length in range(min(longest, len(parts) - place), 0, -1):
            said = tuple(part[0] for part in parts[place : place + length])
            concept = phrases.get(said)
            if concept is not None:
                break
        else:
            length, concept = 1, parts[place][0]
        start, end = parts[place][2], parts[place + length - 1][3]
        is_silent = length == 1 and (parts[place][1].replace("’", "'") in SILENT or len(concept) < 2)
        if not is_silent and not (length == 1 and concept in _silent_stems()):
            yield Token(concept, text[start:end], start + offset, end + offset, concept in _general())
        place += length


@cache
def _phrases() -> tuple[dict[tuple[str, ...], str], int]:
    """The words and word groups that mean the same, by their stems."""
    found: dict[tuple[str, ...], str] = {}
    for line in GROUPS.strip().splitlines():
        forms = [form.strip() for form in line.split(",")]
        for form in forms:
            found.setdefault(tuple(stem(match[0]) for match in _parts(form)), f"={forms[0]}")
    return found, max(map(len, found))


@cache
def _silent_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in SILENT)


@cache
def _general() -> frozenset[str]:
    phrases, _longest = _phrases()
    known = {stem(word) for word in GENERAL.split()}
    return frozenset(known | {phrases[(word,)] for word in known if (word,) in phrases})
