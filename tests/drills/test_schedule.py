"""When a card is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating
from hypothesis import given
from hypothesis import strategies as st

from portal.drills import forecast, schedule
from portal.drills.schedule import Memory
from tests.make import NOON, TODAY

ANSWERS = st.lists(st.tuples(st.integers(1, 4), st.timedeltas(timedelta(), timedelta(days=400))), max_size=12)


@given(ANSWERS)
def test_due_dates_are_those_of_the_fsrs_library(answers):
    card, memory, now = Card(card_id=7, due=NOON), Memory(due_at=NOON), NOON
    for rating, waited in answers:
        now += waited
        card, _ = schedule.scheduler().review_card(card, Rating(rating), now)
        memory = schedule.after(schedule.recalled(memory.kept()), rating, now)
        assert (memory.due_at, memory.state, memory.step) == (card.due, card.state, card.step)
        assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)


@given(ANSWERS)
def test_a_memory_is_kept_and_recalled_exactly(answers):
    memory = schedule.replayed(Memory(due_at=NOON), [(rating, NOON + wait, 90) for rating, wait in answers])
    assert schedule.recalled(memory.kept()) == memory


@given(ANSWERS)
def test_it_counts_answers_and_lapses(answers):
    memory = schedule.replayed(Memory(due_at=NOON), [(rating, NOON, 90) for rating, _ in answers])
    assert memory.reps == len(answers)
    assert memory.lapses <= sum(rating == 1 for rating, _ in answers)


def test_a_better_answer_waits_longer():
    waits = [schedule.after(Memory(due_at=NOON), rating, NOON).due_at for rating in (1, 2, 3, 4)]
    assert waits == sorted(waits)
    assert waits[1] - NOON < timedelta(minutes=10)
    assert waits[2] - NOON > timedelta(days=1)


def test_rewording_brings_an_answered_card_up_and_leaves_a_new_one():
    known = schedule.after(Memory(due_at=NOON), 4, NOON)
    assert schedule.reworded(known, NOON).due_at == NOON
    assert schedule.reworded(known, NOON).stability == known.stability
    assert schedule.reworded(Memory(due_at=NOON), NOON) == Memory(due_at=NOON)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (timedelta(minutes=5), "again today"),
        (timedelta(hours=25), "tomorrow"),
        (timedelta(days=2), "in 2 days"),
        (timedelta(days=13), "in 13 days"),
        (timedelta(days=14), "in 2 weeks"),
        (timedelta(days=59), "in 8 weeks"),
        (timedelta(days=60), "in 2 months"),
        (timedelta(days=365), "in 12 months"),
        (timedelta(days=800), "in 2 years"),
        (timedelta(days=36500), "in 100 years"),
    ],
)
def test_intervals_are_said_in_plain_words(interval, words):
    assert schedule.said(interval) == words


def test_a_day_ends_at_midnight_where_the_person_is():
    assert schedule.day_of(NOON, "Asia/Tokyo") == (
        datetime(2026, 3, 3, 15, tzinfo=UTC),
        datetime(2026, 3, 4, 15, tzinfo=UTC),
    )
    spring = datetime(2026, 3, 29, 12, tzinfo=UTC)
    begins, ends = schedule.day_of(spring, "Europe/Dublin")
    assert ends - begins == timedelta(hours=23)


@given(st.lists(st.integers(-5, 30), max_size=40), st.integers(0, 100), st.integers(0, 20))
def test_the_forecast_holds_every_card_of_the_week_once(waits, new, new_today):
    dues = [NOON + timedelta(days=wait) for wait in waits]
    days = forecast.days(
        [due for due in dues if due < NOON + timedelta(days=6, hours=1)],
        new=new,
        new_today=new_today,
        today=TODAY,
        zone="UTC",
    )
    assert sum(days) == sum(wait <= 6 for wait in waits) + min(new, min(new, new_today) + 6 * schedule.NEW_A_DAY)


def test_the_forecast_is_read_out_in_a_sentence():
    assert forecast.reading(forecast.bars([1, 0, 7, 0, 0, 0, 0], TODAY)) == (
        "8 cards in seven days, most of them on Friday (7)."
    )
    assert "Nothing" in forecast.reading(forecast.bars([0] * 7, TODAY))
