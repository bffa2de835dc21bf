"""What came of an opportunity: stages, notes, values, next steps; each change kept as history."""

from datetime import date, timedelta

import pytest
import time_machine

from portal.counters.models import DailyCount
from portal.db import db
from portal.pipeline.models import OpportunityKind, StageChange
from portal.pipeline.stages import LABELS, UNASKED, Stage, leaves_planning, may_move, ways_from
from tests.make import TODAY
from tests.pipeline import make_pipeline as make


def page(row):
    return f"/pipeline/{row.id}"


def test_a_move_is_kept_as_history(browser, ana):
    row = make.opportunity(ana)
    answer = browser.sign_in(ana).submit(
        page(row),
        stage="asked",
        note="She thought of two people.",
        value="20k",
        next_step="Write",
        next_on="2026-03-06",
    )
    assert (row.stage, row.value, row.next_on, row.asked_on) == (Stage.ASKED, 2_000_000, date(2026, 3, 6), TODAY)
    assert "Planned to asked, €20,000" in answer.text
    assert "She thought of two people." in answer.text
    assert "Logged as planned, €12,500" in answer.text


def test_a_note_alone_is_kept_too(browser, ana):
    row = make.opportunity(ana)
    assert "Note, planned" in browser.sign_in(ana).submit(page(row), note="She is away until Monday.").text
    assert db.session.query(StageChange).count() == 2


def test_closing_it_ends_its_next_step(browser, ana):
    row = make.opportunity(ana, next_step="Ring", next_on=TODAY, is_asked=True)
    browser.sign_in(ana).submit(page(row), stage="declined")
    assert (row.stage, row.next_step, row.next_on) == (Stage.DECLINED, "", None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Nothing is different yet."),
        ({"stage": "declined"}, "can&#39;t go there"),
        ({"stage": "sideways", "note": "x"}, "Choose one of these."),
        ({"value": "some"}, "Give an amount like"),
        ({"next_on": "2026-03-09"}, "Say what you will do"),
        ({"next_step": "Ring", "next_on": "2046-03-09"}, "within ten years"),
        ({"note": "x" * 2001}, "under 2,000"),
        ({"version": "x"}, "whole number"),
        ({"version": "٣"}, "whole number"),
    ],
)
def test_it_explains_what_is_not_possible_and_keeps_what_was_typed(browser, ana, fields, reason):
    row = make.opportunity(ana)
    typed = {"note": "A long talk about the port."} if fields and "note" not in fields else {}
    answer = browser.sign_in(ana).submit(page(row), **typed | fields)
    assert answer.status_code == 422
    assert reason in answer.text
    assert not typed or "A long talk about the port." in answer.text
    assert db.session.query(StageChange).count() == 1


def test_a_tab_that_is_behind_is_told_and_keeps_its_words(browser, ana):
    row = make.opportunity(ana)
    behind = {"version": str(row.version), "stage": "asked", "note": "From the other tab", "value": "1"}
    make.move(row, ana, Stage.WON)
    answer = browser.sign_in(ana).post(page(row), **behind)
    assert answer.status_code == 422
    assert "changed in another tab" in answer.text
    assert "From the other tab" in answer.text
    assert f'name="version" type="hidden" value="{row.version}"' in answer.text
    assert row.stage == Stage.WON


def test_an_old_next_step_does_not_stand_in_the_way(browser, ana, now):
    row = make.opportunity(ana, next_step="Ring", next_on=TODAY - timedelta(days=400))
    assert browser.sign_in(ana).submit(page(row), note="Still open").status_code == 200
    assert "400 days overdue" in browser.get(page(row)).text


def test_the_ask_is_counted_once(ana):
    row = make.opportunity(ana)
    for stage in (Stage.ASKED, Stage.PLANNED, Stage.ASKED, Stage.INTRODUCED):
        make.move(row, ana, stage)
    assert db.session.query(DailyCount).filter_by(measure="asks").one().n == 1


def test_giving_up_a_plan_is_no_ask(ana):
    row = make.opportunity(ana)
    make.move(row, ana, Stage.LOST)
    assert db.session.query(DailyCount).filter_by(measure="asks").count() == 0
    assert row.asked_on is None


def test_a_win_taken_back_is_taken_from_its_own_day(ana, now):
    row = make.opportunity(ana, is_asked=True)
    make.move(row, ana, Stage.WON)
    make.move(row, ana, Stage.WON, value=1_500_000, now=now + timedelta(days=3))
    won = db.session.query(DailyCount).filter_by(measure="won").one()
    assert (won.on, won.n, won.amount) == (TODAY, 1, 1_500_000)
    make.move(row, ana, Stage.PROPOSAL, now=now + timedelta(days=4))
    db.session.expire_all()
    assert (won.n, won.amount) == (0, 0)


@pytest.mark.parametrize(
    ("here", "there", "may"),
    [
        (Stage.PLANNED, Stage.ASKED, True),
        (Stage.PLANNED, Stage.WON, True),
        (Stage.PLANNED, Stage.LOST, True),
        (Stage.PLANNED, Stage.DECLINED, False),
        (Stage.ASKED, Stage.DECLINED, True),
        (Stage.ASKED, Stage.PLANNED, True),
        (Stage.WON, Stage.PROPOSAL, True),
        (Stage.WON, Stage.PLANNED, False),
        (Stage.LOST, Stage.IN_CONVERSATION, True),
        (Stage.ASKED, Stage.ASKED, False),
    ],
)
def test_the_ways_between_stages(here, there, may):
    assert may_move(here, there) is may


def test_every_stage_has_a_name_and_a_way_on():
    assert set(LABELS) == set(Stage)
    assert all(ways_from(stage)[0] == stage and len(ways_from(stage)) > 1 for stage in Stage)


def test_only_leaving_the_plan_for_somebody_is_the_ask():
    asks = {(here, there) for here in Stage for there in Stage if leaves_planning(here, there)}
    assert (Stage.PLANNED, Stage.ASKED) in asks
    assert {here for here, _ in asks} == set(UNASKED)
    assert not any(there in UNASKED for _, there in asks)


def test_the_facts_can_be_corrected(browser, ana):
    row = make.opportunity(ana, is_asked=True)
    browser.sign_in(ana).submit(f"{page(row)}/facts", organisation="Larch Group", asked_on="2026-02-27")
    assert (row.organisation, row.asked_on, row.contact) == ("Larch Group", date(2026, 2, 27), "Dana Reed")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"contact": ""}, "Say whom you ask."),
        ({"organisation": ""}, "This is needed."),
        ({"asked_on": "2026-03-05"}, "up to today"),
        ({"asked_on": "1016-03-05"}, "up to today"),
        ({"asked_on": ""}, "a day is needed"),
        ({"version": "7"}, "changed in another tab"),
    ],
)
def test_facts_that_do_not_fit_are_explained(browser, ana, fields, reason):
    row = make.opportunity(ana, is_asked=True)
    answer = browser.sign_in(ana).submit(f"{page(row)}/facts", **{"ask": "Somebody in shipping"} | fields)
    assert answer.status_code == 422
    assert reason in answer.text
    assert "Somebody in shipping" in answer.text


def test_the_service_of_a_cross_sell_stays_needed(browser, ana):
    row = make.opportunity(ana, kind=OpportunityKind.CROSS_SELL)
    assert "Say which service" in browser.sign_in(ana).submit(f"{page(row)}/facts", service="").text


def test_it_is_its_owners_alone(browser, ana, ben, leader):
    row = make.opportunity(ana)
    for person in (ben, leader):
        browser.sign_in(person)
        assert browser.get(page(row)).status_code == 404
        assert browser.get(f"{page(row)}/facts").status_code == 404
        assert browser.post(page(row), stage="won", note="x", version="1").status_code == 404
        assert browser.post(f"{page(row)}/facts", version="1", **make.WORDS).status_code == 404
    assert row.stage == Stage.PLANNED


def test_the_day_is_the_persons_own(browser, ana, now):
    ana.zone = "Pacific/Auckland"
    with time_machine.travel(now, tick=False):
        browser.sign_in(ana).post("/pipeline/new", **make.SENT, is_asked="y")
    assert db.session.query(DailyCount).filter_by(measure="asks").one().on == TODAY + timedelta(days=1)


def test_the_page_costs_few_statements(browser, ana, budget):
    row = make.opportunity(ana)
    make.definition()
    make.held(row, ana)
    browser.sign_in(ana).get("/settings")
    browser.forget_who()
    with budget(12):
        assert "3 of 3" in browser.client.get(page(row)).text
