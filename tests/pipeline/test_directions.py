"""Referrals go three ways: asked for, received, given. Sources are a balance that only their owner sees."""

from datetime import timedelta

import pytest

from portal.counters.models import DailyCount, Standing
from portal.db import db
from portal.network.models import Touch
from portal.pipeline import queries
from portal.pipeline.models import Direction, Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from tests.make import NOON
from tests.pipeline import make_pipeline as make
from tests.pipeline.make_pipeline import SENT


def referral(person, contact, direction, number=0, **given):
    return make.opportunity(
        person, contact=contact.name, contact_id=contact.id, direction=direction, ask=f"{direction} {number}", **given
    )


@pytest.mark.parametrize("direction", ["received", "given"])
def test_what_came_by_itself_is_no_ask(browser, ana, viewer, direction):
    answer = browser.sign_in(ana).submit("/pipeline/new", **SENT, direction=direction, is_asked="y")
    assert f"Logged: referral {direction}, introduced." in answer.text
    row = db.session.query(Opportunity).one()
    assert (row.stage, row.asked_on, row.direction) == (Stage.INTRODUCED, None, Direction(direction))
    assert db.session.query(DailyCount).filter_by(measure="asks").count() == 0
    assert queries.logged_kinds(viewer(ana)) == set()


def test_a_cross_sell_has_no_direction(browser, ana):
    browser.sign_in(ana).post("/pipeline/new", **SENT | {"kind": "cross-sell", "service": "Tax", "direction": "given"})
    assert db.session.query(Opportunity).one().direction == Direction.ASKED


def test_what_was_given_counts_in_no_figures(browser, ana):
    row = make.opportunity(ana, direction=Direction.GIVEN)
    make.move(row, ana, Stage.WON)
    assert db.session.query(Standing).count() == 0
    assert db.session.query(DailyCount).filter_by(measure="won").count() == 0
    text = browser.sign_in(ana).get("/pipeline", state="all").text
    assert "Referral given" in text
    assert "for them" in text
    assert "worth" not in text.partition("data-lead>")[2].partition("</p>")[0]


@pytest.mark.parametrize(
    ("direction", "said"), [("received", "Say who sent it."), ("given", "Say whom you sent it to.")]
)
def test_a_source_is_named(browser, ana, direction, said):
    answer = browser.sign_in(ana).post("/pipeline/new", **SENT | {"contact": "", "direction": direction})
    assert answer.status_code == 422
    assert said in answer.text


def test_an_odd_direction_is_refused(browser, ana):
    assert browser.sign_in(ana).post("/pipeline/new", **SENT, direction="sideways").status_code == 422


def test_each_is_a_touch(ana):
    dana = make.contact(ana)
    for direction in Direction:
        referral(ana, dana, direction, is_asked=True)
    assert {touch.kind for touch in db.session.query(Touch)} == {"ask", "other"}
    assert db.session.query(Touch).count() == 3


@pytest.mark.parametrize(
    ("kind", "shown"), [("asked", "Asked Ltd"), ("received", "Received Ltd"), ("given", "Given Ltd")]
)
def test_the_board_can_show_one_direction(browser, ana, kind, shown):
    for direction in Direction:
        make.opportunity(ana, direction=direction, organisation=f"{direction.title()} Ltd")
    text = browser.sign_in(ana).get("/pipeline", kind=kind).text
    assert {name for name in ("Asked Ltd", "Received Ltd", "Given Ltd") if name in text} == {shown}


@pytest.fixture
def balance(ana, ben):
    """Dana sent two and was sent one, and one of hers is won; Ivo was asked only."""
    dana, ivo = make.contact(ana), make.contact(ana, "Ivo Lind", "Old Mill")
    make.contact(ben, "Not for Ana")
    won = referral(ana, dana, Direction.RECEIVED, 1, value=2_000_000)
    make.move(won, ana, Stage.WON)
    referral(ana, dana, Direction.RECEIVED, 2)
    referral(ana, dana, Direction.GIVEN)
    referral(ana, ivo, Direction.ASKED, is_asked=True)
    make.opportunity(ana, ask="Nobody chosen")
    return dana, ivo


def test_sources_are_a_balance(browser, ana, balance):
    text = browser.sign_in(ana).get("/pipeline/sources").text
    assert text.index("Dana Reed") < text.index("Ivo Lind")
    assert "you owe them 1" in text
    assert "€20,000" in text
    assert "€12,500 open" in text
    assert "1 referral names" in text
    assert "Not for Ana" not in text


def test_they_can_be_searched_ordered_and_taken_elsewhere(browser, ana, balance):
    browser.sign_in(ana)
    assert "Dana Reed" not in browser.get("/pipeline/sources", words="ivo").text
    assert "Nobody fits" in browser.get("/pipeline/sources", words="zz\x00%").text
    text = browser.get("/pipeline/sources", order="name").text
    assert text.index("Dana Reed") < text.index("Ivo Lind")
    sheet = browser.get("/pipeline/sources/export.csv").text.splitlines()
    assert sheet[1] == "Dana Reed,Larch Logistics,0,2,1,1,1,20000.0,12500.0,EUR"
    assert browser.get("/pipeline/sources/export.xlsx", words="ivo").status_code == 200


def test_nobody_else_sees_them(browser, ben, leader, balance):
    for person in (ben, leader):
        assert "Dana Reed" not in browser.sign_in(person).get("/pipeline/sources").text


def test_an_empty_page_says_how_to_begin(browser, charlie):
    assert "No sources yet" in browser.sign_in(charlie).get("/pipeline/sources").text


def test_it_costs_few_statements(browser, ana, balance, budget):
    browser.sign_in(ana).get("/settings")
    with budget(5):
        browser.get("/pipeline/sources")


def test_what_was_handed_over_still_stands_in_the_senders_balance(browser, ana, ben, viewer, balance):
    from portal.pipeline import handing_over

    dana, _ = balance
    row = referral(ana, dana, Direction.RECEIVED, 3, now=NOON - timedelta(days=1))
    handing_over.accept(make.handed_over(row, ana, ben), by=viewer(ben), now=NOON)
    assert "you owe them 2" in browser.sign_in(ana).get("/pipeline/sources").text
    assert "Dana Reed" not in browser.sign_in(ben).get("/pipeline/sources").text
    handing_over.accept(make.handed_over(row, ben, ana), by=viewer(ana), now=NOON)
    assert (row.contact, row.contact_id, row.kind) == ("Dana Reed", dana.id, OpportunityKind.REFERRAL)
    assert "you owe them 2" in browser.sign_in(ana).get("/pipeline/sources").text
