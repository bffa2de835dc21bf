"""What the firm's people are asked to read, what they asked about it, and everybody's items of the week."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.viewer import of
from portal.db import db
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.library import usage
from portal.library.models import Item, ItemReader
from portal.readership import must_reads, recount, services, weekly
from portal.readership.models import Acknowledgement

MUST = "introduction-email"
"""What everybody is asked to read; every third person has not, Ana among them."""
ASKED_ABOUT = "indirect-tax-online-retailer"
QUESTIONS = (
    (
        "practitioner",
        "A client asked how long it took from the first call to the settlement. Do we know?",
        "Seven months. The first four weeks were spent finding out where the stock had been; then it went fast.",
    ),
    ("practitioner", "Is there a version for a shop that sells through its own site only?", ""),
    ("leader", "May I name the marketplace when I tell this story?", ""),
)
SAID = {
    True: (
        ("right-words", "The sentence about the stock nobody knew of: I said it word for word."),
        ("client-liked", ""),
        ("learned", "I had not known that the marketplace moves goods by itself."),
    ),
    False: (("too-long", ""), ("not-my-clients", "Mine have one warehouse, round the corner.")),
}
"""Why it helped or did not, in the words of colleagues."""


def arrange(members: Sequence[Member], known: Mapping[str, Member], year: Year, rows: Rows) -> None:
    """Must-reads, acknowledgements, comments, and the week."""
    marketing = db.session.get_one(Person, known["marketing"].id)
    item = db.session.scalar(select(Item).where(Item.key == MUST))
    if item is not None:
        _ask(item, marketing, members, year, rows)
    about = db.session.scalar(select(Item).where(Item.key == ASKED_ABOUT))
    if about is not None:
        about.owner_id = marketing.id
        _comment(about, marketing, known, year)
        _say_why(about, known)
    rows.flush()
    recount.recount()
    week = weekly.this_week(year.now)
    for batch in weekly.waiting(week):
        weekly.choose_for(batch, week)


def _ask(item: Item, marketing: Person, members: Sequence[Member], year: Year, rows: Rows) -> None:
    asked_at = year.ago(4)
    until_on = year.today + timedelta(days=10)
    must_reads.ask(
        item, None, practice_ids=[], until_on=until_on, remind_after=7, version=0, by=of(marketing), now=asked_at
    )
    for number, member in enumerate(members):
        if number % 3:
            rows.add(
                Acknowledgement,
                item_id=item.id,
                revision=item.major_revision,
                person_id=member.id,
                at=asked_at + timedelta(hours=number % 70),
            )


def _comment(item: Item, marketing: Person, known: Mapping[str, Member], year: Year) -> None:
    for days, (who, words, reply) in enumerate(QUESTIONS, 2):
        by = of(db.session.get_one(Person, known[who].id))
        comment = services.write(item, text=words, is_question=True, by=by, now=year.ago(days))
        if reply:
            comment.answer, comment.answered_by_id = reply, marketing.id
            comment.answered_at = comment.settled_at = year.ago(1)
    db.session.flush()


def _say_why(item: Item, known: Mapping[str, Member]) -> None:
    """Ana says why it helped, and that it was she; others say why without their names."""
    readers = db.session.scalars(select(ItemReader).where(ItemReader.item_id == item.id).order_by(ItemReader.person_id))
    for number, reader in enumerate(readers):
        is_ana = reader.person_id == known["practitioner"].id
        if is_ana and reader.useful is None:
            reader.useful, reader.useful_on = True, reader.last_at.date()
            usage.count(item.id, reader.useful_on, helped=1)
        if reader.useful is not None and (is_ana or number % 3 == 0):
            said = SAID[reader.useful]
            reader.reason, reader.reason_words = said[number % len(said)]
            reader.is_signed = is_ana
    db.session.flush()
