"""Counting visits without knowing visitors: no address is kept, and nobody is recognised on another day."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import delete, func, select, update

from portal import clock
from portal.db import changed, db, insert_or
from portal.library import usage
from portal.sharing.models import DaySalt, PasscodeTry, Share, Visit
from portal.sharing.opens import PRESSES, SURE_SIGNS, WEAK_SIGNS, Evidence, Opened, Verdict, better, judge
from portal.sharing.tokens import Ticket

AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True)
class Caller:
    """Who is at the other end of a request; kept nowhere as it is."""

    address: str
    agent: str


@dataclass(frozen=True)
class Told:
    """What a page tells of how it was looked at."""

    seconds: int = 0
    signs: frozenset[str] = frozenset()
    pressed: str = ""
    is_driven: bool = False

    @classmethod
    def of(cls, form: Any) -> "Told":
        """From fields that anybody may have written."""
        typed = str(form.get("seconds", ""))[:6]
        signs = frozenset(str(form.get("signs", ""))[:100].split()) & (SURE_SIGNS | WEAK_SIGNS)
        pressed = form.get("pressed", "")
        seconds = int(typed) if typed.isascii() and typed.isdigit() else 0
        return cls(seconds, signs, pressed if pressed in PRESSES else "", form.get("driven") == "yes")


def record(share: Share, ticket: Ticket, told: Told, *, caller: Caller, now: datetime) -> None:
    """Count a visit, once for each page that was shown, however often it tells; what it proves later counts too."""
    salt = _salt(now.date())
    network = _label(salt, caller.address)
    verdict = judge(
        Evidence(
            agent=caller.agent[:500],
            since_sent=now - share.sent_at,
            since_shown=now - ticket.shown_at,
            seconds=told.seconds,
            signs=told.signs,
            pressed=told.pressed,
            is_driven=told.is_driven,
            links=1 + _others(share, network, now),
        )
    )
    visitor = _label(salt, str(share.id), caller.address, caller.agent)
    known = db.session.scalar(select(Visit).where(Visit.share_id == share.id, Visit.key == ticket.key))
    if known is None:
        if _first(share, ticket, verdict, told, visitor, network, now) and verdict.opened is Opened.HUMAN:
            _was_human(share, ticket.item_id, visitor, ticket.key, now)
    else:
        _again(share, known, verdict, told, now)
    is_new = known is None or known.pressed != told.pressed
    if told.pressed == "download" and is_new and verdict.opened is not Opened.MACHINE and ticket.item_id:
        usage.count(ticket.item_id, _today(now), downloaded=1)


def forget(share: Share, ticket: Ticket, *, caller: Caller, now: datetime) -> None:
    """Take out what was counted of somebody who says that they don't want to be counted: today, and on the day on
    which the page was opened that they say it on."""
    visitor = _label(_salt(now.date()), str(share.id), caller.address, caller.agent)
    on_this_page = select(Visit.visitor).where(Visit.share_id == share.id, Visit.key == ticket.key)
    mine = (Visit.share_id == share.id) & ((Visit.visitor == visitor) | Visit.visitor.in_(on_this_page))
    counted = mine & (Visit.opened == Opened.HUMAN) & Visit.item_id.is_not(None)
    # An item counts a visitor once a day, when they were first surely there.
    first = select(Visit.item_id, func.min(Visit.at)).where(counted).group_by(Visit.item_id, Visit.visitor)
    for item_id, at in db.session.execute(first).all():
        usage.count(item_id or 0, _today(at), opened=-1)
    db.session.execute(delete(Visit).where(mine))
    left = select(func.min(Visit.at)).where(Visit.share_id == share.id, Visit.opened == Opened.HUMAN)
    share.first_opened_at = db.session.scalar(left)


def network_of(caller: Caller, now: datetime) -> str:
    """The label of a network today."""
    return _label(_salt(now.date()), caller.address)


def throw_away(now: datetime) -> None:
    """Throw away the salts of past days and what could join visits by network, so that no label means anybody."""
    yesterday = now.date() - timedelta(days=1)
    db.session.execute(delete(DaySalt).where(DaySalt.on < now.date()))
    db.session.execute(delete(PasscodeTry).where(PasscodeTry.at < now - timedelta(days=1)))
    changed(update(Visit).where(Visit.on <= yesterday, Visit.network != "").values(network=""))


def _first(
    share: Share, ticket: Ticket, verdict: Verdict, told: Told, visitor: str, network: str, now: datetime
) -> bool:
    row = insert_or(Visit).values(
        share_id=share.id,
        item_id=ticket.item_id,
        key=ticket.key,
        on=now.date(),
        at=now,
        visitor=visitor,
        network=network,
        opened=verdict.opened,
        reasons=list(verdict.reasons),
        pressed=told.pressed,
    )
    return bool(changed(row.on_conflict_do_nothing(index_elements=["share_id", "key"])))


def _again(share: Share, known: Visit, verdict: Verdict, told: Told, now: datetime) -> None:
    before = Verdict(known.opened, tuple(known.reasons))
    after = better(before, verdict)
    if told.pressed:
        changed(update(Visit).where(Visit.id == known.id).values(pressed=told.pressed))
    if after is before:
        return
    raised = update(Visit).where(Visit.id == known.id, Visit.opened == before.opened)
    is_mine = changed(raised.values(opened=after.opened, reasons=list(after.reasons)))
    if is_mine and after.opened is Opened.HUMAN:
        _was_human(share, known.item_id, known.visitor, known.key, now)


def _was_human(share: Share, item_id: int | None, visitor: str, key: str, now: datetime) -> None:
    """The first time on a day that this person was surely there: the item counts it, and the sender learns of it."""
    changed(update(Share).where(Share.id == share.id, Share.first_opened_at.is_(None)).values(first_opened_at=now))
    if item_id is None:
        return
    others = select(Visit.id).where(
        Visit.share_id == share.id,
        Visit.item_id == item_id,
        Visit.visitor == visitor,
        Visit.opened == Opened.HUMAN,
        Visit.key != key,
    )
    if db.session.scalar(others.limit(1)) is None:
        usage.count(item_id, _today(now), opened=1)


def _others(share: Share, network: str, now: datetime) -> int:
    """Other links that were opened from this network just now."""
    found = select(func.count(func.distinct(Visit.share_id))).where(
        Visit.network == network, Visit.at > now - AT_ONCE, Visit.share_id != share.id
    )
    return db.session.scalar(found) or 0


def _salt(on: date) -> str:
    wanted = select(DaySalt.salt).where(DaySalt.on == on)
    salt = db.session.scalar(wanted)
    if salt is None:
        row = insert_or(DaySalt).values(on=on, salt=secrets.token_hex(16))
        db.session.execute(row.on_conflict_do_nothing(index_elements=["on"]))
        salt = db.session.scalar(wanted)
    return salt or ""


def _label(salt: str, *parts: str) -> str:
    return hashlib.sha256("\x1f".join((salt, *parts)).encode()).hexdigest()[:24]


def _today(now: datetime) -> date:
    return clock.day_in(now, current_app.extensions["portal_config"].TIME_ZONE)
