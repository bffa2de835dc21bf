"""The kinds of fields: what each takes as an answer, how that is kept, and how it reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LINE, TEXT, CHOICE, DATE, NUMBER, SCALE = "line", "text", "choice", "date", "number", "scale"
TABLE, COMPUTED = "table", "computed"
CONTACT, CLIENT, SERVICE, COLLEAGUE, CLAIM, ITEM = "contact", "client", "service", "colleague", "claim", "item"
PICKERS = (CONTACT, CLIENT, SERVICE, COLLEAGUE, CLAIM, ITEM)
"""Kinds whose answer is a record that the person chose, or words alone."""
KINDS = (LINE, TEXT, CHOICE, DATE, NUMBER, SCALE, *PICKERS, COMPUTED, TABLE)
NUMBERS = (NUMBER, SCALE, COMPUTED)
"""Kinds that can be reckoned with."""
LONGEST = {LINE: 1_000, TEXT: 20_000, CHOICE: 1_000, DATE: 10, NUMBER: 24, SCALE: 2} | dict.fromkeys(PICKERS, 1_000)
NOT_KEPT = "This has a character in it that can't be kept. Type it again, please."

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_GROUPED = re.compile(r"(-?[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?")
_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_IDS = dict.fromkeys(PICKERS, r"[1-9][0-9]{0,8}") | {CLAIM: f"{_KEY}/{_KEY}", ITEM: _KEY}
_CHOSEN = {kind: re.compile(rf"({pattern})\|(.*)", re.DOTALL) for kind, pattern in _IDS.items()}


@dataclass(frozen=True)
class Field:
    """One thing that is asked for; a column of a table is one too."""

    key: str
    label: str
    kind: str
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    optional: bool = False
    columns: tuple["Field", ...] = ()
    becomes: str = ""
    """What the rows of a table can become."""
    least: int = 0
    most: int = 0
    low: str = ""
    high: str = ""
    """The ends of a scale, and what they mean."""
    formula: str = ""
    fresh_days: int = 0
    """After so many days without a change the answer is old; 0 when it never is."""
    rank_by: str = ""
    """The column by which the rows of a table are also shown ranked."""
    start: tuple[Mapping[str, str], ...] = ()
    """The rows that stand in a table when the worksheet is begun."""

    @property
    def follow_up(self) -> str:
        """What a row of this table can become; a next step with a day at least becomes a reminder."""
        kinds = {column.key: column.kind for column in self.columns}
        return self.becomes or ("reminder" if "next_step" in kinds and kinds.get("next_on") == DATE else "")

    @property
    def followed_from(self) -> str:
        """The column without which a row has nothing to become; empty where any words will do."""
        if self.becomes:
            return {"reminder": "what", "contact": "name"}.get(self.becomes, "")
        return "next_step" if self.follow_up else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """What one can choose on a scale."""
        return tuple(str(step) for step in range(self.least, self.most + 1))


def clean(kind: str, text: str) -> str:
    """A text as it is kept: one kind of line break, none in a line, nothing around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == TEXT:
        return text.strip()
    text = " ".join(text.split())
    if kind == NUMBER:
        return _plain_number(text)
    if kind in PICKERS and (found := _CHOSEN[kind].fullmatch(text)):
        return f"{found[1]}|{found[2].strip()}" if found[2].strip() else ""
    return text


def _plain_number(text: str) -> str:
    """A number as it is kept, whichever way its digits are grouped: 1,200.50 and 1 200,50 are 1200.5."""
    typed = re.sub(r"[\s_']", "", text).replace("\u2212", "-").removeprefix("+")
    if found := _GROUPED.fullmatch(typed):
        typed = found[1].replace(",", "") + (found[2] or "")
    typed = typed.replace(",", ".") if typed.count(",") == 1 and "." not in typed else typed
    if not _NUMBER.fullmatch(typed):
        return text
    whole, _, part = typed.partition(".")
    part = part.rstrip("0")
    digits = whole.removeprefix("-").lstrip("0") or "0"
    sign = "-" if whole.startswith("-") and (digits != "0" or part) else ""
    return f"{sign}{digits}.{part}" if part else sign + digits


def misfit(field: Field, text: str) -> str:
    """Why a text cannot be the answer to a field; empty when it can."""
    if not text:
        return ""
    if not keepable(text):
        return NOT_KEPT
    longest = LONGEST[field.kind]
    if field.kind not in (NUMBER, SCALE) and len(text) > longest:
        return f"Keep this under {longest:,} characters; it has {len(text):,}."
    return _unfit(field, text)


def _unfit(field: Field, text: str) -> str:
    if field.kind == CHOICE and text not in field.options:
        return "Choose one of the answers that are offered."
    if field.kind == DATE and not _is_day(text):
        return "Give a day like 2026-03-31."
    if field.kind == NUMBER and not _NUMBER.fullmatch(text):
        return "Give a number like 1200 or 2.5."
    if field.kind == SCALE and text not in field.steps:
        return f"Choose a number from {field.least} to {field.most}."
    return ""


def chosen(field: Field, text: str) -> str:
    """The id of the record that an answer names: a number, or a key like 'firm/opener'; empty for words alone."""
    found = _CHOSEN[field.kind].fullmatch(text) if field.kind in PICKERS else None
    return found[1] if found else ""


def said(field: Field, text: str) -> str:
    """An answer as people read it."""
    if field.kind in PICKERS:
        found = _CHOSEN[field.kind].fullmatch(text)
        return found[2] if found else text
    if field.kind in (NUMBER, COMPUTED) and _NUMBER.fullmatch(text):
        return said_number(text)
    if field.kind == DATE and _is_day(text):
        day = date.fromisoformat(text)
        return f"{day.day} {day:%B %Y}"
    return f"{text} of {field.most}" if field.kind == SCALE and text else text


def said_number(text: str) -> str:
    """A kept number with its thousands apart."""
    whole, dot, part = text.partition(".")
    sign, digits = whole[: whole.startswith("-")], whole.removeprefix("-")
    return f"{sign}{int(digits):,}{dot}{part}"


def as_chosen(field: Field, words: str, given: str) -> str:
    """The answer of a picker from what stands in its field and in its hidden half: a record only while the words are
    still that record's."""
    plain = words.replace("|", "/")
    if not given or not words.strip():
        return plain
    if chosen(field, given):
        return given if said(field, given).split() == words.split() else plain
    together = f"{given}|{words}"
    return together if chosen(field, together) else plain


def keepable(text: str) -> bool:
    """Whether a database keeps a text: none has NUL, and UTF-8 has no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and 1900 <= date.fromisoformat(text).year <= 2200
    except ValueError:
        return False
