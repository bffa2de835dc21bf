"""Comments on items: asked, answered, edited, taken back, hidden; and what a person wants of letters and kinds."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from portal.access import Can
from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit.services import note
from portal.db import db, insert_or
from portal.errors import Refused
from portal.library.kinds import Kind
from portal.library.models import Item
from portal.readership import letters
from portal.readership.models import Comment, MutedKind, ReadingSettings

CHANGED = "This was changed since you opened it. Look at it again; what you wrote is kept here."


def may_answer(comment: Comment, viewer: Viewer) -> bool:
    """Whether it is this person's to answer: they look after the item, or publish."""
    return Can.PUBLISH in viewer.powers or comment.item.owner_id == viewer.id


def write(item: Any, *, text: str, is_question: bool, by: Viewer, now: datetime) -> Comment:
    """Ask about an item, or add something to it."""
    comment = Comment(item_id=item.id, person_id=by.id, is_question=is_question, text=text, at=now)
    db.session.add(comment)
    db.session.flush()  # the page leads to it
    return comment


def edit(comment: Comment, *, text: str, is_question: bool, version: int, by: Viewer, now: datetime) -> None:
    """Say it in other words, as long as nobody answered the first ones."""
    _check_own(comment, by)
    _check_version(comment, version)
    if comment.answer:
        raise Refused("This is answered already. Write a new one, so that the answer still fits what it answers.")
    if (comment.text, comment.is_question) != (text, is_question):
        comment.text, comment.is_question, comment.edited_at = text, is_question, now
    _flush()


def withdraw(comment: Comment, *, by: Viewer, now: datetime) -> None:
    """Take one's own comment back, with its answer; it can be brought back."""
    _check_own(comment, by)
    comment.withdrawn_at = comment.withdrawn_at or now
    _flush()


def bring_back(comment: Comment, *, by: Viewer) -> None:
    """Undo that."""
    _check_own(comment, by)
    comment.withdrawn_at = None
    _flush()


def answer(comment: Comment, *, answer: str, version: int, by: Viewer, now: datetime) -> None:
    """Answer a comment, or put another answer in the place of one; whoever wrote it is told."""
    _check_answerer(comment, by)
    _check_version(comment, version)
    if comment.withdrawn_at is not None:
        raise Refused("This was taken back meanwhile. Nobody waits for an answer any more.")
    if comment.answer == answer:
        return
    comment.answer, comment.answered_by_id, comment.answered_at = answer, by.id, now
    comment.settled_at, comment.seen_at = now, None
    _flush()
    asker = db.session.get_one(Person, comment.person_id)
    if asker.id != by.id and asker.is_active and wants_letters(asker.id):
        item = comment.item
        letters.answered(
            asker.email, asker.name, by=by.name, title=item.title, key=item.key, comment_id=comment.id, answer=answer
        )


def settle(comment: Comment, *, by: Viewer, now: datetime) -> None:
    """Put a comment aside that needs no answer."""
    _check_answerer(comment, by)
    comment.settled_at = comment.settled_at or now
    _flush()


def reopen(comment: Comment, *, by: Viewer) -> None:
    """Undo that."""
    _check_answerer(comment, by)
    if comment.answer:
        raise Refused("This is answered. Change the answer instead.")
    comment.settled_at = None
    _flush()


def mark_seen(comment: Comment, *, by: Viewer, now: datetime) -> None:
    """Put an answer off one's Today."""
    _check_own(comment, by)
    comment.seen_at = comment.seen_at or now
    _flush()


def hide(comment: Comment, *, reason: str, by: Viewer, now: datetime) -> None:
    """Take somebody's comment off the page, with a reason that they read; logged."""
    _check_publisher(by)
    if comment.hidden_at is not None:
        raise Refused("This is hidden already.")
    comment.hidden_at, comment.hidden_by_id, comment.hidden_reason = now, by.id, reason
    note("comment hidden", f"comment {comment.id} on item {_key(comment)}", actor=by, reason=reason)
    _flush()


def show(comment: Comment, *, by: Viewer) -> None:
    """Put a hidden comment back on the page; logged."""
    _check_publisher(by)
    if comment.hidden_at is None:
        raise Refused("Everybody sees this.")
    comment.hidden_at = comment.hidden_by_id = None
    comment.hidden_reason = ""
    note("comment shown again", f"comment {comment.id} on item {_key(comment)}", actor=by)
    _flush()


def mute(kind: Kind, *, by: Viewer, now: datetime) -> None:
    """Keep a kind of item from among one's items of the week."""
    db.session.execute(insert_or(MutedKind).values(person_id=by.id, kind=kind, at=now).on_conflict_do_nothing())


def unmute(kind: Kind, *, by: Viewer) -> None:
    """Let a kind in again, from next week on."""
    db.session.execute(delete(MutedKind).where(MutedKind.person_id == by.id, MutedKind.kind == kind))


def choose_letters(*, letters: bool, by: Viewer) -> None:
    """Whether one gets letters about what one reads."""
    row = insert_or(ReadingSettings).values(person_id=by.id, letters=letters)
    db.session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_={"letters": row.excluded.letters}))


def wants_letters(person_id: int) -> bool:
    """Whether somebody gets letters about what they read."""
    settings = db.session.get(ReadingSettings, person_id)
    return settings is None or settings.letters


def _key(comment: Comment) -> str:
    return db.session.get_one(Item, comment.item_id).key


def _check_own(comment: Comment, by: Viewer) -> None:
    if comment.person_id != by.id:
        raise Refused("This is somebody else's.")


def _check_answerer(comment: Comment, by: Viewer) -> None:
    if not may_answer(comment, by):
        raise Refused("Whoever looks after this item answers, or marketing.")


def _check_publisher(by: Viewer) -> None:
    if Can.PUBLISH not in by.powers:
        raise Refused("Only people who publish can do this.")


def _check_version(comment: Comment, version: int) -> None:
    if comment.version != version:
        raise Refused(CHANGED)


def _flush() -> None:
    try:
        db.session.flush()
    except StaleDataError:
        raise Refused(CHANGED) from None
