"""An item's Markdown line by line, for the checks: what is prose, where links lead, how hard it reads; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from portal import markup

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
LONG_WORD = 6
"""Letters; a word with more counts as long (Björnsson)."""


@dataclass(frozen=True)
class Link:
    """A link or a picture in the text."""

    line: int | None
    """Where its address stands; nothing where it stands nowhere as it is."""
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


class _Shown(HTMLParser):
    """The links, pictures and anchors that readers get."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str, bool]] = []
        self.anchors: set[str] = set()
        self._open: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given["id"]} if "id" in given else set()
        if tag == "img":
            self.links.append((given.get("src", ""), given.get("alt", ""), True))
            self._words.append(given.get("alt", ""))
        elif tag == "a" and "id" not in given and not given.get("class", "").startswith("footnote-"):
            # Where it may lead nowhere, for safety or because there is no address, the cleaner leaves none.
            self._open, self._words = given.get("href", ""), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.links.append((self._open, "".join(self._words), False))
            self._open = None


@lru_cache(maxsize=32)
def _shown(source: str) -> _Shown:
    shown = _Shown()
    shown.feed(markup.rendered(source))
    shown.close()
    return shown


def links(source: str) -> list[Link]:
    """Every link and picture that readers get, however it is written, in the order of the text. What stands in code or
    is escaped is none."""
    places: dict[str, list[int]] = {}
    found = []
    for address, text, is_picture in _shown(source).links:
        left = places.setdefault(address, _places(source, address))
        line = left.pop(0) if len(left) > 1 else left[0] if left else None
        found.append(Link(line, text, address, is_picture))
    return sorted(found, key=lambda link: link.line or 0)


def anchors(source: str) -> set[str]:
    """What a link within the text may lead to: `#` and one of these."""
    return _shown(source).anchors


def _places(source: str, address: str) -> list[int]:
    """The lines on which an address stands, once for each time."""
    written = (
        re.compile(rf"(?<![\w/]){re.escape(address)}(?![\w/-])") if address else re.compile(r"\]\(\s*(?:<>)?\s*\)")
    )
    return [number for number, line in lines(source) for _ in written.findall(line)]


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
