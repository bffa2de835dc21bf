"""What contributions put on Today: suggestions to look at and news for authors, and for marketing what waits."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, func

from portal.access import Can
from portal.contributions.models import Contribution, ContributionAuthor, State, SuggestionRound
from portal.home.queue import Entry, capital, things
from portal.home.sources.reading import Part, asking

WORDS = {
    State.ACCEPTED: "It goes into the library under your name. See where it stands and what it leads to.",
    State.DECLINED: "Marketing read it, and says what would have to be different.",
}

_suggested = (
    asking("suggestions", Contribution.id, Contribution.title)
    .join(ContributionAuthor, ContributionAuthor.contribution_id == Contribution.id)
    .where(ContributionAuthor.person_id == bindparam("person"), Contribution.state == State.SUGGESTIONS)
    .order_by(Contribution.changed_at, Contribution.id)
    .limit(2)
)
_news = (
    asking("contribution-news", Contribution.id, Contribution.title, Contribution.state)
    .join(ContributionAuthor, ContributionAuthor.contribution_id == Contribution.id)
    .where(
        ContributionAuthor.person_id == bindparam("person"),
        ContributionAuthor.news_at.is_not(None),
        Contribution.state.not_in((State.SUGGESTIONS, State.WITHDRAWN)),
    )
    .order_by(ContributionAuthor.news_at.desc(), Contribution.id)
    .limit(2)
)
_handed_in = asking("contributions-to-edit", func.count(Contribution.id), "").where(
    Contribution.state == State.SUBMITTED
)
_answered = (
    asking("suggestions-answered", Contribution.id, Contribution.title)
    .join(SuggestionRound, SuggestionRound.contribution_id == Contribution.id)
    .where(
        Contribution.editor_id == bindparam("person"),
        Contribution.state == State.WITH_MARKETING,
        SuggestionRound.decided_at.is_not(None),
    )
    .group_by(Contribution.id, Contribution.title)
    .order_by(func.max(SuggestionRound.decided_at), Contribution.id)
    .limit(2)
)


def _look(row: Any, _today: date) -> Entry:
    why = f"Marketing suggests changes to “{row.first}”. Take or leave each."
    return Entry(15, 4, "Suggestions to look at", why, f"/contribute/{row.id}/suggestions", "Look")


def _told(row: Any, _today: date) -> Entry:
    why = WORDS.get(State(row.second), "A colleague writes it with you.")
    return Entry(26, 2, row.first, why, f"/contribute/{row.id}", "Open")


def _to_edit(row: Any, _today: date) -> Entry:
    what = f"{capital(things(row.id, 'contribution'))} {'waits' if row.id == 1 else 'wait'} for you"
    return Entry(28, 10, what, "What colleagues wrote or noted.", "/contribute/to-edit", "Read")


def _back(row: Any, _today: date) -> Entry:
    why = f"The authors answered your suggestions for “{row.first}”."
    return Entry(18, 5, "A text came back", why, f"/contribute/{row.id}", "Go on")


PARTS: list[Part] = [
    Part("suggestions", _suggested, _look),
    Part("contribution-news", _news, _told),
    Part("contributions-to-edit", _handed_in.having(func.count(Contribution.id) > 0), _to_edit, Can.PUBLISH),
    Part("suggestions-answered", _answered, _back, Can.PUBLISH),
]
