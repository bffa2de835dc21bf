"""Who doesn't use a claim gets no card for it; and the preview of a deck tells what then happens."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.drills import board, loading, queries, services
from portal.drills.models import CardState, Deck
from portal.message.models import Pitch
from tests.drills.make_drills import card_of
from tests.make import NOON

SHARED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
KEYS = ["opener", "one", "two", "three"]


@dataclass(frozen=True)
class Said:
    """A claim, as a release hands it over."""

    key: str
    text: str = "We help owners."
    kind: str = "difference"
    answer: str = ""
    replaces: str = ""
    inherited_from_id: int | None = None


def pitch_of(key, practice_key="", claims=()):
    """A pitch in force, with its deck."""
    found = Pitch(key=key, title=key, practice_key=practice_key, number=1, latest=1)
    db.session.add(found)
    db.session.flush()
    loading.refresh_pitch_deck(found, claims, now=NOON)
    return found


def begin_all(viewer):
    for deck in db.session.scalars(queries.visible_to(viewer)):
        if deck.size:
            services.start_deck(deck, by=viewer, now=NOON)


def asked_of(viewer):
    """The cards that today asks of somebody, by deck and key."""
    return {
        (each.deck_key, db.session.get_one(loading.Card, each.card_id).key)
        for each in queries.today(viewer, NOON).cards
    }


@SHARED
@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)), st.booleans())
def test_a_replaced_claim_is_asked_of_nobody_who_speaks_with_the_practice(
    app, ana, charlie, tax, corporate_tax, viewer, by_tax, by_corporate, is_withdrawn
):
    with db.session.begin_nested() as point:
        firm = pitch_of("firm", claims=[Said(key) for key in KEYS])
        own = [Said(f"tax-{key}", replaces=key) for key in by_tax]
        inherited = [Said(key, inherited_from_id=firm.id) for key in KEYS if key not in by_tax]
        tax_pitch = pitch_of("tax", tax.key, [*own, *inherited])
        pitch_of("corporate", corporate_tax.key, [Said(f"corporate-{key}", replaces=key) for key in by_corporate])
        if is_withdrawn:
            tax_pitch.number = 0
            db.session.flush()
        for person in (ana, charlie):
            begin_all(viewer(person))
        replaced = by_corporate | (set() if is_withdrawn else by_tax)
        expected = {("pitch-firm", key) for key in KEYS if key not in replaced}
        expected |= {("pitch-corporate", f"corporate-{key}") for key in by_corporate}
        expected |= set() if is_withdrawn else {("pitch-tax", f"tax-{key}") for key in by_tax}
        assert asked_of(viewer(ana)) == expected
        assert asked_of(viewer(charlie)) == {("pitch-firm", key) for key in KEYS}
        sizes = {row.key: row.size for row in queries.board(viewer(ana), NOON)}
        assert sizes.get("pitch-firm", 0) == len(KEYS) - len(replaced)
        assert board.of(viewer(ana), NOON).cards == len(expected)
        point.rollback()
    db.session.expire_all()


CLAIMS = st.lists(
    st.builds(
        Said,
        key=st.sampled_from(KEYS),
        text=st.sampled_from(["We help owners.", "We serve families."]),
        inherited_from_id=st.sampled_from([None, None, 1]),
    ),
    unique_by=lambda claim: claim.key,
)


@SHARED
@given(st.lists(CLAIMS, min_size=1, max_size=4))
def test_the_preview_tells_what_then_happens_and_changes_nothing(app, versions):
    with db.session.begin_nested() as point:
        assert loading.pitch_deck_effects(None, versions[0])["new"] == sum(
            claim.inherited_from_id is None for claim in versions[0]
        )
        found = pitch_of("firm")
        for claims in versions:
            told = loading.pitch_deck_effects(found, claims)
            assert not [*db.session.new, *db.session.dirty]
            assert loading.refresh_pitch_deck(found, claims, now=NOON) == told
        point.rollback()
    db.session.expire_all()


def test_a_deck_is_finished_without_its_replaced_cards(ana, tax, viewer):
    pitch_of("firm", claims=[Said("opener"), Said("one")])
    pitch_of("tax", tax.key, [Said("tax-opener", replaces="opener")])
    me = viewer(ana)
    deck = db.session.query(Deck).filter_by(key="pitch-firm").one()
    services.start_deck(deck, by=me, now=NOON)
    services.answer("pitch-firm", card=card_of(deck, "one").id, rating=3, key="the-only-one", by=me, now=NOON)
    assert queries.decks_finished(me) == {"pitch-firm"}
    assert db.session.query(CardState).count() == 2


@pytest.mark.parametrize("page", ["/drills", "/drills/pitch-firm"])
def test_pages_leave_it_out(browser, ana, tax, viewer, page):
    pitch_of("firm", claims=[Said("opener", text="Replaced words.", kind="opener")])
    pitch_of("tax", tax.key, [Said("opener", replaces="opener")])
    begin_all(viewer(ana))
    assert "So, who do you work for" not in browser.sign_in(ana).get(page).text
