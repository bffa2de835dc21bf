"""The list: who comes first, what narrows it, and what it costs."""

from datetime import timedelta

import pytest

from portal.network.models import Pace, Relation, Tier
from tests.make import NOON, TODAY
from tests.network.make_network import MAIL, contact, touched


@pytest.fixture
def some(ana, ben):
    """A handful in different states, and somebody else's."""
    contact(ben, "Not Hers")
    rows = {
        "fresh": contact(ana, "Fresh Fay", tags=["choir", "Gemüse"], notes="Likes sailing"),
        "late": contact(ana, "Late Lou", now=NOON - timedelta(days=200), relation=Relation.FRIEND),
        "paused": contact(ana, "Paused Pat", pace=Pace.PAUSED),
        "out": contact(ana, "Out Oda", pace=Pace.LEFT_OUT, cares_about="Zürich"),
        "inner": contact(
            ana, "Inner Ida", tier=Tier.INNER, organisation="Larch", channels=[(MAIL, "ida@larch.example")]
        ),
    }
    touched(rows["fresh"], ana)
    return rows


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Late Lou", "Inner Ida", "Fresh Fay", "Paused Pat", "Out Oda"]),
        ("state=due", ["Late Lou", "Inner Ida"]),
        ("state=paused", ["Paused Pat"]),
        ("state=left-out", ["Out Oda"]),
        ("relation=friend", ["Late Lou"]),
        ("tier=inner", ["Inner Ida"]),
        ("tag=choir", ["Fresh Fay"]),
        ("tag=cho", []),
        ("words=larch", ["Inner Ida"]),
        ("words=z%C3%BCrich", ["Out Oda"]),
        ("words=100%25", []),
        ("words=sailing", ["Fresh Fay"]),
        ("words=GEM%C3%9CSE", ["Fresh Fay"]),
        ("tag=Gem%C3%BCse", ["Fresh Fay"]),
        ("words=ida%40larch", ["Inner Ida"]),
        ("touched=month", ["Fresh Fay"]),
        ("touched=quarter", []),
        ("touched=never", ["Late Lou", "Inner Ida", "Paused Pat"]),
        ("touched=never&relation=friend", ["Late Lou"]),
        ("state=nonsense&relation=nonsense&page=99", ["Late Lou", "Inner Ida", "Fresh Fay", "Paused Pat", "Out Oda"]),
    ],
)
def test_it_shows_who_fits_the_most_overdue_first(browser, ana, some, query, names):
    text = browser.sign_in(ana).get(f"/network?{query}").text
    shown = sorted((name for name in (row.name for row in some.values()) if f">{name}<" in text), key=text.index)
    assert shown == names
    assert "Not Hers" not in text


def test_it_says_when_in_words(browser, ana, some):
    text = browser.sign_in(ana).get("/network").text
    assert "7 months overdue" in text
    assert "due today" in text
    assert "in 3 months" in text


def test_the_export_has_the_same_rows(browser, ana, some):
    text = browser.sign_in(ana).get("/network/export.csv?state=due").data.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Name", "Late Lou", "Inner Ida"]
    assert "ida@larch.example" in text
    assert browser.get("/network/export.xlsx").data.startswith(b"PK")


def test_it_says_what_would_be_here(browser, ana):
    assert "Add the first" in browser.sign_in(ana).get("/network").text


def test_it_costs_few_statements_however_many_there_are(browser, ana, budget):
    for number in range(40):
        contact(ana, f"Person {number}", tags=[f"tag {number % 3}"])
    browser.sign_in(ana).get("/network")
    browser.forget_who()
    with budget(5):
        assert "Person 3" in browser.client.get("/network").text


def test_a_contact_costs_few_statements(browser, ana, budget):
    row = contact(ana, cares_about="Energy prices")
    address = f"/network/{row.id}"
    for day in range(20):
        touched(row, ana, TODAY - timedelta(days=day))
    browser.sign_in(ana).get(address)
    browser.forget_who()
    with budget(11):
        browser.client.get(address)
