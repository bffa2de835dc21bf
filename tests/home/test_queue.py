"""The order and the words of Today's queue."""

from datetime import date, timedelta

import pytest

from portal.home import queue

TODAY = date(2026, 3, 4)


def step(**given):
    return queue.step(
        **{
            "module_key": "m",
            "module": "Referrals",
            "step_key": "s",
            "title": "A lesson",
            "minutes": 3,
            "due_on": None,
            "today": TODAY,
            "started": True,
            **given,
        }
    )


def ask(on):
    return queue.next_step(
        kind="referral", opportunity_id=7, organisation="Brook & Co", step="Ring her", on=on, today=TODAY
    )


def test_a_late_ask_comes_before_cards_and_cards_before_lessons():
    entries = queue.ordered([step(), *queue.cards([("d", "Referrals", 6)]), ask(date(2026, 3, 3))])
    assert [entry.action for entry in entries] == ["Log what came of it", "Practise", "Carry on"]


def test_an_assignment_that_is_near_comes_before_one_that_is_far():
    far, near = step(due_on=date(2026, 5, 1), title="far"), step(due_on=date(2026, 3, 6), title="near")
    assert [entry.what for entry in queue.ordered([far, near])] == ["near", "far"]


def test_it_says_when_a_step_was_due():
    assert ask(date(2026, 3, 3)).why == "Ring her; it was due yesterday."
    assert step(due_on=date(2026, 3, 6)).why == "Referrals, due Friday"


@pytest.mark.parametrize(
    ("n", "what", "minutes"), [(1, "One card is due", 1), (6, "Six cards are due", 2), (300, "300 cards are due", 8)]
)
def test_cards_are_counted_and_take_no_longer_than_a_session(n, what, minutes):
    entry = queue.cards([("d", "Referrals", n)])[0]
    assert (entry.what, entry.minutes) == (what, minutes)


def test_no_cards_no_entry():
    assert queue.cards([("d", "Referrals", 0)]) == []


def test_it_is_never_a_wall():
    assert len(queue.ordered([step()] * 40)) == queue.LONGEST


def test_many_follow_ups_do_not_hide_what_a_leader_asked_for():
    asks = [ask(TODAY - timedelta(days=days)) for days in range(1, 12)]
    shown = queue.ordered([*asks, step(due_on=TODAY + timedelta(days=3), title="asked for")])
    assert len(shown) == queue.LONGEST
    assert shown[-1].what == "asked for"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([], "Nothing is due. Enjoy your day, or take a step in the programme."),
        ([step()], "One thing, about three minutes."),
        ([step()] * 4, "Four things, about twelve minutes. Two would do."),
    ],
)
def test_the_headline_counts_things_and_minutes(entries, said):
    assert queue.headline(entries) == said


@pytest.mark.parametrize(("hour", "said"), [(7, "Good morning"), (12, "Good afternoon"), (21, "Good evening")])
def test_the_greeting_goes_by_the_hour(hour, said):
    assert queue.greeting(hour) == said
