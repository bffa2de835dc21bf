"""All parts are read with one statement, whose constants stand in its text."""

from datetime import date

import pytest
from sqlalchemy import bindparam

from portal.accounts.models import Person
from portal.home.queue import Entry
from portal.home.sources.reading import Part, asking, entries

TODAY = date(2026, 3, 4)


def told(row, _today):
    return Entry(1, 1, row.first, row.second, "/", "Look")


@pytest.mark.parametrize("constant", ["5 % of it", "it's", "at :person", "\\:now", 'a "word"', "%s %(now)s", "ä|–"])
def test_constants_stay_what_they_are(ana, constant):
    mine = asking("mine", Person.id, constant, Person.name).where(Person.id == bindparam("person"))
    others = asking("others", Person.id, "", constant).where(Person.name.in_([constant, ana.name]))
    found = entries((Part("mine", mine, told), Part("others", others, told)), frozenset(), person=ana.id, today=TODAY)
    assert [(entry.what, entry.why) for entry in found] == [(constant, ana.name), ("", constant)]
