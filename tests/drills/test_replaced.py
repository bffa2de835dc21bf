"""Who doesn't use a claim gets no card for it."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import Person, Practice
from portal.db import db
from portal.drills import board, loading, queries, services
from portal.drills.models import CardState, Deck
from portal.message import queries as message
from portal.message.models import Pitch
from portal.releases import services as releases
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


def published(key, practice_key, claims, found=None):
    """A version of a pitch with all that follows, as marketing publishes it."""
    version = releases.publish(
        found, key=key, title=key, practice_key=practice_key, claims=claims, change="On.",
        base_number=found.latest if found else 0, by=None, now=NOON,
    )  # fmt: skip
    return db.session.get_one(Pitch, version.pitch_id)


def said(key, **more):
    return {"key": key, "kind": "opener" if key.endswith("opener") else "proof", "text": f"About {key}.", **more}


@SHARED
@given(st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(KEYS)), st.booleans(), st.booleans())
def test_everybody_is_asked_exactly_what_their_own_pitch_says(
    app, ana, charlie, marketer, tax, corporate_tax, viewer, by_tax, by_corporate, is_changed, is_withdrawn
):
    # Rows of the example before, read back inside its savepoint, would be in the way of this one's.
    for row in [row for row in db.session.identity_map.values() if type(row) not in (Person, Practice)]:
        db.session.expunge(row)
    db.session.expire_all()
    with db.session.begin_nested() as point:
        firm = published("firm", "", [said(key) for key in KEYS])
        taxes = published("tax", tax.key, [*(said(f"tax-{key}", replaces=key) for key in by_tax), said("tax-own")])
        left = {claim.key for claim in message.said_in(taxes.id, taxes.number)}
        own = [said(f"corporate-{key}", replaces=key) for key in sorted(by_corporate & left)]
        published("corporate", corporate_tax.key, [*own, said("corporate-own")])
        if is_changed:
            published("firm", "", [*(said(key, text="New words.") for key in KEYS), said("four")], firm)
        if is_withdrawn:
            releases.withdraw(taxes, number=1, reason="No.", by=viewer(marketer), now=NOON)
        for person in (ana, charlie):
            begin_all(viewer(person))
            theirs = message.own_pitch_or_none(viewer(person))
            keys = {pitch.id: f"pitch-{pitch.key}" for pitch in db.session.query(Pitch)}
            assert asked_of(viewer(person)) == {
                (keys[claim.inherited_from_id or theirs.id], claim.key)
                for claim in message.said_in(theirs.id, theirs.number)
            }
        assert board.of(viewer(ana), NOON).cards == len(asked_of(viewer(ana)))
        point.rollback()


def test_a_deck_is_finished_without_its_replaced_cards(ana, tax, viewer):
    firm = pitch_of("firm", claims=[Said("opener"), Said("one")])
    pitch_of("tax", tax.key, [Said("tax-opener", replaces="opener"), Said("one", inherited_from_id=firm.id)])
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
