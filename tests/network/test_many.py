"""Changing several contacts at once."""

import pytest

from portal.db import db
from portal.network.models import Contact, Pace, Relation, Tier
from tests.make import TODAY
from tests.network.make_network import SENT, contact, touched


@pytest.fixture
def three(ana, ben):
    """Three of hers, one of somebody else."""
    rows = [contact(ana, name, relation=Relation.FRIEND, tags=["Choir"]) for name in ("Ada", "Bea", "Cid")]
    return [*rows, contact(ben, "Not Hers", relation=Relation.FRIEND)]


def said(rows, *names):
    db.session.expire_all()
    return [tuple(getattr(row, name) for name in names) for row in rows]


def test_those_who_are_ticked_move_and_their_rhythm_follows(browser, ana, three):
    touched(three[0], ana)
    ids = [str(row.id) for row in (three[0], three[1], three[3])]
    answer = browser.sign_in(ana).post("/network/many", do="inner", contact=ids, back="/network?state=due")
    assert answer.location == "/network?state=due"
    assert "2 people are changed." in browser.get("/network").text
    assert said(three, "tier") == [(Tier.INNER,), (Tier.INNER,), (Tier.MIDDLE,), (Tier.MIDDLE,)]
    assert (three[0].due_on - TODAY).days == 30


def test_all_who_fit_the_filters_on_every_page(browser, ana, three):
    other = contact(ana, "Other", relation=Relation.CLIENT)
    browser.sign_in(ana).post("/network/many", do="pause", whole="yes", relation="friend")
    assert said([*three, other], "pace") == [(Pace.PAUSED,)] * 3 + [(Pace.RUNNING,)] * 2
    assert said(three, "due_on")[0] == (None,)
    browser.post("/network/many", do="resume", whole="yes")
    assert said(three, "due_on")[0] == (TODAY,)


def test_a_tag_is_added_once_and_taken_away(browser, ana, three):
    three[0].tags = [f"tag {number}" for number in range(12)]
    db.session.commit()
    browser.sign_in(ana).post("/network/many", do="tag", whole="yes", new_tag=" choir ")
    assert [len(tags) for (tags,) in said(three, "tags")] == [12, 1, 1, 0]
    browser.post("/network/many", do="tag", whole="yes", new_tag="Gemüse, bio")
    assert said(three, "tags")[1] == (["Choir", "Gemüse bio"],)
    browser.post("/network/many", do="untag", whole="yes", new_tag="CHOIR")
    assert said(three, "tags")[1:] == [(["Gemüse bio"],), (["Gemüse bio"],), ([],)]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"do": "inner"}, "Choose at least one person"),
        ({"do": "nonsense", "whole": "yes"}, "Choose what to change"),
        ({"do": "tag", "whole": "yes"}, "Say which tag"),
        ({"do": "tag", "whole": "yes", "new_tag": "x" * 41}, "Say which tag"),
        ({"do": "inner", "contact": ["x", "-1", "٣", "x" * 30]}, "Choose at least one person"),
    ],
)
def test_what_makes_no_sense_is_explained(browser, ana, three, sent, words):
    answer = browser.sign_in(ana).post("/network/many", **sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert said(three, "tier") == [(Tier.MIDDLE,)] * 4


def test_a_form_that_was_open_puts_nothing_back(browser, ana, three):
    page = browser.sign_in(ana).get(f"/network/{three[0].id}/facts")
    browser.post("/network/many", do="inner", whole="yes")
    version = page.text.partition('name="version" type="hidden" value="')[2].partition('"')[0]
    assert browser.post(f"/network/{three[0].id}/facts", **SENT, version=version).status_code == 422
    assert db.session.get(Contact, three[0].id).tier == Tier.INNER


def test_it_costs_the_same_for_many(browser, ana, budget):
    for number in range(60):
        contact(ana, f"Person {number}")
    browser.sign_in(ana).get("/network")
    with budget(12):
        browser.post("/network/many", do="inner", whole="yes")
