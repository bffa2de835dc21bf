"""Moving parts about, deriving keys, comparing long texts: the pure rules."""

from hypothesis import given
from hypothesis import strategies as some

from portal.message.comparison import LONGEST_CHANGE, compared
from portal.studio.claims import arranged, keyed

CLAIM = some.fixed_dictionaries(
    {
        "key": some.sampled_from(["", "opener", "proof"]),
        "kind": some.sampled_from(["opener", "objection"]),
        "text": some.text(max_size=30),
        "answer": some.text(max_size=9) | some.none(),
    }
)


@given(some.lists(CLAIM, max_size=6), some.integers(0, 9), some.sampled_from(["up", "down"]))
def test_moving_loses_nothing(claims, place, way):
    moved = arranged(claims, f"{way}-{place}")
    assert sorted(map(str, moved)) == sorted(map(str, claims))


@given(some.lists(CLAIM, min_size=1, max_size=6), some.data())
def test_down_and_up_again_is_where_it_was(claims, data):
    place = data.draw(some.integers(0, len(claims) - 1))
    if place < len(claims) - 1:
        assert arranged(arranged(claims, f"down-{place}"), f"up-{place + 1}") == claims


@given(some.text())
def test_any_other_button_moves_nothing(step):
    assert step.split("-")[0] in {"add", "remove", "up", "down"} or arranged([], step) is None


@given(some.lists(CLAIM, max_size=8))
def test_new_keys_are_addresses_and_differ_from_all_others(claims):
    done = keyed(claims)
    new = [claim["key"] for claim, before in zip(done, claims, strict=True) if not before["key"]]
    assert len(set(new)) == len(new)
    assert not set(new) & {claim["key"] for claim in claims}
    assert all(key and key.replace("-", "").isalnum() and key.isascii() for key in new)


LINES = some.lists(some.sampled_from(["One two.\n", "Two three.\n", "\n", "Four.\n"]), max_size=8).map("".join)


@given(LINES, LINES)
def test_a_comparison_tells_both_texts(before, after):
    told = compared(before, after)
    assert "".join(text for kind, text in told if kind != "in") == before
    assert "".join(text for kind, text in told if kind != "out") == after


def test_a_very_long_change_is_shown_whole():
    before, after = "old " * LONGEST_CHANGE, "new " * LONGEST_CHANGE
    assert compared(before, after) == [("out", before), ("in", after)]
