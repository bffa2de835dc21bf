"""Cards to be put in order, matched, and typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.drills import asking, key_messages
from portal.drills.asking import Given
from portal.drills.models import Review
from tests.drills.make_drills import begun, card, card_of

ORDER = {"kind": "order", "parts": ["First part", "Second part", "Third part"]}
MATCH = {"kind": "match", "pairs": [{"left": f"L{n}", "right": f"R{n}"} for n in range(3)]}
TYPED = {
    "kind": "typed",
    "messages": [
        {"says": "whom we help", "accept": ["help owners", "family companies"]},
        {"says": "with what", "accept": ["tax and law"]},
    ],
}


@pytest.fixture
def me(ana, viewer):
    return viewer(ana)


def check(browser, answered, **fields):
    return browser.post("/drills/referrals/checks", card=answered.id, done=0, **fields)


def right_places(found, state_reps=0):
    kind = asking.asked(found.kind, found.options, 0, f"{found.id}-{state_reps}")
    return [part.right for part in kind.parts]


@pytest.mark.parametrize("kind", [ORDER, MATCH])
def test_parts_in_their_places_are_right(browser, ana, me, kind):
    found = card_of(begun(me, card(**kind)))
    page = browser.sign_in(ana).get("/drills/referrals").text
    assert page.count('name="place"') == 3
    response = check(browser, found, place=right_places(found))
    assert response.status_code == 200
    assert "Right. How sure were you?" in response.text
    assert 'name="rating" value="1"' not in response.text
    assert db.session.query(Review).count() == 0


@pytest.mark.parametrize("kind", [ORDER, MATCH])
def test_parts_in_wrong_places_are_shown_beside_the_right_ones(browser, ana, me, kind):
    found = card_of(begun(me, card(**kind)))
    right = right_places(found)
    response = check(browser.sign_in(ana), found, place=right[1:] + right[:1])
    assert "Not this time." in response.text
    assert "you said:" in response.text
    assert 'name="rating" value="3"' not in response.text


@pytest.mark.parametrize("places", [["1", "1", "2"], ["1", "", "2"], ["1", "x", "٣"], ["9", "8", "7"]])
def test_places_that_make_no_sense_are_asked_again_and_kept(browser, ana, me, places):
    found = card_of(begun(me, card(**ORDER)))
    response = check(browser.sign_in(ana), found, place=places)
    assert "data-check" in response.text
    if places != ["9", "8", "7"]:
        assert response.status_code == 422
        assert "Give every part a place" in response.text
        assert re.search(r'<option value="1" selected', response.text)


def test_a_typed_answer_is_told_what_it_covers_and_why(browser, ana, me):
    found = card_of(begun(me, card(**TYPED)))
    response = check(browser.sign_in(ana), found, said="We are helping the OWNERS of firms.")
    assert "Your words have “help owners” in them." in response.text
    assert "Looked for words like “tax and law”, and didn’t find “tax” and “law”." in response.text
    for rating in "1234":
        assert f'name="rating" value="{rating}"' in response.text


def test_an_empty_answer_is_asked_for_again(browser, ana, me):
    found = card_of(begun(me, card(**TYPED)))
    response = check(browser.sign_in(ana), found, said="  ")
    assert response.status_code == 422
    assert "Write what you would say" in response.text


def test_what_was_typed_is_words_and_not_markup(browser, ana, me):
    found = card_of(begun(me, card(**TYPED)))
    page = check(browser.sign_in(ana), found, said="<script>x</script> we help owners").text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_checking_needs_signing_in_and_a_card_of_ones_own(browser, ana, charlie, me):
    found = card_of(begun(me, card(**TYPED)))
    assert check(browser, found, said="x").location.startswith("/sign-in")
    assert "You wrote" not in check(browser.sign_in(charlie), found, said="we help owners").text


@given(st.integers(2, 8), st.text(max_size=20))
def test_parts_are_shuffled_the_same_way_each_time_and_never_stand_in_order(n, seed):
    order = asking.shuffled(n, seed)
    assert sorted(order) == list(range(n))
    assert order == asking.shuffled(n, seed)
    assert order != list(range(n))


@given(st.permutations([1, 2, 3]))
def test_only_the_right_places_are_right(places):
    question = asking.asked("order", ["a", "b", "c"], 0, "seed", Given(places=tuple(places)))
    assert question.is_right == (places == [part.right for part in question.parts])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("We help owners.", True),
        ("Owners are the people whom we helped", True),
        ("HELPING owner-managed firms", True),
        ("Family company, mostly", True),
        ("We help people.", False),
        ("", False),
    ],
)
def test_a_message_is_found_in_any_order_and_form(said, found):
    assert key_messages.told(said, TYPED["messages"])[0].is_found is found


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(said):
    for told in key_messages.told(said, TYPED["messages"]):
        assert told.is_found == (not told.missing)
