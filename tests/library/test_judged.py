"""The search finds what practitioners want, on questions as they type them."""

import pytest

from tests.library import judging

ENOUGH = 0.85


@pytest.fixture
def answers():
    judging.fill()
    return list(judging.answered())


def test_the_questions_are_whole(answers):
    known = {row.key for row in judging.db.session.query(judging.Item)}
    assert len(judging.judged()) >= 60
    assert len({one.ask for one in judging.judged()}) == len(judging.judged())
    assert {key for one in judging.judged() for key in one.grades} <= known
    assert all(3 in one.grades.values() for one in judging.judged())


def test_the_best_come_first(answers):
    assert sum(one.gain(keys) for one, keys in answers) / len(answers) >= ENOUGH


def test_what_helps_is_among_the_first_ten(answers):
    assert sum(one.recall(keys) for one, keys in answers) / len(answers) >= ENOUGH
