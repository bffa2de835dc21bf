"""Contributions for tests, through the room's own services."""

from itertools import count

from portal import mail
from portal.accounts.viewer import of
from portal.contributions import desk, services
from portal.contributions.models import Contribution, Form
from portal.db import db
from portal.jobs import services as jobs
from tests.make import NOON

_numbers = count(1)
TEXT = "Owners call us too late.\n\nThe quiet months are better."


def idea(by, title="The letter", *, form=Form.ARTICLE, words="Two lines.") -> Contribution:
    """An idea."""
    return services.begin(key=f"piece-{next(_numbers)}", form=form, title=title, idea=words, by=of(by), now=NOON)


def draft(by, title="The letter", *, source=TEXT, **given) -> Contribution:
    """A piece with a text."""
    made = idea(by, title, **given)
    services.save(made, base=services.base_for(made), mine={"source": source}, now=NOON)
    return made


def handed_in(by, title="The letter", **given) -> Contribution:
    """A piece that marketing has."""
    made = draft(by, title, **given)
    services.submit(made, by=of(by), now=NOON)
    db.session.flush()
    return made


def suggested(piece, by, source, *, title="", note=""):
    """Suggestions for it; the letters are on their way."""
    given = {"base": desk.base_of(piece), "title": title or piece.title, "source": source, "note": note}
    made = desk.suggest(piece, **given, by=of(by), now=NOON)
    sent()
    return made


def taken(piece, by):
    """It is in the library, as a draft."""
    made = desk.accept(piece, by=of(by), now=NOON)
    sent()
    return made


def sent() -> None:
    """What was written down goes out, as after a request."""
    db.session.commit()
    jobs.hand_over()


def subjects(app) -> list[tuple[str, str]]:
    """The mails that went out: to whom, and about what."""
    sent()
    return sorted((letter.to, letter.subject) for letter in mail.letters(app.extensions["portal_config"]))
