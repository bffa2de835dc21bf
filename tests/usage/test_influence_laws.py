"""Influence, honestly: only records rank, and each opportunity counts once."""

from hypothesis import given
from hypothesis import strategies as st

from portal.usage.influence import FEWEST, Order, Record, Sum, Worth, behind, ranked, total

records_of = st.lists(
    st.builds(Record, item_id=st.integers(1, 5), opportunity_id=st.integers(1, 6), is_named=st.booleans()), max_size=20
)
worths_of = st.dictionaries(
    st.integers(1, 6), st.builds(Worth, expected=st.integers(0, 9), won=st.integers(0, 9), is_shown=st.booleans())
)
orders = st.sampled_from(Order)


def rank_of(found, item_id):
    return next((row.rank for row in found if row.item_id == item_id), len(found) + 1)


@given(records_of, worths_of)
def test_the_total_counts_each_opportunity_once(records, worths):
    found = total(records, worths)
    once = {record.opportunity_id for record in records}
    assert found.opportunities == len(once)
    assert found.expected.amount == sum(worths[each].expected for each in once if each in worths)
    assert found.won.amount == sum(worths[each].won for each in once if each in worths)


@given(records_of, worths_of)
def test_the_total_is_never_more_than_the_items_together(records, worths):
    found, rows = total(records, worths), ranked(records, worths)
    assert found.won.amount <= sum(row.won.amount for row in rows)
    if all(len(of) <= 1 for of in _items_of(records).values()):
        assert found.won.amount == sum(row.won.amount for row in rows)


def _items_of(records):
    items = {}
    for record in records:
        items.setdefault(record.opportunity_id, set()).add(record.item_id)
    return items


@given(records_of.filter(bool), worths_of, orders, st.data())
def test_taking_a_record_away_never_raises_its_item(records, worths, order, data):
    gone = data.draw(st.integers(0, len(records) - 1))
    item_id = records[gone].item_id
    fewer = records[:gone] + records[gone + 1 :]
    before, after = ranked(records, worths, order), ranked(fewer, worths, order)
    if item_id in {row.item_id for row in after}:
        assert rank_of(after, item_id) >= rank_of(before, item_id)


@given(records_of, worths_of, orders)
def test_an_opportunity_is_linked_or_named_never_both(records, worths, order):
    for row in ranked(records, worths, order):
        of = behind(records)[row.item_id]
        assert (row.opportunities, row.named) == (len(of), sum(of.values()))


@given(records_of, worths_of, orders, st.randoms())
def test_the_order_of_the_records_changes_nothing_and_neither_does_a_repeated_one(records, worths, order, random):
    mixed = records * 2
    random.shuffle(mixed)
    assert ranked(mixed, worths, order) == ranked(records, worths, order)


def test_equal_items_share_a_rank():
    records = [Record(1, 1, False), Record(2, 2, False), Record(3, 3, True)]
    assert [(row.item_id, row.rank) for row in ranked(records, {})] == [(3, 1), (1, 2), (2, 2)]


def test_a_sum_of_few_hidden_ones_is_not_said():
    assert Sum(5, 0).may_be_said
    assert not Sum(5, FEWEST - 1).may_be_said
    assert Sum(5, FEWEST).may_be_said
