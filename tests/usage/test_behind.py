"""The opportunities behind items: which records count, what is plausible, and who sees what."""

from datetime import timedelta

import pytest

from portal.access import Role
from portal.accounts.viewer import of
from portal.pipeline.models import Direction
from portal.pipeline.stages import Stage
from portal.usage import behind, influence, queries, services
from portal.usage.models import How
from portal.usage.queries import LedTo
from tests import make
from tests.make import NOON
from tests.pipeline import make_pipeline
from tests.usage import make_usage

BEFORE, AFTER = NOON - timedelta(days=20), NOON + timedelta(days=20)


@pytest.fixture
def item(marketer):
    return make_usage.item(marketer)


def led(item):
    return queries.led_to([item.id]).get(item.id, LedTo())


def ranking():
    records = queries.records()
    return influence.ranked(records, {}), records


def test_used_and_named_counts_once_under_the_stronger_record(ana, item):
    row = make_pipeline.opportunity(ana)
    make_usage.used(item, ana, row)
    assert led(item) == LedTo(linked=1)
    make_usage.used(item, ana, row, how=How.NAMED)
    assert led(item) == LedTo(named=1)


def test_what_was_shared_with_a_contact_counts_for_what_was_open_then_or_came_later(ana, item):
    dana = make_pipeline.contact(ana)
    make_pipeline.opportunity(ana, contact_id=dana.id, now=BEFORE, ask="Open then")
    lost = make_pipeline.opportunity(ana, contact_id=dana.id, now=BEFORE - timedelta(days=5), ask="Lost by then")
    make_pipeline.move(lost, ana, Stage.LOST, now=BEFORE)
    make_pipeline.opportunity(ana, contact_id=dana.id, now=AFTER, ask="Came later")
    make_pipeline.opportunity(ana, ask="Of somebody else")
    make_usage.shared(item, ana, dana)
    assert led(item) == LedTo(linked=2)
    make_pipeline.move(lost, ana, Stage.PROPOSAL, now=AFTER)
    assert led(item) == LedTo(linked=2)


def test_what_was_shared_with_a_contact_for_one_opportunity_counts_for_their_others_too(ana, item):
    dana = make_pipeline.contact(ana)
    one = make_pipeline.opportunity(ana, ask="For this one")
    make_pipeline.opportunity(ana, contact_id=dana.id, ask="Open then", now=BEFORE)
    given = {"opportunity_id": one.id, "contact_id": dana.id}
    services.link(item.id, how=How.SHARED, **given, by=of(ana), now=NOON)
    assert led(item) == LedTo(linked=2)
    services.link(item.id, how=How.USED, opportunity_id=one.id, by=of(ana), now=NOON)
    assert led(item) == LedTo(linked=2)


def test_what_was_lost_after_the_share_still_counts(ana, item):
    dana = make_pipeline.contact(ana)
    row = make_pipeline.opportunity(ana, contact_id=dana.id, now=BEFORE)
    make_usage.shared(item, ana, dana)
    make_pipeline.move(row, ana, Stage.LOST, now=AFTER)
    assert led(item) == LedTo(linked=1)


def test_work_that_was_given_away_counts_nowhere(ana, item):
    given = make_pipeline.opportunity(ana, direction=Direction.GIVEN)
    make_usage.used(item, ana, given)
    make_usage.read(item, ana)
    assert led(item) == LedTo()
    assert behind.plausible([item.id], []) == {}


@pytest.mark.parametrize(
    ("days", "wanted"), [(-40, 0), (-29, 1), (0, 1), (30, 1)], ids=["long before", "before", "then", "while open"]
)
def test_reading_around_then_is_plausible_and_no_more(ana, item, days, wanted):
    make_pipeline.opportunity(ana)
    make_usage.read(item, ana, at=NOON + timedelta(days=days))
    assert behind.plausible([item.id], queries.records()).get(item.id, 0) == wanted
    assert led(item) == LedTo()


def test_reading_after_it_ended_is_not_plausible_and_neither_is_what_is_on_record(ana, ben, item):
    lost = make_pipeline.opportunity(ana, now=BEFORE)
    make_pipeline.move(lost, ana, Stage.LOST, now=NOON)
    make_usage.read(item, ana, at=AFTER)
    make_usage.used(item, ben, make_pipeline.opportunity(ben))
    make_usage.read(item, ben)
    assert behind.plausible([item.id], queries.records()) == {}


def test_plausible_ones_change_nothing_in_the_ranking(ana, ben, marketer, item):
    other = make_usage.item(marketer, "Another")
    make_usage.used(item, ana, make_pipeline.opportunity(ana))
    before, _ = ranking()
    for number in range(5):
        make_pipeline.opportunity(ben, ask=f"Ask {number}")
    make_usage.read(other, ben)
    after, records = ranking()
    assert behind.plausible([other.id], records) == {other.id: 5}
    assert after == before


def test_each_sees_their_own_leaders_what_they_lead_and_the_rest_is_a_number(ana, charlie, leader, item):
    make_usage.used(item, ana, make_pipeline.opportunity(ana, organisation="Tax work Ltd"))
    make_usage.used(item, charlie, make_pipeline.opportunity(charlie, organisation="Law work Ltd"))
    records = queries.records()
    for person, wanted in ((ana, ["Tax work Ltd"]), (charlie, ["Law work Ltd"]), (leader, ["Tax work Ltd"])):
        rows, hidden = behind.seen(of(person), records)
        assert ([row.organisation for row in rows], hidden) == (wanted, 1)
    everything, hidden = behind.seen(of(make.person("Eva", leader.practice, Role.EXECUTIVE)), records)
    assert (len(everything), hidden) == (2, 0)


def test_worth_goes_by_the_firms_chances_and_lost_work_is_worth_nothing(ana, item):
    is_open = make_pipeline.opportunity(ana, value=10_000, ask="Open")
    won, lost = (make_pipeline.opportunity(ana, value=10_000, ask=ask) for ask in ("Won", "Lost"))
    make_pipeline.move(is_open, ana, Stage.PROPOSAL)
    make_pipeline.move(won, ana, Stage.WON)
    make_pipeline.move(lost, ana, Stage.LOST)
    found = behind.worths(of(ana), [is_open.id, won.id, lost.id])
    assert [(found[row.id].expected, found[row.id].won) for row in (is_open, won, lost)] == [
        (6_000, 0),
        (0, 10_000),
        (0, 0),
    ]
