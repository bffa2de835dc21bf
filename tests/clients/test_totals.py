"""The running totals always equal a count from scratch."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.viewer import of
from portal.clients import counting, services
from portal.clients.models import Client, ClientCount, ClientService, Use
from portal.db import db
from tests.clients import make_clients as make
from tests.make import NOON, person, practice
from tests.stewardship.test_merge import totals

STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([*Use, None]), st.integers(0, 90)), max_size=12
)
MOVES = st.lists(st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from(["Logistics", "Food", ""])), max_size=4)


def test_a_new_client_counts(ana):
    make.client(ana, "Larch")
    assert ("clients", "Manufacturing", "", 1) in {row[1:] for row in totals()}


@given(steps=STEPS, moves=MOVES)
def test_after_anything_they_equal_a_count_from_scratch(app, steps, moves):
    nested = db.session.begin_nested()
    try:
        root = practice("Root")
        here, there = practice("Here", root), practice("There", root)
        somebody = person("Some Body", here, email="some.body@example.org")
        clients = [make.client(somebody, f"Client {letter}", industry="Food") for letter in "abc"]
        offered = [make.service() for _ in range(3)]
        for who, what, use, days in steps:
            make.use(clients[who], offered[what], use, somebody, now=NOON - timedelta(days=days))
        for who, is_there, industry in moves:
            client = clients[who]
            facts = {"name": client.name, "industry": industry, "practice_id": (there if is_there else here).id}
            services.edit(
                client, **facts, steward_id=None, version=client.version, by=of(somebody), now=NOON, is_another=True
            )
        live = totals()
        counting.rebuild()
        assert totals() == live
    finally:
        nested.rollback()


def test_the_command_works_them_out_anew(ana):
    make.use(make.client(ana), make.service(), Use.USES, ana)
    live = totals()
    db.session.query(ClientCount).delete()
    counting.rebuild()
    assert totals() == live


def test_merged_clients_count_nowhere(ana):
    kept, gone = make.client(ana, "Larch"), make.client(ana, "Beech")
    with counting.following(gone):
        gone.merged_into_id = kept.id
    assert ("clients", "Manufacturing", "", 1) in {row[1:] for row in totals()}
    assert db.session.scalar(select(Client.id).where(Client.merged_into_id.is_not(None))) == gone.id
    assert not db.session.query(ClientService).count()
