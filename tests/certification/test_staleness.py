"""What is asked of somebody who was certified on an earlier version, and by when."""

from datetime import date, timedelta

import pytest

from portal.certification import staleness
from portal.certification.staleness import Version
from tests.make import NOON

FIRST, SECOND = date(2026, 4, 1), date(2026, 5, 1)
VERSIONS = {
    1: Version(1, frozenset({("opener", "opener", "A", "")})),
    2: Version(2, frozenset({("opener", "opener", "B", "")}), is_major=True, recertify_by=FIRST),
    3: Version(3, frozenset({("opener", "opener", "C", "")})),
    4: Version(4, frozenset({("opener", "opener", "A", "")}), recertify_by=SECOND, is_withdrawn=True),
}


@pytest.mark.parametrize(
    ("held", "number", "major", "due"),
    [
        (1, 2, True, FIRST),
        (1, 3, True, FIRST),
        (2, 3, False, None),
        (3, 4, False, None),
        (3, 2, True, FIRST),
        (2, 0, False, None),
    ],
)
def test_every_change_since_counts_unless_it_was_withdrawn(held, number, major, due):
    assert staleness.is_major(VERSIONS, held, number) is major
    assert staleness.due_on(VERSIONS, held, number) == due


def test_versions_with_the_same_words_are_the_same():
    assert staleness.same(VERSIONS, VERSIONS[1].words) == [1, 4]
    assert staleness.same(VERSIONS, frozenset()) == []


def test_stale_since_the_last_time_the_words_went():
    days = [NOON + timedelta(days=n) for n in range(5)]
    line = list(zip(days, (1, 2, 1, 2, 3), strict=True))
    assert staleness.since(line, VERSIONS, [1]) == days[3]
    assert staleness.since(line, VERSIONS, [1, 2]) == days[4]
