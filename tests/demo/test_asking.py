"""Two demo practitioners ask the same person, and the demo shows what was checked."""

from sqlalchemy import select

from portal.asking import queries
from portal.asking.collisions import Span
from portal.asking.models import ReadinessCheck, Talk
from portal.db import db
from portal.network.models import Contact
from tests.demo.make_demo import count, viewer
from tests.make import TODAY


def test_the_practitioner_means_to_ask_somebody_whom_a_colleague_asked():
    ana = viewer("practitioner")
    mine = db.session.scalars(select(Contact).where(Contact.owner_id == ana.id, Contact.name == "Henrik Vollmer")).one()
    (found,) = queries.matches(ana, queries.keys_of(mine), TODAY, Span())
    assert found.owner_id == viewer("practitioner2").id


def test_people_kept_what_they_checked():
    assert count(ReadinessCheck) > 10
    assert count(ReadinessCheck, ReadinessCheck.person_id == viewer("practitioner").id)


def test_a_colleague_would_like_a_word_with_the_other_practitioner():
    assert count(Talk, Talk.other_id == viewer("practitioner2").id, Talk.state == "offered") == 1
