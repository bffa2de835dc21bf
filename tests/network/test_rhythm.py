"""The rule of the rhythm: nothing that is logged or waited for brings the day nearer, and taking back restores it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from portal.network import rhythm
from portal.network.models import Pace, Tier

DAY = date(2026, 3, 4)
days = some.dates(date(2000, 1, 1), date(2090, 1, 1))


@dataclass(frozen=True)
class Facts:
    """What the rhythm goes by."""

    tier: Tier = Tier.MIDDLE
    pace: Pace = Pace.RUNNING
    rhythm_days: int | None = None
    snoozed_until: date | None = None
    started_on: date = DAY
    stagger: int = 0
    last_touch_on: date | None = None
    due_on: date | None = None


running = some.builds(
    Facts,
    tier=some.sampled_from(Tier),
    rhythm_days=some.none() | some.integers(1, 3650),
    snoozed_until=some.none() | days,
    started_on=days,
    stagger=some.integers(0, 999),
    last_touch_on=some.none() | days,
)


@given(running, days, days)
def test_a_later_touch_never_makes_it_earlier(facts, one, other):
    first, second = (replace(facts, last_touch_on=on) for on in sorted((one, other)))
    assert rhythm.next_on(first) <= rhythm.next_on(second)
    assert rhythm.next_on(replace(facts, last_touch_on=None)) <= rhythm.next_on(first)


@given(running, days)
def test_waiting_never_makes_it_earlier(facts, until):
    awake = replace(facts, snoozed_until=None)
    assert rhythm.next_on(replace(facts, snoozed_until=until)) == max(rhythm.next_on(awake), until)


@given(running, some.sampled_from([Pace.PAUSED, Pace.LEFT_OUT]))
def test_who_is_paused_or_left_out_is_never_due(facts, pace):
    assert rhythm.next_on(replace(facts, pace=pace)) is None


@given(running)
def test_a_touch_since_they_were_kept_counts_whole_days(facts):
    facts = replace(facts, snoozed_until=None, last_touch_on=facts.started_on)
    assert rhythm.next_on(facts) == facts.started_on + timedelta(days=rhythm.days_of(facts))


@given(running)
def test_nobody_is_due_before_they_were_kept(facts):
    assert rhythm.next_on(facts) >= facts.started_on


@given(running, some.integers(1, 3000))
def test_a_longer_rhythm_never_makes_it_earlier(facts, more):
    days_apart = rhythm.days_of(facts)
    longer = replace(facts, rhythm_days=days_apart + more)
    assert rhythm.next_on(facts) <= rhythm.next_on(longer)


def test_many_at_once_come_due_over_the_whole_stretch():
    first = [
        rhythm.first_on(Facts(stagger=rhythm.spread(f"Person {number}", "Larch Logistics"))) for number in range(500)
    ]
    on_one_day = max(first.count(day) for day in set(first))
    assert on_one_day <= 20
    assert (max(first) - min(first)).days > 80


def test_own_days_by_tier_are_followed():
    facts = Facts(tier=Tier.INNER, last_touch_on=DAY)
    assert rhythm.next_on(facts, {Tier.INNER: 10}) == DAY + timedelta(days=10)
