"""Two sheets that began as the same one: nothing that either side wrote is lost."""

from hypothesis import given
from hypothesis import strategies as st

from portal.editing.merging import decided, merge

NAMES = ["title", "summary", "source", "kind", "industry"]
SHEETS = st.fixed_dictionaries({name: st.sampled_from(["", "one", "two", "three"]) for name in NAMES})


@given(SHEETS, SHEETS, SHEETS)
def test_a_conflict_never_loses_either_side(base, mine, theirs):
    merged = merge(base, mine, theirs)
    for name in NAMES:
        is_named = name in merged.conflicts
        for side in (mine, theirs):
            assert merged.values[name] == side[name] or is_named or side[name] == base[name]
        assert merged.values[name] in {mine[name], theirs[name]}


@given(SHEETS, st.dictionaries(st.sampled_from(NAMES), st.text("ab"), max_size=5), st.data())
def test_edits_of_different_fields_are_both_kept_in_either_order(base, edits, data):
    ours = {name: value for name, value in edits.items() if data.draw(st.booleans())}
    theirs = {name: value for name, value in edits.items() if name not in ours}
    one, other = merge(base, base | ours, base | theirs), merge(base, base | theirs, base | ours)
    assert one.values == other.values == base | edits
    assert not one.conflicts
    assert not other.conflicts


@given(SHEETS, SHEETS, SHEETS)
def test_choosing_theirs_everywhere_gives_theirs_where_there_was_a_conflict(base, mine, theirs):
    merged = merge(base, mine, theirs)
    done = decided(merged.values, theirs, dict.fromkeys(merged.conflicts, "theirs"))
    assert {name: done[name] for name in merged.conflicts} == {name: theirs[name] for name in merged.conflicts}
    assert not merge(theirs, done, theirs).conflicts


@given(SHEETS, SHEETS)
def test_whoever_changed_nothing_gets_what_was_saved(base, theirs):
    merged = merge(base, base, theirs)
    assert merged.values == theirs
    assert set(merged.taken) == {name for name in NAMES if base[name] != theirs[name]}
