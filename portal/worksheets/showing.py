"""What a page shows of a filled worksheet: answers with results, ranks, ages, and what the rows have become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.accounts.viewer import Viewer
from portal.worksheets import computed, definition, freshness, queries, records, reminders
from portal.worksheets.definition import TABLE, Field, Flat, Section
from portal.worksheets.kinds import NUMBERS, said, said_number
from portal.worksheets.models import FilledWorksheet, LinkKind, Reminder, RowLink

OFFERS = {
    "referral": "Log it as a referral",
    "cross-sell": "Log it as a cross-sell",
    "contact": "Keep as a contact",
    "reminder": "Remind me",
    "touch": "Log it as a conversation",
}
"""What a row offers to become."""


@dataclass(frozen=True)
class Ranked:
    """A row in the order of its number."""

    row: str
    words: str
    number: str


@dataclass(frozen=True)
class Followed:
    """What a row has become, and where that is."""

    words: str
    url: str


@dataclass(frozen=True)
class Shown:
    """A filled worksheet as its page needs it."""

    sections: Sequence[Section]
    answers: Flat
    rows: Mapping[str, list[str]]
    """The rows of each table, in their order."""
    results: Flat
    ranked: Mapping[str, list[Ranked]]
    opens: Flat
    """By place, where a chosen record opens."""
    old: Mapping[str, date]
    followed: Mapping[str, Followed]
    """By row, what it has become."""
    to_go: Mapping[str, int]
    """By section, how many answers it still needs."""

    def said(self, field: Field, place: str) -> str:
        """The answer or result at a place, as people read it."""
        return said(field, self.answers.get(place, ""))


def shown(viewer: Viewer, filled: FilledWorksheet, sections: Sequence[Section], answers: Flat, today: date) -> Shown:
    """A filled worksheet as it is now; `answers` may be what somebody typed and could not be saved."""
    results = computed.worked_out(sections, answers)
    return Shown(
        sections,
        answers,
        rows_of(sections, answers),
        told(results),
        ranks(sections, answers, results),
        records.addresses(viewer, sections, answers),
        freshness.old(sections, filled.stamps, today),
        followed(queries.links(filled)),
        definition.to_go(sections, answers),
    )


def then(viewer: Viewer, sections: Sequence[Section], answers: Flat) -> Shown:
    """A worksheet as it was; nothing of it is old or followed."""
    results = computed.worked_out(sections, answers)
    opens = records.addresses(viewer, sections, answers)
    ranked = ranks(sections, answers, results)
    return Shown(sections, answers, rows_of(sections, answers), told(results), ranked, opens, {}, {}, {})


def blank(sections: Sequence[Section]) -> Shown:
    """A worksheet without any answer, for the pattern of a row that a script adds."""
    return Shown(sections, {}, {}, {}, {}, {}, {}, {}, {})


def told(results: Mapping[str, str]) -> Flat:
    """Results with their thousands apart."""
    return {place: said_number(text) for place, text in results.items()}


def rows_of(sections: Sequence[Section], answers: Mapping[str, str]) -> dict[str, list[str]]:
    """The rows of each table that have an answer, in their order."""
    rows: dict[str, dict[str, None]] = {
        field.key: {} for field in definition.fields(sections).values() if field.kind == TABLE
    }
    for place in answers:
        key, row, _ = definition.parts(place)
        if row and key in rows:
            rows[key][row] = None
    return {key: list(found) for key, found in rows.items()}


def ranks(
    sections: Sequence[Section], answers: Mapping[str, str], results: Mapping[str, str]
) -> dict[str, list[Ranked]]:
    """The tables that are ranked, each with its rows in that order."""
    return {
        field.key: [
            Ranked(row, _name_of(field, row, answers), said_number(number))
            for row, number in computed.ranked(field, answers, results)
        ]
        for field in definition.fields(sections).values()
        if field.rank_by
    }


def _name_of(table: Field, row: str, answers: Mapping[str, str]) -> str:
    for column in table.columns:
        if column.kind not in NUMBERS and (text := answers.get(f"{table.key}/{row}/{column.key}")):
            return said(column, text)
    return "A row without words"


def followed(links: Mapping[str, RowLink]) -> dict[str, Followed]:
    """What rows have become, by row, and where that is."""
    kept = reminders.by_id([link.target_id for link in links.values() if link.kind == LinkKind.REMINDER])
    return {row: _told_link(link, kept) for row, link in links.items()}


def _told_link(link: RowLink, kept: Mapping[int, Reminder]) -> Followed:
    if link.kind == LinkKind.OPPORTUNITY:
        return Followed("Logged: open it in the pipeline", f"/pipeline/{link.target_id}")
    if link.kind == LinkKind.CONTACT:
        return Followed("Kept: open the contact", f"/network/{link.target_id}")
    if link.kind == LinkKind.TOUCH:
        return Followed("Logged: open the contact", f"/network/{link.contact_id}")
    reminder = kept.get(link.target_id)
    is_done = reminder is not None and reminder.done_at is not None
    words = "Done: open the reminder" if is_done else "Open the reminder"
    return Followed(words, f"/worksheets/reminders{'?done=1' if is_done else ''}#reminder-{link.target_id}")
