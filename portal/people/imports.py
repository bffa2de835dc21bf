"""Bringing in people from a file: looked at first, then done in batches that a restart cannot break."""

from collections import Counter
from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from portal.accounts import queries as accounts
from portal.accounts import services as account_services
from portal.accounts import zones
from portal.accounts.models import Person
from portal.accounts.named import Practices
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.counters import services as counters
from portal.db import db
from portal.errors import NotFound
from portal.jobs import services as jobs
from portal.people import queries, services
from portal.people.columns import Row, Sheet
from portal.people.models import Import, ImportState
from portal.people.plan import Firm, Outcome, Planned, plan

BATCH = 500
KEPT_UNUSED = timedelta(days=7)
"""How long a file that nobody brought in is kept."""
TO_BE_DONE = (Outcome.NEW, Outcome.CHANGED)


def preview(sheet: Sheet, *, filename: str, by: Viewer, now: datetime) -> Import:
    """Keep an uploaded file with what would become of each row; changes nobody."""
    db.session.execute(delete(Import).where(Import.state == ImportState.PREVIEWED, Import.at < now - KEPT_UNUSED))
    found = Import(
        filename=filename[:200],
        rows=[list(astuple(row)) for row in sheet.rows],
        outcomes=[_kept(planned) for planned in _planned(sheet.rows)],
        unused=sheet.unused[:50],
        counts={},
        total=len(sheet.rows),
        by_id=by.id,
        at=now,
    )
    _count(found)
    db.session.add(found)
    db.session.flush()  # the page needs the id
    return found


def start(found: Import, *, invites: bool) -> None:
    """Begin bringing people in, in the background; starting twice does nothing more."""
    held = _held(found.id)
    if held.state != ImportState.PREVIEWED:
        return
    held.state, held.invites = ImportState.RUNNING, invites
    audit.note("import started", held.filename, **held.counts)
    jobs.enqueue("import-people", import_id=held.id)


def discard(found: Import) -> None:
    """Forget a file that was not brought in."""
    if found.state == ImportState.PREVIEWED:
        db.session.delete(found)


def apply_next(import_id: int, *, now: datetime) -> bool:
    """Bring in the next rows; whether more are left. Rows that the preview refused stay refused."""
    found = _held(import_id)
    if found.state != ImportState.RUNNING:
        return False
    rows = [Row(*row) for row in found.rows[found.done : found.done + BATCH]]
    outcomes = list(found.outcomes)
    seen = dict(zip((row.line for row in rows), range(found.done, found.done + len(rows)), strict=True))
    accepted = [row for row in rows if outcomes[seen[row.line]][0] != Outcome.REFUSED]
    planned = _planned(accepted)
    with audit.acting_as(found.by):
        _apply(planned, invites=found.invites, now=now)
        for each in planned:
            outcomes[seen[each.line]] = _kept(each)
        found.outcomes = outcomes
        found.done += len(rows)
        _count(found)
        if found.done == found.total:
            found.state, found.done_at = ImportState.DONE, now
            audit.note("people imported", found.filename, **found.counts)
    return found.done < found.total


def _planned(rows: list[Row]) -> list[Planned]:
    firm = Firm(Practices(queries.branches()), zones.find)
    return plan(rows, queries.known(sorted({row.email.lower() for row in rows})), firm)


def _apply(planned: list[Planned], *, invites: bool, now: datetime) -> None:
    people = {person.email: person for person in _changed_people(planned)}
    for each in planned:
        if each.outcome == Outcome.CHANGED:
            _change(people[each.email], each)
    people.update(_add([each for each in planned if each.outcome == Outcome.NEW], now=now))
    for each in planned:
        if each.outcome in TO_BE_DONE:
            for role, practice_id in sorted(each.granted, key=str):
                account_services.grant(
                    people[each.email], role, accounts.practice(practice_id) if practice_id else None
                )
        if each.outcome == Outcome.NEW and invites:
            account_services.invite(people[each.email], now=now)


def _changed_people(planned: list[Planned]) -> list[Person]:
    emails = [each.email for each in planned if each.outcome == Outcome.CHANGED]
    return list(db.session.scalars(select(Person).where(Person.email.in_(emails))))


def _change(person: Person, planned: Planned) -> None:
    facts = {"name": planned.name, "title": planned.title, "zone": planned.zone}
    changed = {fact: [getattr(person, fact), after] for fact, after in facts.items() if getattr(person, fact) != after}
    for fact, (_, after) in changed.items():
        setattr(person, fact, after)
    if changed:
        audit.note("facts changed", person, **changed)
    services.move(person, planned.practice_id)


def _add(planned: list[Planned], *, now: datetime) -> dict[str, Person]:
    people = [
        Person(
            email=each.email,
            name=each.name,
            practice_id=each.practice_id,
            title=each.title,
            zone=each.zone,
            password_hash=None,
            created_at=now,
        )
        for each in planned
    ]
    db.session.add_all(people)
    db.session.flush()  # the log needs the ids
    for person in people:
        audit.note("person added", person)
    # Nobody here has figures yet, so the levels of a practice rise in one go.
    for practice_id, n in sorted(Counter(each.practice_id for each in planned).items()):
        counters.moved("people", practice_id=practice_id, n=n)
    return {person.email: person for person in people}


def _held(import_id: int) -> Import:
    # Two workers, or two presses of a button, take turns.
    found = db.session.scalar(
        select(Import).where(Import.id == import_id).with_for_update(), execution_options={"populate_existing": True}
    )
    if found is None:
        raise NotFound
    return found


def _kept(planned: Planned) -> list[str]:
    return [str(planned.outcome), *planned.words]


def _count(found: Import) -> None:
    counts = Counter(outcome[0] for outcome in found.outcomes)
    found.counts = {str(outcome): counts[str(outcome)] for outcome in Outcome}
