"""Writing: from an idea to handing it in, alone or with others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.accounts import queries as accounts
from portal.accounts.viewer import Viewer
from portal.contributions.models import Contribution, ContributionAuthor, Form, State
from portal.contributions.saving import Merged, base_of, merged
from portal.contributions.standing import CAN_BE_WITHDRAWN, EDITED_BY_AUTHORS, KIND
from portal.contributions.suggestions import plain_lines
from portal.counters import services as counters
from portal.db import db
from portal.errors import Refused
from portal.library import kinds

FIELDS = ("form", "title", "idea", "source", "industry", "practice")
FACT = "fact-"
MOST_AUTHORS = 8


def begin(*, key: str, form: Form, title: str, idea: str, by: Viewer, now: datetime) -> Contribution:
    """Keep an idea. Sent twice, it is kept once."""
    mine = select(Contribution).where(Contribution.begun_by_id == by.id, Contribution.key == key)
    known = db.session.scalar(mine)
    if known is not None:
        return known
    made = Contribution(
        key=key, form=form, title=title, idea=plain_lines(idea), begun_by_id=by.id, begun_at=now, changed_at=now
    )
    made.state, made.source, made.facts, made.industry, made.item = State.IDEA, "", {}, "", None
    made.authors = [ContributionAuthor(person_id=by.id, position=0)]
    db.session.add(made)
    db.session.flush()  # the page to go to has its id
    return made


def values_of(contribution: Contribution) -> dict[str, str]:
    """What the form holds, field by field."""
    held = {
        "form": str(contribution.form),
        "title": contribution.title,
        "idea": contribution.idea,
        "source": contribution.source,
        "industry": contribution.industry,
        "practice": str(contribution.practice_id or ""),
    }
    return held | {FACT + key: value for key, value in contribution.facts.items()}


def save(contribution: Contribution, *, base: str, mine: Mapping[str, str], now: datetime) -> Merged:
    """Keep what this person changed, beside what a co-author changed meanwhile. Where both changed the same field,
    nothing is kept: the person sees both first."""
    if contribution.state not in EDITED_BY_AUTHORS:
        raise Refused("Marketing works on this. Take it back first, then change it.")
    facts = dict.fromkeys((name for name in mine if name.startswith(FACT)), "")
    theirs = facts | values_of(contribution)
    found = merged(base, {name: plain_lines(value).strip() for name, value in mine.items()}, theirs)
    if not found.clashes and found.kept != theirs:
        _hold(contribution, found.kept)
        contribution.changed_at = now
    return found


def base_for(contribution: Contribution) -> str:
    """What a page that is made now starts from; facts that nobody gave yet are empty."""
    every = {FACT + fact.key: "" for facts in kinds.FACTS.values() for fact in facts}
    return base_of(every | values_of(contribution))


def _hold(contribution: Contribution, values: Mapping[str, str]) -> None:
    form = Form(values["form"])
    told = {name.removeprefix(FACT): value for name, value in values.items() if name.startswith(FACT)}
    kind = KIND[form]
    own = {fact.key for fact in kinds.FACTS[kind]}
    facts: dict[str, Any] = kinds.checked(kind, {key: value for key, value in told.items() if key in own})
    practice = values["practice"]
    contribution.practice_id = (
        accounts.practice(int(practice)).id if practice.isascii() and practice.isdigit() else None
    )
    contribution.form, contribution.facts = form, facts
    contribution.title, contribution.idea, contribution.source = values["title"], values["idea"], values["source"]
    contribution.industry = values["industry"]
    if contribution.state in (State.IDEA, State.DRAFT):
        contribution.state = State.DRAFT if contribution.source else State.IDEA


def submit(contribution: Contribution, *, by: Viewer, now: datetime) -> None:
    """Hand it in as it is; an idea will do."""
    if contribution.state not in (State.IDEA, State.DRAFT):
        raise Refused("This is handed in already.")
    if not contribution.idea and not contribution.source:
        raise Refused("Write a line about it first.", field="idea")
    contribution.state, contribution.reason = State.SUBMITTED, ""
    contribution.submitted_at = contribution.submitted_at or now
    contribution.changed_at = now
    counters.active(by, by.today(now))


def withdraw(contribution: Contribution, *, now: datetime) -> None:
    """Take it back; it can be brought back as a draft."""
    if contribution.state not in CAN_BE_WITHDRAWN:
        raise Refused("This can’t be taken back any more: it is in the library, or it is closed.")
    contribution.state, contribution.editor_id, contribution.changed_at = State.WITHDRAWN, None, now


def bring_back(contribution: Contribution, *, now: datetime) -> None:
    """Go on with one that was taken back or not taken."""
    if contribution.state not in (State.WITHDRAWN, State.DECLINED):
        raise Refused("This is open already.")
    contribution.state = State.DRAFT if contribution.source else State.IDEA
    contribution.editor_id, contribution.changed_at = None, now


def add_author(contribution: Contribution, person_id: int | None, *, now: datetime) -> None:
    """Write it together: a co-author sees and edits it, and stands in the byline."""
    _own_still(contribution)
    if not person_id:
        raise Refused("Choose a colleague from the list.", field="person")
    person = accounts.person(person_id)
    if not person.is_active or any(author.person_id == person.id for author in contribution.authors):
        raise Refused("They are among the authors already, or not here any more.", field="person")
    if len(contribution.authors) >= MOST_AUTHORS:
        raise Refused(f"Keep it to {MOST_AUTHORS} authors.", field="person")
    position = 1 + max((author.position for author in contribution.authors), default=-1)
    contribution.authors.append(ContributionAuthor(person_id=person.id, position=position, news_at=now))


def remove_author(contribution: Contribution, person_id: int) -> None:
    """Take somebody out of the byline; the last one stays."""
    _own_still(contribution)
    if len(contribution.authors) < 2:
        raise Refused("Somebody has to write it. Take the whole piece back instead.")
    contribution.authors = [author for author in contribution.authors if author.person_id != person_id]


def move_author(contribution: Contribution, person_id: int) -> None:
    """Put somebody one place further forward in the byline."""
    _own_still(contribution)
    ordered = list(contribution.authors)
    place = next((at for at, author in enumerate(ordered) if author.person_id == person_id), 0)
    if place:
        ordered[place - 1], ordered[place] = ordered[place], ordered[place - 1]
    for position, author in enumerate(ordered):
        author.position = position


def look(contribution: Contribution, *, by: Viewer) -> None:
    """Remember that this author has seen what is new."""
    for author in contribution.authors:
        if author.person_id == by.id:
            author.news_at = None


def _own_still(contribution: Contribution) -> None:
    if contribution.state in (State.ACCEPTED, State.DECLINED, State.WITHDRAWN):
        raise Refused("The byline is settled now.")
