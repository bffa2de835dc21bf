"""What requests and insights put on Today: answers to what one asked or sent, and for marketing what waits."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, func

from portal.access import Can
from portal.home.queue import Entry, capital, things
from portal.home.sources.reading import Part, asking
from portal.insights.models import ContentRequest, FieldInsight, RequestState, RequestVote

_news = (
    asking("request-answered", ContentRequest.id, ContentRequest.title, ContentRequest.state)
    .join(RequestVote, RequestVote.request_id == ContentRequest.id)
    .where(RequestVote.person_id == bindparam("person"), RequestVote.news_at.is_not(None))
    .order_by(RequestVote.news_at.desc(), ContentRequest.id)
    .limit(2)
)
_heard = (
    asking("insight-answered", FieldInsight.id, func.substr(FieldInsight.answer, 1, 120))
    .where(
        FieldInsight.sent_by_id == bindparam("person"),
        FieldInsight.answered_at.is_not(None),
        FieldInsight.seen_at.is_(None),
    )
    .order_by(FieldInsight.answered_at.desc(), FieldInsight.id)
    .limit(2)
)
_requests = asking("requests-to-answer", func.count(ContentRequest.id), "").where(
    ContentRequest.state == RequestState.OPEN, ContentRequest.merged_into_id.is_(None)
)
_promised = (
    asking("request-promised", ContentRequest.id, ContentRequest.title, on=ContentRequest.written_by_on)
    .where(
        ContentRequest.writer_id == bindparam("person"),
        ContentRequest.state == RequestState.WRITING,
        ContentRequest.merged_into_id.is_(None),
        ContentRequest.written_by_on <= bindparam("today"),
    )
    .order_by(ContentRequest.written_by_on, ContentRequest.id)
    .limit(2)
)
_insights = asking("insights-to-answer", func.count(FieldInsight.id), "").where(FieldInsight.answered_at.is_(None))


def _answered(row: Any, _today: date) -> Entry:
    is_there = row.second == RequestState.ANSWERED
    why = "There is an answer to it. See whether it is what you meant." if is_there else "Marketing says why not."
    return Entry(26, 2, f"Answered: {row.first}", why, f"/requests/{row.id}", "Read it")


def _read(row: Any, _today: date) -> Entry:
    return Entry(27, 1, "What you heard was read", f"Marketing: “{row.first}”", f"/insights/{row.id}", "See")


def _to_answer(row: Any, _today: date) -> Entry:
    what = f"{capital(things(row.id, 'request'))} {'waits' if row.id == 1 else 'wait'} for an answer"
    return Entry(28, 5, what, "What most people need comes first.", "/requests/to-answer", "Answer")


def _due(row: Any, today: date) -> Entry:
    why = "You said that it would be ready. Answer the request, or give a new day."
    return Entry(16, 5, f"Finish: {row.first}", why, f"/requests/{row.id}", "Open", row.on < today)


def _to_read(row: Any, _today: date) -> Entry:
    what = f"{capital(things(row.id, 'insight'))} {'waits' if row.id == 1 else 'wait'} for an answer"
    return Entry(29, 5, what, "One sentence is an answer.", "/insights/to-answer", "Answer")


PARTS: list[Part] = [
    Part("request-answered", _news, _answered),
    Part("insight-answered", _heard, _read),
    Part("requests-to-answer", _requests.having(func.count(ContentRequest.id) > 0), _to_answer, Can.PUBLISH),
    Part("request-promised", _promised, _due, Can.PUBLISH),
    Part("insights-to-answer", _insights.having(func.count(FieldInsight.id) > 0), _to_read, Can.PUBLISH),
]
