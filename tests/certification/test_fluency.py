"""Shares, days to a share, and the sentence that reads the curve."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.certification import fluency
from tests.adoption.make_adoption import counted
from tests.certification import make_certification
from tests.certification.make_certification import publish

DAY = date(2026, 1, 5)
COUNTS = st.dictionaries(st.integers(0, 60).map(lambda n: DAY + timedelta(days=n)), st.integers(0, 9), max_size=20)


@given(counts=COUNTS, people=st.integers(0, 80), days=st.integers(0, 60))
def test_the_curve_adds_up_what_was_counted(counts, people, days):
    until = DAY + timedelta(days=days)
    shown = fluency.curve(1, DAY, counts, people=people, until=until)
    assert len(shown.certified) == days + 1
    assert shown.certified[-1] == sum(n for on, n in counts.items() if on <= until)


@given(counts=COUNTS, people=st.integers(1, 80))
def test_a_share_is_reached_on_the_first_day_that_has_it(counts, people):
    shown = fluency.curve(1, DAY, counts, people=people, until=DAY + timedelta(days=60))
    for share, days in shown.days_to.items():
        reached = [day for day, n in enumerate(shown.certified) if n / people >= share / 100]
        assert days == (reached[0] if reached else None)


@pytest.mark.parametrize(
    ("certified", "people", "said"),
    [
        ([0, 0, 5], 10, "Half were fluent after 2 days."),
        ([0, 5] + [5] * 12 + [8], 10, "Half were fluent after a day; four of five after 2 weeks."),
        ([0, 2], 10, "20% are certified after a day; half have not been reached yet."),
        (
            [10],
            10,
            "Nineteen of twenty were fluent on the day it came.",
        ),
        ([0], 0, "There is nobody here yet."),
    ],
)
def test_a_sentence_reads_it(certified, people, said):
    shown = fluency.Curve(1, DAY, people, certified, fluency.days_to(certified, people))
    assert fluency.reading(shown) == said


@pytest.fixture
def pitch(firm):
    return publish()


def test_the_team_page_shows_the_share_and_leads_to_the_people(browser, leader, ana, ben, charlie, pitch):
    for person in (ana, charlie):
        make_certification.certified(person, pitch)
    counted()
    page = browser.sign_in(leader).get("/team").text
    assert "1 of 3 certified on what is said now" in page
    listed = browser.get("/team/people?certified=no").text
    assert ben.name in listed
    assert ana.name not in listed
    assert ana.name in browser.get("/team/people?certified=yes").text
    assert browser.get("/team/people?certified=maybe").status_code == 404


def test_the_studio_sees_every_pitch(browser, marketer, ana, pitch):
    make_certification.certified(ana, pitch)
    counted()
    page = browser.sign_in(marketer).get("/certification/fluency").text
    assert "1 of 2 certified on what is said now" in page
