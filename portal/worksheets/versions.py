"""Taking worksheets over from their content files, as versions that never change."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.markup import fingerprint, rendered
from portal.worksheets import queries
from portal.worksheets.models import Worksheet, WorksheetVersion


def load(
    *,
    key: str,
    title: str,
    discipline: str,
    summary: str,
    minutes: int,
    sections: list[dict[str, Any]],
    text: str,
    now: datetime,
) -> list[str]:
    """Take a worksheet over from its content file; what people filled keeps the version it was begun with."""
    worksheet = db.session.scalar(select(Worksheet).where(Worksheet.key == key))
    is_new = worksheet is None
    worksheet = worksheet or Worksheet(key=key, number=0)
    facts = {"title": title, "discipline": discipline, "summary": summary, "minutes": minutes, "is_retired": False}
    differs = is_new or any(getattr(worksheet, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(worksheet, name, value)
    db.session.add(worksheet)
    db.session.flush()  # the version needs the id
    html = rendered(text)
    if _add_version(worksheet, sections, html, now) or differs:
        return [f"worksheet {key}: {'new' if is_new else 'changed'}"]
    return []


def _add_version(worksheet: Worksheet, sections: list[dict[str, Any]], html: str, now: datetime) -> bool:
    mark = fingerprint(sections, html)
    if worksheet.number and queries.version(worksheet).fingerprint == mark:
        return False
    worksheet.number += 1
    db.session.add(
        WorksheetVersion(
            worksheet_id=worksheet.id, number=worksheet.number, sections=sections, html=html, fingerprint=mark, at=now
        )
    )
    db.session.flush()  # what is begun next refers to it
    return True
