"""Handing over: offered, accepted or returned with a reason, withdrawn; the first answer counts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from portal.access import Role
from portal.counters.models import Standing
from portal.db import db
from portal.errors import Refused
from portal.home import queries as home
from portal.pipeline import agreement, handing_over
from portal.pipeline.models import Answer, HandOver, HandOverState, HandOverStep, Opportunity
from portal.pipeline.stages import Stage
from tests import make as rows
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline as make


def address(hand_over, what=""):
    return f"/pipeline/hand-overs/{hand_over.id}{what}"


def only():
    return db.session.query(HandOver).one()


@pytest.fixture
def offered(ana, charlie):
    """Ana offers one with its contact to Charlie, who is in another practice."""
    dana = make.contact(ana)
    row = make.opportunity(ana, contact_id=dana.id, is_asked=True)
    make.move(row, ana, Stage.INTRODUCED, note="A secret of hers.")
    return make.handed_over(row, ana, charlie)


def test_it_is_offered_from_its_page(browser, ana, ben):
    row = make.opportunity(ana)
    page = f"/pipeline/{row.id}/hand-over"
    answer = browser.sign_in(ana).submit(page, to_id=ben.id, colleague="Ben", note="Yours, I think.", with_contact="y")
    assert "You offered this to Ben Okoro" in answer.text
    assert (only().to_id, only().with_contact, only().with_notes, only().due_on) == (
        ben.id,
        True,
        False,
        date(2026, 3, 6),
    )
    assert row.owner_id == ana.id
    assert browser.get(page).location == address(only())
    assert "You offered it to Ben Okoro" in browser.get(f"/pipeline/{row.id}").text


def test_a_name_typed_in_full_is_enough(browser, ana, ben):
    row = make.opportunity(ana)
    browser.sign_in(ana).submit(f"/pipeline/{row.id}/hand-over", colleague="ben okoro", note="Yours.")
    assert only().to_id == ben.id


@pytest.mark.parametrize("who", ["myself", "nobody", "gone", "odd"])
def test_it_goes_to_an_active_colleague(browser, ana, tax, who):
    gone = rows.person("Gone Away", tax, is_active=False)
    to_id = {"myself": ana.id, "nobody": "", "gone": gone.id, "odd": "٣"}[who]
    row = make.opportunity(ana)
    answer = browser.sign_in(ana).submit(f"/pipeline/{row.id}/hand-over", to_id=to_id, note="Kept words")
    assert answer.status_code == 422
    assert "Choose a colleague" in answer.text
    assert "Kept words" in answer.text


def test_pressed_twice_it_is_offered_once(ana, ben):
    row = make.opportunity(ana)
    assert make.handed_over(row, ana, ben).id == make.handed_over(row, ana, ben).id
    with pytest.raises(Refused):
        make.handed_over(row, ana, ben, note="Something else")
    assert db.session.query(HandOverStep).count() == 1


def test_a_closed_one_and_one_that_was_given_are_not_handed_over(browser, ana, ben):
    row = make.opportunity(ana)
    make.move(row, ana, Stage.LOST)
    with pytest.raises(Refused, match="still open"):
        make.handed_over(row, ana, ben)
    assert "/hand-over" not in browser.sign_in(ana).get(f"/pipeline/{row.id}").text


def test_first_it_is_held_against_the_definition(browser, ana, ben):
    make.definition()
    row = make.opportunity(ana)
    browser.sign_in(ana)
    answer = browser.submit(f"/pipeline/{row.id}/hand-over", to_id=ben.id, note="Yours.")
    assert answer.status_code == 422
    assert "3 short questions" in answer.text
    make.held(row, ana, ours=(Answer.UNKNOWN, ""))
    assert "It is ours" in browser.submit(f"/pipeline/{row.id}/hand-over", to_id=ben.id, note="Yours.").text
    make.held(row, ana, ours=(Answer.UNKNOWN, "Ask the owner"))
    assert browser.submit(f"/pipeline/{row.id}/hand-over", to_id=ben.id, note="Yours.").status_code == 200


def test_the_receiver_sees_it_on_today_and_on_a_page(browser, charlie, offered, viewer):
    entry = home.today(viewer(charlie), NOON).entries[0]
    assert (entry.what, entry.url) == ("Handed over to you: Larch Logistics", address(offered))
    assert "Larch Logistics" in browser.sign_in(charlie).get("/pipeline/hand-overs").text
    page = browser.get(address(offered)).text
    assert "She is glad to be called." in page
    assert "Dana Reed" not in page
    assert "A secret of hers." not in page


def test_accepting_makes_it_theirs_in_their_practice(browser, ana, charlie, offered):
    row = offered.opportunity
    answer = browser.sign_in(charlie).post(address(offered, "/accept"))
    assert answer.location == f"/pipeline/{row.id}"
    assert (row.owner_id, row.practice_id, row.contact, row.contact_id) == (charlie.id, charlie.practice_id, "", None)
    standing = {(one.practice_id, one.of, one.n) for one in db.session.query(Standing) if one.n and one.of}
    assert standing == {(charlie.practice_id, "introduced", 1)}
    page = browser.get(answer.location).text
    assert "A secret of hers." not in page
    assert "Taken over from Ana Ferreira." in page
    assert browser.sign_in(ana).get(answer.location).status_code == 404


def test_the_sender_keeps_seeing_what_becomes_of_it(browser, ana, charlie, offered, viewer):
    handing_over.accept(offered, by=viewer(charlie), now=NOON)
    make.move(offered.opportunity, charlie, Stage.WON, note="Charlie's own words", reason="Price")
    page = browser.sign_in(ana).get(address(offered)).text
    assert "Won" in page
    assert "Price" in page
    assert "Dana Reed" in page
    assert "Charlie&#39;s own words" not in page
    assert "Won" in browser.get("/pipeline/hand-overs", show="sent").text


@pytest.mark.parametrize("with_notes", [True, False])
@pytest.mark.parametrize("with_contact", [True, False])
def test_the_sender_says_what_goes_along(browser, ana, charlie, with_notes, with_contact):
    row = make.opportunity(ana, is_asked=True)
    make.move(row, ana, Stage.INTRODUCED, note="A secret of hers.")
    hand_over = make.handed_over(row, ana, charlie, with_notes=with_notes, with_contact=with_contact)
    browser.sign_in(charlie).post(address(hand_over, "/accept"))
    page = browser.get(f"/pipeline/{row.id}").text
    assert ("A secret of hers." in page) is with_notes
    assert ("Dana Reed" in page) is with_contact


def test_notes_that_went_to_one_go_no_further(browser, ana, charlie, ben, viewer):
    row = make.opportunity(ana)
    make.move(row, ana, Stage.PLANNED, note="A secret of hers.")
    handing_over.accept(make.handed_over(row, ana, charlie, with_notes=True), by=viewer(charlie), now=NOON)
    make.move(row, charlie, Stage.ASKED, note="What Charlie wrote.")
    handing_over.accept(make.handed_over(row, charlie, ben, with_notes=True), by=viewer(ben), now=NOON)
    page = browser.sign_in(ben).get(f"/pipeline/{row.id}").text
    assert "What Charlie wrote." in page
    assert "A secret of hers." not in page


def test_returning_takes_a_reason_that_the_sender_reads(browser, ana, charlie, offered, viewer):
    answer = browser.sign_in(charlie).post(address(offered, "/return"), reason=" ")
    assert answer.status_code == 422
    assert "Say why" in answer.text
    browser.post(address(offered, "/return"), reason="I know the chair.")
    assert offered.opportunity.owner_id == ana.id
    entries = {entry.what: entry.why for entry in home.today(viewer(ana), NOON).entries}
    assert entries["It came back: Larch Logistics"] == "“I know the chair.”"
    assert "I know the chair." in browser.sign_in(ana).get(address(offered)).text
    browser.post(address(offered, "/seen"))
    assert "It came back: Larch Logistics" not in {entry.what for entry in home.today(viewer(ana), NOON).entries}


def test_it_can_be_offered_again_after_it_came_back(ana, ben, charlie, offered, viewer):
    handing_over.give_back(offered, reason="Not mine.", by=viewer(charlie), now=NOON)
    handing_over.accept(make.handed_over(offered.opportunity, ana, ben), by=viewer(ben), now=NOON)
    assert offered.opportunity.owner_id == ben.id


def test_what_is_withdrawn_is_the_senders_alone(browser, ana, charlie, offered):
    browser.sign_in(ana).post(address(offered, "/withdraw"))
    assert browser.sign_in(charlie).get(address(offered)).status_code == 404
    answer = browser.post(address(offered, "/accept"))
    assert answer.status_code == 422
    assert "answered or withdrawn in the meantime" in answer.text
    assert offered.opportunity.owner_id == ana.id


def test_the_first_answer_counts_and_a_second_press_changes_nothing(ana, charlie, offered, viewer):
    for _ in range(2):
        handing_over.accept(offered, by=viewer(charlie), now=NOON)
    with pytest.raises(Refused, match="quicker"):
        handing_over.give_back(offered, reason="Late", by=viewer(charlie), now=NOON)
    with pytest.raises(Refused, match="quicker"):
        handing_over.withdraw(offered, by=viewer(ana), now=NOON)
    assert [step.state for step in handing_over.steps(offered)] == ["offered", "accepted"]


def test_the_sender_cannot_answer_for_the_receiver(browser, ana, offered):
    for what in ("/accept", "/return"):
        assert browser.sign_in(ana).post(address(offered, what), reason="x").status_code == 422
    assert offered.state == HandOverState.OFFERED


def test_what_was_closed_meanwhile_is_not_taken_over(browser, ana, charlie, offered):
    make.move(offered.opportunity, ana, Stage.WON)
    assert browser.sign_in(charlie).post(address(offered, "/accept")).status_code == 422
    assert offered.opportunity.owner_id == ana.id


def test_what_was_closed_waits_for_nobody(browser, ana, charlie, offered, viewer):
    make.move(offered.opportunity, ana, Stage.LOST)
    for person in (ana, charlie):
        said = {entry.what for entry in home.today(viewer(person), NOON + timedelta(days=9)).entries}
        assert not {one for one in said if "Handed over" in one or "hand-over" in one}
    assert "Withdrawn" in browser.sign_in(ana).get(address(offered)).text
    assert "Larch Logistics" not in browser.sign_in(charlie).get("/pipeline/hand-overs").text


def test_who_accepts_while_the_sender_changes_it_is_told(browser, charlie, offered):
    table = Opportunity.__table__
    headers = {"X-CSRFToken": browser.sign_in(charlie).token()}
    browser.forget_who()

    @event.listens_for(HandOver, "refresh")
    def moved_on(*_):
        # Another tab of the sender's, after this one has read the row and before it writes.
        db.session.connection().execute(table.update().values(version=table.c.version + 1))

    try:
        answer = browser.client.post(address(offered, "/accept"), headers=headers)
    finally:
        event.remove(HandOver, "refresh", moved_on)
    assert answer.status_code == 422
    assert "in the same moment" in answer.text


def test_strangers_find_nothing(browser, ben, leader, offered):
    for person in (ben, leader):
        browser.sign_in(person)
        assert browser.get(address(offered)).status_code == 404
        for what in ("/accept", "/return", "/withdraw", "/seen"):
            assert browser.post(address(offered, what), reason="x").status_code == 404
        assert browser.get(f"/pipeline/{offered.opportunity_id}/hand-over").status_code == 404
        assert "Larch Logistics" not in browser.get("/pipeline/hand-overs").text
    assert offered.state == HandOverState.OFFERED


def test_both_see_when_the_agreed_time_is_over(browser, ana, charlie, offered, viewer, now):
    offered.due_on = TODAY - timedelta(days=2)
    for person, show in ((ana, "sent"), (charlie, "")):
        assert "2 days past the agreed time" in browser.sign_in(person).get("/pipeline/hand-overs", show=show).text
    entries = {entry.what: entry for entry in home.today(viewer(ana), NOON).entries}
    assert entries["Your hand-over waits: Larch Logistics"].is_late
    assert home.today(viewer(charlie), NOON).entries[0].is_late


@pytest.mark.parametrize(
    ("day", "days", "then"),
    [
        (date(2026, 3, 4), 2, date(2026, 3, 6)),
        (date(2026, 3, 5), 2, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 4), 10, date(2026, 3, 18)),
    ],
)
def test_the_agreed_time_is_in_working_days(day, days, then):
    assert agreement.working_days_later(day, days) == then


def test_lists_cost_few_statements_and_say_how_to_begin(browser, charlie, offered, budget):
    assert "Nothing handed over yet" in browser.sign_in(charlie).get("/pipeline/hand-overs", show="sent").text
    browser.forget_who()
    with budget(5):
        browser.client.get("/pipeline/hand-overs")


def test_a_leader_of_both_sees_it_move_with_the_work(offered, charlie, viewer, firm):
    assert rows.person("Boss", firm, (Role.LEADER, firm))
    handing_over.accept(offered, by=viewer(charlie), now=NOON)
    assert sum(one.n for one in db.session.query(Standing) if one.of) == 1
