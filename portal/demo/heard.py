"""What the people of the demo firm ask marketing for, and what they heard outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.demo import heard_words as words
from portal.demo.people import Member
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.insights.models import ContentRequest, FieldInsight, RequestState, RequestVote
from portal.insights.waiting import quarter_of
from portal.library.models import Item

SENDERS = ("practitioner", "coach", "practitioner2", "leader2", "leader")
DAYS_BETWEEN = 24


@dataclass
class Hearing:
    """Writes it down."""

    known: dict[str, Member]
    year: Year
    rows: Rows

    def tell(self) -> None:
        """Requests with their votes, and insights over the year."""
        items: dict[str, int] = {key: item_id for key, item_id in db.session.execute(select(Item.key, Item.id))}
        for number, (title, wanted_for, kind, people, fate) in enumerate(words.REQUESTS):
            told = {"title": title, "wanted_for": wanted_for, "kind": kind, "key": f"demo-request-{number}"}
            self._request(told, [self.known[name].id for name in people], dict(fate), items)
        for number, insight in enumerate(words.INSIGHTS):
            self._insight(number, *insight)
        self.rows.finish()

    def _request(self, told: dict[str, Any], people: list[int], fate: dict[str, Any], items: dict[str, int]) -> None:
        asked_at, request_id = self.year.ago(fate["asked"]), self.rows.number(ContentRequest)
        answer = self._answered(asked_at, fate.get("answered"), fate.get("words") or fate.get("declined") or "")
        if "declined" in fate:
            answer = self._answered(asked_at, 30, fate["declined"]) | {"state": RequestState.DECLINED}
        writes = "writer" in fate
        stands = {"state": RequestState.WRITING if writes else RequestState.OPEN} | answer
        self.rows.add(
            ContentRequest,
            id=request_id,
            root_id=request_id,
            asked_by_id=people[0],
            asked_at=asked_at,
            quarter=quarter_of(asked_at.date()),
            helps_by=self.year.today + timedelta(days=14) if not answer["answered_at"] else None,
            practice_id=None,
            industry="",
            votes=len(people),
            writer_id=self.known["marketing"].id if writes else None,
            written_by_on=self.year.today + timedelta(days=6) if writes else None,
            item_id=items.get(fate.get("item", "")),
            helps=True if "item" in fate else None,
            said="",
            merged_into_id=None,
            **told,
            **stands,
        )
        for place, person_id in enumerate(people):
            self._vote(request_id, person_id, asked_at + timedelta(hours=5 * place), fate, place == 0)

    def _vote(self, request_id: int, person_id: int, at: datetime, fate: dict[str, Any], is_first: bool) -> None:
        is_news = is_first and "words" in fate
        self.rows.add(
            RequestVote,
            request_id=request_id,
            person_id=person_id,
            note="" if is_first else fate.get("note", ""),
            at=min(at, self.year.now),
            news_at=self.year.ago(fate["answered"]) if is_news else None,
        )

    def _answered(self, asked_at: datetime, days_ago: int | None, words: str) -> dict[str, Any]:
        if days_ago is None:
            return dict.fromkeys(("answered_by_id", "answered_at", "days_taken")) | {"answer": ""}
        at = self.year.ago(days_ago, hour=15)
        return {
            "state": RequestState.ANSWERED,
            "answer": words,
            "answered_by_id": self.known["marketing"].id,
            "answered_at": at,
            "days_taken": (at.date() - asked_at.date()).days,
        }

    def _insight(self, number: int, kind: Any, text: str, source: Any, strength: int, industry: str) -> None:
        sender, sent_at = self.known[SENDERS[number % len(SENDERS)]], self.year.ago(2 + number * DAYS_BETWEEN)
        answered = self._answered(sent_at, None if number in (1, 2) else max(1, number * DAYS_BETWEEN - 5), "")
        answered.pop("state", None)
        words_said = words.ANSWERS[number % len(words.ANSWERS)] if answered["answered_at"] else ""
        self.rows.add(
            FieldInsight,
            id=self.rows.number(FieldInsight),
            key=f"demo-insight-{number}",
            kind=kind,
            text=text,
            source=source,
            strength=strength,
            practice_id=sender.practice_id if number % 3 == 0 else None,
            industry=industry,
            client_id=None,
            sent_by_id=sender.id,
            sent_at=sent_at,
            quarter=quarter_of(sent_at.date()),
            item_id=None,
            page="/pitch/firm" if number % 4 == 1 and words_said else "",
            seen_at=answered["answered_at"] if number > len(SENDERS) else None,
            **answered
            | {"answer": words_said, "days_taken": max(0, answered["days_taken"] or 0) or (0 if words_said else None)},
        )
