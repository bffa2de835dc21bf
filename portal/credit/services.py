"""Sharing credit anew, and disputing it; every change is a posting of the ledger."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from portal import clock
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.counters.services import active
from portal.credit import ledger, queries
from portal.credit.models import CreditEntry, CreditHead, CreditNews, Dispute, DisputeState, DisputeWord
from portal.db import db, insert_or
from portal.errors import NotFound, Refused
from portal.library.models import Item
from portal.pipeline import origination
from portal.pipeline.models import Opportunity, StageChange
from portal.pipeline.shares import CreditRole, Shares, said
from portal.pipeline.stages import Stage

CHANGED = "Somebody shared this credit anew since you opened it. Look at it again; what you typed is kept here."
DISPUTED = "These shares are disputed. They stay as they are until that is decided."


def share(opportunity: Opportunity, *, shares: Shares, reason: str, version: int, by: Viewer, now: datetime) -> None:
    """Share the credit anew. What no longer holds is reversed, and those whose share changes are told."""
    _take_turn(opportunity)
    held = queries.shares_of(opportunity)
    if not queries.standing(by, opportunity, held).may_change:
        raise NotFound
    if queries.open_dispute(opportunity):
        raise Refused(DISPUTED)
    _post(opportunity, shares, reason=reason, version=version, by=by, now=now)
    audit.note("credit shared", _said(opportunity), opportunity=opportunity.id, shares=_listed(shares))
    active(by, by.today(now))


def raise_dispute(opportunity: Opportunity, *, words: str, by: Viewer, now: datetime) -> Dispute:
    """Say that the shares are not right; they stay until that is decided."""
    _take_turn(opportunity)
    dispute = Dispute(
        opportunity_id=opportunity.id, state=DisputeState.RAISED, raised_by_id=by.id, raised_at=now, posting=None
    )
    try:
        with db.session.begin_nested():
            db.session.add(dispute)
    except IntegrityError:  # the database keeps one open dispute for each opportunity
        raise Refused("These shares are disputed already. Add your words to that dispute.") from None
    _say(dispute, DisputeState.RAISED, words, by, now)
    audit.note("credit disputed", _said(opportunity), opportunity=opportunity.id)
    return dispute


def answer(dispute: Dispute, *, words: str, version: int, by: Viewer, now: datetime) -> None:
    """Say something about a dispute; anybody who sees it may."""
    _take_turn(dispute.opportunity)
    _check_open(dispute, version)
    if by.id != dispute.raised_by_id:
        dispute.state = DisputeState.ANSWERED
    flag_modified(dispute, "state")  # its version counts on with every word, also where the state stays
    _say(dispute, dispute.state, words, by, now)
    audit.note("credit dispute answered", _said(dispute.opportunity), opportunity=dispute.opportunity_id)


def withdraw(dispute: Dispute, *, by: Viewer, now: datetime) -> None:
    """Take a dispute back; twice is once."""
    if dispute.raised_by_id != by.id:
        raise NotFound
    _take_turn(dispute.opportunity)
    db.session.refresh(dispute)
    if dispute.state == DisputeState.WITHDRAWN:
        return
    _check_open(dispute, dispute.version)
    dispute.state, dispute.decided_by_id, dispute.decided_at = DisputeState.WITHDRAWN, by.id, now
    _say(dispute, DisputeState.WITHDRAWN, "Taken back.", by, now)
    audit.note("credit dispute withdrawn", _said(dispute.opportunity), opportunity=dispute.opportunity_id)


def decide(
    dispute: Dispute, *, words: str, shares: Shares | None, version: int, posting: int, by: Viewer, now: datetime
) -> None:
    """Decide a dispute: the shares stay, or are corrected as given. Nobody decides about a share of their own."""
    opportunity = dispute.opportunity
    _take_turn(opportunity)
    standing = queries.standing(by, opportunity, queries.shares_of(opportunity))
    if not standing.may_decide or dispute.raised_by_id == by.id:
        raise Refused("Somebody who leads this practice and has no share in it decides; you don't.")
    if shares is not None and any(holder.person_id == by.id for holder in shares):
        raise Refused("You can't give yourself a share by your own decision.")
    _check_open(dispute, version)
    if shares is not None:
        dispute.posting = _post(opportunity, shares, reason=words, version=posting, by=by, now=now)
    dispute.state, dispute.decided_by_id, dispute.decided_at = DisputeState.DECIDED, by.id, now
    _say(dispute, DisputeState.DECIDED, words, by, now)
    _tell(opportunity, [dispute.raised_by_id, opportunity.owner_id], queries.shares_of(opportunity), by, now)
    audit.note(
        "credit dispute decided",
        _said(opportunity),
        opportunity=opportunity.id,
        outcome="the shares stay" if shares is None else _listed(shares),
    )


def see(opportunity: Opportunity, *, by: Viewer, now: datetime) -> None:
    """Note that somebody has seen their share; twice is once."""
    db.session.execute(
        update(CreditNews)
        .where(CreditNews.person_id == by.id, CreditNews.opportunity_id == opportunity.id)
        .where(CreditNews.seen_at.is_(None))
        .values(seen_at=now)
    )


def _post(opportunity: Opportunity, shares: Shares, *, reason: str, version: int, by: Viewer, now: datetime) -> int:
    """Add to the ledger so that these shares hold, and let all that follows follow. The number of the posting."""
    closed = queries.closed(opportunity.id)
    if version != closed:
        raise Refused(CHANGED)
    _check(shares)
    held = queries.shares_of(opportunity)
    if shares == held:
        raise Refused("These are the shares that hold already. Change one, or leave them.")
    if not closed:
        closed = _close(opportunity, 1, ledger.opening(held), "As it was logged.", by, now)
    lines = ledger.correction(queries.entries(opportunity.id), shares)
    closed = _close(opportunity, closed + 1, lines, reason, by, now)
    origination.keep(opportunity.id, shares)
    origination.follow(opportunity, by_id=by.id, on=_won_on(opportunity, by))
    people = {holder.person_id for holder in {*held, *shares} if held.get(holder) != shares.get(holder)}
    _tell(opportunity, people - {0}, shares, by, now)
    return closed


def _close(
    opportunity: Opportunity, number: int, lines: Iterable[ledger.Line], reason: str, by: Viewer, now: datetime
) -> int:
    facts = {"opportunity_id": opportunity.id, "posting": number, "reason": reason, "at": now, "by_id": by.id}
    rows = [
        facts
        | {"role": line.holder.role, "person_id": line.holder.person_id or None, "item_key": line.holder.item_key}
        | {"points": line.points, "reverses_id": line.reverses_id}
        for line in lines
    ]
    db.session.execute(insert(CreditEntry), rows)
    if number == 1:
        db.session.execute(insert(CreditHead), [{"opportunity_id": opportunity.id, "posting": 1}])
    else:
        db.session.execute(
            update(CreditHead).where(CreditHead.opportunity_id == opportunity.id).values(posting=number),
            execution_options={"synchronize_session": False},
        )
    return number


def _take_turn(opportunity: Opportunity) -> None:
    """One at a time for each opportunity, also where its stage moves meanwhile."""
    db.session.execute(
        select(Opportunity)
        .where(Opportunity.id == opportunity.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()


def _check(shares: Shares) -> None:
    if not ledger.adds_up(shares):
        raise Refused("The shares are a hundred percent together, and each is more than nothing.")
    if any((holder.role == CreditRole.CONTENT) != bool(holder.item_key) for holder in shares):
        raise Refused("Content is an item of the library; everything else is a colleague.")
    people = {holder.person_id for holder in shares if holder.person_id}
    keys = {holder.item_key for holder in shares if holder.item_key}
    if len(db.session.scalars(select(Person.id).where(Person.id.in_(people))).all()) != len(people):
        raise Refused("Somebody named here isn't at the firm. Choose them again.")
    if keys and len(db.session.scalars(select(Item.id).where(Item.key.in_(keys))).all()) != len(keys):
        raise Refused("An item named here isn't in the library any more. Choose another.")


def _won_on(opportunity: Opportunity, by: Viewer) -> date:
    """The day of a win that was not counted yet; today for everything else, where it isn't used."""
    if opportunity.stage != Stage.WON:
        return date.min
    last = select(StageChange.at).where(StageChange.opportunity_id == opportunity.id, StageChange.after == Stage.WON)
    at = db.session.scalar(last.where(StageChange.before != Stage.WON).order_by(StageChange.id.desc()).limit(1))
    return clock.day_in(at or opportunity.changed_at, by.zone)


def _tell(opportunity: Opportunity, people: Iterable[int], shares: Shares, by: Viewer, now: datetime) -> None:
    """Let those whose share changed find it on Today, save whoever changed it."""
    rows = [
        {"person_id": person_id, "opportunity_id": opportunity.id, "at": now, "seen_at": None}
        | {"points": sum(points for holder, points in shares.items() if holder.person_id == person_id)}
        for person_id in sorted(set(people) - {by.id})
    ]
    if rows:
        row = insert_or(CreditNews)
        told = row.on_conflict_do_update(
            index_elements=["person_id", "opportunity_id"],
            set_={"points": row.excluded.points, "at": row.excluded.at, "seen_at": None},
        )
        db.session.execute(told, rows)


def _check_open(dispute: Dispute, version: int) -> None:
    """Whether it still waits, as it was seen; to be asked while it is this writer's turn."""
    db.session.refresh(dispute)
    if dispute.state not in queries.OPEN:
        raise Refused("This dispute is closed already.")
    if dispute.version != version:
        raise Refused("Somebody said something since you opened this. Read it first; what you typed is kept here.")


def _say(dispute: Dispute, state: DisputeState, words: str, by: Viewer, now: datetime) -> None:
    db.session.add(DisputeWord(dispute_id=dispute.id, state=state, words=words, at=now, by_id=by.id))


def _said(opportunity: Opportunity) -> str:
    return f"{opportunity.organisation}, number {opportunity.id}"


def _listed(shares: Shares) -> str:
    names = queries.names_of(shares)
    return ", ".join(f"{names[holder]} {said(points)} as {holder.role}" for holder, points in sorted(shares.items()))
