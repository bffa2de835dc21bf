"""The lines of a vCard file, as their writers meant them: unfolded, decoded, taken apart."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

BREAK = re.compile(r"\r\n|\n|\r")
LONGEST = 100_000
"""Characters of one property that are looked at; a photo is longer, and isn't read anyway."""
QUOTED = re.compile(r'^((?:[^":]|"[^"]*")*):(.*)$', re.S)
PARTS = re.compile(r';((?:[^";]|"[^"]*")*)')
ESCAPED = re.compile(r"\\(.)", re.S)
BINARY = {"B", "BASE64"}


@dataclass(frozen=True)
class Property:
    """One line: a name, what is said about it, and its value."""

    name: str
    kinds: frozenset[str]
    """TYPE and the bare words of vCard 2.1, in capitals."""
    value: str
    """Still escaped."""

    @property
    def text(self) -> str:
        """The value as text."""
        return unescaped(self.value).strip()

    @property
    def pieces(self) -> list[str]:
        """The parts of a structured value, between semicolons."""
        return [piece.strip() for piece in _split(self.value, ";")]

    @property
    def listed(self) -> list[str]:
        """The parts of a list, between commas."""
        return [piece.strip() for piece in _split(self.value, ",") if piece.strip()]


def blocks(text: str) -> Iterator[tuple[list[str], bool]]:
    """The lines of each card, and whether it was whole."""
    inside: list[str] | None = None
    depth = 0
    for line in BREAK.split(text):
        # Where files were put one behind the other, a byte order mark stands in the middle.
        word = line.strip("\ufeff \t").upper() if len(line) < 40 else ""
        if word == "BEGIN:VCARD" and _is_agent(inside):
            depth += 1
        elif word == "END:VCARD" and depth:
            depth -= 1
        elif word in {"BEGIN:VCARD", "END:VCARD"}:
            # One that begins inside another shows that the other's end is missing.
            if inside is not None:
                yield inside, word == "END:VCARD"
            inside = [] if word == "BEGIN:VCARD" else None
        elif inside is not None and not depth:
            inside.append(line)
    if inside is not None:
        yield inside, False


def _is_agent(inside: list[str] | None) -> bool:
    """Whether the card that begins here is another's assistant's, which version 2.1 puts inside."""
    return bool(inside) and inside[-1].strip().upper() == "AGENT:"  # type: ignore[index]


def properties(lines: list[str]) -> Iterator[Property]:
    """What the lines of one card say; lines that say nothing are passed over."""
    old = any(line.strip().upper() == "VERSION:2.1" for line in lines)
    for line in _unfolded(lines, old):
        head, colon, value = line.partition(":")
        if '"' in head and (found := QUOTED.match(line[:LONGEST])):
            head, value = found[1], found[2]
        if colon and head.strip():
            yield _property(head.strip(), value[:LONGEST])


def _unfolded(lines: list[str], old: bool) -> Iterator[str]:
    parts: list[str] = []
    soft = False
    for line in lines:
        if soft:
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in {" ", "\t"} and parts:
            # Version 2.1 folds at a space and keeps it; later ones add one.
            parts.append((" " if old else "") + line[1:])
        elif line.strip():
            if parts:
                yield "".join(parts)
            parts = [line]
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in parts[0].partition(":")[0].upper() if parts else False
    if parts:
        yield "".join(parts)


def _property(head: str, value: str) -> Property:
    name, _, rest = head.partition(";")
    kinds, charset, coded = set(), "", ""
    for part in PARTS.findall(";" + rest) if rest else []:
        key, equals, said = part.partition("=")
        key, said = (key.strip().upper(), said.strip(' "')) if equals else ("TYPE", key.strip(' "'))
        if key == "CHARSET":
            charset = said
        elif key == "ENCODING" or said.upper() in {"QUOTED-PRINTABLE", *BINARY}:
            coded = said.upper()
        elif key == "TYPE":
            kinds |= {kind.strip().upper() for kind in said.split(",")}
    if coded == "QUOTED-PRINTABLE":
        value = _from_quoted(value, charset).replace("\r\n", "\n")
    elif coded in BINARY:
        value = ""
    return Property(name.rpartition(".")[2].upper(), frozenset(kinds), value)


def _from_quoted(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def unescaped(text: str) -> str:
    r"""Text without its escapes: \n is a new line, \, a comma."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text


def _split(text: str, sign: str) -> list[str]:
    if "\\" not in text:
        return text.split(sign)
    pieces, piece, at = [], "", 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            piece += unescaped(text[at : at + 2])
            at += 1
        elif text[at] == sign:
            pieces.append(piece)
            piece = ""
        else:
            piece += text[at]
        at += 1
    return [*pieces, piece]
