"""The pipeline as a board and as a list, its filters, its figures, and taking it elsewhere."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from portal.pipeline import queries
from portal.pipeline.models import OpportunityKind
from portal.pipeline.next_steps import said_due
from portal.pipeline.stages import Stage
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make


@pytest.fixture
def some(ana, ben):
    """A few of Ana's, and one of Ben's that must never show."""
    make.opportunity(ben, organisation="Not for Ana")
    make.opportunity(ana, organisation="Larch Logistics", next_step="Ring", next_on=TODAY - timedelta(days=2))
    make.opportunity(ana, kind=OpportunityKind.CROSS_SELL, organisation="Brennan Foods", value=2_000_000, is_asked=True)
    lost = make.opportunity(ana, organisation="Old Mill", contact="Ivo Lind", value=None)
    make.move(lost, ana, Stage.LOST)


@pytest.mark.parametrize("view", ["", "list"])
def test_it_shows_what_is_open_with_its_sum(browser, ana, some, view):
    text = browser.sign_in(ana).get("/pipeline", view=view).text
    assert "2 open opportunities, worth €32,500 together" in text
    assert "2 days overdue" in text
    assert "Old Mill" not in text
    assert "Not for Ana" not in text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"kind": "cross-sell"}, "Brennan Foods", "Larch Logistics"),
        ({"state": "closed"}, "Old Mill", "Larch Logistics"),
        ({"state": "all", "words": "lind mill"}, "Old Mill", "Larch Logistics"),
        ({"words": "PROPERTY"}, "Brennan Foods", "Larch Logistics"),
        ({"words": "100%"}, "Nothing fits", "Larch Logistics"),
        ({"words": "nul\x00 _"}, "Nothing fits", "Larch Logistics"),
        ({"state": "odd", "kind": "odd", "page": "-1"}, "Larch Logistics", "Old Mill"),
    ],
)
@pytest.mark.parametrize("view", ["", "list"])
def test_filters_stand_in_the_address(browser, ana, some, query, shown, hidden, view):
    answer = browser.sign_in(ana).get("/pipeline", **query, view=view)
    assert answer.status_code == 200
    assert shown in answer.text
    assert hidden not in answer.text


def test_an_empty_pipeline_says_how_to_begin(browser, ana):
    assert "Log the first" in browser.sign_in(ana).get("/pipeline").text


@pytest.mark.parametrize("view", ["", "list"])
def test_it_costs_few_statements(browser, ana, some, budget, view):
    browser.sign_in(ana).get("/settings")
    with budget(6):
        browser.get("/pipeline", view=view)


def test_it_can_be_taken_elsewhere_and_no_cell_runs(browser, ana, some):
    make.opportunity(ana, organisation="=HYPERLINK(1)")
    text = browser.sign_in(ana).get("/pipeline/export.csv", state="all").text
    assert "Larch Logistics" in text
    assert "Old Mill" in text
    assert "12500.0" in text
    assert ",'=HYPERLINK(1)," in text
    assert "Not for Ana" not in text


def test_a_workbook_follows_the_filters(browser, ana, some):
    body = browser.sign_in(ana).get("/pipeline/export.xlsx", kind="cross-sell").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in sheet] == ["Organisation", "Brennan Foods"]


def test_it_needs_signing_in(browser):
    for address in ("/pipeline", "/pipeline/export.csv", "/pipeline/export.xlsx"):
        assert browser.get(address).status_code == 302


def test_today_tells_what_is_due(browser, ana, some):
    make.opportunity(ana, organisation="Later", next_step="Ring", next_on=TODAY + timedelta(days=1))
    page = browser.sign_in(ana).get("/").text
    assert page.index("Referral: Larch Logistics") < page.index("Ring; it was due")
    assert "Referral: Later" not in page


def test_asking_is_known_by_kind(ana, ben, some, viewer):
    assert queries.logged_kinds(viewer(ana)) == {"cross-sell"}
    assert queries.logged_kinds(viewer(ben)) == set()


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "1 day overdue"), (-30, "30 days overdue"), (0, "due today"), (1, "due tomorrow"), (2, "due Friday")],
)
def test_when_a_step_is_due_is_said_in_words(days, said):
    assert said_due(TODAY + timedelta(days=days), TODAY) == said


def test_numbers_are_numbers_in_the_sheet(browser, ana, marketer):
    make.rate(marketer, "USD", "0.92")
    make.opportunity(ana, value=100_000, currency="USD", next_on=TODAY, next_step="=1+1")
    head, row = (
        CalamineWorkbook.from_filelike(io.BytesIO(browser.sign_in(ana).get("/pipeline/export.xlsx").data))
        .get_sheet_by_index(0)
        .to_python()
    )
    said = dict(zip(head, row, strict=True))
    assert (said["Value"], said["Currency"], said["Rate"]) == (1000, "USD", 0.92)
    assert (said["Worth to the firm"], said["Firm's currency"]) == (920, "EUR")
    assert (said["Probability, percent"], said["Weighted"]) == (5, 46)
    assert (said["Next step"], said["Next step on"]) == ("=1+1", TODAY)


@pytest.mark.parametrize("view", ["", "list"])
def test_what_ended_last_and_what_comes_back_first_stand_first(browser, ana, view):
    for days, name in ((3, "Older"), (1, "Newer")):
        row = make.opportunity(ana, organisation=f"{name} end", now=NOON - timedelta(days=9))
        make.move(row, ana, Stage.LOST, now=NOON - timedelta(days=days))
    for days, name in ((30, "Later"), (10, "Sooner")):
        row = make.opportunity(ana, organisation=f"{name} back")
        make.move(row, ana, Stage.NURTURE, nurture_on=TODAY + timedelta(days=days))
    closed = browser.sign_in(ana).get("/pipeline", state="closed", view=view).text
    assert closed.index("Newer end") < closed.index("Older end")
    resting = browser.get("/pipeline", state="resting", view=view).text
    assert resting.index("Sooner back") < resting.index("Later back")


def test_the_board_says_how_many_more_there_are(browser, ana, monkeypatch):
    monkeypatch.setattr(queries, "MOST_ON_BOARD", 2)
    for number in range(3):
        make.opportunity(ana, organisation=f"Elm {number}")
    assert "1 more in the list" in browser.sign_in(ana).get("/pipeline").text
