"""Sharing the credit of an opportunity."""

import pytest

from portal.audit.models import AuditEvent
from portal.credit import queries
from portal.credit.models import CreditEntry, CreditNews
from portal.db import db
from portal.pipeline.models import Direction
from portal.pipeline.origination_models import CreditedPart, CreditShare
from portal.pipeline.shares import WHOLE, CreditRole, Holder, said
from portal.pipeline.stages import Stage
from tests.credit.make_credit import as_, sent, share, won
from tests.library import make_library
from tests.pipeline.make_pipeline import move, opportunity


@pytest.fixture
def ask(ana):
    return opportunity(ana)


def page(row):
    return f"/pipeline/{row.id}/credit"


def test_whoever_logged_it_is_its_source(browser, ana, ask):
    found = browser.sign_in(ana).get(page(ask)).text
    assert queries.shares_of(ask) == {as_(ana): WHOLE}
    assert "Ana Ferreira" in found
    assert "100%" in found


def test_the_owner_shares_it_and_those_named_are_told(browser, ana, ben, ask):
    rows = [("source", "Ana Ferreira", "66.67"), ("introducer", "ben.okoro@example.org", "33.33")]
    found = browser.sign_in(ana).submit(page(ask), **sent(*rows))
    assert found.status_code == 200
    assert queries.shares_of(ask) == {as_(ana): 6667, as_(ben, CreditRole.INTRODUCER): 3333}
    today = browser.sign_in(ben).get("/").text
    assert "Credit for Larch Logistics" in today
    assert "33.33%" in today
    browser.post(page(ask) + "/seen")
    assert "Credit for Larch" not in browser.get("/").text


@pytest.mark.parametrize(
    ("percents", "said_off"),
    [(("60", "35"), "95%: 5% are missing"), (("60", "43"), "103%: 3% too much")],
)
def test_it_says_by_how_much_the_shares_are_off(browser, ana, ben, ask, percents, said_off):
    rows = [("source", "Ana Ferreira", percents[0]), ("opener", "Ben Okoro", percents[1])]
    found = browser.sign_in(ana).submit(page(ask), **sent(*rows))
    assert found.status_code == 422
    assert said_off in found.text
    assert 'value="Ben Okoro"' in found.text
    assert db.session.query(CreditEntry).count() == 0


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("opener", "Nobody Like Her", "40"), "We know nobody at the firm by that name"),
        (("opener", "e", "40"), "Several colleagues fit"),
        (("content", "No such title", "40"), "There is no item of that title"),
        (("opener", "Ben Okoro", "forty"), "Give a share like 30"),
        (("opener", "", "40"), "Say who."),
        (("source", "Ana Ferreira", "40"), "named twice"),
    ],
)
def test_it_says_what_is_wrong_in_a_row(browser, ana, ben, ask, row, message):
    found = browser.sign_in(ana).submit(page(ask), **sent(("source", "Ana Ferreira", "60"), row))
    assert found.status_code == 422
    assert message in found.text
    assert db.session.query(CreditEntry).count() == 0


@pytest.mark.parametrize(
    "odd", [{"rows-0-role": ""}, {"rows-0-role": "king"}, {"version": "x"}, {"rows-0-who": "A\x00"}]
)
def test_odd_fields_are_refused_with_words(browser, ana, ask, odd):
    fields = sent(("source", "Ana Ferreira", "100")) | odd
    found = browser.sign_in(ana).submit(page(ask), **fields)
    assert found.status_code == 422
    assert "Please look at this again" in found.text


def test_fields_that_are_left_out_are_refused(browser, ana, ask):
    found = browser.sign_in(ana).post(page(ask), **{"rows-0-who": "Ana Ferreira", "rows-0-percent": "100"})
    assert found.status_code == 422


def test_a_choice_whose_name_was_typed_over_does_not_count(browser, ana, ben, charlie, ask):
    fields = sent(("source", "Ben Okoro", "100")) | {"rows-0-chosen": f"person-{charlie.id}"}
    browser.sign_in(ana).submit(page(ask), **fields)
    assert queries.shares_of(ask) == {as_(ben): WHOLE}


def test_splitting_evenly_handles_the_remainder_and_keeps_nothing(browser, ana, ben, charlie, ask):
    rows = [("source", "Ana Ferreira", "100"), ("opener", "Ben Okoro", ""), ("expert", "Charlie Stone", "")]
    found = browser.sign_in(ana).submit(page(ask), **sent(*rows), act="even")
    assert 'value="33.34"' in found.text
    assert found.text.count('value="33.33"') == 2
    assert db.session.query(CreditEntry).count() == 0


def test_content_has_a_share(browser, ana, marketer, ask):
    item = make_library.published(marketer)
    rows = [("source", "Ana Ferreira", "90"), ("content", item.title, "10")]
    browser.sign_in(ana).submit(page(ask), **sent(*rows))
    assert queries.shares_of(ask)[Holder(CreditRole.CONTENT, item_key=item.key)] == 1000


def test_a_correction_reverses_what_no_longer_holds(ana, ben, charlie, ask):
    share(ask, ana, {as_(ana): 5000, as_(ben): 5000})
    share(ask, ana, {as_(ana): 5000, as_(charlie): 5000}, reason="It was Charlie.")
    lines = db.session.query(CreditEntry).order_by(CreditEntry.id).all()
    assert [(line.posting, line.points, line.person_id) for line in lines] == [
        (1, 10_000, ana.id),
        (2, -10_000, ana.id),
        (2, 5000, ana.id),
        (2, 5000, ben.id),
        (3, -5000, ben.id),
        (3, 5000, charlie.id),
    ]
    assert lines[4].reverses_id == lines[3].id


def test_two_tabs_do_not_overwrite_each_other(browser, ana, ben, ask):
    stale = sent(("source", "Ben Okoro", "100")) | {"version": "0"}
    share(ask, ana, {as_(ana): 4000, as_(ben): 6000})
    found = browser.sign_in(ana).post(page(ask), **stale)
    assert found.status_code == 422
    assert "Somebody shared this credit anew" in found.text
    assert queries.shares_of(ask) == {as_(ana): 4000, as_(ben): 6000}


def test_a_win_is_credited_to_the_cent(ana, ben, charlie):
    row = won(ana, value=1_000_001)
    share(row, ana, {as_(ana): 3334, as_(ben): 3333, as_(charlie): 3333})
    amounts = [part.amount for part in db.session.query(CreditedPart).order_by(CreditedPart.amount)]
    assert amounts == [333_300, 333_300, 333_401]
    assert sum(amounts) == 1_000_001


def test_strangers_find_nothing_and_leaders_of_the_practice_may_share(browser, ask, ana, charlie, leader, other_leader):
    for stranger in (charlie, other_leader):
        browser.sign_in(stranger)
        assert browser.get(page(ask)).status_code == 404
        assert browser.post(page(ask), **sent(("source", "Charlie Stone", "100"))).status_code == 404
    rows = [("source", "Ana Ferreira", "50"), ("closer", "Lena Berg", "50")]
    assert browser.sign_in(leader).submit(page(ask), **sent(*rows)).status_code == 200
    assert queries.shares_of(ask)[as_(leader, CreditRole.CLOSER)] == 5000
    assert db.session.query(AuditEvent).filter_by(action="credit shared").one().actor == leader.email


def test_who_holds_a_share_sees_it_and_cannot_change_it(browser, ana, charlie, ask):
    share(ask, ana, {as_(ana): 5000, as_(charlie): 5000})
    found = browser.sign_in(charlie).get(page(ask))
    assert "Share it anew" not in found.text
    answer = browser.post(page(ask), version="2", **sent(("source", "Charlie Stone", "100")))
    assert answer.status_code == 404
    assert queries.shares_of(ask)[as_(ana)] == 5000


def test_who_was_named_once_still_sees_it(browser, ana, charlie, ask):
    share(ask, ana, {as_(charlie): WHOLE})
    share(ask, ana, {as_(ana): WHOLE})
    assert "You hold no share of this any more" in browser.sign_in(charlie).get(page(ask)).text


def test_nobody_is_told_of_what_they_did_themselves(ana, ben, ask):
    share(ask, ana, {as_(ana): 5000, as_(ben): 5000})
    assert [row.person_id for row in db.session.query(CreditNews)] == [ben.id]
    assert db.session.query(CreditShare).count() == 2


def test_it_costs_few_statements(browser, budget, ana, ben, ask):
    share(ask, ana, {as_(ana): 5000, as_(ben): 5000})
    address = page(ask)
    browser.sign_in(ana).get(address)
    browser.forget_who()
    with budget(13):
        assert "Share it anew" in browser.client.get(address).text


def test_suggestions_are_colleagues_and_items(browser, ana, ben, marketer):
    make_library.published(marketer, title="Benefits of a handover")
    found = browser.sign_in(ana).get("/credit/suggestions", q="ben").json
    assert [each["name"] for each in found] == ["Ben Okoro", "Benefits of a handover"]


@pytest.mark.parametrize(("points", "words"), [(10_000, "100%"), (3334, "33.34%"), (50, "0.5%"), (1000, "10%")])
def test_shares_are_said_plainly(points, words):
    assert said(points) == words


def test_work_that_is_given_away_has_no_credit(browser, ana, leader):
    given = opportunity(ana, direction=Direction.GIVEN)
    move(given, ana, Stage.WON)
    assert "Credit: who brought this in" not in browser.sign_in(ana).get(f"/pipeline/{given.id}").text
    for person in (ana, leader):
        assert browser.sign_in(person).get(page(given)).status_code == 404
        answer = browser.post(page(given), **sent(("source", "Ana Ferreira", "100")))
        assert answer.status_code == 404
    assert db.session.query(CreditedPart).count() == 0
