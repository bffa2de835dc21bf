"""The measures of concentration, and their laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.credit.concentration import NOTHING, concentration, curve, percent, said

amounts = st.lists(st.integers(0, 10**12), max_size=40)


@given(amounts, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(given_, rng):
    shuffled = list(given_)
    rng.shuffle(shuffled)
    assert concentration(shuffled) == concentration(given_)


@given(amounts)
def test_all_measures_keep_their_bounds(given_):
    found = concentration(given_)
    if not any(given_):
        assert found == NOTHING
        return
    assert 1 / found.people - 1e-12 <= found.index <= 1 + 1e-12
    assert 0 <= found.normalised <= 1
    assert found.index - 1e-12 <= found.top <= 1
    assert 1 <= found.half <= (found.people + 1) // 2
    assert found.total == sum(given_)


@given(st.integers(1, 10**12))
def test_one_person_is_all_of_it(amount):
    found = concentration([amount])
    assert (found.top, found.half, found.index, found.normalised) == (1, 1, 1, 1)
    assert said(found) == "Everything was brought in by one person."


@given(st.integers(2, 60), st.integers(1, 10**9))
def test_all_alike_is_none_of_it(people, amount):
    found = concentration([amount] * people)
    assert found.index == pytest.approx(1 / people)
    assert found.normalised == pytest.approx(0, abs=1e-9)
    assert found.half == (people + 1) // 2


@given(st.lists(st.integers(1, 10**5), min_size=2, max_size=20), st.data())
def test_giving_to_who_has_more_raises_the_index(given_, data):
    largest, other = sorted(range(len(given_)), key=given_.__getitem__, reverse=True)[:2]
    moved = data.draw(st.integers(1, given_[other]))
    after = list(given_)
    after[largest] += moved
    after[other] -= moved
    assert concentration(after).index > concentration(given_).index


@given(amounts)
def test_the_curve_rises_from_nothing_to_all_and_bends_down(given_):
    points = curve(given_)
    if not any(given_):
        assert points == []
        return
    assert (points[0], points[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert points == sorted(points)
    assert all(y >= x - 1e-9 for x, y in points)
    assert len(points) <= 122


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ([], "Nothing with a value was won here in this time, so there is nothing to read."),
        (
            [90, 5, 5],
            "One person carries half of what was brought in, and the largest share is 90%: that hangs on few.",
        ),
        (
            [10] * 10,
            "5 of 10 people carry half of what was brought in, and the largest share is 10%: that is well spread.",
        ),
    ],
)
def test_it_is_said_in_a_sentence(given_, words):
    assert said(concentration(given_)) == words


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_half_and_all_are_said_only_of_what_is(part, rest):
    share = part / (part + rest)
    shown = percent(share)
    assert abs(shown - 100 * share) <= 1
    assert (shown >= 50) == (share >= 0.5)
    assert (shown == 0) == (share == 0)
    assert shown < 100
    assert percent(1) == 100
