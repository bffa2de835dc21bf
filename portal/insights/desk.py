"""Marketing's side of requests: taking one, answering, declining, and making one of two."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy import Select, select, update

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.db import changed, db
from portal.errors import Refused
from portal.insights import letters, requests
from portal.insights.models import UNANSWERED, ContentRequest, RequestState, RequestVote
from portal.library.models import Item


def take(request: ContentRequest, *, until: date, by: Viewer, now: datetime) -> None:
    """Begin to write it, and say until when."""
    _still_open(request)
    if until < by.today(now):
        raise Refused("That day has passed. Choose today or a later day.", field="until")
    request.state, request.writer_id, request.written_by_on = RequestState.WRITING, by.id, until


def leave(request: ContentRequest) -> None:
    """Put it back for somebody else."""
    if request.state is not RequestState.WRITING:
        raise Refused("Nobody is writing this.")
    request.state, request.writer_id, request.written_by_on = RequestState.OPEN, None, None


def answer(request: ContentRequest, *, item_id: int | None, words: str, by: Viewer, now: datetime) -> None:
    """Answer with an item of the library, or in words; everybody who wanted it is told."""
    if item_id is None and not words:
        raise Refused("Choose an item, or answer in words.", field="words")
    _close(request, RequestState.ANSWERED, words, by, now)
    request.item = db.session.get(Item, item_id) if item_id else None
    request.helps, request.said = None, ""
    _tell(request, letters.answered, by, now)


def decline(request: ContentRequest, *, reason: str, by: Viewer, now: datetime) -> None:
    """Say that nobody will write it, and why; everybody who wanted it is told."""
    _close(request, RequestState.DECLINED, reason, by, now)
    request.item = None
    _tell(request, letters.declined, by, now)
    audit.note("content request declined", request.title, request=request.id)


def reopen(request: ContentRequest) -> None:
    """Take an answer or a refusal back; the wait then goes on from when it was asked."""
    if request.state not in (RequestState.ANSWERED, RequestState.DECLINED):
        raise Refused("This is open already.")
    request.state, request.answered_at, request.days_taken = RequestState.OPEN, None, None
    request.helps = None
    changed(update(RequestVote).where(RequestVote.request_id.in_(_family(request))).values(news_at=None))


def merge(kept: ContentRequest, gone: ContentRequest) -> None:
    """Make one request of two that ask for the same. No vote moves; each person counts once."""
    if kept.id == gone.id:
        raise Refused("Choose another request than this one.", field="other")
    for one in (kept, gone):
        _still_open(one)
    changed(update(ContentRequest).where(ContentRequest.root_id == gone.id).values(root_id=kept.id))
    gone.merged_into_id = gone.root_id = kept.id
    requests.count(kept)
    audit.note("content requests merged", kept.title, kept=kept.id, gone=gone.id)


def undo_merge(gone: ContentRequest) -> None:
    """Make two of them again; whoever voted for either has voted for that one still."""
    if gone.merged_into_id is None:
        raise Refused("This stands alone already.")
    was = db.session.get_one(ContentRequest, gone.root_id)
    gone.merged_into_id = None
    family = _below(gone.id, {one: into for one, into in db.session.execute(_edges(was))})
    changed(update(ContentRequest).where(ContentRequest.id.in_(family)).values(root_id=gone.id))
    db.session.expire(gone, ["root_id"])
    requests.count(was)
    requests.count(gone)
    audit.note("merge of content requests undone", gone.title, kept=was.id, gone=gone.id)


def _below(request_id: int, into: Mapping[int, int | None]) -> set[int]:
    """This request and all that were merged into it, directly or through another."""
    family = {request_id}
    for _ in into:  # as deep as there are rows
        family |= {one for one, kept in into.items() if kept in family}
    return family


def _edges(root: ContentRequest) -> Select[int, int | None]:
    return select(ContentRequest.id, ContentRequest.merged_into_id).where(ContentRequest.root_id == root.id)


def _family(request: ContentRequest) -> Select[int]:
    return select(ContentRequest.id).where(ContentRequest.root_id == request.id)


def _still_open(request: ContentRequest) -> None:
    if request.state not in UNANSWERED or request.merged_into_id is not None:
        raise Refused("This is no longer open: somebody answered it, merged it, or nobody wants it any more.")


def _close(request: ContentRequest, state: RequestState, words: str, by: Viewer, now: datetime) -> None:
    _still_open(request)
    request.state, request.answer, request.answered_by_id, request.answered_at = state, words, by.id, now
    request.days_taken = max(0, (by.today(now) - by.today(request.asked_at)).days)
    request.writer_id = request.written_by_on = None


def _tell(request: ContentRequest, letter: Callable[[Person, ContentRequest], None], by: Viewer, now: datetime) -> None:
    """Today tells it until they have looked; the letter goes once, and not to whoever answered."""
    wanting = RequestVote.request_id.in_(_family(request))
    changed(update(RequestVote).where(wanting).values(news_at=now))
    voted = select(RequestVote.person_id).where(wanting)
    people = db.session.scalars(
        select(Person).where(Person.id.in_(voted), Person.is_active, Person.id != by.id).order_by(Person.id)
    )
    for person in people:
        letter(person, request)
