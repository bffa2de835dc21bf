"""What goes out and expires by itself: at its minute, once, and in order, whatever the downtime."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.viewer import of
from portal.db import db
from portal.errors import Refused
from portal.jobs import services as jobs
from portal.library import search
from portal.library import services as library
from portal.library.models import Item, ItemState, Revision, Step
from portal.publishing import services
from portal.publishing.models import Plan, StateChange
from portal.publishing.services import Going
from portal.publishing.states import Act
from portal.studio import by_the_clock
from tests import make
from tests.library import make_library as lib
from tests.make import NOON
from tests.publishing.make_items import MINUTE, at, expiring, revised, scheduled

HOUR = timedelta(hours=1)


def test_it_goes_out_at_its_minute_and_not_before(marketer):
    item = scheduled(marketer, "Quarries")
    with at(NOON + HOUR - MINUTE):
        jobs.sweep()
        assert (item.state, item.step) == (ItemState.DRAFT, Step.SCHEDULED)
    with at(NOON + HOUR):
        jobs.sweep()
        assert (item.state, item.step, item.publish_at) == (ItemState.PUBLISHED, Step.PUBLISHED, None)
        assert list(search.find("quarries", {}).ids) == [item.id]
    assert db.session.query(StateChange).filter_by(act=Act.PUBLISH).one().by_id is None


def test_what_readers_have_stays_until_then(browser, ana, marketer):
    item = lib.published(marketer, "Words", source="Old text.")
    revised(item, marketer, "New text.")
    services.schedule(item, Going(), at=NOON + HOUR, by=of(marketer), now=NOON)
    db.session.commit()
    reader = browser.sign_in(ana)
    assert "Old text." in reader.get("/library/words").text
    with at(NOON + HOUR):
        by_the_clock.catch_up(NOON + HOUR)
        assert "New text." in reader.get("/library/words").text


def test_rescheduled_and_taken_back_it_goes_out_when_it_was_said_last(marketer):
    moved, dropped = scheduled(marketer), scheduled(marketer)
    services.schedule(moved, Going(), at=NOON + 2 * HOUR, by=of(marketer), now=NOON)
    services.cancel(dropped, by=of(marketer), now=NOON)
    db.session.commit()
    assert by_the_clock.catch_up(NOON + HOUR) == 0
    assert by_the_clock.catch_up(NOON + 2 * HOUR) == 1
    assert (moved.state, dropped.state, dropped.step) == (ItemState.PUBLISHED, ItemState.DRAFT, Step.DRAFT)


def test_a_newer_draft_takes_the_schedule_back(marketer):
    item = scheduled(marketer, source="One.")
    revised(item, marketer, "Two.")
    assert item.step is Step.DRAFT
    assert by_the_clock.catch_up(NOON + 2 * HOUR) == 0
    assert item.state is ItemState.DRAFT


def test_the_past_and_what_expires_before_it_goes_out_are_refused(marketer, viewer):
    item = lib.draft(marketer)
    with pytest.raises(Refused, match="has passed"):
        services.schedule(item, Going(), at=NOON, by=viewer(marketer), now=NOON)
    for at_ in (NOON + HOUR, NOON + HOUR - MINUTE):
        with pytest.raises(Refused, match="expire before anybody"):
            services.schedule(item, Going(expires_at=at_), at=NOON + HOUR, by=viewer(marketer), now=NOON)


def test_it_expires_for_readers_and_search_at_its_minute_without_any_worker(browser, ana, marketer):
    item = expiring(marketer, "Quarries", source="A stone.")
    reader = browser.sign_in(ana)
    with at(NOON + HOUR - MINUTE):
        assert "A stone." in reader.get("/library/quarries").text
        assert list(search.find("quarries", {}).ids) == [item.id]
    with at(NOON + HOUR):
        assert item.state is ItemState.PUBLISHED
        assert "A stone." not in reader.get("/library/quarries").text
        assert list(search.find("quarries", {}).ids) == list(search.find("", {}).ids) == []
        assert reader.post("/library/quarries/reads").status_code == 404
        jobs.sweep()
        assert item.state is ItemState.EXPIRED


def test_an_end_that_is_set_later_holds_at_its_minute_too(marketer, viewer):
    item = lib.published(marketer, "Quarries")
    services.doubt(item, by=viewer(marketer), now=NOON)
    db.session.commit()
    assert list(search.find("quarries", {}).ids) == [item.id]
    services.prolong(item, until=NOON + HOUR, by=viewer(marketer), now=NOON)
    db.session.commit()
    assert (item.state, list(search.find("quarries", {}).ids)) == (ItemState.UNDER_REVIEW, [item.id])
    with at(NOON + HOUR):
        assert list(search.find("quarries", {}).ids) == []


def test_prolonged_it_is_back(marketer, viewer):
    item = expiring(marketer, "Quarries")
    by_the_clock.catch_up(NOON + HOUR)
    with at(NOON + 2 * HOUR):
        services.prolong(item, until=NOON + 3 * HOUR, by=viewer(marketer), now=NOON + 2 * HOUR)
        db.session.commit()
        assert list(search.find("quarries", {}).ids) == [item.id]
    with at(NOON + 3 * HOUR):
        jobs.sweep()
        assert item.state is ItemState.EXPIRED


def test_put_back_it_has_no_end_any_more(marketer, viewer):
    item = expiring(marketer)
    by_the_clock.catch_up(NOON + HOUR)
    services.restore(item, by=viewer(marketer), now=NOON + HOUR)
    assert (item.state, item.expires_at) == (ItemState.PUBLISHED, None)


def test_in_one_minute_what_goes_out_comes_before_what_expires(marketer, viewer):
    item = expiring(marketer, "Words", source="Old.")
    revised(item, marketer, "New.")
    services.schedule(item, Going(), at=NOON + HOUR, by=viewer(marketer), now=NOON)
    db.session.commit()
    by_the_clock.catch_up(NOON + HOUR)
    assert (item.state, item.expires_at, item.published_revision) == (ItemState.PUBLISHED, None, 2)


def test_after_a_standstill_over_both_it_went_out_and_expired(marketer):
    item = scheduled(marketer, going=Going(expires_at=NOON + 2 * HOUR))
    assert by_the_clock.catch_up(NOON + 50 * HOUR) == 2
    assert item.state is ItemState.EXPIRED
    acts = [row.act for row in db.session.query(StateChange).filter_by(item_id=item.id).order_by(StateChange.id)]
    assert acts == [Act.SCHEDULE, Act.PUBLISH, Act.EXPIRE]


def test_one_that_fails_holds_up_no_other(marketer):
    broken, fine = scheduled(marketer), scheduled(marketer, at=NOON + HOUR + MINUTE)
    db.session.query(Revision).filter_by(item_id=broken.id).delete()
    db.session.commit()
    assert by_the_clock.catch_up(NOON + 2 * HOUR) == 1
    assert (broken.step, fine.step) == (Step.SCHEDULED, Step.PUBLISHED)


def test_an_archived_item_stays_where_it_is(marketer, viewer):
    item = scheduled(marketer)
    services.archive(item, by=viewer(marketer), now=NOON)
    db.session.commit()
    assert by_the_clock.catch_up(NOON + 2 * HOUR) == 0
    assert (item.state, db.session.query(Plan).count()) == (ItemState.ARCHIVED, 0)


def test_it_is_archived_from_the_librarys_own_side_too(marketer):
    item = scheduled(marketer)
    library.archive(item)
    db.session.commit()
    assert by_the_clock.catch_up(NOON + 2 * HOUR) == 0


MINUTES = st.integers(0, 30)


@given(
    st.lists(st.tuples(st.integers(1, 30), st.none() | st.integers(1, 30)), min_size=1, max_size=4),
    st.lists(MINUTES, min_size=1, max_size=8).map(sorted),
)
def test_each_schedule_fires_once_not_before_its_minute_and_at_the_first_look_after_it(app, plans, looks):
    """Plans are (minute out, minutes until it expires); looks are when a worker was awake."""
    with app.app_context():
        by = make.person("", make.practice(), make.Role.MARKETING)
        items = {}
        for out, lasts in plans:
            going = Going(expires_at=NOON + (out + lasts) * MINUTE if lasts else None)
            items[scheduled(by, at=NOON + out * MINUTE, going=going).id] = (out, lasts)
        for look in [*looks, 61]:
            with at(NOON + look * MINUTE):
                by_the_clock.keep_times()
        for item_id, (out, lasts) in items.items():
            rows = db.session.query(StateChange).filter_by(item_id=item_id, by_id=None).order_by(StateChange.id).all()
            first = next(look for look in [*looks, 61] if look >= out)
            assert [row.act for row in rows] == [Act.PUBLISH, *([Act.EXPIRE] if lasts else [])]
            assert rows[0].at == NOON + first * MINUTE
            if lasts:
                assert rows[1].at == NOON + next(look for look in [*looks, 61] if look >= out + lasts) * MINUTE
            for row in (db.session.get(Item, item_id),):
                library.archive(row)
        db.session.commit()
