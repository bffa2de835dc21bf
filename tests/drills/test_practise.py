"""Beginning a deck, the session, and the page of decks."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.drills import queries, services
from portal.drills.models import CardState, Deck
from portal.drills.schedule import MOST_A_SESSION, NEW_A_DAY
from tests.drills.make_drills import CLOZE, answer, begun, card, card_of, deck
from tests.make import NOON
from tests.releases.make_releases import pitch

MANY = [card(f"card-{number:02}") for number in range(25)]


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


def test_beginning_takes_the_cards_in_once(browser, ana):
    deck(card("one"), card("two"))
    for _ in range(2):
        assert browser.sign_in(ana).post("/drills/referrals/begin").location == "/drills/referrals"
    assert db.session.query(CardState).count() == 2


def test_beginning_explains_an_empty_deck(browser, ana):
    deck()
    db.session.query(Deck).one().size = 0
    answer = browser.sign_in(ana).post("/drills/referrals/begin")
    assert answer.status_code == 422
    assert "no cards yet" in answer.text


def test_a_deck_that_is_not_begun_offers_to_begin(browser, ana):
    deck()
    page = browser.sign_in(ana).get("/drills/referrals").text
    assert 'action="/drills/referrals/begin"' in page
    assert "Question one?" not in page


@pytest.mark.parametrize("address", ["/drills", "/drills/referrals"])
def test_it_needs_signing_in(browser, address):
    assert browser.get(address).location.startswith("/sign-in")


@pytest.mark.parametrize("action", ["begin", "undo"])
def test_changing_needs_signing_in(browser, action):
    assert browser.post(f"/drills/referrals/{action}").location.startswith("/sign-in")


def test_a_deck_of_a_strangers_pitch_is_not_there(browser, charlie, tax):
    pitch(key="tax", practice_key=tax.key)
    browser.sign_in(charlie)
    assert browser.get("/drills/pitch-tax").status_code == 404
    assert browser.post("/drills/pitch-tax/begin").status_code == 404
    assert "pitch-tax" not in browser.get("/drills").text


def test_an_unknown_deck_is_not_there(browser, ana):
    assert browser.sign_in(ana).get("/drills/nothing").status_code == 404


def test_the_answer_can_be_opened_without_a_script(browser, ana, me):
    begun(me)
    page = browser.sign_in(ana).get("/drills/referrals").text
    assert "<details" in page
    assert page.index("Show the answer") < page.index("Answer one.")
    for words in ("Not yet", "Just about", "I had it", "Easily", "again today", "in 2 days"):
        assert words in page


def test_a_cloze_hides_its_words_until_the_answer(browser, ana, me):
    begun(me, card(**CLOZE))
    question, _, rest = browser.sign_in(ana).get("/drills/referrals").text.partition("<details")
    assert "early" not in question
    assert "<mark>early</mark>" in rest


def test_a_session_begins_with_what_is_most_overdue(browser, ana, me):
    practised = begun(me, card("one"), card("two"), card("three"), now=NOON - timedelta(days=20))
    answer(me, card_of(practised, "one"), 3, now=NOON - timedelta(days=9))
    answer(me, card_of(practised, "two"), 3, now=NOON - timedelta(days=12))
    assert "Question two?" in browser.sign_in(ana).get("/drills/referrals").text
    assert queries.due_counts(me, NOON) == [("referrals", "Ask for referrals", 3)]


def test_new_cards_are_limited_by_the_day(me):
    practised = begun(me, *MANY)
    for number in range(5):
        answer(me, card_of(practised, f"card-{number:02}"), 4)
    begun(me, *MANY, key="network")
    counts = queries.due_counts(me, NOON)
    assert [row.n for row in counts] == [NEW_A_DAY - 5]
    assert [row.n for row in queries.due_counts(me, NOON + timedelta(days=1))] == [NEW_A_DAY]


def test_the_twentieth_new_card_of_the_day_is_the_last(browser, ana, me):
    practised = begun(me, *MANY)
    for number in range(NEW_A_DAY):
        answer(me, card_of(practised, f"card-{number:02}"), 4)
    page = browser.sign_in(ana).get("/drills/referrals", done=NEW_A_DAY).text
    assert "Done. 20 answers, 5 cards to look at tomorrow" in page


def test_a_session_ends_at_thirty_and_offers_to_carry_on(browser, ana, me):
    begun(me)
    page = browser.sign_in(ana).get("/drills/referrals", done=MOST_A_SESSION).text
    assert "enough for one go" in page
    assert "Carry on" in page
    assert "Question one?" not in page


def test_a_deck_with_nothing_due_says_when_the_next_card_comes(browser, ana, me):
    answer(me, card_of(begun(me)), 3)
    page = browser.sign_in(ana).get("/drills/referrals").text
    assert "Nothing is due in this deck today" in page
    assert "The next card comes up on Friday." in page


@pytest.mark.parametrize("done", ["-1", "x", "9" * 50, "٣", "%00"])
def test_an_odd_place_in_the_session_is_the_beginning(browser, ana, me, done):
    begun(me)
    assert browser.sign_in(ana).get("/drills/referrals", done=done).status_code == 200


def test_the_page_of_decks_says_what_is_due_and_what_is_waiting(browser, ana, me):
    begun(me, card("one"), card("two"))
    deck(card("other"), key="network", title="Your network")
    page = browser.sign_in(ana).get("/drills").text
    assert "2 cards for today, about 1 minute." in page
    assert "2 of them new" in page
    assert 'aria-label="Begin Your network"' in page
    assert "2 cards in seven days, most of them today (2)." in page


def test_the_page_of_decks_explains_itself_before_the_first(browser, ana):
    assert "No decks are here yet" in browser.sign_in(ana).get("/drills").text
    deck()
    assert "Choose a deck to begin with" in browser.get("/drills").text


def test_a_deck_is_finished_when_each_card_was_answered_once(me):
    practised = begun(me, card("one"), card("two"))
    answer(me, card_of(practised, "one"))
    assert queries.decks_finished(me) == set()
    answer(me, card_of(practised, "two"), 1)
    assert queries.decks_finished(me) == {"referrals"}


def test_other_peoples_practice_is_not_counted(me, ben, viewer):
    begun(me)
    assert queries.due_counts(viewer(ben), NOON) == []
    assert queries.decks_finished(viewer(ben)) == set()


def test_who_leaves_a_practice_leaves_its_pitch(ana, tax, law, viewer, now):
    found = pitch(key="tax", practice_key=tax.key)
    made = db.session.query(Deck).filter_by(pitch_id=found.id).one()
    services.start_deck(made, by=viewer(ana), now=now)
    assert queries.due_counts(viewer(ana), now)
    ana.practice = law
    assert queries.due_counts(viewer(ana), now) == []


@pytest.mark.parametrize(("address", "most"), [("/drills", 7), ("/drills/referrals", 4)])
def test_pages_stay_within_their_budget(browser, ana, me, budget, address, most):
    begun(me, *MANY)
    browser.sign_in(ana)
    with budget(most):
        browser.get(address)


@pytest.mark.parametrize("key", ["%00", "a" * 3000, "..%2f", "%F0%9F%98%80", "%ff"])
def test_an_odd_address_is_not_there(browser, ana, key):
    assert 400 <= browser.sign_in(ana).get(f"/drills/{key}").status_code < 500
    assert 400 <= browser.get(f"/pitch/{key}").status_code < 500
