"""Cards of people as address books exchange them: vCard 2.1, 3.0 and 4.0 in, 4.0 out (RFC 6350)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Protocol

from portal.address_book.cards import Card
from portal.address_book.merging import profile
from portal.address_book.vcard_lines import Property, blocks, properties
from portal.errors import Refused
from portal.network.models import ChannelKind
from portal.sheets import decoded

MOST_CARDS = 20_000
FOLD = 75
"""Octets of a line, without its end."""
NO_CARDS = "We found no contacts in that file. A vCard file begins with BEGIN:VCARD."
UID = "portal-contact-"
WITHIN_A_SIGN = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})\r?\n[ \t](?=[\x80-\xbf])")
"""Programs that fold by octets part a letter of several."""
FAXES = {"FAX", "PAGER", "MODEM", "BBS"}
UNSEEN = {"PHOTO", "LOGO", "SOUND", "KEY"}
OURS = {
    "X-PORTAL-HOW-MET": "how_met",
    "X-PORTAL-CARES-ABOUT": "cares_about",
    "X-PORTAL-RELATION": "relation",
    "X-PORTAL-TIER": "tier",
}
"""What vCard has no property for."""


class Written(Protocol):
    """Somebody as they are written to a file."""

    id: int
    name: str
    organisation: str
    position: str
    notes: str
    how_met: str
    cares_about: str
    relation: str
    tier: str
    tags: list[str]
    ways: list[tuple[ChannelKind, str]]


def read(body: bytes) -> list[Card]:
    """The people in a vCard file; cards that are broken are left out. Raises Refused where there are none."""
    return [card for card in read_all(body) if not card.wrong]


def read_all(body: bytes) -> list[Card]:
    """The cards of a file with the broken ones, which say what is wrong with them. Raises Refused."""
    text = _text(body).replace("\x00", "")
    found = [_card(lines, line, whole) for line, (lines, whole) in enumerate(blocks(text), 1)]
    if not found:
        raise Refused(NO_CARDS, field="file")
    if len(found) > MOST_CARDS:
        raise Refused(
            f"That file has {len(found):,} cards; we take {MOST_CARDS:,} at a time. Split it in two.", field="file"
        )
    return found


def _text(body: bytes) -> str:
    """The text of a file whose cards may come from several programs, each with an encoding of its own."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decoded(body)
    whole = WITHIN_A_SIGN.sub(rb"\1", body)
    try:
        return whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(decoded(line) for line in whole.splitlines(keepends=True))


def _card(lines: list[str], line: int, whole: bool) -> Card:
    by_name: dict[str, list[Property]] = {}
    for each in properties(lines):
        by_name.setdefault(each.name, []).append(each)
    kind = _first(by_name, "KIND") or _first(by_name, "X-ADDRESSBOOKSERVER-KIND")
    name = _name(by_name)
    if not whole:
        return Card(name=name, line=line, wrong="This card has no end; the file may have been cut off.")
    if kind.casefold() == "group":
        return Card(name=name, line=line, wrong="This card is a group of contacts, not a person.")
    ours = {field: _first(by_name, name) for name, field in OURS.items()}
    uid = re.fullmatch(rf"{UID}([0-9]{{1,9}})", _first(by_name, "UID"))
    return Card(
        name=name,
        organisation=next((piece for each in by_name.get("ORG", ()) for piece in each.pieces if piece), ""),
        position=_first(by_name, "TITLE") or _first(by_name, "ROLE"),
        channels=tuple(dict.fromkeys(_ways(by_name))),
        notes="\n\n".join(filter(None, (each.text for each in by_name.get("NOTE", ())))),
        tags=tuple(dict.fromkeys(word for each in by_name.get("CATEGORIES", ()) for word in each.listed)),
        number=int(uid[1]) if uid else None,
        line=line,
        remarks=("The photo is left out.",) if UNSEEN & set(by_name) else (),
        **ours,  # type: ignore[arg-type]
    )


def _first(by_name: dict[str, list[Property]], name: str) -> str:
    return next((each.text for each in by_name.get(name, ()) if each.text), "")


def _name(by_name: dict[str, list[Property]]) -> str:
    for each in by_name.get("N", ()):
        family, given, other = (*each.pieces, "", "", "")[:3]
        in_order = " ".join(filter(None, (given, other, family)))
        if in_order and not _first(by_name, "FN"):
            return _line(in_order)
    organisation = next((piece for each in by_name.get("ORG", ()) for piece in each.pieces if piece), "")
    return _line(_first(by_name, "FN") or _first(by_name, "NICKNAME") or organisation or _first(by_name, "EMAIL"))


def _ways(by_name: dict[str, list[Property]]) -> Iterator[tuple[ChannelKind, str]]:
    for each in by_name.get("EMAIL", ()):
        if "@" in each.text:
            yield ChannelKind.MAIL, re.sub(r"(?i)^mailto:", "", each.text)
    for each in by_name.get("TEL", ()):
        if each.text and not each.kinds & FAXES:
            yield ChannelKind.PHONE, _phone(each.text)
    pages = [*by_name.get("URL", ()), *by_name.get("X-SOCIALPROFILE", ())]
    # Apple writes names on networks, for which it knows no page, as x-apple:name.
    found = [each.text for each in pages if each.text and not each.text.startswith("x-apple:")]
    once: dict[str, str] = {}
    for page in found:  # Apple writes a profile twice, also as a page
        once.setdefault(profile(page) or page, page)
    yield from ((ChannelKind.WEB, page) for page in once.values())
    addresses = (", ".join(filter(None, each.pieces)) for each in by_name.get("ADR", ()))
    yield from ((ChannelKind.POST, address) for address in addresses if address)


def _phone(text: str) -> str:
    if not text.casefold().startswith("tel:"):
        return text
    number, _, extension = text[4:].partition(";ext=")
    return f"{number.partition(';')[0]} ext. {extension}" if extension else number.partition(";")[0]


def _line(text: str) -> str:
    return " ".join(text.split())


def write(contacts: Iterable[Written]) -> bytes:
    """The contacts as vCard 4.0."""
    return "".join(folded(line) for contact in contacts for line in _lines(contact)).encode()


def _lines(contact: Written) -> Iterator[str]:
    given, _, family = contact.name.rpartition(" ")
    yield from ("BEGIN:VCARD", "VERSION:4.0", f"UID:{UID}{contact.id}")
    yield f"FN:{_escaped(contact.name)}"
    yield f"N:{_escaped(family)};{_escaped(given)};;;"
    if contact.organisation:
        yield f"ORG:{_escaped(contact.organisation)}"
    if contact.position:
        yield f"TITLE:{_escaped(contact.position)}"
    for kind, value in contact.ways:
        yield _way(kind, value)
    if contact.tags:
        yield f"CATEGORIES:{','.join(map(_escaped, contact.tags))}"
    if contact.notes:
        yield f"NOTE:{_escaped(contact.notes)}"
    for name, field in OURS.items():
        if said := getattr(contact, field):
            yield f"{name}:{_escaped(str(said))}"
    yield "END:VCARD"


def _way(kind: ChannelKind, value: str) -> str:
    if kind == ChannelKind.POST:
        return f"ADR:;;{_escaped(value)};;;;"
    if kind == ChannelKind.WEB:
        return "URL:" + _plain(value).replace("\\", "\\\\").replace("\n", "")
    return f"{'EMAIL' if kind == ChannelKind.MAIL else 'TEL'}:{_escaped(value)}"


def _plain(text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in kept if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _escaped(text: str) -> str:
    plain = _plain(text).replace("\\", "\\\\").replace("\n", "\\n")
    return plain.replace(",", "\\,").replace(";", "\\;")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never within a character."""
    pieces: list[str] = []
    piece: list[str] = []
    room = FOLD
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append("".join(piece))
            piece, room = [" "], FOLD - 1
        piece.append(sign)
        room -= size
    return "\r\n".join([*pieces, "".join(piece)]) + "\r\n"
