"""An item's Markdown line by line, for the checks: what is prose, where links lead, how hard it reads; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_HTML_LINK = re.compile(r"<a\b[^>]*href\s*=\s*[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.I)
_HTML_PICTURE = re.compile(r"<img\b[^>]*>", re.I)
_ALT, _SRC = re.compile(r"\balt\s*=\s*[\"']([^\"']*)[\"']", re.I), re.compile(r"\bsrc\s*=\s*[\"']([^\"']*)[\"']", re.I)
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
LONG_WORD = 6
"""Letters; a word with more counts as long (Björnsson)."""


@dataclass(frozen=True)
class Link:
    """A link or a picture in the text."""

    line: int
    text: str
    address: str
    is_picture: bool = False


def lines(source: str) -> list[tuple[int, str]]:
    """The lines outside of code, with their numbers."""
    kept, inside = [], False
    for number, line in enumerate(source.replace("\r\n", "\n").split("\n"), 1):
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append((number, line))
    return kept


def links(source: str) -> list[Link]:
    """Every link and picture, as Markdown or as HTML."""
    found = []
    for number, line in lines(source):
        found += [Link(number, text, address, bool(sign)) for sign, text, address in _LINK.findall(line)]
        found += [Link(number, text, address) for address, text in _HTML_LINK.findall(line)]
        for tag in _HTML_PICTURE.findall(line):
            alt, src = _ALT.search(tag), _SRC.search(tag)
            found.append(Link(number, alt[1] if alt else "", src[1] if src else "", True))
    return found


def headings(source: str) -> list[tuple[int, int, str]]:
    """Each heading's line, level and words."""
    matched = ((number, _HEADING.match(line)) for number, line in lines(source))
    return [(number, len(match[1]), match[2]) for number, match in matched if match]


def said(line: str) -> str:
    """The words of a line, without markup and addresses."""
    line = _LINK.sub(lambda match: "" if match[1] else match[2], line)
    line = re.sub(r"<[^>]*>|https?://\S+|`[^`]*`", " ", line)
    return re.sub(r"^\s{0,3}(#{1,6}|[-*+>]|\d+[.)])\s+|[*_~|]", " ", line).strip()


def paragraphs(source: str) -> Iterator[tuple[int, str]]:
    """Paragraphs of prose with the line they begin on; no headings, no tables."""
    begun, words = 0, list[str]()
    for number, line in [*lines(source), (0, "")]:
        is_prose = bool(line.strip()) and not _HEADING.match(line) and not line.lstrip().startswith("|")
        begins_anew = re.match(r"\s{0,3}([-*+]|\d+[.)])\s", line)
        if words and (not is_prose or begins_anew):
            yield begun, " ".join(words)
            words = []
        if is_prose:
            begun = begun if words else number
            words.append(said(line))


def lix(source: str) -> int | None:
    """How hard a text reads: words a sentence, and the share of words over six letters in a hundred.

    C. H. Björnsson, Läsbarhet, Stockholm: Liber 1968. Under 30 is a child's book, 40 a newspaper's story, 50 an
    official text, 60 a dissertation. Nothing for texts under 80 words, of which it says little.
    """
    text = " . ".join(paragraph for _line, paragraph in paragraphs(source))
    words = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text)
    if len(words) < 80:
        return None
    sentences = max(1, len([part for part in re.split(r"[.!?:]+(?:\s|$)", text) if re.search(r"\w", part)]))
    long = sum(len(re.sub(r"\W", "", word)) > LONG_WORD for word in words)
    return round(len(words) / sentences + 100 * long / len(words))
