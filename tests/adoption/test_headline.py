"""The sentence at the top."""

from datetime import date, timedelta

import pytest

from portal.adoption.headline import Part, headline

MONDAYS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(12)]


def said(weeks, *parts, people=40, this_week=0):
    found = headline(people, weeks, this_week, parts, MONDAYS)
    return f"{found.opening} {found.stressed}".strip()


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ([20] * 12, "Adoption is steady, with about 20 active in a week."),
        ([10] * 8 + [20] * 4, "Adoption is rising: about 20 are active in a week, up from 10."),
        ([20] * 8 + [10] * 4, "Adoption is falling: about 10 are active in a week, down from 20."),
        ([0] * 12, "Nobody has begun yet: assign a first module, and say why it matters to you."),
        ([1] * 8 + [2] * 4, "Adoption is rising: about 2 are active in a week, up from 1."),
        ([4, 5] * 4 + [3, 4] * 2, "Adoption is steady, with about 4 active in a week."),
    ],
)
def test_it_says_where_adoption_goes(weeks, words):
    assert said(weeks) == f"40 people. {words}"


def test_a_first_week_is_a_beginning():
    assert said([0] * 12, this_week=3) == "40 people. The first have begun this week."


def test_one_person_is_a_person():
    assert said([1] * 12, people=1).startswith("1 person. ")


def test_it_counts_the_practices_in_words():
    parts = [Part(f"Part {number}", 3, [0] * 12) for number in range(5)]
    assert said([4] * 12, *parts).startswith("40 people in five practices. ")


def test_it_names_who_has_gone_quiet_and_since_when():
    quiet = Part("Audit support", 12, [8] * 7 + [2] * 5)
    steady = Part("Corporate tax", 20, [12] * 12)
    assert said([20] * 12, quiet, steady).endswith("Audit support has gone quiet since February.")


def test_without_one_it_names_who_is_ahead():
    ahead, behind = Part("Deals", 10, [8] * 12), Part("Disputes", 10, [3] * 12)
    assert said([11] * 12, behind, ahead).endswith("Deals is ahead, with 80% active in a week.")


@pytest.mark.parametrize(
    "parts",
    [
        [Part("Deals", 10, [5] * 12), Part("Disputes", 10, [5] * 12)],
        [Part("Deals", 4, [4] * 12), Part("Disputes", 4, [1] * 8 + [0] * 4)],
        [Part("Deals", 10, [5] * 12)],
    ],
)
def test_it_names_nobody_without_cause(parts):
    assert said([10] * 12, *parts).endswith("active in a week.")
