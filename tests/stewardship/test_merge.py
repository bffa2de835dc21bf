from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.viewer import of
from portal.clients import counting, queries
from portal.clients import services as client_services
from portal.clients.models import Client, ClientCount, ClientFlag, ClientService, FlagKind, Use
from portal.db import db
from portal.network.models import Contact
from portal.pipeline.models import Opportunity
from portal.stewardship import merging
from portal.stewardship.joining import joined
from portal.stewardship.models import ClientMerge
from tests.clients import make_clients as make
from tests.make import NOON, TODAY, saved
from tests.pipeline import make_pipeline as pipeline

SAID = st.dictionaries(
    st.integers(1, 6), st.tuples(st.sampled_from(Use), st.dates(date(2026, 1, 1), date(2026, 1, 9))), max_size=6
)


@pytest.fixture
def two(ana):
    """Two entries of one client; everything belongs to the second."""
    kept, gone = make.client(ana, "Larch", steward=ana), make.client(ana, "Larch Logistics", steward=ana)
    flag = {"reason": "Ask", "from_on": TODAY, "until_on": None}
    client_services.flag(gone, kind=FlagKind.ASK_FIRST, by=of(ana), now=NOON, **flag)
    saved(Contact(owner_id=ana.id, name="Dana Reed", client_id=gone.id, created_at=NOON, changed_at=NOON))
    pipeline.opportunity(ana).client_id = gone.id
    uses, declined, offered = make.service("A"), make.service("B"), make.service("C")
    make.use(gone, uses, Use.USES, ana)
    make.use(gone, declined, Use.DECLINED, ana)
    make.use(kept, declined, Use.USES, ana)
    make.use(kept, offered, Use.OFFERED, ana)
    return kept, gone


def snapshot():
    """All that a merge may touch."""
    db.session.expire_all()
    tables = (ClientFlag, Contact, Opportunity)
    belongs = [(table.__name__, row.id, row.client_id) for table in tables for row in db.session.query(table)]
    states = [(row.client_id, row.service_id, row.use) for row in db.session.query(ClientService)]
    clients = [(row.id, row.name, row.steward_id, row.merged_into_id) for row in db.session.query(Client)]
    return sorted(belongs), sorted(states), sorted(clients), totals()


def totals():
    found = db.session.execute(
        select(ClientCount.practice_id, ClientCount.measure, ClientCount.industry, ClientCount.of, ClientCount.n)
    )
    return sorted(tuple(row) for row in found if row.n)


def page(two):
    return f"/clients/{two[0].id}/merge/{two[1].id}"


def test_it_shows_what_moves_and_moves_it(browser, ana, two):
    kept, gone = two
    shown = browser.sign_in(ana).get(page(two)).text
    assert "1 flag" in shown
    assert "1 opportunity" in shown
    assert "Uses" in shown
    assert "two are one client" in browser.submit(page(two)).text
    assert db.session.query(Opportunity).one().client_id == kept.id
    assert db.session.query(Contact).one().client_id == kept.id
    assert browser.get(f"/clients/{gone.id}").status_code == 404
    assert {row.use for row in queries.states([kept.id]).values()} == {Use.USES, Use.OFFERED}


def test_undoing_it_restores_everything(browser, ana, two):
    before = snapshot()
    browser.sign_in(ana).submit(page(two))
    made = db.session.query(ClientMerge).one()
    assert snapshot() != before
    browser.post(f"/clients/{two[0].id}/merges/{made.id}/undo")
    assert snapshot() == before
    browser.post(f"/clients/{two[0].id}/merges/{made.id}/undo")
    assert snapshot() == before


def test_the_totals_follow_and_equal_a_count_from_scratch(ana, two):
    merging.merge(two[0].id, two[1].id, key="0123456789", by=of(ana), now=NOON)
    live = totals()
    counting.rebuild()
    assert totals() == live


def test_what_moved_on_since_stays_where_it_is(ana, two):
    made = merging.merge(two[0].id, two[1].id, key="0123456789", by=of(ana), now=NOON)
    service = db.session.query(ClientService).filter_by(client_id=two[1].id, use=Use.USES).one()
    client_services.set_use(two[0].id, service.service_id, Use.DECLINED, by=of(ana), now=NOON)
    merging.undo(made, by=of(ana), now=NOON)
    assert queries.states([two[0].id])[two[0].id, service.service_id].use == Use.DECLINED


def test_sending_it_twice_merges_once(ana, two):
    for _ in range(2):
        merging.merge(two[0].id, two[1].id, key="0123456789", by=of(ana), now=NOON)
    assert db.session.query(ClientMerge).count() == 1


def test_both_must_be_ones_to_change(browser, ana, ben, other_leader, two, law):
    foreign = make.client(ana, "Foreign", law, steward=other_leader)
    browser.sign_in(ana)
    assert browser.get(f"/clients/{two[0].id}/merge/{foreign.id}").status_code == 404
    assert browser.post(f"/clients/{two[0].id}/merge/{foreign.id}", key="0123456789").status_code == 404
    answer = browser.post(f"/clients/{two[0].id}/merge", other="Foreign", other_id=str(foreign.id))
    assert "may change both" in answer.text
    assert browser.sign_in(ben).get(f"/clients/{two[0].id}/merge").status_code == 404


def test_another_clients_merge_is_not_undone_here(browser, ana, two):
    made = merging.merge(two[0].id, two[1].id, key="0123456789", by=of(ana), now=NOON)
    other = make.client(ana, "Beech", steward=ana)
    assert browser.sign_in(ana).post(f"/clients/{other.id}/merges/{made.id}/undo").status_code == 404


def test_a_client_is_not_merged_with_itself(browser, ana, two):
    assert browser.sign_in(ana).get(f"/clients/{two[0].id}/merge/{two[0].id}").status_code == 404


@given(SAID, SAID)
def test_what_is_in_use_at_either_is_in_use(kept, gone):
    changes = joined(kept, gone)
    for service_id in kept.keys() | gone.keys():
        uses = [said[service_id][0] for said in (kept, gone) if service_id in said]
        after = changes.get(service_id, kept.get(service_id, (None,))[0])
        assert after in uses
        assert (after == Use.USES) == (Use.USES in uses)


@given(SAID)
def test_a_client_joined_with_the_same_words_stays_as_it_is(said):
    assert joined(said, said) == {}
    assert joined(said, {}) == {}
