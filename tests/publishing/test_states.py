"""The table of steps: who leads an item from where to where, and that the database follows it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.viewer import of
from portal.db import db
from portal.errors import Refused
from portal.library.models import READABLE, ItemState, Step
from portal.publishing import queries, services, states
from portal.publishing.models import StateChange
from portal.publishing.services import Going
from portal.publishing.states import Act, Stand, Who
from tests import make
from tests.library import make_library as lib
from tests.make import NOON, TODAY

LATER = NOON + timedelta(days=1)
DO = {
    Act.ASK: lambda item, by: services.ask_for_review(item, by=by, now=NOON),
    Act.APPROVE: lambda item, by: services.approve(item, by=by, now=NOON),
    Act.RETURN: lambda item, by: services.send_back(item, note="Figures?", by=by, now=NOON),
    Act.PUBLISH: lambda item, by: services.publish(item, Going(), by=by, now=NOON),
    Act.SCHEDULE: lambda item, by: services.schedule(item, Going(), at=LATER, by=by, now=NOON),
    Act.CANCEL: lambda item, by: services.cancel(item, by=by, now=NOON),
    Act.DOUBT: lambda item, by: services.doubt(item, by=by, now=NOON),
    Act.CONFIRM: lambda item, by: services.confirm(item, review_on=TODAY + timedelta(days=90), by=by, now=NOON),
    Act.EXPIRE: lambda item, by: services.expire(item, by=by, now=NOON),
    Act.PROLONG: lambda item, by: services.prolong(item, until=None, by=by, now=NOON),
    Act.ARCHIVE: lambda item, by: services.archive(item, by=by, now=NOON),
    Act.RESTORE: lambda item, by: services.restore(item, by=by, now=NOON),
}


@given(st.lists(st.sampled_from(sorted(DO)), max_size=12))
def test_whatever_is_done_each_step_is_in_the_table_and_stands_in_the_history(app, acts):
    with app.app_context():
        person = make.person("", make.practice(), make.Role.MARKETING)
        item, by = lib.draft(person), of(person)
        taken = []
        for act in acts:
            before = queries.stand_of(item)
            try:
                DO[act](item, by)
            except Refused:
                assert queries.stand_of(item) == before
                continue
            assert queries.stand_of(item) == states.after(act, before)
            taken.append((act, before.state, before.step))
        db.session.flush()
        rows = db.session.query(StateChange).filter_by(item_id=item.id).order_by(StateChange.id)
        assert [(row.act, row.state_before, row.step_before) for row in rows] == taken
        assert (item.publish_at is not None) == (item.step is Step.SCHEDULED)
        assert (item.state is ItemState.DRAFT) <= (item.published_revision == 0)
        assert (item.state in READABLE) <= (item.published_at is not None)
        db.session.rollback()


@pytest.mark.parametrize("act", list(DO))
def test_nobody_without_a_part_does_anything(act):
    stands = [Stand(state, step) for state in ItemState for step in Step]
    assert not any(states.may(act, stand, set()) for stand in stands)


def test_authors_ask_and_no_more():
    stand = Stand(ItemState.PUBLISHED, Step.DRAFT, was_published=True)
    assert states.acts(stand, {Who.AUTHOR}) == {Act.ASK}


def test_owners_say_whether_it_holds_and_take_it_away_but_dont_publish():
    stand = Stand(ItemState.PUBLISHED, Step.DRAFT, was_published=True)
    wanted = {Act.ASK, Act.DOUBT, Act.CONFIRM, Act.EXPIRE, Act.PROLONG, Act.ARCHIVE, Act.PASS_ON}
    assert states.acts(stand, {Who.OWNER, Who.AUTHOR}) == wanted


def test_only_an_owner_an_author_or_a_publisher_leads_an_item(ana, ben, marketer, viewer):
    item = lib.published(marketer)
    item.owner_id = ana.id
    db.session.flush()
    with pytest.raises(Refused, match="somebody else"):
        services.doubt(item, by=viewer(ben), now=NOON)
    services.doubt(item, by=viewer(ana), now=NOON)
    assert item.state is ItemState.UNDER_REVIEW
    with pytest.raises(Refused, match="somebody else"):
        services.publish(item, Going(), by=viewer(ana), now=NOON)


def test_a_note_is_needed_to_return_something(marketer, viewer):
    item = lib.draft(marketer)
    services.ask_for_review(item, by=viewer(marketer), now=NOON)
    with pytest.raises(Refused, match="Say what is missing"):
        services.send_back(item, note="  ", by=viewer(marketer), now=NOON)


@pytest.fixture
def two_pairs_of_eyes(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "portal_config", replace(app.extensions["portal_config"], PUBLISH_ALONE=False))


def test_with_two_pairs_of_eyes_nobody_publishes_what_they_wrote_until_another_approves(
    two_pairs_of_eyes, marketer, firm, viewer
):
    other = make.person("Cora Lund", firm, make.Role.MARKETING)
    item, writer = lib.draft(marketer), viewer(marketer)
    with pytest.raises(Refused, match="Ask for a review"):
        services.publish(item, Going(), by=writer, now=NOON)
    with pytest.raises(Refused, match="Ask for a review"):
        services.schedule(item, Going(), at=LATER, by=writer, now=NOON)
    services.ask_for_review(item, by=writer, now=NOON)
    with pytest.raises(Refused, match="You wrote this"):
        services.approve(item, by=writer, now=NOON)
    services.approve(item, by=viewer(other), now=NOON)
    services.publish(item, Going(), by=writer, now=NOON)
    assert item.state is ItemState.PUBLISHED


def test_with_two_pairs_of_eyes_another_publishes_without_ado(two_pairs_of_eyes, marketer, firm, viewer):
    item = lib.draft(marketer)
    other = make.person("Cora Lund", firm, make.Role.MARKETING)
    services.publish(item, Going(), by=viewer(other), now=NOON)
    assert item.state is ItemState.PUBLISHED
