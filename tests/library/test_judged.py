"""The search finds what practitioners want, on questions as they type them."""

import pytest

from tests.library import judging

ENOUGH = {"judged": 0.85, "held_out": 0.85, "unseen": 0.8}
"""What the search learned from has to do better than what it has never seen; both say when a change does harm."""


@pytest.fixture(autouse=True)
def items(session):
    judging.fill()


def test_the_questions_are_whole():
    known = {row.key for row in judging.db.session.query(judging.Item)}
    every = [one for name in ENOUGH for one in judging.judged(name)]
    assert len(judging.judged()) >= 60
    assert len({one.ask for one in every}) == len(every)
    assert {key for one in every for key in one.grades} <= known
    assert all(3 in one.grades.values() for one in every)


@pytest.mark.parametrize("name", ENOUGH)
def test_the_best_come_first_and_what_helps_is_among_the_first_ten(name):
    answers = list(judging.answered(name))
    gain = sum(one.gain(keys) for one, keys in answers) / len(answers)
    recall = sum(one.recall(keys) for one, keys in answers) / len(answers)
    assert min(gain, recall) >= ENOUGH[name]
