"""Who hears a recording: its owner, the coach it is with, nobody else; and until when."""

from datetime import timedelta

import pytest

from portal import files
from portal.db import db
from portal.jobs import services as jobs
from portal.recitals import recordings, services
from portal.recitals.models import Medium, Recital
from tests.recitals import make_recitals
from tests.recitals.make_recitals import kept, wav


@pytest.fixture
def waiting(ana, viewer, pitch, tmp_path, now, rubric):
    draft = make_recitals.recital(ana, medium=Medium.AUDIO)
    make_recitals.recording(draft, tmp_path)
    services.submit(draft, by=viewer(ana), now=now)
    db.session.flush()
    return draft


def sound(browser, person, row, **headers):
    browser.sign_in(person)
    number = kept(row.id).id
    browser.forget_who()
    with browser.client.get(f"/recitals/recordings/{number}/sound", headers=headers) as answer:
        assert answer.get_data() is not None
        return answer


def test_its_owner_hears_it_under_the_type_it_has(browser, ana, waiting):
    answer = sound(browser, ana, waiting)
    assert answer.data == wav()
    assert answer.mimetype == "audio/wav"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_browser_may_ask_for_a_part(browser, ana, waiting):
    answer = sound(browser, ana, waiting, Range="bytes=4-7")
    assert (answer.status_code, answer.data) == (206, wav()[4:8])
    assert answer.headers["Content-Range"] == f"bytes 4-7/{len(wav())}"


def test_a_coach_hears_it_only_while_it_is_with_them(browser, coach, second_coach, waiting):
    assert sound(browser, coach, waiting).status_code == 404
    make_recitals.taken(waiting, coach)
    assert sound(browser, coach, waiting).status_code == 200
    assert sound(browser, second_coach, waiting).status_code == 404


def test_nobody_else_knows_it_is_there(browser, ben, other_leader, admin, executive, waiting):
    for person in (ben, other_leader, admin, executive):
        assert sound(browser, person, waiting).status_code == 404


def test_a_coach_who_lost_the_role_hears_nothing(browser, coach, waiting):
    from portal.accounts import queries as accounts
    from portal.accounts import services as account_services

    make_recitals.taken(waiting, coach)
    account_services.revoke(coach, accounts.grants_of(coach.id)[0])
    db.session.commit()
    assert sound(browser, coach, waiting).status_code == 404


def test_it_is_deleted_by_its_owner_after_the_answer_and_the_score_stays(browser, ana, coach, waiting):
    row = kept(waiting.id)
    path = files.store().path(row.sha256)
    browser.sign_in(ana)
    assert browser.post(f"/recitals/recordings/{row.id}/delete").status_code == 422
    make_recitals.decided(db.session.get(Recital, waiting.id), coach)
    db.session.commit()
    assert browser.post(f"/recitals/recordings/{row.id}/delete").status_code == 302
    jobs.sweep_all()
    assert not path.exists()
    page = browser.get(f"/recitals/{waiting.id}").text
    assert "100 of 100" in page
    assert "deleted by its owner" in page


def test_bytes_that_another_recording_has_too_stay(ana, ben, viewer, coach, waiting, tmp_path, now):
    other = make_recitals.recital(ben, medium=Medium.AUDIO)
    make_recitals.recording(other, tmp_path)
    make_recitals.decided(waiting, coach)
    row = kept(waiting.id)
    recordings.delete(waiting, row, by=viewer(ana), now=now + timedelta(hours=1))
    db.session.commit()
    jobs.sweep_all()
    assert files.store().path(row.sha256).exists()
