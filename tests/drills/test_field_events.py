"""It happened in real life."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.drills import field_events, queries, services
from portal.drills.models import Asked, CardState, Deck, FieldEvent, Review, Went
from portal.errors import NotFound, Refused
from tests import make
from tests.drills.make_drills import card_of, state_of
from tests.make import NOON
from tests.releases.make_releases import pitch, publish, reworded

KEY = "a-key-from-the-page"
FIELDS = {"claim_key": "opener", "asked": "client", "went": "landed", "note": "She smiled.", "key": KEY}


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


@pytest.fixture
def found():
    return pitch()


def tell(me, number, went=Went.LANDED, claim_key="opener", **given):
    return field_events.report(
        claim_key=claim_key, asked=Asked.CONTACT, went=went, key=f"report-{number:04}", by=me, now=NOON, **given
    )


@pytest.mark.parametrize(("went", "rating"), [("landed", 3), ("so-so", 2), ("fumbled", 1)])
def test_it_counts_as_a_review_of_the_line(browser, ana, me, found, went, rating):
    deck = db.session.query(Deck).one()
    services.start_deck(deck, by=me, now=NOON)
    answer = browser.sign_in(ana).post("/drills/field-events/new", **{**FIELDS, "went": went})
    assert (answer.status_code, answer.location) == (303, "/drills/field-events")
    assert db.session.query(Review).one().rating == rating
    assert state_of(me, card_of(deck, "opener")).reps == 1
    assert "She smiled." in browser.get("/drills/field-events").text


def test_the_same_report_sent_twice_counts_once(browser, ana, found):
    browser.sign_in(ana)
    for _ in range(2):
        assert browser.post("/drills/field-events/new", **FIELDS).status_code == 303
    assert (db.session.query(FieldEvent).count(), db.session.query(Review).count()) == (1, 1)


def test_it_can_be_taken_back(browser, ana, me, found):
    services.start_deck(db.session.query(Deck).one(), by=me, now=NOON)
    event = tell(me, 1)
    browser.sign_in(ana)
    for _ in range(2):
        assert browser.post(f"/drills/field-events/{event.id}/undo").status_code == 303
    assert "Nothing logged yet" in browser.get("/drills/field-events").text
    assert queries.resonance(found)["opener"].reports == 0
    assert db.session.query(CardState).filter(CardState.reps > 0).count() == 0


def test_a_report_that_is_older_than_a_week_stands(me, found):
    event = tell(me, 1)
    with pytest.raises(Refused):
        field_events.take_back(event.id, by=me, now=NOON + timedelta(days=8))


def test_another_persons_report_is_not_there(browser, charlie, me, viewer, found):
    event = tell(me, 1, note="A private word.")
    assert browser.sign_in(charlie).post(f"/drills/field-events/{event.id}/undo").status_code == 404
    assert "A private word." not in browser.get("/drills/field-events").text
    with pytest.raises(NotFound):
        field_events.take_back(event.id, by=viewer(charlie), now=NOON)


def test_undoing_a_card_leaves_reports_alone(me, found):
    tell(me, 1)
    with pytest.raises(Refused):
        services.undo_last(by=me, now=NOON)


@pytest.mark.parametrize(
    "wrong",
    [{"claim_key": "nobody-says-this"}, {"asked": "x"}, {"went": ""}, {"went": "x"}, {"key": ""}, {"note": "n" * 501}],
)
def test_what_makes_no_sense_is_handed_back_with_what_was_typed(browser, ana, found, wrong):
    answer = browser.sign_in(ana).post("/drills/field-events/new", **{**FIELDS, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ("She smiled." in answer.text) or "note" in wrong
    assert db.session.query(FieldEvent).count() == 0


def test_without_a_pitch_it_says_so(browser, ana):
    assert "no pitch to speak of yet" in browser.sign_in(ana).get("/drills/field-events/new").text


@pytest.mark.parametrize("address", ["/drills/field-events", "/drills/field-events/new"])
def test_it_needs_signing_in(browser, address):
    assert browser.get(address).location.startswith("/sign-in")


def test_no_share_is_told_before_five_reports(me, found):
    for number in range(4):
        tell(me, number)
    assert queries.resonance(found)["opener"].percent_or_none is None
    tell(me, 4, Went.FUMBLED)
    heard = queries.resonance(found)
    assert (heard["opener"].reports, heard["opener"].percent_or_none) == (5, 80)
    assert heard["one-answer"].reports == 0


def test_reports_of_earlier_words_dont_count_for_the_new_ones(me, found):
    for number in range(5):
        tell(me, number)
    publish(found, claims=reworded("opener", "We help owners."), change="Shorter.")
    assert queries.resonance(found)["opener"].reports == 0


def test_what_five_people_forget_is_told_without_names(found, law, viewer):
    deck = db.session.query(Deck).one()
    opener = card_of(deck, "opener")
    for number in range(5):
        one = viewer(make.person(practice=law))
        services.start_deck(deck, by=one, now=NOON)
        state = state_of(one, opener)
        state.state, state.lapses = 2, 5 if number < 3 else 1
        db.session.flush()
        if number < 4:
            assert queries.hard_claims() == []
    (hard,) = queries.hard_claims()
    assert (hard.key, hard.people, hard.slipping, hard.lapses) == ("opener", 5, 3, 17)


def test_the_person_sees_what_keeps_slipping(browser, ana, me, found):
    deck = db.session.query(Deck).one()
    services.start_deck(deck, by=me, now=NOON)
    state_of(me, card_of(deck, "opener")).lapses = 4
    db.session.flush()
    page = browser.sign_in(ana).get("/drills").text
    assert "What keeps slipping" in page
    assert "forgotten 4 times" in page


@pytest.mark.parametrize(("address", "most"), [("/drills/field-events", 7), ("/drills/field-events/new", 5)])
def test_pages_stay_within_their_budget(browser, ana, me, found, budget, address, most):
    tell(me, 1)
    browser.sign_in(ana)
    with budget(most):
        browser.get(address)


def test_the_part_for_the_studio_can_be_shown(app, found, law, viewer):
    assert "No line stands out" in part_for_the_studio(app)
    deck = db.session.query(Deck).one()
    for _ in range(5):
        one = viewer(make.person(practice=law))
        services.start_deck(deck, by=one, now=NOON)
        state = state_of(one, card_of(deck, "opener"))
        state.state, state.lapses = 2, 4
    db.session.flush()
    assert "who do you work for" in part_for_the_studio(app)


def part_for_the_studio(app):
    return app.jinja_env.get_template("drills/_hard.html").render(hard=queries.hard_claims())
