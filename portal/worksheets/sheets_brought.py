"""Workbooks on their way out and back: taken in only where the person says so, and never over somebody's words."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select

from portal import sheets
from portal.accounts.viewer import Viewer
from portal.db import db
from portal.errors import NotFound, Refused
from portal.worksheets import definition, queries, services, sheet_in, sheet_out
from portal.worksheets.definition import Flat
from portal.worksheets.models import BroughtSheet, FilledWorksheet
from portal.worksheets.sheet_in import Brought, Difference, Misfit

KEPT = timedelta(days=7)
"""How long a sheet that was brought back is kept to look at."""
FOREIGN = (
    "This sheet doesn't come from this worksheet. Take it along as XLSX from its page, fill that file, "
    "and bring it back; a copy of its cells in another file has lost its way."
)


def taken_out(filled: FilledWorksheet, *, where: str) -> bytes:
    """A worksheet as a workbook to fill elsewhere; it carries what it says now, signed, to see later what changed."""
    answers = services.current(filled)
    ticket = _signer().dumps({"filled": filled.id, "mark": secrets.token_hex(3), "base": answers})
    title = filled.name or filled.worksheet.title
    return sheet_out.workbook(title, queries.sections_of(filled), answers, ticket=str(ticket), where=where)


def bring(filled: FilledWorksheet, body: bytes, *, filename: str, by: Viewer, now: datetime) -> BroughtSheet:
    """Keep what a workbook says, to look at; changes nothing in the worksheet."""
    if filled.finished_at is not None:
        raise Refused("This worksheet is finished. Open it again first, then bring the sheet back.", field="file")
    found = sheets.read_all(body)
    ticket = _ticket(sheet_in.ticket_of(found), filled, by)
    sections, base = queries.sections_of(filled), ticket["base"]
    brought = sheet_in.read(found, sections, base, mark=f"n{ticket['mark']}")
    db.session.execute(delete(BroughtSheet).where(BroughtSheet.filled_id == filled.id, BroughtSheet.at < now - KEPT))
    row = BroughtSheet(
        filled_id=filled.id,
        filename=filename[:200].replace("\x00", ""),
        base=base,
        cells=brought.cells,
        rows=brought.rows,
        wrong=[asdict(each) for each in brought.wrong],
        at=now,
    )
    db.session.add(row)
    db.session.flush()  # the page's address needs the id
    return row


def _ticket(text: str, filled: FilledWorksheet, by: Viewer) -> dict[str, Any]:
    try:
        ticket: dict[str, Any] = _signer().loads(text)
    except BadSignature:
        raise Refused(FOREIGN, field="file") from None
    if ticket["filled"] != filled.id:
        other = db.session.scalar(queries.visible_to(by).where(FilledWorksheet.id == ticket["filled"]))
        name = f": {other.name or other.worksheet.title}" if other else ""
        raise Refused(f"This sheet belongs to another worksheet{name}. Bring it back there.", field="file")
    return ticket


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="worksheet-taken-along")


def brought_for(filled: FilledWorksheet, brought_id: int) -> BroughtSheet:
    """One sheet that was brought back to this worksheet."""
    found = select(BroughtSheet).where(BroughtSheet.id == brought_id, BroughtSheet.filled_id == filled.id)
    row = db.session.scalar(found)
    if row is None:
        raise NotFound
    return row


def misfits(row: BroughtSheet) -> list[Misfit]:
    """The cells that don't fit."""
    return [Misfit(**each) for each in row.wrong]


def differences(filled: FilledWorksheet, row: BroughtSheet) -> list[Difference]:
    """In what a sheet differs from the worksheet as it is now."""
    brought = Brought(cells=row.cells, rows=row.rows)
    return sheet_in.differences(queries.sections_of(filled), row.base, services.current(filled), brought)


def take_in(
    filled: FilledWorksheet, row: BroughtSheet, choices: Mapping[str, str], *, seen: int, by: Viewer, now: datetime
) -> int:
    """Take in what the person chose from a sheet, by place 'file' or 'portal'; how many things changed.

    `seen` is the worksheet's version that the choices were made at.
    """
    if seen != filled.version:
        raise Refused("Something was saved in the portal meanwhile. This is how it stands now; please look again.")
    found = differences(filled, row)
    open_ones = [each for each in found if each.kind == "both" and choices.get(each.place) not in ("file", "portal")]
    if open_ones:
        raise Refused("Both were changed at some places. Choose there which text stays.")
    taken = [each for each in found if choices.get(each.place, "portal") == "file"]
    before: Flat = {}
    mine: Flat = {}
    for each in taken:
        before |= each.portal
        mine |= dict.fromkeys(each.portal, "") | each.file
    if definition.checked(queries.sections_of(filled), mine)[1]:
        raise Refused(
            "This worksheet has moved to a newer version, and some of it doesn't fit there. Take it along anew."
        )
    if taken:
        services.save(filled, before=before, mine=mine, by=by, now=now)
    return len(taken)
