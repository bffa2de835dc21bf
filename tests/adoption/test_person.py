"""What a leader may see of one person."""

from datetime import timedelta

import pytest

from portal.accounts.viewer import of
from portal.learning import services as learning
from portal.learning import steps
from portal.pipeline.stages import Stage
from tests import make
from tests.adoption import make_adoption
from tests.adoption.make_adoption import NOON, did
from tests.drills import make_drills
from tests.learning import make_learning
from tests.pipeline.make_pipeline import move, opportunity


@pytest.fixture
def page(browser, leader, ana):
    return lambda: browser.sign_in(leader).get(f"/team/people/{ana.id}").text


def test_it_shows_steps_with_their_days(page, ana):
    make_adoption.programme()
    did(ana, "see", now=NOON - timedelta(days=2))
    shown = page()
    assert "done on Monday" in shown
    assert "1 of 2 steps" in shown
    assert "under way" in shown


def test_it_shows_the_best_go_at_a_check(page, ana, now):
    make_learning.load(make_learning.module(make_learning.check()))
    for key, second in (("one", 0), ("two", 1), ("three", 1)):
        answers = {"first": 0, "second": second}
        learning.take_check(steps.step("referrals", "check"), answers=answers, number=1, key=key, by=of(ana), now=now)
    assert "best 2 of 2, in 3 goes" in page()


def test_it_counts_cards_practised_without_those_taken_back(page, ana, now):
    deck = make_drills.begun(of(ana), make_drills.card("one"), make_drills.card("two"))
    make_drills.answer(of(ana), make_drills.card_of(deck, "one"))
    make_drills.answer(of(ana), make_drills.card_of(deck, "two"))
    assert "2 this week" in page()
    make_drills.services.undo_last(by=of(ana), now=now)
    assert "1 this week" in page()


def test_it_shows_organisations_and_stages_and_nothing_private(page, ana):
    row = opportunity(
        ana,
        is_asked=True,
        contact="Dana Reed",
        ask="A very private word",
        next_step="Ring her at home",
        next_on=NOON.date() + timedelta(days=3),
    )
    move(row, ana, Stage.INTRODUCED, note="She was not pleased")
    shown = page()
    assert "Larch Logistics" in shown
    assert "Introduced" in shown
    assert "€12,500" in shown
    for private in ("Dana", "private word", "Ring her", "not pleased"):
        assert private not in shown


def test_it_says_what_stays_private(page):
    assert "Contacts, notes, worksheets and field reports are private: Ana may show them to you" in page()


def test_it_shows_what_they_are_asked_to_do(page, ana, tax, leader, viewer, now):
    make_adoption.programme()
    module_id = steps.step("referrals", "see").module_id
    due_on = now.date() + timedelta(days=9)
    learning.assign(module_id=module_id, practice_id=tax.id, due_on=due_on, by=viewer(leader), now=now)
    assert "by 13 March, asked by Lena Berg, with all of Tax" in page()


def test_strangers_and_those_who_left_are_not_found(browser, leader, charlie, corporate_tax):
    gone = make.person("Ana Gone", corporate_tax, is_active=False)
    browser.sign_in(leader)
    for person_id in (charlie.id, gone.id, 999_999_999):
        assert browser.get(f"/team/people/{person_id}").status_code == 404


def test_another_leader_does_not_see_them(browser, other_leader, ana):
    assert browser.sign_in(other_leader).get(f"/team/people/{ana.id}").status_code == 404


def test_it_is_for_leaders(browser, ana, ben):
    assert browser.get(f"/team/people/{ben.id}").location.startswith("/sign-in")
    assert browser.sign_in(ana).get(f"/team/people/{ben.id}").status_code == 403
