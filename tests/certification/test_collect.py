"""Being certified, and certified again for the difference only."""

import re

import pytest

from portal.accounts.viewer import of
from portal.audit.models import AuditEvent
from portal.certification import services
from portal.certification.models import Certification, CertificationState
from portal.counters.models import Standing
from portal.db import db
from portal.drills.models import Deck
from portal.recitals.models import Scope, State
from portal.releases import levels
from tests.certification import make_certification
from tests.certification.make_certification import publish, recital, rule
from tests.drills import make_drills
from tests.make import NOON, TODAY
from tests.releases import make_releases


@pytest.fixture
def pitch(firm):
    return publish()


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]).split())


def test_it_needs_signing_in(browser):
    assert browser.get("/certification").location.startswith("/sign-in")


def test_without_a_pitch_it_says_so(browser, ana):
    assert "No pitch is published yet" in browser.sign_in(ana).get("/certification").text


def test_it_says_what_is_needed_and_where_to_do_it(browser, ana, pitch):
    page = browser.sign_in(ana).get("/certification")
    assert "Know the 3 cards" in words(page)
    assert "/drills/pitch-firm/begin" in page.text
    assert "/recitals/new?pitch=firm" in page.text
    assert "Collect my certification" not in page.text


def test_a_check_that_the_programme_lacks_is_not_asked(browser, ana, pitch):
    assert "knowledge check" not in words(browser.sign_in(ana).get("/certification"))


def test_pressing_too_early_says_what_is_missing(browser, ana, pitch):
    answer = browser.sign_in(ana).post("/certification/collect")
    assert answer.status_code == 422
    assert "Still to do: Know the 3 cards; Recite the pitch" in words(answer)


def test_a_passed_recital_can_be_collected_once(browser, ana, pitch):
    rule()
    recital(ana, pitch)
    browser.sign_in(ana)
    assert "Collect my certification" in browser.get("/certification").text
    for _ in range(2):
        assert browser.post("/certification/collect").status_code == 303
    row = db.session.query(Certification).one()
    assert (row.person_id, row.number, row.is_delta) == (ana.id, 1, False)
    assert row.evidence["recital"]
    assert db.session.query(AuditEvent).filter_by(action="certified").count() == 1
    assert "You are certified on" in words(browser.get("/certification"))


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.AGAIN])
def test_another_recital_is_not_enough(ana, pitch, state):
    rule()
    recital(ana, pitch, state=state)
    assert not services.settle(ana.id, pitch.id, NOON)


def test_somebody_elses_recital_is_not_enough(ana, ben, pitch):
    rule()
    recital(ben, pitch)
    assert not services.settle(ana.id, pitch.id, NOON)


def test_known_cards_are_enough_where_only_they_are_asked(ana, pitch):
    rule(known_percent=60, needs_recital=False)
    make_drills.services.start_deck(_deck(), by=of(ana), now=NOON)
    assert not services.settle(ana.id, pitch.id, NOON)
    for key in ("opener", "one-answer"):
        make_drills.answer(of(ana), make_drills.card_of(_deck(), key), rating=4, now=NOON)
    assert services.settle(ana.id, pitch.id, NOON)


def test_after_a_change_only_the_difference_is_asked(browser, ana, pitch):
    rule(known_percent=90)
    make_certification.certified(ana, pitch)
    publish(pitch, claims=make_releases.reworded("one-answer", "You hear one answer."))
    page = words(browser.sign_in(ana).get("/certification"))
    assert "Know the changed card" in page
    assert "Recite" not in page
    assert "hear" in page
    assert "What you showed stays true for version 1" in page


def test_a_major_change_is_said_aloud(ana, pitch):
    rule()
    make_certification.certified(ana, pitch)
    changed = make_releases.reworded("one-answer", "You hear one answer.")
    pitch = publish(pitch, claims=changed, is_major=True)
    assert not services.settle(ana.id, pitch.id, NOON)
    recital(ana, pitch, scope=Scope.CHANGES)
    assert services.settle(ana.id, pitch.id, NOON)
    again = db.session.query(Certification).order_by(Certification.id.desc()).first()
    assert (again.number, again.is_delta, again.evidence["claims"]) == (2, True, ["one-answer"])


def test_the_changed_part_alone_does_not_certify_a_newcomer(ana, pitch):
    rule()
    recital(ana, pitch, scope=Scope.CHANGES)
    assert not services.settle(ana.id, pitch.id, NOON)


def test_the_same_words_in_another_order_ask_nothing(browser, ana, pitch):
    make_certification.certified(ana, pitch)
    publish(pitch, claims=[*make_releases.CLAIMS[1:], make_releases.CLAIMS[0]])
    assert "Version 2 is in force and says the same" in words(browser.sign_in(ana).get("/certification"))


def test_a_practice_with_a_pitch_of_its_own_is_not_certified_by_the_firms(browser, ana, tax, pitch):
    make_certification.certified(ana, pitch)
    own = [{**make_releases.CLAIMS[0], "text": "Tax, before it hurts."}]
    publish(key="tax", practice_key=tax.key, title="The tax pitch", claims=own)
    page = words(browser.sign_in(ana).get("/certification"))
    assert "you can tell The tax pitch" in page
    assert "The firm's pitch, version 1" in page.replace("&#39;", "'")


def test_somebody_who_left_is_not_certified(ana, pitch):
    rule()
    recital(ana, pitch)
    ana.is_active = False
    assert not services.settle(ana.id, pitch.id, NOON)


def test_moving_takes_the_level_along(ana, law, pitch):
    make_certification.certified(ana, pitch)
    levels.person_moved(ana.id, ana.practice_id, law.id)
    found = db.session.query(Standing).filter_by(measure="certified").populate_existing()
    assert {row.practice_id: row.n for row in found} == {ana.practice_id: 0, law.id: 1}
    assert db.session.query(CertificationState).count() == 1


def test_today_says_what_is_stale_and_by_when(browser, ana, pitch):
    make_certification.certified(ana, pitch)
    publish(pitch, claims=make_releases.reworded("one-answer", "You hear one answer."), recertify_by=TODAY)
    page = words(browser.sign_in(ana).get("/"))
    assert "Your certification is stale" in page
    assert "due today" in page


def _deck():
    return db.session.query(Deck).filter_by(key="pitch-firm").one()
