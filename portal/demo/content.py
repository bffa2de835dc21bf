"""The content as it would stand after a year: published over the months, the pitch revised a few days ago."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select, update

from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.db import db
from portal.demo.people import Member
from portal.demo.seasons import Year
from portal.jobs.models import Job
from portal.library import services as library
from portal.library.kinds import Kind
from portal.library.models import Item, Revision
from portal.library.services import Wording
from portal.message.models import Claim, Pitch, PitchInForce, PitchVersion
from portal.releases import services as releases
from portal.releases.models import Release

REWORDED = {
    "opener": (
        "I work for Halden & Marsh. We look after companies that belong to the people who run them. Tax, audit, law "
        "and advice at one table, with one partner who rings you back."
    ),
    "before-you-sign": (
        "The time to ring us is before something is signed: a sale, a handover, a loan, a first branch abroad. A month "
        "earlier you still have choices, and the first talk costs nothing."
    ),
    "yearly-table": (
        "Once a year we sit down with you for two hours, with tax, law and the figures at one table, and go "
        "through what is coming. We do not charge for those two hours, and they are what people remember."
    ),
}
CHANGE = (
    "The opener said “one team”, and three practices told us that nobody asked a question after it. “At one table” "
    "gets one. The reason now says that the first talk is free, because people were afraid to ask, and the yearly "
    "table says what clients tell us about it."
)
SPREAD = 352
"""Over so many days the content came out."""
DAYS_AGO = 5
DAYS_LEFT = 16
"""Until those who were certified should have learned the change."""
LEARNED = """## What we learned since

The client told the story herself at the trade body's breakfast. Two owners came up to us afterwards with the same
question: how early should one begin? Our answer is now part of the first talk: a year before anything has to be signed.
"""


def date_back(year: Year) -> None:
    """Let the content have come out over the year, not all of it just now."""
    first = year.ago(360)
    db.session.execute(update(PitchVersion).values(published_at=first))
    db.session.execute(update(PitchInForce).values(from_at=first))
    items = db.session.scalars(select(Item.id).order_by(Item.key)).all()
    for number, item_id in enumerate(items):
        at = first + timedelta(days=number * SPREAD // len(items))
        db.session.execute(update(Item).where(Item.id == item_id).values(published_at=at, revised_at=at))
        db.session.execute(update(Revision).where(Revision.item_id == item_id).values(at=at, published_at=at))


def revise_pitch(year: Year, publisher: Member) -> None:
    """A new version of the firm's pitch, published by marketing."""
    pitch = db.session.scalar(select(Pitch).where(Pitch.practice_key == ""))
    if pitch is None:
        return
    claims = db.session.scalars(
        select(Claim)
        .join(PitchVersion, PitchVersion.id == Claim.version_id)
        .where(PitchVersion.pitch_id == pitch.id, PitchVersion.number == pitch.number)
        .order_by(Claim.position)
    )
    said = [
        {"key": claim.key, "kind": claim.kind, "text": REWORDED.get(claim.key, claim.text), "answer": claim.answer}
        for claim in claims
    ]
    releases.publish(
        pitch,
        key=pitch.key,
        title=pitch.title,
        practice_key="",
        claims=said,
        change=CHANGE,
        base_number=pitch.number,
        by=of(db.session.get_one(Person, publisher.id)),
        now=year.ago(DAYS_AGO),
        recertify_by=year.today + timedelta(days=DAYS_LEFT),
    )
    _say_all_are_told(year)


def _say_all_are_told(year: Year) -> None:
    """That was days ago; nobody gets a mail about it when the firm is made."""
    db.session.execute(delete(Job).where(Job.handler == "tell-release"))
    db.session.execute(
        update(Release)
        .where(Release.finished_at.is_(None))
        .values(told=Release.to_tell, finished_at=year.ago(DAYS_AGO))
    )


def revise_item(year: Year, publisher: Member) -> None:
    """A case study that marketing added to, not long ago."""
    item = db.session.scalar(select(Item).where(Item.kind == Kind.CASE_STUDY).order_by(Item.key).limit(1))
    revision = item and db.session.scalar(
        select(Revision).where(Revision.item_id == item.id, Revision.number == item.revision)
    )
    if item and revision:
        wording = Wording.of(revision)
        longer = replace(wording, source=f"{wording.source}\n\n{LEARNED}")
        by, now = of(db.session.get_one(Person, publisher.id)), year.ago(12)
        library.write(item, longer, change="What we learned since", base_number=item.revision, by=by, now=now)
        library.publish(item, now=now)
