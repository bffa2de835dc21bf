"""Months follow from days, and what is counted as used from the records; a recount changes nothing that is right."""

from collections import defaultdict
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from portal.accounts.viewer import of
from portal.db import db
from portal.library import usage
from portal.library.models import ItemDay, ItemMonth
from portal.usage import recount, services
from portal.usage.models import How, ItemLink
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline
from tests.usage import make_usage

KEYS = sorted(usage.WHAT)
happenings = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 400), st.sampled_from(KEYS), st.integers(-2, 5)), max_size=12
)


def months():
    db.session.expire_all()
    rows = db.session.query(ItemMonth).all()
    found = {(row.item_id, row.month): {key: getattr(row, key) for key in KEYS} for row in rows}
    return {place: counted for place, counted in found.items() if any(counted.values())}


def by_hand():
    sums = defaultdict(lambda: dict.fromkeys(KEYS, 0))
    for day in db.session.query(ItemDay).all():
        for key in KEYS:
            sums[day.item_id, day.on.replace(day=1)][key] += getattr(day, key)
    return {place: counted for place, counted in sums.items() if any(counted.values())}


def test_months_are_the_days_added_up_whatever_happens(session, marketer):
    items = [make_usage.item(marketer) for _ in range(2)]

    @given(happenings)
    def law(happened):
        with db.session.begin_nested() as inner:
            for which, days_ago, key, n in happened:
                usage.count(items[which].id, TODAY - timedelta(days=days_ago), **{key: n})
            kept = months()
            assert kept == by_hand()
            db.session.execute(update(ItemMonth).values(views=99))
            usage.add_up_months()
            assert months() == kept
            inner.rollback()

    law()


def test_a_recount_puts_right_what_is_counted_as_used(ana, marketer):
    item = make_usage.item(marketer)
    row = make_pipeline.opportunity(ana)
    make_usage.counted(item, days_ago=0, views=3)
    make_usage.used(item, ana, row)
    make_usage.used(item, ana, row, how=How.NAMED, now=NOON - timedelta(days=3))
    make_usage.used(item, ana, row, how=How.SHARED)
    services.take_back(db.session.query(ItemLink).filter_by(how=How.USED).one())
    db.session.flush()
    right = by_hand()
    recount.recount()
    assert by_hand() == months() == right
    db.session.execute(update(ItemDay).values(used=7))
    db.session.execute(delete(ItemMonth))
    recount.recount()
    db.session.expire_all()
    assert by_hand() == months() == right
    assert of(ana).today(NOON) == TODAY
