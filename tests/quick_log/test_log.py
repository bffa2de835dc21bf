"""A line becomes a form, and the form a touch, an ask and a next step, with one press."""

from datetime import date, timedelta

import pytest
import time_machine

from portal.counters.models import DailyCount
from portal.db import db
from portal.network import queries as network
from portal.network.models import Contact, Touch, TouchKind
from portal.pipeline.models import Opportunity
from portal.pipeline.stages import Stage
from portal.quick_log.models import QuickLog
from portal.worksheets.models import Reminder
from tests.browser import Fields
from tests.make import NOON, TODAY
from tests.quick_log.make_quick_log import ASK, SENT, contact


def touches(row):
    return [touch for touch, gone in network.touches_of(row) if not gone]


def asks():
    return sum(row.n for row in db.session.query(DailyCount).filter_by(measure="asks"))


def test_one_line_fills_the_form_and_one_press_logs_it(browser, ana):
    dana = contact(ana)
    line = "coffee with Dana, asked for intro to Tolvane Engineering, next Tue"
    page = browser.sign_in(ana).post("/log", text=line)
    assert page.status_code == 200
    for words in ("An introduction to Tolvane Engineering", "2026-03-10", "Follow up", 'value="Larch Logistics"'):
        assert words in page.text
    assert not db.session.query(QuickLog).count()
    sent = Fields.of(page.text)
    sent.pop("csrf_token")
    answer = browser.post("/log/keep", **sent)
    assert answer.location.startswith("/log?done=")
    done = browser.get(answer.location).text
    assert "Dana Reed" in done
    assert "Undo" in done
    (ask,) = db.session.query(Opportunity).all()
    assert (ask.stage, ask.contact_id, ask.next_on) == (Stage.ASKED, dana.id, date(2026, 3, 10))
    assert {touch.kind for touch in touches(dana)} == {TouchKind.MEETING, TouchKind.ASK}
    assert dana.last_touch_on == TODAY


def test_sent_twice_it_counts_once(browser, ana):
    dana = contact(ana)
    browser.sign_in(ana)
    first = browser.post("/log/keep", **SENT, **ASK_WITHOUT_ASKED)
    second = browser.post("/log/keep", **SENT, **ASK_WITHOUT_ASKED)
    assert first.location == second.location
    assert len(touches(dana)) == 1
    assert db.session.query(QuickLog).count() == 1


ASK_WITHOUT_ASKED = {name: value for name, value in ASK.items() if name not in {"asked"}}


def test_a_touch_without_an_ask_keeps_the_next_step_in_the_note_and_reminds(browser, ana):
    dana = contact(ana)
    sent = SENT | {"next_step": "Send the paper", "next_on": "2026-03-06"}
    answer = browser.sign_in(ana).post("/log/keep", **sent)
    (touch,) = touches(dana)
    assert touch.note == "Coffee\nNext: Send the paper, on Friday"
    assert not db.session.query(Opportunity).count()
    assert "you are reminded</a>: Send the paper" in browser.get(answer.location).text
    assert f'about <a href="/network/{dana.id}">Dana Reed</a>' in browser.get("/worksheets/reminders").text
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert "It is about Dana Reed. Is due today" in browser.get("/").text
    browser.post(f"/log/{db.session.query(QuickLog).one().id}/undo")
    assert not db.session.query(Reminder).count()


def test_a_reminder_goes_with_the_contact_and_a_step_in_the_past_is_none(browser, ana):
    dana = contact(ana)
    browser.sign_in(ana).post("/log/keep", **SENT | {"next_step": "Send the paper", "next_on": "2026-03-01"})
    assert not db.session.query(Reminder).count()
    browser.post(
        "/log/keep", **SENT | {"key": "another-key".replace("-", ""), "next_step": "Ring", "next_on": "2026-03-06"}
    )
    assert db.session.query(Reminder).one().contact_id == dana.id
    browser.post(f"/network/{dana.id}/erase")
    assert not db.session.query(Reminder).count()
    assert [row.reminder_id for row in db.session.query(QuickLog)] == [None, None]


def test_an_ask_that_is_meant_is_planned(browser, ana):
    contact(ana)
    browser.sign_in(ana).post("/log/keep", **SENT | ASK | {"asked": "planned"})
    assert db.session.query(Opportunity).one().stage == Stage.PLANNED
    assert asks() == 0


def test_taken_back_everything_is_as_before(browser, ana):
    dana = contact(ana)
    answer = browser.sign_in(ana).post("/log/keep", **SENT | ASK)
    assert asks() == 1
    row = db.session.query(QuickLog).one()
    browser.post(f"/log/{row.id}/undo")
    assert not touches(dana)
    assert (dana.last_touch_on, asks()) == (None, 0)
    assert db.session.query(Opportunity).one().stage == Stage.LOST
    assert "Taken back" in browser.get(answer.location).text
    assert browser.post(f"/log/{row.id}/undo").status_code == 422


def test_somebody_unknown_is_asked_about_and_kept(browser, ana):
    browser.sign_in(ana)
    page = browser.post("/log", text="dinner with Nora Vale at Ilverton Labs").text
    assert "Keep them as a new contact" in page
    refused = browser.post("/log/keep", **SENT | {"contact": "Nora Vale"})
    assert refused.status_code == 422
    assert "Tick the box to keep them." in refused.text
    browser.post("/log/keep", **SENT | {"contact": "Nora Vale", "keep_new": "y", "organisation": "Ilverton Labs"})
    nora = db.session.query(Contact).one()
    assert (nora.name, nora.organisation, nora.owner_id) == ("Nora Vale", "Ilverton Labs", ana.id)
    assert "A new contact." in browser.get(f"/log?done={db.session.query(QuickLog).one().id}").text


def test_of_several_one_chooses(browser, ana):
    contact(ana)
    dora = contact(ana, "Dora Reed", mail="dora@quay.example", organisation="Quay Bank")
    page = browser.sign_in(ana).post("/log", text="coffee with Reed").text
    assert "Whom do you mean?" in page
    browser.post("/log/keep", **SENT | {"contact": "Reed", "pick": str(dora.id)})
    assert len(touches(dora)) == 1


def test_a_name_that_was_typed_over_counts_more_than_an_id_left_behind(browser, ana):
    dana, tom = contact(ana), contact(ana, "Tom Hale", mail="")
    browser.sign_in(ana).post("/log/keep", **SENT | {"contact": "tom hale", "contact_id": str(dana.id)})
    assert (len(touches(dana)), len(touches(tom))) == (0, 1)


def test_others_who_were_there_are_logged_too(browser, ana):
    dana, tom = contact(ana), contact(ana, "Tom Hale", mail="")
    assert "Who else was there?" in browser.sign_in(ana).post("/log", text="lunch with Dana Reed and Tom Hale").text
    browser.post("/log/keep", **SENT | {"others": str(tom.id)})
    assert (len(touches(dana)), len(touches(tom))) == (1, 1)


@pytest.mark.parametrize("field", ["contact_id", "pick", "others"])
def test_nobody_logs_with_somebody_elses_contact(browser, ana, ben, field):
    contact(ana)
    theirs = contact(ben, "Dana Reed", mail="")
    answer = browser.sign_in(ana).post("/log/keep", **SENT | {field: str(theirs.id)})
    assert answer.status_code == 422
    assert not db.session.query(Touch).count()
    assert browser.get("/log", contact=theirs.id).status_code == 404


def test_somebody_elses_log_is_nowhere(browser, ana, ben):
    contact(ana)
    browser.sign_in(ana).post("/log/keep", **SENT)
    row = db.session.query(QuickLog).one()
    browser.sign_in(ben)
    assert browser.get("/log", done=row.id).status_code == 404
    assert browser.post(f"/log/{row.id}/undo").status_code == 404


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"happened_on": "2026-03-05"}, "still to come"),
        ({"happened_on": "soon"}, "Give a day like"),
        ({"happened_on": "1999-01-01"}, "last ten years"),
        ({"kind": "seance"}, "Choose one."),
        ({"contact": ""}, "Say who it was."),
        ({"asked": "asked"}, "Say where they work."),
        ({"asked": "asked", "organisation": "X"}, "Say what you ask for."),
        ({"asked": "perhaps"}, "Choose one of these."),
        ({"next_on": "2026-03-09"}, "Say what you will do on that day."),
        ({"key": "../.."}, "damaged on its way"),
        ({"note": "\x00"}, "can&#39;t be kept"),
    ],
)
def test_what_does_not_fit_is_explained_and_nothing_is_kept(browser, ana, changed, reason):
    contact(ana)
    answer = browser.sign_in(ana).post("/log/keep", **SENT | changed)
    assert answer.status_code == 422
    assert reason in answer.text
    assert not db.session.query(Touch).count()


def test_an_empty_line_says_what_is_wanted(browser, ana):
    answer = browser.sign_in(ana).post("/log", text=" ")
    assert answer.status_code == 422
    assert "Write a line about it" in answer.text


def test_what_is_to_come_is_said_to_be(browser, ana):
    contact(ana)
    assert "This is still to come." in browser.sign_in(ana).post("/log", text="coffee with Dana tomorrow").text


def test_from_a_contact_the_form_is_filled(browser, ana):
    dana = contact(ana)
    assert 'value="Dana Reed"' in browser.sign_in(ana).get("/log", contact=dana.id).text


def test_the_bar_on_the_phone_leads_here(browser, ana):
    assert '<a href="/log" class="log">Log</a>' in browser.sign_in(ana).get("/").text


def test_reading_costs_the_same_for_a_large_network(browser, ana, budget):
    for number in range(30):
        contact(ana, f"Somebody {number}", mail="")
    browser.sign_in(ana)
    token = browser.token()
    browser.forget_who()
    with budget(4):
        browser.client.post("/log", data={"text": "coffee with Somebody 3", "csrf_token": token})
