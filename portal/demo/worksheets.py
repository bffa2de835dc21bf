"""What became of the demo firm's worksheets: rows that were followed up, a newer version, one that was put aside."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, literal, select, update

from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer, of
from portal.clients import queries as clients
from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year
from portal.markup import fingerprint
from portal.message import queries as message
from portal.network import queries as contacts
from portal.network.models import Relation, Tier
from portal.pipeline.models import Opportunity
from portal.worksheets import definition, linking, queries
from portal.worksheets.models import FilledWorksheet, LinkKind, Reminder, RowLink, Worksheet, WorksheetVersion

REVISED = "three-audiences"
"""The worksheet that marketing improved not long ago."""
ASKED_BEFORE = {
    "key": "one-more-thought",
    "label": "What I would rather not be asked",
    "kind": "text",
    "optional": True,
}
THOUGHT = "Why we are dearer than the firm down the road. I say what the price has in it, and stop there."
DUE_IN = (-1, 2, 6)
"""In how many days what somebody asked to be reminded of is due."""


def link_rows() -> None:
    """Link every row with the opportunity that was logged from it."""
    logged = select(
        Opportunity.filled_id,
        Opportunity.row,
        literal(LinkKind.OPPORTUNITY, RowLink.kind.type),
        Opportunity.id,
        Opportunity.created_at,
    ).where(Opportunity.filled_id.is_not(None), Opportunity.row.is_not(None))
    db.session.execute(insert(RowLink).from_select(["filled_id", "row", "kind", "target_id", "at"], logged))


def show(known: Iterable[Member], year: Year) -> None:
    """What the fixed people find: records they chose, rows that became something, an older version, an archive."""
    ids = [member.id for member in known]
    mine = select(FilledWorksheet).where(FilledWorksheet.person_id.in_(ids)).order_by(FilledWorksheet.id)
    filled = list(db.session.scalars(mine))
    _revise(filled, year)
    for person_id in ids:
        own = [each for each in filled if each.person_id == person_id]
        viewer = of(db.session.get_one(Person, person_id))
        for each in own:
            _choose(each, viewer)
        _follow(own, viewer, year)
        _remind(own, viewer, year)
        _archive(own, year)
    db.session.flush()


def _revise(filled: list[FilledWorksheet], year: Year) -> None:
    """Let a worksheet have a version before the one that everybody fills; what is finished there was filled with it."""
    sheet = db.session.scalar(select(Worksheet).where(Worksheet.key == REVISED, Worksheet.number == 1))
    if sheet is None:
        return
    newest = db.session.scalars(select(WorksheetVersion).where(WorksheetVersion.worksheet_id == sheet.id)).one()
    sections, mark = newest.sections, newest.fingerprint
    db.session.add(
        WorksheetVersion(
            worksheet_id=sheet.id, number=2, sections=sections, html=newest.html, fingerprint=mark, at=year.ago(20)
        )
    )
    first = {**sections[0], "fields": [*sections[0]["fields"], ASKED_BEFORE]}
    newest.sections = [first, *sections[1:]]
    newest.fingerprint = fingerprint(newest.sections, newest.html)
    sheet.number = 2
    db.session.flush()
    kept = {each.id for each in filled if each.worksheet_id == sheet.id}
    others = update(FilledWorksheet).where(FilledWorksheet.worksheet_id == sheet.id, FilledWorksheet.id.not_in(kept))
    db.session.execute(others.values(number=2), execution_options={"synchronize_session": False})
    for each in filled:
        if each.id in kept:
            each.answers = {**each.answers, str(ASKED_BEFORE["key"]): THOUGHT}


def _choose(filled: FilledWorksheet, viewer: Viewer) -> None:
    """Let what the pickers say be records, one after the other, as far as there are any."""
    sections = queries.sections_of(filled)
    answers = definition.flat(filled.answers)
    taken: Counter[str] = Counter()
    for place in list(answers):
        field = definition.at(sections, place)
        offered = _RECORDS[field.kind](viewer) if field and field.kind in _RECORDS else []
        if field and offered:
            id, name = offered[taken[field.kind] % len(offered)]
            taken[field.kind] += 1
            answers[place] = f"{id}|{name}"
    filled.answers = definition.nested(answers)


_RECORDS: dict[str, Callable[[Viewer], list[tuple[Any, str]]]] = {
    "contact": lambda viewer: [(row.id, row.name) for row in contacts.options(viewer, limit=5)],
    "client": lambda viewer: [(row.id, row.name) for row in clients.options(viewer, limit=5)],
    "service": lambda _viewer: [(row.id, row.name) for row in clients.services()[:5]],
    "colleague": lambda _viewer: [(row.id, row.name) for row in accounts.colleagues("")[:5]],
    "claim": lambda viewer: [(row.id, row.text[:300]) for row in message.claims_to_choose(viewer)[:5]],
}


def _follow(own: list[FilledWorksheet], viewer: Viewer, year: Year) -> None:
    """Two rows of a network map became contacts."""
    for each, cells in islice(_rows(own, "contact"), 2):
        row = queries.row_for(viewer, each.id, cells["row"])
        form = {"name": row.said["name"], "organisation": row.said.get("organisation", "")}
        form |= {"how_met": row.said.get("how_met", ""), "cares_about": row.said.get("cares_about", "")}
        last = cells.get("last_touch")
        linking.become_contact(
            row,
            existing=None,
            relation=Relation.ASSOCIATE,
            tier=Tier.MIDDLE,
            last_touch=date.fromisoformat(last) if last else None,
            by=viewer,
            now=max(each.saved_at, year.ago(30)),
            **form,
        )


def _remind(own: list[FilledWorksheet], viewer: Viewer, year: Year) -> None:
    for days, (each, cells) in zip(DUE_IN, _rows(own, "reminder"), strict=False):
        due_on, at = year.today + timedelta(days=days), year.ago(4)
        what = queries.row_for(viewer, each.id, cells["row"]).to_do or "Write the first message"
        reminder = Reminder(person_id=each.person_id, what=what, due_on=due_on, created_at=at)
        db.session.add(reminder)
        db.session.flush()
        facts = {"filled_id": each.id, "row": cells["row"], "kind": LinkKind.REMINDER}
        db.session.add(RowLink(**facts, target_id=reminder.id, at=at))


def _rows(own: list[FilledWorksheet], becomes: str) -> Iterator[tuple[FilledWorksheet, dict[str, Any]]]:
    for each in own:
        for table in definition.fields(queries.sections_of(each)).values():
            if table.follow_up == becomes:
                yield from ((each, cells) for cells in each.answers.get(table.key, []))


def _archive(own: list[FilledWorksheet], year: Year) -> None:
    """An older one of the same worksheet, put aside."""
    finished = next((each for each in own if each.finished_at), None)
    if finished is None:
        return
    long_ago = finished.saved_at - timedelta(days=200)
    older = FilledWorksheet(person_id=finished.person_id, worksheet_id=finished.worksheet_id, number=finished.number)
    older.name, older.answers, older.version = "The year before", finished.answers, 3
    older.saved_at, older.finished_at, older.archived_at = long_ago, long_ago, year.ago(60)
    db.session.add(older)
