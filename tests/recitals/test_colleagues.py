"""Colleagues who are asked to listen: they write to the owner alone, and may be un-asked."""

import pytest

from portal import mail
from portal.db import db
from portal.recitals.models import Invitation, Medium, RecitalComment, Recording
from tests import make
from tests.recitals import make_recitals


@pytest.fixture
def recital(ana, pitch):
    return make_recitals.recital(ana)


@pytest.fixture
def invitation(browser, ana, charlie, recital):
    browser.sign_in(ana).post(f"/recitals/{recital.id}/colleagues", person_id=charlie.id)
    return db.session.query(Invitation).one()


def test_colleagues_are_found_by_name_in_the_whole_firm(browser, ana, charlie, recital):
    make.person("Charlotte Gone", is_active=False)
    page = browser.sign_in(ana).get(f"/recitals/{recital.id}/colleagues", q="char").text
    assert "Charlie Stone" in page
    assert "Charlotte" not in page


@pytest.mark.parametrize("words", ["", "x", "%", "zzz", "\x00ab", "a" * 500])
def test_odd_searches_find_nobody(browser, ana, charlie, recital, words):
    page = browser.sign_in(ana).get(f"/recitals/{recital.id}/colleagues", q=words)
    assert page.status_code == 200
    assert "Charlie Stone" not in page.text


def test_who_is_asked_is_told_and_sees_it_on_today(browser, app, invitation, charlie):
    assert mail.letters(app.extensions["portal_config"])[0].to == charlie.email
    assert "Ana Ferreira asks for your ear" in browser.sign_in(charlie).get("/").text
    assert "Ana Ferreira" in browser.get("/recitals").text


def test_they_write_to_the_owner_alone(browser, invitation, charlie, ana, ben, recital):
    browser.sign_in(charlie).submit(f"/recitals/invitations/{invitation.id}", text="I remember the second sentence.")
    assert "asks for your ear" not in browser.get("/").text
    assert db.session.query(RecitalComment).one().is_from_coach is False
    assert browser.sign_in(ben).get(f"/recitals/{recital.id}").status_code == 404
    assert browser.get(f"/recitals/invitations/{invitation.id}").status_code == 404


def test_the_owner_reads_it(browser, viewer, now, invitation, charlie, ana, recital):
    from portal.recitals import services

    services.submit(recital, by=viewer(ana), now=now)
    browser.sign_in(charlie).submit(f"/recitals/invitations/{invitation.id}", text="I remember the second sentence.")
    page = browser.sign_in(ana).get(f"/recitals/{recital.id}").text
    assert "I remember the second sentence." in page
    assert "Charlie Stone" in page


def test_coaches_don_t_see_it(browser, viewer, now, invitation, charlie, ana, coach, rubric, recital):
    from portal.recitals import services

    browser.sign_in(charlie).submit(f"/recitals/invitations/{invitation.id}", text="I remember the second sentence.")
    services.submit(recital, by=viewer(ana), now=now)
    make_recitals.taken(recital, coach)
    assert "second sentence" not in browser.sign_in(coach).get(f"/coaching/{recital.id}").text


def test_withdrawn_means_closed(browser, ana, charlie, invitation, recital):
    browser.sign_in(ana).post(f"/recitals/{recital.id}/colleagues/{invitation.id}/withdraw")
    browser.sign_in(charlie)
    assert browser.get(f"/recitals/invitations/{invitation.id}").status_code == 404
    assert "asks for your ear" not in browser.get("/").text


def test_asked_again_after_all(browser, ana, charlie, invitation, recital):
    browser.sign_in(ana).post(f"/recitals/{recital.id}/colleagues/{invitation.id}/withdraw")
    browser.post(f"/recitals/{recital.id}/colleagues", person_id=charlie.id)
    assert browser.sign_in(charlie).get(f"/recitals/invitations/{invitation.id}").status_code == 200


def test_asking_twice_asks_once(browser, ana, charlie, invitation, recital):
    browser.sign_in(ana).post(f"/recitals/{recital.id}/colleagues", person_id=charlie.id)
    assert db.session.query(Invitation).count() == 1


@pytest.mark.parametrize(("person_id", "said"), [("0", "whole number"), ("99999", "any more"), ("x", "whole number")])
def test_odd_colleagues_are_refused(browser, ana, recital, person_id, said):
    answer = browser.sign_in(ana).post(f"/recitals/{recital.id}/colleagues", person_id=person_id)
    assert answer.status_code == 422
    assert said in answer.text


def test_oneself_is_no_colleague(browser, ana, recital):
    answer = browser.sign_in(ana).post(f"/recitals/{recital.id}/colleagues", person_id=ana.id)
    assert "heard yourself already" in answer.text


def test_only_the_owner_asks(browser, ben, charlie, recital):
    answer = browser.sign_in(ben).post(f"/recitals/{recital.id}/colleagues", person_id=charlie.id)
    assert answer.status_code == 404


def test_another_recital_s_invitation_is_not_withdrawn(browser, ben, invitation):
    other = make_recitals.recital(ben)
    answer = browser.sign_in(ben).post(f"/recitals/{other.id}/colleagues/{invitation.id}/withdraw")
    assert answer.status_code == 404


def test_a_recording_is_heard_by_who_was_invited_until_they_are_not(browser, ana, charlie, pitch, tmp_path):
    row = make_recitals.recital(ana, medium=Medium.AUDIO)
    make_recitals.recording(row, tmp_path)
    address = f"/recitals/recordings/{db.session.query(Recording).one().id}/sound"
    browser.sign_in(ana).post(f"/recitals/{row.id}/colleagues", person_id=charlie.id)
    invitation = db.session.query(Invitation).one()
    with browser.sign_in(charlie).get(address) as answer:
        assert answer.get_data() == make_recitals.wav()
    browser.sign_in(ana).post(f"/recitals/{row.id}/colleagues/{invitation.id}/withdraw")
    assert browser.sign_in(charlie).get(address).status_code == 404


def test_without_something_to_hear_nobody_is_asked(browser, ana, charlie, pitch):
    row = make_recitals.recital(ana, medium=Medium.AUDIO)
    answer = browser.sign_in(ana).post(f"/recitals/{row.id}/colleagues", person_id=charlie.id)
    assert "Record something first" in answer.text


def test_five_are_enough(browser, ana, recital, law):
    browser.sign_in(ana)
    for _ in range(5):
        browser.post(f"/recitals/{recital.id}/colleagues", person_id=make.person(practice=law).id)
    answer = browser.post(f"/recitals/{recital.id}/colleagues", person_id=make.person(practice=law).id)
    assert answer.status_code == 422
    assert "Five colleagues are enough" in answer.text
