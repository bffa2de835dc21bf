"""Sending what one heard, and answering it."""

from datetime import datetime

from sqlalchemy import select

from portal.accounts import queries as accounts
from portal.accounts.viewer import Viewer
from portal.clients import queries as clients
from portal.db import db
from portal.errors import Refused
from portal.insights import letters
from portal.insights.labels import PAGES
from portal.insights.models import FieldInsight, InsightKind, Source
from portal.insights.waiting import quarter_of
from portal.library.models import Item


def send(
    *,
    key: str,
    kind: InsightKind,
    text: str,
    source: Source,
    strength: int,
    practice_id: int | None,
    industry: str,
    client_id: int | None,
    by: Viewer,
    now: datetime,
) -> FieldInsight:
    """Keep what somebody heard. Sent twice, it is kept once."""
    mine = select(FieldInsight).where(FieldInsight.sent_by_id == by.id, FieldInsight.key == key)
    known = db.session.scalar(mine)
    if known is not None:
        return known
    made = FieldInsight(
        key=key,
        kind=kind,
        text=text,
        source=source,
        strength=strength,
        practice_id=accounts.practice(practice_id).id if practice_id else None,
        industry=industry,
        client_id=clients.client_for(by, client_id).id if client_id else None,
        sent_by_id=by.id,
        sent_at=now,
        quarter=quarter_of(by.today(now)),
    )
    db.session.add(made)
    db.session.flush()  # the page to go to has its id
    return made


def answer(insight: FieldInsight, *, words: str, item_id: int | None, page: str, by: Viewer, now: datetime) -> None:
    """Say what comes of it; the sender is told once, a later change of the words is told nobody."""
    if page and not PAGES.fullmatch(page):
        raise Refused("Give a page of the portal, like /pitch/firm or /drills/referrals.", field="page")
    is_first = insight.answered_at is None
    insight.answer, insight.page = words, page
    insight.item = db.session.get(Item, item_id) if item_id else None
    if not is_first:
        return
    insight.answered_by_id, insight.answered_at, insight.seen_at = by.id, now, None
    insight.days_taken = max(0, (by.today(now) - by.today(insight.sent_at)).days)
    if insight.sent_by_id != by.id and insight.sent_by.is_active:
        letters.heard(insight, insight.sent_by)


def take_back(insight: FieldInsight) -> None:
    """Remove what one sent, as long as nobody answered."""
    if insight.answered_at is not None:
        raise Refused("This was answered in the meantime, and stays.")
    db.session.delete(insight)


def look(insight: FieldInsight, *, now: datetime) -> None:
    """Remember that the sender has seen the answer."""
    insight.seen_at = insight.seen_at or now
