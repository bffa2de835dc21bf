"""Asking for content, and voting for what a colleague asked for."""

from datetime import date, datetime

from sqlalchemy import delete, func, select

from portal.accounts import queries as accounts
from portal.accounts.viewer import Viewer
from portal.db import changed, db, insert_or
from portal.errors import Refused
from portal.insights.models import UNANSWERED, ContentRequest, RequestState, RequestVote
from portal.insights.waiting import quarter_of
from portal.library.kinds import Kind

OVER = "This was answered in the meantime. Look at the answer first."


def ask(
    *,
    key: str,
    title: str,
    wanted_for: str,
    kind: Kind | None,
    practice_id: int | None,
    industry: str,
    helps_by: date | None,
    by: Viewer,
    now: datetime,
) -> ContentRequest:
    """Ask for something; the asker's vote counts. Sent twice, it is asked once."""
    mine = select(ContentRequest).where(ContentRequest.asked_by_id == by.id, ContentRequest.key == key)
    known = db.session.scalar(mine)
    if known is not None:
        return known
    if helps_by is not None and helps_by < by.today(now):
        raise Refused("That day has passed. Choose today or a later day.", field="helps_by")
    made = ContentRequest(
        key=key,
        title=title,
        wanted_for=wanted_for,
        kind=kind,
        practice_id=accounts.practice(practice_id).id if practice_id else None,
        industry=industry,
        helps_by=helps_by,
        asked_by_id=by.id,
        asked_at=now,
        quarter=quarter_of(by.today(now)),
        state=RequestState.OPEN,
    )
    db.session.add(made)
    db.session.flush()  # its vote needs the id
    made.root_id = made.id
    vote(made, note="", by=by, now=now)
    return made


def vote(request: ContentRequest, *, note: str, by: Viewer, now: datetime) -> None:
    """Want it too; voting again changes the note. A request that nobody wanted any more is open again."""
    if request.state not in (*UNANSWERED, RequestState.WITHDRAWN):
        raise Refused(OVER)
    row = insert_or(RequestVote).values(request_id=request.id, person_id=by.id, note=note, at=now)
    keys = ["request_id", "person_id"]
    changed(row.on_conflict_do_update(index_elements=keys, set_={"note": note}))
    if request.state is RequestState.WITHDRAWN:
        request.state = RequestState.OPEN
    count(request)


def take_back(request: ContentRequest, *, by: Viewer) -> None:
    """No longer want it, also where one voted for a request that was merged into this one."""
    if request.state not in UNANSWERED:
        raise Refused(OVER)
    family = select(ContentRequest.id).where(ContentRequest.root_id == request.id)
    changed(delete(RequestVote).where(RequestVote.request_id.in_(family), RequestVote.person_id == by.id))
    count(request)
    if request.votes == 0 and request.state is RequestState.OPEN:
        request.state = RequestState.WITHDRAWN


def count(request: ContentRequest) -> None:
    """Count the votes anew: everybody once, whichever of the merged requests they voted for."""
    db.session.flush()
    request.votes = (
        db.session.scalar(
            select(func.count(RequestVote.person_id.distinct()))
            .join(ContentRequest, ContentRequest.id == RequestVote.request_id)
            .where(ContentRequest.root_id == request.id)
        )
        or 0
    )


def say(request: ContentRequest, *, helps: bool, said: str, by: Viewer) -> None:
    """What the asker says of the answer; one that is not quite it opens the request again."""
    if request.state is not RequestState.ANSWERED:
        raise Refused("There is no answer to this yet.")
    if not helps and not said:
        raise Refused("Say in a line what is missing, so that the next answer has it.", field="said")
    request.helps, request.said = helps, said
    look(request, by=by)
    if not helps:
        request.state, request.answered_at, request.days_taken = RequestState.OPEN, None, None


def look(request: ContentRequest, *, by: Viewer) -> None:
    """Remember that somebody has seen the answer."""
    family = select(ContentRequest.id).where(ContentRequest.root_id == request.root_id)
    mine = select(RequestVote).where(RequestVote.request_id.in_(family), RequestVote.person_id == by.id)
    for row in db.session.scalars(mine):
        row.news_at = None
