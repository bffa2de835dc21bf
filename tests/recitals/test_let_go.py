"""Recordings that are let go: their bytes follow, unless somebody else has the same ones."""

import pytest

from portal import files
from portal.db import db
from portal.jobs import services as jobs
from portal.recitals import services
from portal.recitals.models import Medium, Recording
from tests.attachments.make_files import stored
from tests.recitals import make_recitals
from tests.recitals.make_recitals import kept, wav


@pytest.fixture
def draft(ana, pitch):
    return make_recitals.recital(ana, medium=Medium.AUDIO)


def test_what_was_put_away_is_forgotten_when_another_is_submitted(ana, viewer, draft, tmp_path, now):
    make_recitals.recording(draft, tmp_path, wav(1))
    make_recitals.recording(draft, tmp_path, wav(2))
    services.submit(draft, by=viewer(ana), now=now)
    db.session.commit()
    jobs.sweep_all()
    states = db.session.query(Recording.seconds, Recording.deleted_at).order_by(Recording.seconds).all()
    assert [(seconds, deleted_at is None) for seconds, deleted_at in states] == [(1, False), (2, True)]
    for row in db.session.query(Recording):
        assert files.store().path(row.sha256).exists() == (row.deleted_at is None)


def test_bytes_that_somebody_attached_too_outlive_the_recording(browser, ana, draft, tmp_path):
    attached = stored(wav(), "pitch.wav")
    make_recitals.recording(draft, tmp_path, wav())
    row = kept(draft.id)
    assert row.sha256 == attached.sha256
    browser.sign_in(ana).post(f"/recitals/recordings/{row.id}/discard")
    browser.post(f"/recitals/recordings/{row.id}/delete")
    jobs.sweep_all()
    assert row.deleted_at is not None
    assert files.store().exists(attached.sha256)


def test_what_was_put_away_can_be_deleted_for_good(browser, ana, draft, tmp_path):
    make_recitals.recording(draft, tmp_path)
    row = kept(draft.id)
    browser.sign_in(ana).post(f"/recitals/recordings/{row.id}/discard")
    browser.post(f"/recitals/recordings/{row.id}/delete")
    jobs.sweep_all()
    assert not files.store().path(row.sha256).exists()
    assert browser.post(f"/recitals/recordings/{row.id}/bring-back").status_code == 422
