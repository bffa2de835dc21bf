"""A worksheet on paper: what it says, or empty with room to write; on one page where that stays readable."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst

from portal.worksheets.definition import CHOICE, COMPUTED, SCALE, TABLE, TEXT, Field, Section
from portal.worksheets.reading import ShownField, ShownSection

TEMPLATE = Path(__file__).parent / "paper.typ"
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)
"""Tried from the first: a page that takes more even at the last one is set at the first, on as many as it needs."""
MOST_COLUMNS = 6
"""A table with more is set row by row."""
ROWS_TO_WRITE, CARDS_TO_WRITE = 4, 2
NARROWEST, WIDEST = 8, 44
IN_ONE_LINE = 18
"""A column whose cells and head have no more characters is as wide as they are."""
LINES_TO_WRITE = 4
_LONG = re.compile(r"\S{26,}")


@dataclass(frozen=True)
class Head:
    """What stands at the top and the bottom of a paper."""

    title: str
    about: str
    firm: str
    footer: str
    day: date


def filled(head: Head, sections: Sequence[ShownSection]) -> bytes:
    """What somebody wrote, as an accessible PDF; remarks stand at their fields, where there are any."""
    return _pdf(head, [_section(each) for each in sections], blank=False)


def blank(head: Head, sections: Sequence[Section]) -> bytes:
    """A worksheet to fill with a pen."""
    told = [
        {
            "title": section.title,
            "help": section.help,
            "fields": [_empty(field) for field in section.fields if field.kind != COMPUTED],
        }
        for section in sections
    ]
    return _pdf(head, told, blank=True)


def _pdf(head: Head, sections: list[dict[str, Any]], *, blank: bool) -> bytes:
    words = {
        "title": head.title,
        "about": head.about,
        "firm": head.firm,
        "footer": head.footer,
        "date": [head.day.year, head.day.month, head.day.day],
        "sizes": SIZES,
        "blank": blank,
        "sections": sections,
    }
    given = {"words": json.dumps(words)}
    template = TEMPLATE.read_bytes()
    try:
        return bytes(typst.compile(template, sys_inputs=given, pdf_standards="ua-1"))
    except typst.TypstError:
        # The standard refuses a sign that no font here has; the paper is still worth more than none.
        return bytes(typst.compile(template, sys_inputs=given))


def _section(section: ShownSection) -> dict[str, Any]:
    return {"title": section.asked.title, "help": "", "fields": [_answered(field) for field in section.fields]}


def _answered(field: ShownField) -> dict[str, Any]:
    columns = field.asked.columns
    rows = [[_breakable(cell.text) for cell in row.cells] for row in field.rows]
    remarks = [_remark(each, "") for each in field.answer.remarks]
    for row in field.rows:
        remarks += [_remark(each, f"row {row.number}") for each in row.remarks]
        remarks += [_remark(each, f"row {row.number}, {cell.label}") for cell in row.cells for each in cell.remarks]
    return _field(field.asked) | {
        "text": _breakable(field.answer.text),
        "rows": rows,
        "widths": _widths([column.label for column in columns], rows),
        "remarks": remarks,
    }


def _remark(each: Any, place: str) -> dict[str, str]:
    return {"by": each.by, "at": place, "text": _breakable(each.text)}


def _empty(field: Field) -> dict[str, Any]:
    columns = [column for column in field.columns if column.kind != COMPUTED]
    stood = [[cells.get(column.key, "") for column in columns] for cells in field.start]
    wanted = CARDS_TO_WRITE if len(columns) > MOST_COLUMNS else ROWS_TO_WRITE
    rows = [*stood, *([""] * len(columns) for _ in range(0 if len(stood) >= wanted else wanted))]
    return _field(field) | {
        "help": " ".join(part for part in (field.help, _scale(field)) if part),
        "heads": [column.label for column in columns],
        "rows": rows if field.kind == TABLE else [],
        "widths": _widths([column.label for column in columns], [["x" * 20] * len(columns)]),
        "options": list(field.options if field.kind == CHOICE else field.steps if field.kind == SCALE else ()),
        "lines": LINES_TO_WRITE if field.kind == TEXT else 1,
    }


def _scale(field: Field) -> str:
    if field.kind != SCALE or not (field.low or field.high):
        return ""
    return f"{field.least} is {field.low or 'the least'}, {field.most} is {field.high or 'the most'}."


def _field(field: Field) -> dict[str, Any]:
    return {
        "label": field.label,
        "kind": field.kind,
        "help": "",
        "text": "",
        "options": [],
        "lines": 1,
        "heads": [column.label for column in field.columns],
        "rows": [],
        "widths": [],
        "as_cards": len(field.columns) > MOST_COLUMNS,
        "remarks": [],
    }


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column is against the others: by its longest cell, within bounds; 0 where it is as wide as that."""
    longest = [max(len(text) for text in column) for column in zip(heads, *rows, strict=True)]
    is_short = [length <= IN_ONE_LINE for length in longest]
    return [
        0 if short and not all(is_short) else min(max(length, NARROWEST), WIDEST)
        for short, length in zip(is_short, longest, strict=True)
    ]


def _breakable(text: str) -> str:
    """The same, with places where a long address may be broken."""
    return _LONG.sub(lambda long: re.sub(r"(.{12}|[/_.@?&=-])", "\\1\u200b", long[0]), text)
