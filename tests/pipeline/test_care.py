"""What has no next step, and what has gone quiet, is visible, can be asked for, and surfaces."""

from datetime import timedelta

import pytest

from portal.home import queries as home
from portal.pipeline.next_steps import said_still, stale_on
from portal.pipeline.stages import STALE_DAYS, Stage
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make

LONG_AGO = NOON - timedelta(days=60)


@pytest.fixture
def some(ana):
    make.opportunity(ana, organisation="Fresh Foods", next_step="Ring", next_on=TODAY + timedelta(days=3))
    make.opportunity(ana, organisation="Bare Bakeries")
    make.opportunity(ana, organisation="Quiet Quarries", next_step="Ring", now=LONG_AGO)
    late = make.opportunity(ana, organisation="Closed Ceramics", now=LONG_AGO)
    make.move(late, ana, Stage.LOST, now=LONG_AGO)


def test_the_board_says_so_on_each_card(browser, ana, some):
    text = browser.sign_in(ana).get("/pipeline").text
    assert text.count("no next step") == 1
    assert "nothing for 60 days" in text
    assert 'No next step <span class="n">1</span>' in text
    assert 'Stale <span class="n">1</span>' in text


def test_what_is_stale_comes_first(browser, ana, some):
    text = browser.sign_in(ana).get("/pipeline", view="list").text
    assert text.index("Quiet Quarries") < text.index("Fresh Foods") < text.index("Bare Bakeries")


@pytest.mark.parametrize("view", ["", "list"])
@pytest.mark.parametrize(("care", "shown"), [("no-step", "Bare Bakeries"), ("stale", "Quiet Quarries")])
def test_either_can_be_asked_for(browser, ana, some, care, shown, view):
    text = browser.sign_in(ana).get("/pipeline", care=care, view=view).text
    names = {"Fresh Foods", "Bare Bakeries", "Quiet Quarries", "Closed Ceramics"}
    assert {name for name in names if name in text} == {shown}


def test_when_nothing_needs_care_the_filter_says_so(browser, ana):
    make.opportunity(ana, next_step="Ring", next_on=TODAY)
    assert "Nothing needs you" in browser.sign_in(ana).get("/pipeline", care="stale").text


def test_today_tells_of_what_has_gone_quiet(ana, some, viewer):
    entries = {entry.what: entry for entry in home.today(viewer(ana), NOON).entries}
    assert entries["One opportunity has gone quiet"].why == "The longest: Quiet Quarries. A next step, or a kind end."
    assert entries["One opportunity has gone quiet"].url == "/pipeline?care=stale"


def test_a_step_ahead_keeps_it_fresh_until_it_is_past():
    limits = STALE_DAYS
    assert stale_on(Stage.ASKED, TODAY, None, limits) == TODAY + timedelta(days=14)
    ahead = TODAY + timedelta(days=40)
    assert stale_on(Stage.ASKED, TODAY, ahead, limits) == ahead + timedelta(days=1)
    assert stale_on(Stage.WON, TODAY, None, limits) is None
    assert stale_on(Stage.NURTURE, TODAY, None, limits) is None


@pytest.mark.parametrize(
    ("days", "said"), [(0, "nothing for 0 days"), (1, "nothing for 1 day"), (9, "nothing for 9 days")]
)
def test_for_how_long_is_said(days, said):
    assert said_still(TODAY - timedelta(days=days), TODAY) == said


def test_the_page_asks_for_the_step_that_is_missing(browser, ana):
    row = make.opportunity(ana)
    assert "What will you do next" in browser.sign_in(ana).get(f"/pipeline/{row.id}").text
