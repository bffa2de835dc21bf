"""What a practice's pitch says altogether."""

from hypothesis import given
from hypothesis import strategies as st

from portal.message.inheritance import Wording, complete, nearest, replaced

KEYS = ["opener", "a", "b", "c", "d"]


def claim(key: str, text: str = "", kind: str = "", **more) -> Wording:
    return Wording(key, kind or ("opener" if key == "opener" else "proof"), text or f"The words of {key}.", **more)


ABOVE = [claim("opener"), claim("a"), claim("b")]


def test_it_inherits_what_it_neither_repeats_nor_replaces():
    own = [claim("c", replaces="a"), claim("b", "Our b.")]
    said = complete(own, ABOVE, 7)
    assert [(each.key, each.inherited_from_id) for each in said] == [("c", None), ("b", None), ("opener", 7)]
    assert replaced(own, ABOVE) == ["a", "b"]


def test_its_own_opener_takes_the_place_of_the_one_above():
    said = complete([claim("ours", kind="opener")], ABOVE, 7)
    assert [each.key for each in said] == ["ours", "a", "b"]


def test_what_comes_from_further_up_keeps_its_source():
    assert [each.inherited_from_id for each in complete([], [claim("a", inherited_from_id=1), claim("b")], 2)] == [1, 2]


def test_the_nearest_pitch_is_told_by():
    pitches = {"/1/": 10, "/1/2/": 20}
    assert nearest("/1/2/3/", pitches, None) == 20
    assert nearest("/1/9/", pitches, None) == 10
    assert nearest("/4/", pitches, 5) == 5
    assert nearest("/12/", {"/1/": 10}, None) is None


claims_above = st.lists(st.sampled_from(KEYS), unique=True).map(lambda keys: [claim(key) for key in keys])
own_claims = st.lists(
    st.tuples(st.sampled_from([*KEYS, "e", "f"]), st.sampled_from(["", *KEYS])), unique_by=lambda pair: pair[0]
).map(lambda pairs: [claim(key, "Own.", replaces=replaces) for key, replaces in pairs])


@given(own_claims, claims_above)
def test_every_claim_is_said_once_and_each_above_is_inherited_or_replaced(own, above):
    said = complete(own, above, 1)
    keys = [each.key for each in said]
    assert len(keys) == len(set(keys))
    assert said[: len(own)] == own
    assert sum(each.kind == "opener" for each in said) <= 1
    assert sorted([each.key for each in said[len(own) :]] + replaced(own, above)) == sorted(each.key for each in above)


@given(own_claims, claims_above)
def test_inheriting_again_changes_nothing(own, above):
    said = complete(own, above, 1)
    assert complete([each for each in said if each.is_own], above, 1) == said
