"""What a day holds, and where cards go when a day is full."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.drills import plan, schedule
from portal.drills.plan import Candidate
from portal.drills.schedule import MOST_A_DAY, MOST_MOVED, NEW_A_DAY, Memory
from tests.drills.make_drills import answer, begun, card, card_of
from tests.make import NOON

MIDNIGHT = NOON - timedelta(hours=12)


def candidate(number=1, *, state=2, days=30, stability=20.0, is_claim=False, new_today=0, old_today=0):
    """A card last answered so many days ago, due since yesterday."""
    last = NOON - timedelta(days=days) if state else None
    return Candidate(
        number, 1, "a", "A", is_claim, state, NOON - timedelta(days=1), stability, last, number, new_today, old_today
    )


@given(st.integers(0, 300), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_day_is_never_a_wall_and_loses_no_card(old, new, old_today, new_today):
    given = {"new_today": new_today, "old_today": old_today}
    candidates = [candidate(number, days=1 + number % 90, **given) for number in range(old)]
    candidates += [candidate(1000 + number, state=0, **given) for number in range(new)]
    day = plan.of(candidates, midnight=MIDNIGHT, now=NOON)
    assert len(day.cards) - day.new <= max(0, MOST_A_DAY - old_today)
    assert day.new <= max(0, NEW_A_DAY - new_today)
    assert len(day.cards) + day.old_waiting + day.new_waiting == old + new
    assert len({each.card_id for each in day.cards}) == len(day.cards)


@given(st.integers(41, 120))
def test_after_an_absence_what_is_worth_most_comes_first(old):
    candidates = [candidate(number, days=1 + 7 * number, is_claim=number % 3 == 0) for number in range(old)]
    day = plan.of(candidates, midnight=MIDNIGHT, now=NOON)
    left = [each for each in candidates if each not in day.cards]
    assert day.is_way_back
    assert min(plan.value(each, NOON) for each in day.cards) >= max(plan.value(each, NOON) for each in left)


def test_a_line_of_the_pitch_is_worth_more_and_what_is_safe_or_lost_less():
    worth = plan.value(candidate(days=300), NOON)
    assert plan.value(candidate(days=300, is_claim=True), NOON) == 2 * worth
    assert plan.value(candidate(days=0), NOON) < worth
    assert plan.value(candidate(days=300, stability=0.001), NOON) < worth


@given(
    st.lists(st.tuples(st.integers(1, 4), st.timedeltas(timedelta(), timedelta(days=400)), st.just(90)), max_size=8),
    st.text("0123456789-", min_size=3),
)
def test_a_card_is_asked_near_the_day_that_fsrs_gives(answers, place):
    memory = schedule.replayed(Memory(NOON), [(rating, NOON + wait, target) for rating, wait, target in answers])
    asked_at = schedule.asked_at(memory, place)
    assert asked_at == schedule.asked_at(memory, place)
    moved = abs(asked_at - memory.due_at)
    assert moved <= timedelta(days=MOST_MOVED)
    if memory.last_review_at:
        assert moved <= max(timedelta(), (memory.due_at - memory.last_review_at) / 4)


def test_cards_learnt_together_come_back_on_several_days():
    memory = Memory(NOON + timedelta(days=30), 2, stability=30.0, last_review_at=NOON, reps=3)
    days = {schedule.asked_at(memory, f"7-{card}").date() for card in range(30)}
    assert len(days) >= 4


def test_the_page_welcomes_back_with_a_part_of_it(browser, ana, viewer):
    me = viewer(ana)
    cards = [card(f"card-{number:02}") for number in range(60)]
    deck = begun(me, *cards, now=NOON - timedelta(days=300))
    for number in range(60):
        answer(me, card_of(deck, f"card-{number:02}"), 3, now=NOON - timedelta(days=299 - number // 20))
    page = browser.sign_in(ana).get("/drills").text
    assert "Welcome back." in page
    assert "40 cards for today" in page
    assert "The other 20 wait" in page
    assert "40 to go" not in browser.get("/drills/referrals").text  # a session is shorter still
