"""Worksheets and filled worksheets for tests."""

from portal.accounts.viewer import of
from portal.db import db
from portal.worksheets import services, versions
from portal.worksheets.models import FilledWorksheet, Worksheet
from tests.make import NOON

SECTIONS = [
    {
        "key": "who",
        "title": "Who could introduce you",
        "help": "Choose one.",
        "fields": [
            {"key": "person", "label": "The person", "kind": "line", "example": "A banker"},
            {"key": "why", "label": "Why they would", "kind": "text", "optional": True},
            {"key": "step", "label": "The step", "kind": "choice", "options": ["A call", "A note"]},
            {"key": "ask-on", "label": "The day", "kind": "date"},
        ],
    },
    {
        "key": "asks",
        "title": "Your requests",
        "fields": [
            {
                "key": "asks",
                "label": "My requests",
                "kind": "table",
                "becomes": "referral",
                "columns": [
                    {"key": "contact", "label": "Contact", "kind": "line"},
                    {"key": "organisation", "label": "Organisation", "kind": "line"},
                    {"key": "ask", "label": "What I ask for", "kind": "text"},
                    {"key": "next_step", "label": "Next step", "kind": "line"},
                    {"key": "next_on", "label": "On", "kind": "date"},
                ],
            }
        ],
    },
]
ROW = {"row": "r1", "contact": "Dana", "organisation": "Larch Logistics", "ask": "A controller who just started"}
COMPLETE = {"person": "A banker", "step": "A call", "ask-on": "2026-03-10", "asks": [ROW]}


def worksheet(key="referral-request", sections=SECTIONS, **given) -> Worksheet:
    """A worksheet as content loads it."""
    facts = {"title": "Referral request", "discipline": "referrals", "summary": "Prepare one.", "minutes": 20}
    versions.load(key=key, sections=sections, text="Choose one real person.", now=NOON, **facts | given)
    return db.session.query(Worksheet).filter_by(key=key).one()


def filled(person, sheet=None, *, answers=None, now=NOON, **given) -> FilledWorksheet:
    """A worksheet that somebody began, with answers as they are stored."""
    row = services.begin(sheet or worksheet(), by=of(person), now=now)
    row.answers = answers or {}
    for name, value in given.items():
        setattr(row, name, value)
    db.session.flush()
    return row


def one_section(*fields) -> list[dict]:
    """The sections of a worksheet that asks for these."""
    return [{"key": "s", "title": "Section", "fields": list(fields)}]


def ask(key, kind="line", **given) -> dict:
    """A field or column as it is stored."""
    return {"key": key, "label": key.capitalize(), "kind": kind, **given}


def table(key, *columns, **given) -> dict:
    """A table as it is stored."""
    return ask(key, "table", columns=list(columns), **given)


def sheet_of(*fields, key="plan", **given) -> Worksheet:
    """A worksheet that asks for these."""
    return worksheet(key, one_section(*fields), title="The plan", **given)
