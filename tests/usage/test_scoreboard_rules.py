"""Which box an item belongs in: the rule, and its laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.usage.scoreboard import JUDGED, Box, Thresholds, Usage, box, is_useful, why

usages = st.builds(
    Usage,
    days=st.integers(0, 400),
    reads=st.integers(0, 500),
    people=st.integers(0, 200),
    helped=st.integers(0, 50),
    did_not_help=st.integers(0, 50),
    deeds=st.integers(0, 50),
)


@pytest.mark.parametrize(
    ("usage", "wanted"),
    [
        (Usage(90, reads=40, people=20, helped=5, did_not_help=1), Box.USEFUL),
        (Usage(90, reads=40, people=20, helped=1, did_not_help=5), Box.NOT_USEFUL),
        (Usage(90, reads=40, people=20), Box.NOT_USEFUL),
        (Usage(90, reads=40, people=20, deeds=2), Box.USEFUL),
        (Usage(90, reads=6, people=8, helped=4), Box.NOT_FOUND),
        (Usage(90, reads=6, people=8), Box.UNUSED),
        (Usage(90), Box.UNUSED),
        (Usage(90, reads=40, people=2, helped=2, deeds=9), Box.TOO_FEW),
        (Usage(12, reads=40, people=20, helped=5), Box.TOO_EARLY),
        (Usage(30, reads=4, people=20, helped=5), Box.USEFUL),
        (Usage(30, reads=3, people=20, helped=5), Box.NOT_FOUND),
    ],
)
def test_each_box_has_its_items(usage, wanted):
    assert box(usage) is wanted


@given(usages)
def test_a_young_item_is_never_judged_and_few_people_never_say_whether_it_helps(usage):
    limits = Thresholds()
    found = box(usage)
    if usage.days < limits.youngest:
        assert found is Box.TOO_EARLY
    elif usage.people < limits.people:
        assert found in (Box.TOO_FEW, Box.UNUSED)
    else:
        assert found in JUDGED


@given(usages, st.integers(1, 20))
def test_more_who_were_helped_never_make_it_less_useful(usage, more):
    enough = Thresholds().votes
    if usage.votes >= enough and is_useful(usage):
        assert is_useful(Usage(usage.days, usage.reads, usage.people, usage.helped + more, usage.did_not_help))


@given(usages, st.integers(1, 50))
def test_more_reads_never_make_it_less_used(usage, more):
    is_used = (Box.USEFUL, Box.NOT_USEFUL, Box.TOO_FEW)
    if box(usage) in is_used:
        again = Usage(usage.days, usage.reads + more, usage.people, usage.helped, usage.did_not_help, usage.deeds)
        assert box(again) is box(usage)


@given(usages, st.integers(2, 4))
def test_twice_the_time_with_twice_the_reads_is_judged_alike(usage, times):
    longer = Usage(usage.days * times, usage.reads * times, usage.people, usage.helped, usage.did_not_help, usage.deeds)
    if usage.days >= Thresholds().youngest:
        assert box(longer) is box(usage)


def test_the_reason_says_the_figures():
    assert "Nobody said whether it helped" in why(Usage(90, reads=40, people=20))
    assert "4 of 5 say that it helped" in why(Usage(90, reads=40, people=20, helped=4, did_not_help=1))
    assert "Fewer than 5 people" in why(Usage(90, reads=40, people=1))
    assert why(Usage(1)) == "Readers have had it for 1 day."
