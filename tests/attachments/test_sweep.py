"""The nightly sweep: whatever a crash left behind, the store and the rows agree again."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal import files
from portal.attachments import keeping, sweep
from portal.attachments.models import FileSweep, FileTrouble, StoredFile
from portal.db import db
from portal.jobs import services as jobs
from portal.jobs.models import Job
from portal.library import files as library_files
from portal.library import services
from portal.recitals.models import Medium
from tests.attachments.make_files import pdf, picture, stored
from tests.library import make_library
from tests.make import NOON
from tests.recitals import make_recitals
from tests.stores import bucket, damage, put, s3_server

LATER = NOON + timedelta(days=31)


@pytest.fixture(scope="module")
def server():
    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture(params=["folder", "bucket"])
def store(request, app, tmp_path):
    """Where the portal keeps its files while a test runs."""
    before = app.extensions["files"]
    store = files.Store(tmp_path) if request.param == "folder" else bucket(request.getfixturevalue("server"), tmp_path)
    app.extensions["files"] = store
    yield store
    app.extensions["files"] = before


def aged(store):
    """Let every file have come at noon; a folder tells the real time, which no test decides."""
    if isinstance(store, files.Store):
        for each in store.hashes():
            os.utime(store.path(each.sha256), times=(NOON.timestamp(), NOON.timestamp()))


def swept(store, now=LATER):
    aged(store)
    return sweep.sweep_all(now=now)


def held(store):
    return {each.sha256 for each in store.hashes()}


def troubles():
    return {row.sha256: row.what for row in db.session.scalars(select(FileTrouble))}


def test_a_crash_before_the_commit_leaves_bytes_that_go(store):
    row = stored(pdf("lost"), "a.pdf")
    sha256 = row.sha256
    db.session.rollback()
    assert held(store) == {sha256}
    swept(store, NOON + timedelta(hours=23))
    assert held(store) == {sha256}
    assert swept(store, NOON + timedelta(hours=25)).removed == 1
    assert held(store) == set()
    assert troubles() == {}


def test_a_crash_after_the_row_went_leaves_bytes_that_go_the_next_night(app, tmp_path):
    class Crashing(files.Store):
        def delete(self, sha256):
            raise OSError("the power is gone")

    before = app.extensions["files"]
    app.extensions["files"] = Crashing(tmp_path)
    try:
        row = stored(pdf("lost"), "a.pdf")
        sha256 = row.sha256
        db.session.commit()
        with pytest.raises(OSError, match="power"):
            swept(app.extensions["files"])
        assert db.session.scalar(select(func.count()).where(StoredFile.sha256 == sha256)) == 0
        app.extensions["files"] = files.Store(tmp_path)
        assert held(app.extensions["files"]) == {sha256}
        swept(app.extensions["files"])
        assert held(app.extensions["files"]) == set()
    finally:
        app.extensions["files"] = before


def test_a_lost_job_of_a_deleted_recording_is_made_up_for(store, ana, tmp_path):
    make_recitals.pitch()
    make_recitals.rubric()
    draft = make_recitals.recital(ana, medium=Medium.AUDIO)
    make_recitals.recording(draft, tmp_path)
    row = make_recitals.kept(draft.id)
    swept(store)
    assert held(store) == {row.sha256}
    row.deleted_at = NOON
    db.session.commit()
    swept(store)
    assert held(store) == set()


def test_a_row_without_bytes_is_told_until_they_are_back(store, marketer):
    content = pdf("gone")
    item = make_library.published(marketer)
    library_files.attach(item, stored(content, "a.pdf", marketer), name="a.pdf", now=NOON)
    db.session.commit()
    (sha256,) = held(store)
    store.delete(sha256)
    swept(store)
    assert troubles() == {sha256: "missing"}
    put(store, content)
    swept(store)
    assert troubles() == {}


def test_damaged_bytes_are_found_in_their_night(store, marketer):
    item = make_library.published(marketer)
    row = stored(pdf("rot"), "a.pdf", marketer)
    library_files.attach(item, row, name="a.pdf", now=NOON)
    db.session.commit()
    sha256 = row.sha256
    damage(store, sha256)
    found = []
    for number in range(sweep.NIGHTS):
        now = LATER + timedelta(days=number)
        sweep.sweep(sha256[0], night=now.date(), now=now)
        found += [number] if troubles() else []
    assert found == list(range(found[0], sweep.NIGHTS))
    assert troubles() == {sha256: "damaged"}
    put(store, pdf("rot"))
    sweep.sweep(sha256[0], night=now.date(), now=now)
    assert troubles() == {}


def test_what_an_item_has_stays(store, marketer):
    item = make_library.published(marketer)
    library_files.attach(item, stored(pdf("kept"), "a.pdf"), name="a.pdf", now=NOON)
    db.session.commit()
    done = swept(store, NOON + timedelta(days=900))
    assert (done.files, done.removed, done.forgotten, done.parts) == (1, 0, 0, 16)


def test_what_was_removed_stays_for_a_while_then_goes(store, marketer):
    item = make_library.published(marketer)
    file = library_files.attach(item, stored(pdf("removed"), "a.pdf"), name="a.pdf", now=NOON)
    library_files.remove(item, file, now=NOON)
    db.session.commit()
    assert swept(store, NOON + keeping.SPARED - timedelta(hours=1)).forgotten == 0
    done = swept(store, NOON + keeping.SPARED + timedelta(hours=1))
    assert (done.forgotten, done.removed) == (1, 1)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert held(store) == set()


def test_what_an_earlier_revision_shows_stays(store, marketer, viewer):
    row = stored(picture(), "a.png", marketer)
    item = make_library.published(marketer, source=f"![A chart](/files/{row.sha256}/a.png)")
    file = library_files.attach(item, row, name="a.png", is_inline=True, now=NOON)
    wording = make_library.wording(item.title, source="Words alone.")
    services.write(item, wording, change="", base_number=1, by=viewer(marketer), now=NOON)
    library_files.remove(item, file, now=NOON)
    db.session.commit()
    swept(store, NOON + timedelta(days=900))
    assert held(store) == {row.sha256}


def test_what_was_brought_again_lately_stays(store, ana, ben):
    sha256 = stored(pdf("again"), "a.pdf", ana).sha256
    stored(pdf("again"), "a.pdf", ben, now=NOON + timedelta(days=20))
    db.session.commit()
    swept(store)
    assert held(store) == {sha256}
    swept(store, NOON + timedelta(days=51))
    assert held(store) == set()


def test_bytes_that_come_again_while_it_looks_are_young(store):
    sha256 = put(store, b"orphan")
    aged(store)
    now = store.held(sha256).at + timedelta(days=2)
    put(store, b"orphan")
    if isinstance(store, files.Store):  # a bucket's clock stands still with the test's
        sweep.sweep_all(now=now)
        assert held(store) == {sha256}


def test_it_begins_once_a_night_in_the_small_hours(app):
    early = NOON.replace(hour=1)
    assert not sweep.begin_if_due(early)
    assert sweep.begin_if_due(NOON.replace(hour=2))
    assert not sweep.begin_if_due(NOON)
    assert sweep.begin_if_due(NOON + timedelta(days=1))
    assert db.session.scalar(select(func.count()).where(Job.handler == "sweep-files")) == 32


def test_its_jobs_do_all_of_it(store):
    sweep.begin_if_due(NOON)
    db.session.commit()
    jobs.sweep_all()
    assert db.session.scalars(select(FileSweep.parts)).all() == [16]
    assert db.session.scalars(select(Job.error).where(Job.handler == "sweep-files").distinct()).all() == [""]


def test_what_a_crash_left_half_written_is_tidied(app, tmp_path):
    before = app.extensions["files"]
    store = app.extensions["files"] = files.Store(tmp_path)
    try:
        put(store, b"whole")
        half = store.path("a" * 64).parent / ".0123"
        half.parent.mkdir()
        left = [store.part("file-0123"), store.part("package-1"), half]
        going_on = store.part("recording-7")
        for path in [*left, going_on]:
            path.write_bytes(b"half")
            os.utime(path, times=(NOON.timestamp(), NOON.timestamp()))
        sweep.sweep_all(now=NOON + timedelta(hours=2))
        assert all(path.exists() for path in left)
        sweep.sweep_all(now=NOON + timedelta(days=2))
        assert not any(path.exists() for path in left)
        assert going_on.exists()
    finally:
        app.extensions["files"] = before


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(fates=st.lists(st.sampled_from(["kept", "orphan", "missing"]), max_size=6))
def test_afterwards_bytes_and_rows_agree(store, marketer, fates):
    for each in list(store.hashes()):
        store.delete(each.sha256)
    item = make_library.published(marketer)
    wanted = {"kept": set(), "missing": set(), "orphan": set()}
    for number, fate in enumerate(fates):
        content = f"{fate} {number} of {item.id}".encode()
        if fate == "orphan":
            wanted[fate].add(put(store, content))
            continue
        row = stored(content, "a.txt")
        library_files.attach(item, row, name="a.txt", now=NOON)
        wanted[fate].add(row.sha256)
    db.session.commit()
    for sha256 in wanted["missing"]:
        store.delete(sha256)
    swept(store)
    assert held(store) == wanted["kept"]
    assert set(troubles()) >= wanted["missing"]
    assert not set(troubles()) & (wanted["kept"] | wanted["orphan"])


def test_an_admin_reads_how_it_went(browser, admin, store, marketer, budget):
    browser.sign_in(admin)
    assert "Not swept yet" in browser.get("/people/jobs").text
    item = make_library.published(marketer)
    library_files.attach(item, stored(pdf("gone"), "a.pdf"), name="a.pdf", now=NOON)
    db.session.commit()
    (sha256,) = held(store)
    store.delete(sha256)
    swept(store)
    browser.forget_who()
    browser.sign_in(admin)
    page = browser.get("/people/jobs").text
    assert "Missing" in page
    assert sha256 in page
    browser.forget_who()
    with budget(12):
        browser.get("/people/jobs")
