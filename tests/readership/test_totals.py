"""The running totals of who has read what."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.people import services as people
from portal.readership import must_read_queries as queries
from portal.readership import must_reads, recount
from portal.readership.models import AcknowledgedCount
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.readership.make_readership import asked, revised

DEEDS = st.lists(
    st.tuples(st.sampled_from(["read", "take back", "leave", "return", "move", "revise"]), st.integers(0, 2))
)


# The examples follow on one another in one firm, which the law doesn't mind.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_running_totals_are_what_a_count_would_say(deeds, firm_of_three):
    """Whatever people do, come, go or move: the totals are those of the evidence."""
    for what, number in deeds:
        do(what, number, **firm_of_three)
    kept = _totals()
    recount.recount()
    assert kept == _totals()


def do(what, number, *, three, places, item, marketer, admin, viewer):
    person = three[number]
    row = queries.asked_of(viewer(person), item.id, TODAY)
    by = viewer(person)
    if what == "return":
        people.reactivate(person)
    elif what == "revise":
        revised(item, marketer, viewer, f"Words {item.revision + 1}.", is_minor=False)
    elif not person.is_active:
        return
    elif what == "read":
        must_reads.acknowledge(row, revision=item.major_revision, by=by, now=NOON)
    elif what == "take back":
        must_reads.take_back(row, by=by)
    elif what == "leave":
        people.deactivate(person, by=viewer(admin))
    else:
        people.move(person, places[number % 2].id)


def _totals():
    return {
        (row.item_id, row.revision, row.practice_id): row.n
        for row in db.session.query(AcknowledgedCount).populate_existing()
        if row.n
    }


@pytest.fixture
def firm_of_three(ana, ben, charlie, corporate_tax, law, marketer, admin, viewer):
    """Three people, an item that all are asked to read."""
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer)
    db.session.flush()
    people_there = {"three": [ana, ben, charlie], "places": [law, corporate_tax], "marketer": marketer, "admin": admin}
    return {**people_there, "item": item, "viewer": viewer}
