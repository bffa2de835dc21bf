"""From the rows of a sheet to cards."""

import re
import unicodedata
from collections.abc import Sequence

from portal.address_book import days
from portal.address_book.cards import Card
from portal.address_book.columns import Table
from portal.network.identity import SHORTEST_PHONE
from portal.network.models import ChannelKind, Pace, Relation, Tier
from portal.sheets import DANGEROUS

BETWEEN_MAILS = re.compile(r"[;,\s]+|:::")
BETWEEN_VALUES = re.compile(r"\s*(?::::|\n)\s*")
BETWEEN_PHONES = re.compile(r"\s*[;/|]\s*")
IN_BRACKETS = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
DAMAGED = re.compile(r"\d[.,]\d+E\+\d{1,2}", re.IGNORECASE)
"""A long number, as spreadsheets round it."""
NOTHING = {"undefined", "null", "n/a", "none", "-"}
"""What programs write where nothing is known."""
WORDS: dict[str, dict[str, str]] = {
    "relation": {
        **{str(each): str(each) for each in Relation},
        **{str(each).replace("-", " "): str(each) for each in Relation},
        "colleague": "associate",
        "family": "relative",
        "event": "met-at-an-event",
    },
    "tier": {str(each): str(each) for each in Tier},
    "pace": {**{str(each): str(each) for each in Pace}, "left out": "left-out"},
}
"""What a cell may say of relation, tier and reminders."""


def cards(table: Table) -> list[Card]:
    """Everybody in a sheet, in order."""
    places: dict[str, list[int]] = {}
    for place, field in enumerate(table.fields):
        places.setdefault(field, []).append(place)
    reader = _Reader(table, places)
    return [reader.card(line, row) for line, row in table.rows]


class _Reader:
    def __init__(self, table: Table, places: dict[str, list[int]]):
        self.places = places
        self.month_first = {
            field: days.month_comes_first(
                row[place] for place in places.get(field, ()) for _, row in table.rows if place < len(row)
            )
            for field in ("connected_on", "last_touch_on")
        }

    def card(self, line: int, row: Sequence[str]) -> Card:
        """One row as a card."""
        remarks: list[str] = []
        said = {field: self._cells(row, field) for field in self.places if field}
        one = {field: cells[0] if cells else "" for field, cells in said.items()}
        parts = [name for field in ("first", "middle", "last") if (name := one_line(one.get(field, "")))]
        name = one_line(one.get("name", "")) or " ".join(parts)
        organisation = one_line(one.get("organisation", ""))
        ways = tuple(dict.fromkeys(self._ways(said, remarks)))
        mail = next((value for kind, value in ways if kind == ChannelKind.MAIL), "")
        return Card(
            name=name or mail or organisation,
            organisation=organisation,
            position=one_line(one.get("position", "")),
            channels=ways,
            notes="\n\n".join(said.get("notes", ())),
            tags=tuple(dict.fromkeys(_tags(said.get("tags", ())))),
            how_met=one.get("how_met", ""),
            cares_about=one.get("cares_about", ""),
            **{field: _word(field, one.get(field, ""), remarks) for field in WORDS},  # type: ignore[arg-type]
            rhythm_days=_whole("rhythm", one.get("rhythm_days", ""), 3650, remarks),
            connected_on=self._day("connected_on", one, remarks),
            last_touch_on=self._day("last_touch_on", one, remarks),
            number=_whole("number", one.get("number", ""), 999_999_999, []),
            line=line,
            remarks=tuple(remarks),
        )

    def _cells(self, row: Sequence[str], field: str) -> list[str]:
        found = [clean(row[place]) for place in self.places[field] if place < len(row)]
        return [cell for cell in found if cell and cell.casefold() not in NOTHING]

    def _day(self, field: str, one: dict[str, str], remarks: list[str]):
        text = one.get(field, "")
        day = days.read(text, month_first=self.month_first[field]) if text else None
        if text and day is None:
            remarks.append(f"We couldn't read the day “{text[:40]}”; it is left out.")
        return day

    def _ways(self, said: dict[str, list[str]], remarks: list[str]):
        yield from self._mails_and_phones(said, remarks)
        for field, kind in (("web", ChannelKind.WEB), ("post", ChannelKind.POST)):
            for cell in said.get(field, ()):
                pieces = BETWEEN_VALUES.split(cell) if field == "web" else cell.split(" ::: ")
                yield from ((kind, piece.strip()) for piece in pieces if piece.strip())
        if address := ", ".join(map(one_line, said.get("post_part", ()))):
            yield ChannelKind.POST, address

    def _mails_and_phones(self, said: dict[str, list[str]], remarks: list[str]):
        for mail in (mail for cell in said.get("mail", ()) for mail in mails(cell)):
            if "@" in mail.strip("@"):
                yield ChannelKind.MAIL, mail
            else:
                remarks.append(f"“{mail[:60]}” isn't a mail address; it is left out.")
        for phone in (one_line(phone) for cell in said.get("phone", ()) for phone in phones(cell)):
            if DAMAGED.fullmatch(phone):
                remarks.append(f"“{phone}” is what a spreadsheet left of a phone number; it is left out.")
            else:
                yield ChannelKind.PHONE, phone


def mails(cell: str) -> list[str]:
    """The mail addresses of a cell: those in angle brackets where there are such, else whatever stands apart."""
    found = IN_BRACKETS.findall(cell) or BETWEEN_MAILS.split(cell)
    return [plain for mail in found if (plain := re.sub(r"(?i)^mailto:", "", mail.strip("<>\"'")))]


def phones(cell: str) -> list[str]:
    """The phone numbers of a cell; what stands between two whole numbers parts them."""
    found = []
    for value in filter(None, BETWEEN_VALUES.split(cell)):
        pieces = BETWEEN_PHONES.split(value)
        apart = all(len(re.sub(r"\D", "", piece)) >= SHORTEST_PHONE for piece in pieces)
        found += pieces if apart else [value]
    return found


def _tags(cells: Sequence[str]) -> list[str]:
    pieces = [piece.strip() for cell in cells for piece in re.split(r"[;,\n]|:::", cell)]
    # Google marks its own groups with a star.
    return [piece for piece in pieces if piece and not piece.startswith("* ")]


def _word(field: str, text: str, remarks: list[str]) -> str:
    if not text:
        return ""
    found = WORDS[field].get(" ".join(text.casefold().split()), "")
    if not found:
        remarks.append(f"“{text[:40]}” isn't a {field} we know; write one of: {', '.join(sorted(WORDS[field]))}.")
    return found


def _whole(what: str, text: str, most: int, remarks: list[str]) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= most:
        return int(text)
    if text:
        remarks.append(f"“{text[:40]}” isn't a {what} in whole days; it is left out.")
    return None


def clean(cell: str) -> str:
    """A cell without what spreadsheets and programs put around it; new lines are kept."""
    # An apostrophe that an export put before a formula is not part of the text.
    if cell.startswith("'") and cell.lstrip("'").startswith(DANGEROUS):
        cell = cell[1:]
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n")
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}).strip(
        "\ufeff\u200b \n\t"
    )


def one_line(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())
