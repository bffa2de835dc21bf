"""What levels amount to, for every rubric."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.content import checks, files
from portal.errors import Refused
from portal.recitals import scoring

RUBRICS = [checks.rubric(files.read(path, Path("content"))) for path in sorted(Path("content/rubrics").glob("*.md"))]


@st.composite
def rubrics(draw):
    """Criteria whose weights add up to 100."""
    number = draw(st.integers(1, 8))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=number - 1, max_size=number - 1, unique=True)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    return [
        {"key": f"c{place}", "title": "", "weight": weight, "levels": ["-"] * draw(st.integers(2, 6))}
        for place, weight in enumerate(weights)
    ]


def levels_of(draw, criteria):
    return {each["key"]: draw(st.integers(0, len(each["levels"]) - 1)) for each in criteria}


@pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric["scope"])
def test_every_rubric_holds(rubric):
    assert scoring.weights_hold(rubric["criteria"])
    assert 0 < rubric["pass_mark"] <= 100


@given(st.data())
def test_a_score_stays_within_bounds_and_grows_with_the_levels(data):
    criteria = data.draw(rubrics())
    assert scoring.weights_hold(criteria)
    levels = levels_of(data.draw, criteria)
    score = scoring.score(criteria, levels)
    assert 0 <= score <= 100
    for criterion in criteria:
        if levels[criterion["key"]] < len(criterion["levels"]) - 1:
            better = {**levels, criterion["key"]: levels[criterion["key"]] + 1}
            assert scoring.score(criteria, better) > score


@given(rubrics())
def test_the_lowest_is_nothing_and_the_highest_is_100(criteria):
    assert scoring.score(criteria, {each["key"]: 0 for each in criteria}) == 0
    assert scoring.score(criteria, {each["key"]: len(each["levels"]) - 1 for each in criteria}) == pytest.approx(100)


@given(st.lists(st.integers(-5, 120), min_size=1, max_size=6))
def test_weights_hold_only_when_they_make_100(weights):
    criteria = [{"key": str(place), "weight": weight, "levels": []} for place, weight in enumerate(weights)]
    assert scoring.weights_hold(criteria) == (sum(weights) == 100 and min(weights) > 0)


@given(st.lists(st.tuples(st.tuples(st.integers(1, 2), st.integers(1, 3)), st.floats(0, 100)), max_size=30))
def test_scores_of_different_versions_are_never_averaged(scores):
    means = scoring.averages(scores)
    assert means.keys() == {version for version, _score in scores}
    for version, mean in means.items():
        own = [score for each, score in scores if each == version]
        assert min(own) - 1e-9 <= mean <= max(own) + 1e-9
        assert scoring.averages([(version, score) for score in own]) == {version: mean}


def test_a_missing_level_is_asked_for():
    with pytest.raises(Refused, match="Choose the level") as refused:
        scoring.score([{"key": "clear", "title": "Clear", "weight": 100, "levels": ["a", "b"]}], {})
    assert refused.value.field == "clear"


def test_a_level_that_is_not_there_is_refused():
    with pytest.raises(Refused):
        scoring.score([{"key": "clear", "title": "Clear", "weight": 100, "levels": ["a", "b"]}], {"clear": 2})
