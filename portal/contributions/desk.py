"""Marketing's side: suggesting changes, taking a piece into the library, declining it; and the authors' answer."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import func, select

from portal.accounts.models import Person
from portal.accounts.viewer import Viewer
from portal.audit import services as audit
from portal.contributions import letters
from portal.contributions.models import Contribution, State, SuggestionRound
from portal.contributions.standing import KIND
from portal.contributions.suggestions import Part, mixed, numbers, parts, plain_lines
from portal.db import db
from portal.errors import Refused
from portal.library import services as library
from portal.library.labels import slug
from portal.library.models import Item, ItemAuthor
from portal.library.services import Wording
from portal.markup import fingerprint, rendered

LONGEST_SUMMARY = 400
IN_HAND = (State.SUBMITTED, State.WITH_MARKETING)


def take_up(contribution: Contribution, *, by: Viewer, now: datetime) -> None:
    """Begin to edit it."""
    if contribution.state is not State.SUBMITTED:
        raise Refused("Somebody works on this already, or it was taken back.")
    contribution.state, contribution.editor_id, contribution.changed_at = State.WITH_MARKETING, by.id, now


def base_of(contribution: Contribution) -> str:
    """A print of the text that an editor starts from."""
    return fingerprint(contribution.title, contribution.source)


def suggest(
    contribution: Contribution, *, base: str, title: str, source: str, note: str, by: Viewer, now: datetime
) -> SuggestionRound:
    """Put changes to the authors; their text stays as it is until they have answered."""
    if contribution.state not in IN_HAND:
        raise Refused("This isn’t in your hands now: the authors look at suggestions, or took it back.")
    if base != base_of(contribution):
        raise Refused("The authors changed their text while you were editing. Yours is below; begin from theirs.")
    text = plain_lines(source).strip()
    if (title, text) == (contribution.title, contribution.source):
        raise Refused("Nothing is changed yet.", field="source")
    if "<h1" in rendered(text):
        raise Refused("Start headings with ##. The title is the only heading of the first level.", field="source")
    last = select(func.max(SuggestionRound.number)).where(SuggestionRound.contribution_id == contribution.id)
    made = SuggestionRound(
        contribution_id=contribution.id,
        number=(db.session.scalar(last) or 0) + 1,
        before_title=contribution.title,
        before=contribution.source,
        after_title=title,
        after=text,
        note=note,
        by_id=by.id,
        at=now,
    )
    db.session.add(made)
    contribution.state, contribution.editor_id, contribution.changed_at = State.SUGGESTIONS, by.id, now

    def tell(person: Person) -> None:
        letters.suggested(person, title=contribution.title, by=by.name, note=note, contribution_id=contribution.id)

    _tell_authors(contribution, tell, by, now)
    return made


def changes(given: SuggestionRound) -> tuple[list[Part], list[Part]]:
    """The title and the text in parts; the suggestions are numbered on, from the title's to the last in the text."""
    title = parts(given.before_title, given.after_title)
    return title, parts(given.before, given.after, first=len(numbers(title)))


def decide(
    contribution: Contribution,
    given: SuggestionRound,
    *,
    accepted: Collection[int],
    reply: str,
    by: Viewer,
    now: datetime,
) -> None:
    """Take some of the suggestions and leave the rest; the piece goes back to marketing."""
    if contribution.state is not State.SUGGESTIONS or given.decided_at is not None:
        raise Refused("These suggestions are answered already.")
    title, text = changes(given)
    taken = sorted({*numbers(title), *numbers(text)} & set(accepted))
    new_title = mixed(title, taken).strip()
    if not new_title:
        raise Refused("That leaves no title. Take another choice of the suggestions to it.")
    contribution.title, contribution.source = new_title, mixed(text, taken)
    # An editor who left is nobody to come back to.
    contribution.state = State.WITH_MARKETING if contribution.editor_id else State.SUBMITTED
    contribution.changed_at = now
    given.accepted, given.reply, given.decided_at, given.decided_by_id = taken, reply, now, by.id
    for author in contribution.authors:
        author.news_at = None


def take_suggestions_back(contribution: Contribution, given: SuggestionRound, *, now: datetime) -> None:
    """Edit on before the authors have answered."""
    if given.decided_at is not None:
        raise Refused("The authors answered these already.")
    db.session.delete(given)
    contribution.state, contribution.changed_at = State.WITH_MARKETING, now
    for author in contribution.authors:
        author.news_at = None


def accept(contribution: Contribution, *, by: Viewer, now: datetime) -> Item:
    """Take it into the library: a draft there, with its byline, that is published like any other item."""
    if contribution.state not in IN_HAND:
        raise Refused("Only what is in your hands can be taken into the library.")
    if not contribution.source.strip():
        raise Refused("There is no text yet. Suggest one, and let the authors take it.")
    item = library.write(None, _wording(contribution), change="Contributed", base_number=0, by=by, now=now)
    item.byline = [author.person.name for author in contribution.authors]
    db.session.flush()  # its authors need the item's id
    for position, author in enumerate(contribution.authors):
        db.session.add(ItemAuthor(item_id=item.id, person_id=author.person_id, position=position))
    contribution.item = item
    contribution.state, contribution.editor_id, contribution.changed_at = State.ACCEPTED, by.id, now

    def tell(person: Person) -> None:
        letters.accepted(person, title=contribution.title, by=by.name, contribution_id=contribution.id)

    _tell_authors(contribution, tell, by, now)
    return item


def decline(contribution: Contribution, *, reason: str, by: Viewer, now: datetime) -> None:
    """Say kindly why it isn't taken; the authors can go on with it."""
    if contribution.state not in (*IN_HAND, State.SUGGESTIONS):
        raise Refused("This is closed already.")
    contribution.state, contribution.reason, contribution.editor_id = State.DECLINED, reason, by.id
    contribution.changed_at = now
    audit.note("contribution declined", contribution.title, contribution=contribution.id)

    def tell(person: Person) -> None:
        told = {"title": contribution.title, "by": by.name, "reason": reason}
        letters.declined(person, **told, contribution_id=contribution.id)

    _tell_authors(contribution, tell, by, now)


def _wording(contribution: Contribution) -> Wording:
    practice = [contribution.practice.key] if contribution.practice else []
    industry = [slug(contribution.industry)] if contribution.industry else []
    summary = " ".join(contribution.idea.split())[:LONGEST_SUMMARY]
    tags = {"practice": practice, "industry": industry}
    kind = KIND[contribution.form]
    return Wording(kind, contribution.title, summary, contribution.source, tags, None, contribution.facts)


def _tell_authors(contribution: Contribution, letter: Callable[[Person], None], by: Viewer, now: datetime) -> None:
    for author in contribution.authors:
        if author.person_id == by.id:
            continue
        author.news_at = now
        if author.person.is_active:
            letter(author.person)
