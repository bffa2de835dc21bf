"""What the people of the demo firm write: pieces handed in, one with suggestions, one in the library."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.contributions.models import (
    Contribution,
    ContributionAuthor,
    Form,
    Place,
    Reuse,
    State,
    SuggestionRound,
)
from portal.db import db
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.library.models import Item, ItemAuthor

PIECES = (
    "Why the bank asks for a forecast by week",
    "Four questions that callers ask every January",
    "What to bring to the first talk about selling",
    "When a shareholder wants out",
    "Hiring abroad for the first time: what goes wrong",
    "The letter from the tax office, read aloud",
)
IDEA = "Clients ask me this about once a month. The answer fits on half a page, and it saves them a call too late."
PUBLISHED = "indirect-tax-online-retailer"
BEFORE = """Owners call us when the letter from the tax office is on the table. By then it is often too late to chose.

We would recommend that you utilise the quiet months. In May and June there is time to look at which numbers do not fit.

## What to bring

- last year’s return
- the letters of the last two years"""
AFTER = """Owners call us when the letter from the tax office is on the table. By then it is often too late to choose.

Use the quiet months. In May and June there is time to look at which numbers do not fit, and nobody is in a hurry.

## What to bring

- last year’s return
- the letters of the last two years"""
NOTE = "A good one: I heard the letter fall on the table. Three small things; the second makes it sound like you."


def hand_in(member: Member, at: datetime, rows: Rows) -> None:
    """Somebody hands in one piece, which marketing has taken up since."""
    title = member.rng.choice(PIECES)
    _piece(member, title, at, rows, state=State.WITH_MARKETING)


def tell(known: dict[str, Member], year: Year, rows: Rows) -> None:
    """What those who are named on the sign-in page wrote."""
    ana, ben, charlie, mira = (known[name] for name in ("practitioner", "coach", "practitioner2", "marketing"))
    title = "The letter from the tax office, read aloud"
    reviewed = _piece(ana, title, year.ago(8), rows, state=State.SUGGESTIONS, source=BEFORE)
    _author(reviewed, ben, 1, rows)
    rows.add(
        SuggestionRound,
        contribution_id=reviewed,
        number=1,
        before_title=title,
        before=BEFORE,
        after_title="The letter from the tax office",
        after=AFTER,
        note=NOTE,
        by_id=mira.id,
        at=year.ago(1),
        decided_at=None,
        decided_by_id=None,
        accepted=[],
        reply="",
    )
    _piece(ana, "Four questions that callers ask every January", year.ago(2), rows, state=State.IDEA)
    _piece(charlie, "When a shareholder wants out", year.ago(3), rows, state=State.SUBMITTED)
    _in_the_library(ana, year, rows)
    rows.finish()


def _in_the_library(ana: Member, year: Year, rows: Rows) -> None:
    item = db.session.scalar(select(Item).where(Item.key == PUBLISHED))
    if item is None:
        return
    _piece(ana, item.title, year.ago(330), rows, state=State.ACCEPTED, item_id=item.id, source=item.source)
    item.byline = ["Ana Ferreira"]
    db.session.flush()
    rows.add(ItemAuthor, item_id=item.id, person_id=ana.id, position=0)
    for place, days, note in ((Place.NEWSLETTER, 200, "The summer letter"), (Place.LINKEDIN, 195, "")):
        rows.add(Reuse, item_id=item.id, place=place, on=year.ago(days).date(), by_id=ana.id, note=note)


def _piece(
    member: Member, title: str, at: datetime, rows: Rows, *, state: State, source: str = "", **given: Any
) -> int:
    number = rows.number(Contribution)
    is_in = state not in (State.IDEA, State.DRAFT)
    rows.add(
        Contribution,
        **{
            "id": number,
            "key": f"demo-piece-{number}",
            "form": Form.CASE_STUDY if "item_id" in given else Form.ARTICLE,
            "title": title,
            "idea": IDEA,
            "source": "",
            "facts": {},
            "practice_id": member.practice_id,
            "industry": "",
            "state": state,
            "begun_by_id": member.id,
            "begun_at": at,
            "changed_at": at,
            "submitted_at": at if is_in else None,
            "editor_id": None,
            "reason": "",
            "item_id": None,
            "told_at": at if state is State.ACCEPTED else None,
            "version": 1,
            **given,
        },
    )
    _author(number, member, 0, rows)
    return number


def _author(contribution_id: int, member: Member, position: int, rows: Rows) -> None:
    ids = {"contribution_id": contribution_id, "person_id": member.id}
    rows.add(ContributionAuthor, **ids, position=position, news_at=None)
