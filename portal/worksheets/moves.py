"""Moving a filled worksheet to a newer version: what stays, what is new, and where the words go that have no place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.worksheets.definition import NAME, PICKERS, Field, Flat, Section, at, fields, flat, parts, started
from portal.worksheets.kinds import as_chosen, clean, misfit, said


@dataclass(frozen=True)
class Left:
    """An answer that is no longer asked for."""

    place: str
    label: str
    text: str


@dataclass(frozen=True)
class Moved:
    """What comes of a move."""

    answers: Flat
    left: tuple[Left, ...]
    """All that has no place now, from this move and from earlier ones."""
    back: tuple[str, ...]
    """The places to which words of earlier moves came back."""
    new: tuple[str, ...]
    """What the newer version asks for the first time."""


def moved(
    old: Sequence[Section], new: Sequence[Section], answers: Mapping[str, str], left_over: Sequence[Left]
) -> Moved:
    """What a filled worksheet says in a newer version. Every word is then in an answer or among what is left."""
    kept: Flat = {}
    left: list[Left] = []
    back: list[str] = []
    for place, text in answers.items():
        if text and place != NAME:
            source = at(old, place)
            fitting = _fitting(source, at(new, place), text)
            if fitting:
                kept[place] = fitting
            else:
                left.append(Left(place, label(old, answers, place), _words(source, text)))
    for each in left_over:
        fitting = _fitting(None, at(new, each.place), each.text) if each.place not in kept else ""
        if fitting:
            kept[each.place] = fitting
            back.append(each.place)
        else:
            left.append(each)
    known = fields(old)
    begun = {place: text for place, text in flat(started(new)).items() if parts(place)[0] not in known}
    return Moved(begun | kept, tuple(left), tuple(back), tuple(_new(known, fields(new))))


def _fitting(source: Field | None, target: Field | None, text: str) -> str:
    """The same answer as the target keeps it; empty when it doesn't fit there without a loss."""
    if target is None:
        return ""
    if source is not None and source.kind == target.kind:
        return "" if misfit(target, text) else text
    words = _words(source, text)
    words = as_chosen(target, words, "") if target.kind in PICKERS else words
    kept = clean(target.kind, words)
    return "" if misfit(target, kept) or kept.split() != words.split() else kept


def _words(source: Field | None, text: str) -> str:
    return said(source, text) if source is not None and source.kind in PICKERS else text


def label(sections: Sequence[Section], answers: Mapping[str, str], place: str) -> str:
    """What a place is called: its field; in a table also the number of the row and the column."""
    key, row, column = parts(place)
    field = fields(sections).get(key)
    if field is None:
        return key
    if not row:
        return field.label
    rows = list(dict.fromkeys(parts(each)[1] for each in answers if parts(each)[0] == key))
    number = rows.index(row) + 1 if row in rows else len(rows) + 1
    name = next((each.label for each in field.columns if each.key == column), column)
    return f"{field.label}, row {number}: {name}"


def _new(old: Mapping[str, Field], new: Mapping[str, Field]) -> list[str]:
    found = []
    for key, field in new.items():
        if key not in old:
            found.append(field.label)
        else:
            known = {column.key for column in old[key].columns}
            found += [f"{field.label}: {column.label}" for column in field.columns if column.key not in known]
    return found


def stored(left: Sequence[Left]) -> list[Any]:
    """What is left, as it is kept."""
    return [{"place": each.place, "label": each.label, "text": each.text} for each in left]


def read(stored: Sequence[Mapping[str, str]]) -> tuple[Left, ...]:
    """What was left by earlier moves, from its stored form."""
    return tuple(Left(each["place"], each["label"], each["text"]) for each in stored)
