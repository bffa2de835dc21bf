"""Credit adds up at every moment, replaying gives the state, and the ledger is only added to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.credit import ledger, queries, recount
from portal.db import db
from portal.pipeline.shares import WHOLE, CreditRole, Holder, evenly, parts, source
from portal.pipeline.stages import Stage
from portal.releases import levels
from tests.credit.make_credit import as_, share, state, won
from tests.pipeline.make_pipeline import move, opportunity

holders = st.builds(Holder, st.sampled_from(list(CreditRole)[:5]), st.integers(1, 4))


@st.composite
def whole_shares(draw):
    named = draw(st.lists(holders, min_size=1, max_size=6, unique=True))
    weights = draw(st.lists(st.integers(1, 50), min_size=len(named), max_size=len(named)))
    return dict(zip(named, [1 + points for points in parts(WHOLE - len(named), weights)], strict=True))


@given(st.lists(whole_shares(), max_size=8))
def test_after_any_corrections_the_ledger_adds_up_and_replays_to_the_last(history):
    entries: list[ledger.Entry] = []

    def post(number, lines):
        for line in lines:
            entries.append(ledger.Entry(len(entries) + 1, number, line.holder, line.points, line.reverses_id))

    post(1, ledger.opening(source(1)))
    for number, shares in enumerate(history, 2):
        post(number, ledger.correction(entries, shares))
        assert ledger.replay(entries, number) == shares
    for closed in range(1, len(history) + 2):
        assert ledger.adds_up(ledger.replay(entries, closed))
    reversals = [entry.reverses_id for entry in entries if entry.reverses_id]
    assert len(reversals) == len(set(reversals))


@given(st.integers(0, 10**12), st.lists(st.integers(1, WHOLE), min_size=1, max_size=12))
def test_the_parts_of_an_amount_add_up_to_it_and_are_fair(amount, points):
    found = parts(amount, points)
    assert sum(found) == amount
    for part, share_ in zip(found, points, strict=True):
        assert abs(part - amount * share_ / sum(points)) < 1.001
    assert sum(evenly(len(points))) == WHOLE
    assert max(evenly(len(points))) - min(evenly(len(points))) <= 1


def test_replaying_gives_the_state(ana, ben, charlie, law, corporate_tax, session):
    first = won(ana)
    share(first, ana, {as_(ana): 3333, as_(ben, CreditRole.OPENER): 6667})
    second = won(ben, value=777, organisation="Elm")
    move(second, ben, Stage.LOST)
    open_one = opportunity(charlie, organisation="Oak")
    share(open_one, charlie, {as_(ana): 5000, as_(charlie): 5000})
    share(open_one, charlie, {as_(charlie): 10_000})
    move(open_one, charlie, Stage.WON, value=100_001)
    move(open_one, charlie, Stage.WON, value=500_001, note="More than we thought.")
    ana.practice = law
    session.flush()
    levels.person_moved(ana.id, corporate_tax.id, law.id)
    before = state()
    recount.recount()
    assert state() == before
    assert {row[0] for row in before["OriginationSum"]} == {str(law.id)}
    assert sum(int(row[-1]) for row in before["OriginationSum"]) == 1_500_001


@pytest.mark.parametrize(
    "statement",
    [
        "update credit_entries set points = 1",
        "update credit_entries set reason = 'x'",
        "delete from credit_entries",
        "delete from credit_heads",
        "update credit_heads set posting = posting - 1",
        "insert into credit_entries (opportunity_id, posting, role, person_id, item_key, points, reason, at, by_id) "
        "select opportunity_id, 1, role, person_id, item_key, 5, '', at, by_id from credit_entries limit 1",
    ],
)
def test_the_database_refuses_to_change_the_ledger(ana, ben, statement):
    row = won(ana)
    share(row, ana, {as_(ana): 5000, as_(ben): 5000})
    db.session.flush()
    with pytest.raises(DatabaseError, match=r"ledger|posting"), db.session.begin_nested():
        db.session.execute(text(statement))
    assert queries.shares_of(row) == ledger.replay(queries.entries(row.id), queries.closed(row.id))


def test_postgresql_refuses_to_empty_the_ledger(ana, ben):
    if db.session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE.")
    share(won(ana), ana, {as_(ana): 5000, as_(ben): 5000})
    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(text("truncate credit_entries, credit_heads cascade"))


@pytest.mark.parametrize("points", [9999, 10_001])
def test_the_database_closes_no_posting_that_does_not_add_up(ana, points):
    row = opportunity(ana)
    head = text("insert into credit_heads (opportunity_id, posting) values (:id, 1)")
    if points > WHOLE:
        with pytest.raises(DatabaseError, match="points_sensible"), db.session.begin_nested():
            db.session.execute(LINE, {"id": row.id, "by": ana.id, "points": points})
        return
    db.session.execute(LINE, {"id": row.id, "by": ana.id, "points": points})
    with pytest.raises(DatabaseError, match="a hundred percent"), db.session.begin_nested():
        db.session.execute(head, {"id": row.id})
    assert queries.closed(row.id) == 0


LINE = text(
    "insert into credit_entries (opportunity_id, posting, role, person_id, item_key, points, reason, at, by_id) "
    "values (:id, 1, 'source', :by, '', :points, '', '2026-03-04 12:00:00+00:00', :by)"
)
