"""No shown figure, and no sum or difference of shown figures, speaks of fewer than five people."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as some

from portal.counters.disclosure import LEAST, Group, showable


@some.composite
def trees(draw, most=9):
    """Practices in a tree or several, with few people in many of them."""
    size = draw(some.integers(1, most))
    parents = [None, *(draw(some.none() | some.integers(0, number - 1)) for number in range(1, size))]
    return [Group(number, parent, draw(some.integers(0, 9))) for number, parent in enumerate(parents)]


def members(groups):
    """Who belongs to each practice and below; a person is their practice and a number."""
    people = {group.id: {(group.id, n) for n in range(group.people)} for group in groups}
    for group in sorted(groups, key=lambda group: -group.id):  # children have larger numbers
        if group.parent_id is not None:
            people[group.parent_id] = people[group.parent_id] | people[group.id]
    return people


@given(trees())
@settings(max_examples=300)
def test_no_difference_of_shown_figures_leaves_a_few(groups):
    shown, people = showable(groups), members(groups)
    inside = {one: [other for other in shown if other != one and people[other] <= people[one]] for one in shown}
    for one in shown:
        for several in range(len(inside[one]) + 1):
            for chosen in combinations(inside[one], several):
                left = people[one] - set().union(*(people[other] for other in chosen))
                assert not left or len(left) >= LEAST


@given(trees(most=6))
@settings(max_examples=150)
def test_no_sum_of_shown_figures_with_any_signs_singles_out_a_few(groups):
    shown, people = sorted(showable(groups)), members(groups)
    everybody = set().union(*people.values())
    for signs in _signs(len(shown)):
        weights = {
            who: sum(sign for sign, one in zip(signs, shown, strict=True) if who in people[one]) for who in everybody
        }
        told_of = [who for who, weight in weights.items() if weight]
        assert not told_of or len(told_of) >= LEAST


def _signs(several):
    found = [()]
    for _ in range(several):
        found = [(*before, sign) for before in found for sign in (-1, 0, 1)]
    return found


@given(trees())
def test_a_group_under_five_is_never_shown(groups):
    people = members(groups)
    assert all(len(people[one]) >= LEAST for one in showable(groups))


@given(trees(), some.randoms())
def test_the_order_of_the_practices_decides_nothing(groups, rng):
    mixed = list(groups)
    rng.shuffle(mixed)
    assert showable(mixed) == showable(groups)


@given(trees())
def test_the_topmost_practice_is_shown_wherever_it_has_enough(groups):
    people, shown = members(groups), showable(groups)
    for group in groups:
        if group.parent_id is None:
            assert (group.id in shown) == (len(people[group.id]) >= LEAST)


def test_large_groups_are_all_shown():
    firm = [Group(1, None, 0), Group(2, 1, 10), Group(3, 1, 5), Group(4, 2, 7)]
    assert showable(firm) == {1, 2, 3, 4}


def test_the_smaller_one_is_hidden_where_the_rest_would_be_known():
    assert showable([Group(1, None, 2), Group(2, 1, 10), Group(3, 1, 6)]) == {1, 2}
    assert showable([Group(1, None, 0), Group(2, 1, 10), Group(3, 1, 4)]) == {1}
