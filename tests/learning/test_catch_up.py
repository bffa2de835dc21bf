"""Steps whose work is done in another room."""

import pytest

from portal.db import db
from portal.drills.models import Card, CardState
from portal.drills.services import load_deck
from portal.learning.models import Completion
from portal.pipeline.models import Opportunity, OpportunityKind
from portal.pipeline.stages import Stage
from portal.worksheets import versions as worksheets
from portal.worksheets.models import FilledWorksheet, Worksheet
from tests.learning import make_learning as make

ELSEWHERE = {
    "cards": ("drills", {"deck": "asking"}),
    "sheet": ("worksheet", {"worksheet": "plan"}),
    "task": ("field-task", {"logged_as": "referral"}),
}


@pytest.fixture(autouse=True)
def programme(session, now):
    card = {"key": "one", "kind": "recall", "front": "What?", "back": "That."}
    load_deck(key="asking", title="Asking", discipline="referrals", cards=[card], now=now)
    field = {"key": "who", "label": "Who", "kind": "line"}
    part = {"key": "part", "title": "A part", "fields": [field]}
    about = {"title": "Plan", "discipline": "referrals", "summary": "A plan.", "minutes": 9, "text": "Begin."}
    worksheets.load(key="plan", sections=[part], now=now, **about)
    steps = [make.step(key, kind, facts=facts) for key, (kind, facts) in ELSEWHERE.items()]
    make.load(make.module(*steps, make.step("see")))


def drilled(person, now):
    card = db.session.query(Card).one()
    db.session.add(
        CardState(person_id=person.id, card_id=card.id, deck_id=card.deck_id, due_at=now, asked_at=now, state=1, reps=1)
    )


def filled(person, now):
    sheet = db.session.query(Worksheet).one()
    given = {"person_id": person.id, "worksheet_id": sheet.id, "number": 1, "answers": {}}
    db.session.add(FilledWorksheet(**given, saved_at=now, finished_at=now))


def logged(person, now, stage=Stage.ASKED):
    facts = {"kind": OpportunityKind.REFERRAL, "organisation": "A mill", "ask": "A name", "currency": "EUR"}
    own = {"owner_id": person.id, "practice_id": person.practice_id}
    db.session.add(Opportunity(**facts, **own, stage=stage, created_at=now, changed_at=now))


@pytest.mark.parametrize(("key", "work"), [("cards", drilled), ("sheet", filled), ("task", logged)])
def test_work_done_elsewhere_finishes_the_step(browser, ana, now, key, work):
    work(ana, now)
    answer = browser.sign_in(ana).post("/modules/catch-up", module="referrals", step=key)
    assert answer.location != f"/modules/referrals/{key}"
    assert db.session.query(Completion).one().step_id == make.found(key).id


@pytest.mark.parametrize("key", ELSEWHERE)
def test_it_says_what_is_missing(browser, ana, key):
    answer = browser.sign_in(ana).post("/modules/catch-up", module="referrals", step=key)
    assert answer.location == f"/modules/referrals/{key}"
    assert "This step is done once" in browser.get(answer.location).text
    assert db.session.query(Completion).count() == 0


def test_the_page_knows_when_the_work_is_done(browser, ana, now):
    assert "The work for this step is done." not in browser.sign_in(ana).get("/modules/referrals/cards").text
    drilled(ana, now)
    assert "The work for this step is done." in browser.get("/modules/referrals/cards").text


def test_a_plan_to_ask_is_not_yet_an_ask(browser, ana, now):
    logged(ana, now, Stage.PLANNED)
    browser.sign_in(ana).post("/modules/catch-up", module="referrals", step="task")
    assert db.session.query(Completion).count() == 0


def test_the_work_of_others_does_not_count(browser, ana, ben, now):
    drilled(ben, now)
    browser.sign_in(ana).post("/modules/catch-up", module="referrals", step="cards")
    assert db.session.query(Completion).count() == 0


def test_finishing_a_lesson_catches_up_too(browser, ana, now):
    drilled(ana, now)
    filled(ana, now)
    browser.sign_in(ana).post("/modules/referrals/see", number="1")
    assert db.session.query(Completion).count() == 3


@pytest.mark.parametrize(
    ("key", "way"),
    [("cards", "/drills/asking"), ("sheet", "/worksheets/plan/new"), ("task", "/pipeline/new?kind=referral")],
)
def test_the_step_leads_to_where_the_work_is(browser, ana, key, way):
    assert f'href="{way}"' in browser.sign_in(ana).get(f"/modules/referrals/{key}").text
    assert browser.get(way).status_code == 200


def test_without_a_step_it_leads_to_the_programme(browser, ana):
    assert browser.sign_in(ana).post("/modules/catch-up").location == "/modules"
    assert browser.post("/modules/catch-up", module="referrals").status_code == 404
    assert browser.post("/modules/catch-up", module="\x00", step="see").status_code == 404


def test_it_needs_signing_in(browser):
    assert browser.post("/modules/catch-up").location.startswith("/sign-in")
