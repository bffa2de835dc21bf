"""Who brought in what at the demo firm: shared credit, corrections, and two disputes in Tax and in Law."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.access import Role
from portal.credit import ledger, recount
from portal.credit.models import CreditEntry, CreditHead, CreditNews, Dispute, DisputeState, DisputeWord
from portal.db import db
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.pipeline.models import Direction, Opportunity
from portal.pipeline.shares import WHOLE, CreditRole, Holder, Shares, source
from portal.pipeline.stages import OPEN, Stage

WON, STILL_OPEN = 0.45, 0.12
"""How often the credit of a won and of an open opportunity is shared."""
WHY = (
    "We agreed on this over lunch.",
    "She opened the door; the rest was work.",
    "He knew the finance director from the last audit.",
    "The expert's hour decided it.",
    "As in our note of the first meeting.",
)
CORRECTED = "The introduction came from somebody else, as the mails show."
RAISED = "I made the introduction and sat in both first meetings. A tenth is not what we agreed."
ANSWERED = "You did introduce us. The first meeting was mine alone, though, and so was the proposal."
DECIDED = "The mails show both first meetings. The introduction counts for a quarter."


class Sharing:
    """Shares the credit of some opportunities."""

    def __init__(self, members: Sequence[Member], known: dict[str, Member], rows: Rows, now: datetime):
        self._known, self._rows, self._now = known, rows, now
        self._rng = random.Random(f"credit/{len(members)}")
        self._members = {member.id: member for member in members}
        self._areas: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            self._areas[member.area].append(member)
        self._rainmakers = {area: self._rainmaker(area, staff) for area, staff in self._areas.items()}
        self._fixed = {member.id for member in known.values()}
        self._heads: dict[int, int] = {}
        self._told: set[int] = set()

    def tell(self) -> None:
        """Write ledgers and disputes, then everything that follows from them."""
        found = db.session.execute(
            select(Opportunity.id, Opportunity.owner_id, Opportunity.stage, Opportunity.changed_at)
            .where(Opportunity.stage.in_((*OPEN, Stage.WON)), Opportunity.direction != Direction.GIVEN)
            .order_by(Opportunity.id)
        ).all()
        disputed = {self._pick(found, who): who for who in ("practitioner", "practitioner2")}
        for row in found:
            if row.id in disputed:
                self._argue(row, disputed[row.id])
            elif self._rng.random() < (WON if row.stage == Stage.WON else STILL_OPEN) or row.owner_id in self._fixed:
                self._share(row)
        self._rows.flush()  # a posting is closed only once its lines are there
        for opportunity_id, posting in self._heads.items():
            self._rows.add(CreditHead, opportunity_id=opportunity_id, posting=posting)
        self._rows.finish()
        recount.recount()

    def _rainmaker(self, area: str, staff: Sequence[Member]) -> Member:
        """In each area somebody brings in more than the others."""
        if area == "tax-advisory":
            return self._known["coach"]
        leaders = [member for member in staff if any(role == Role.LEADER for role, _ in member.roles)]
        return (leaders or staff)[0]

    def _pick(self, found: Sequence[Any], who: str) -> int:
        """The won opportunity of somebody fixed that is argued about; their last one otherwise, or none."""
        mine = [row for row in found if row.owner_id == self._known[who].id]
        won = [row.id for row in mine if row.stage == Stage.WON]
        return (won or [row.id for row in mine] or [0])[-1]

    def _share(self, row: Any) -> None:
        owner = self._members[row.owner_id]
        shares = self._split(owner)
        at = row.changed_at
        entries = self._open(row, at)
        self._post(row, entries, shares, self._rng.choice(WHY), at)
        if self._rng.random() < 0.2 and len(shares) > 1:
            self._post(row, entries, self._moved(shares, owner), CORRECTED, at + timedelta(hours=3))
        if row.owner_id in self._fixed and row.stage in OPEN:
            self._tell(row, shares)

    def _split(self, owner: Member) -> Shares:
        rng, area = self._rng, owner.area
        rainmaker = self._rainmakers[area]
        colleague = rng.choice(self._areas[area])
        ways: list[Shares] = [
            {
                Holder(CreditRole.SOURCE, rainmaker.id): 5000,
                Holder(CreditRole.EXPERT, owner.id): 3000,
                Holder(CreditRole.CLOSER, rainmaker.id): 2000,
            },
            {
                Holder(CreditRole.SOURCE, owner.id): 6000,
                Holder(CreditRole.INTRODUCER, rainmaker.id): 2500,
                Holder(CreditRole.EXPERT, colleague.id): 1500,
            },
            {Holder(CreditRole.SOURCE, owner.id): 7500, Holder(CreditRole.OPENER, colleague.id): 2500},
            {
                Holder(CreditRole.SOURCE, owner.id): 3334,
                Holder(CreditRole.OPENER, rainmaker.id): 3333,
                Holder(CreditRole.EXPERT, colleague.id): 3333,
            },
        ]
        return rng.choices(ways, weights=(5, 3, 3, 1))[0]

    def _moved(self, shares: Shares, owner: Member) -> Shares:
        """The same, with the smallest share given to somebody else."""
        least = min(sorted(shares), key=shares.__getitem__)
        other = Holder(CreditRole.INTRODUCER, self._rng.choice(self._areas[owner.area]).id)
        kept = {holder: points for holder, points in shares.items() if holder != least}
        return kept | {other: kept.get(other, 0) + shares[least]}

    def _argue(self, row: Any, who: str) -> None:
        """One dispute that was decided, and one that waits for the leader."""
        owner = self._known[who]
        other = self._known["coach"] if who == "practitioner" else self._areas["law"][-1]
        leader = self._known["leader" if who == "practitioner" else "leader2"]
        start = self._now - timedelta(days=20)
        introduced, mine = Holder(CreditRole.INTRODUCER, other.id), Holder(CreditRole.SOURCE, owner.id)
        entries = self._open(row, start)
        self._post(row, entries, {mine: 9000, introduced: 1000}, WHY[0], start)
        first = self._dispute(row, other, DisputeState.DECIDED, start + timedelta(days=1), leader, posting=3)
        self._say(first, DisputeState.RAISED, RAISED, other, start + timedelta(days=1))
        self._say(first, DisputeState.ANSWERED, ANSWERED, owner, start + timedelta(days=2))
        self._say(first, DisputeState.DECIDED, DECIDED, leader, start + timedelta(days=4))
        shares = {mine: 7500, introduced: 2500}
        self._post(row, entries, shares, DECIDED, start + timedelta(days=4), leader.id)
        late = self._now - timedelta(days=2)
        closer = "Who closed it isn't named at all: the last two meetings were mine."
        second = self._dispute(row, other, DisputeState.RAISED, late)
        self._say(second, DisputeState.RAISED, closer, other, late)
        self._tell(row, shares)

    def _dispute(
        self, row: Any, by: Member, state: DisputeState, at: datetime, decider: Member | None = None, **given: int
    ) -> int:
        number = self._rows.number(Dispute)
        self._rows.add(
            Dispute,
            id=number,
            opportunity_id=row.id,
            state=state,
            raised_by_id=by.id,
            raised_at=at,
            decided_by_id=decider.id if decider else None,
            decided_at=at + timedelta(days=3) if decider else None,
            posting=given.get("posting"),
            version=3 if decider else 1,
        )
        return number

    def _say(self, dispute_id: int, state: DisputeState, words: str, by: Member, at: datetime) -> None:
        self._rows.add(DisputeWord, dispute_id=dispute_id, state=state, words=words, at=at, by_id=by.id)

    def _open(self, row: Any, at: datetime) -> list[ledger.Entry]:
        entries: list[ledger.Entry] = []
        self._add(row, entries, 1, ledger.opening(source(row.owner_id)), "As it was logged.", at, row.owner_id)
        return entries

    def _post(
        self, row: Any, entries: list[ledger.Entry], shares: Shares, why: str, at: datetime, by_id: int = 0
    ) -> None:
        assert sum(shares.values()) == WHOLE
        lines = ledger.correction(entries, shares)
        if lines:
            self._add(row, entries, entries[-1].posting + 1, lines, why, at, by_id or row.owner_id)

    def _add(
        self, row: Any, entries: list[ledger.Entry], posting: int, lines: Any, why: str, at: datetime, by_id: int
    ) -> None:
        for line in lines:
            number = self._rows.number(CreditEntry)
            entries.append(ledger.Entry(number, posting, line.holder, line.points, line.reverses_id))
            self._rows.add(
                CreditEntry,
                id=number,
                opportunity_id=row.id,
                posting=posting,
                role=line.holder.role,
                person_id=line.holder.person_id or None,
                item_key=line.holder.item_key,
                points=line.points,
                reverses_id=line.reverses_id,
                reason=why,
                at=min(at, self._now),
                by_id=by_id,
            )
        self._heads[row.id] = posting

    def _tell(self, row: Any, shares: Shares) -> None:
        """Those who are shown around find one change of credit on Today."""
        for person_id in sorted({holder.person_id for holder in shares} & self._fixed - {row.owner_id} - self._told):
            self._told.add(person_id)
            points = sum(share for holder, share in shares.items() if holder.person_id == person_id)
            facts = {"points": points, "at": self._now - timedelta(days=1), "seen_at": None}
            self._rows.add(CreditNews, person_id=person_id, opportunity_id=row.id, **facts)
