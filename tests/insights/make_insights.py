"""Requests and insights for tests, through the room's own services."""

from itertools import count

from portal.accounts.viewer import of
from portal.db import db
from portal.insights import desk, requests, services
from portal.insights.models import ContentRequest, FieldInsight, InsightKind, Source
from portal.jobs import services as jobs
from tests.make import NOON

_numbers = count(1)


def asked(by, title="A one-pager about e-invoicing", *, now=NOON, **given) -> ContentRequest:
    """A request."""
    facts = {"wanted_for": "A first meeting", "kind": None, "practice_id": None, "industry": "", "helps_by": None}
    return requests.ask(key=f"request-{next(_numbers)}", title=title, **facts | given, by=of(by), now=now)


def wants(person, request, note="", *, now=NOON) -> None:
    """A vote."""
    requests.vote(request, note=note, by=of(person), now=now)
    db.session.flush()


def heard(by, text="They ask for a fixed fee.", *, kind=InsightKind.TREND, now=NOON, **given) -> FieldInsight:
    """An insight."""
    facts = {"source": Source.CLIENT, "strength": 1, "practice_id": None, "industry": "", "client_id": None}
    return services.send(key=f"insight-{next(_numbers)}", kind=kind, text=text, **facts | given, by=of(by), now=now)


def answered(request, by, words="See the wiki.", *, now=NOON) -> None:
    """An answer in words, with its letters on their way."""
    desk.answer(request, item_id=None, words=words, by=of(by), now=now)
    db.session.commit()
    jobs.hand_over()
