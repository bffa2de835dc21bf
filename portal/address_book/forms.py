"""What people send when they bring contacts in."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from portal.address_book.models import Choice
from portal.forms import Form, choice
from portal.network.models import Relation

RELATIONS: dict[str, str] = {
    Relation.ASSOCIATE: "From work",
    Relation.EVENT: "From events",
    Relation.CLIENT: "They are clients",
    Relation.FORMER_CLIENT: "They were clients",
    Relation.FRIEND: "They are friends",
    Relation.RELATIVE: "They are relatives",
    Relation.NEIGHBOUR: "They are neighbours",
}
ONE: dict[str, str] = {
    Relation.ASSOCIATE: "Associate",
    Relation.EVENT: "Met at an event",
    Relation.CLIENT: "Client",
    Relation.FORMER_CLIENT: "Former client",
    Relation.FRIEND: "Friend",
    Relation.RELATIVE: "Relative",
    Relation.NEIGHBOUR: "Neighbour",
}
CLOSENESS = {
    "outer": "Twice a year",
    "middle": "Every three months",
    "inner": "Every month",
    "paused": "No reminders for now",
}
TAKES = {"here": "Keep what is here", "file": "Take the file’s words"}
CHOICES = {
    Choice.ADD: "Keep both",
    Choice.MERGE: "Merge",
    Choice.SKIP: "Leave out",
}


class UploadForm(Form):
    """A file of contacts."""

    file = FileField(
        "File",
        [FileRequired("Choose a file.")],
        description="Connections.csv from LinkedIn, a vCard file (.vcf), CSV or XLSX; up to 20,000 contacts and 16 MB.",
        render_kw={"accept": ".csv,.vcf,.vcard,.xlsx,.txt"},
    )


class StartForm(Form):
    """The go-ahead, and what holds for most of the file."""

    relation = choice(
        "How you know most of them", list(RELATIONS.items()), "Where the file says it of somebody, that counts."
    )
    closeness = choice(
        "How often to be in touch",
        list(CLOSENESS.items()),
        "With those who are new. They come due a few at a time, not all on one day.",
    )
    takes = choice("Where both say something else", list(TAKES.items()), "You can settle it row by row instead.")


class ManyForm(Form):
    """One choice for all likely duplicates."""

    choice = choice("Choice", [(str(each), name) for each, name in CHOICES.items()])


def choices_of(sent: Any) -> dict[int, Choice]:
    """The choices of a page of rows: fields like choice-17. What is odd is no choice."""
    found = {}
    for name, value in sent.items():
        number = name.removeprefix("choice-")
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        if name.startswith("choice-") and is_number and value in set(Choice):
            found[int(number)] = Choice(value)
    return found
