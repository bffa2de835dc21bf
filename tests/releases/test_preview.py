"""What the preview promises is what happens; and the telling survives a restart."""

from portal import mail
from portal.audit.models import AuditEvent
from portal.db import db
from portal.jobs.models import Job
from portal.message.models import PitchVersion
from portal.releases import services, telling
from portal.releases.models import Release
from tests import make
from tests.library import make_library
from tests.make import NOON
from tests.releases.make_releases import pitch, reworded, settle


def given(found, **more):
    return {
        "key": found.key,
        "title": found.title,
        "practice_key": found.practice_key,
        "claims": reworded("too-small", "Small?"),
        "change": "A question.",
        "base_number": found.latest,
        "by": None,
        "now": NOON,
        **more,
    }


def test_the_preview_counts_what_then_happens_and_changes_nothing(firm, tax, ana, charlie):
    found = pitch()
    pitch(key="tax", title="The tax pitch", practice_key=tax.key, claims=reworded("opener", "We do tax.")[:1])
    before = [db.session.query(kind).count() for kind in (PitchVersion, Release, AuditEvent, Job)]
    said, promised = services.preview(found, **given(found))
    assert [db.session.query(kind).count() for kind in (PitchVersion, Release, AuditEvent, Job)] == before
    assert (found.number, said[2].text) == (1, "Small?")
    version = services.publish(found, **given(found))
    release = db.session.query(Release).filter_by(version_id=version.id).one()
    assert release.effects == promised
    assert promised["pitches"] == ["The tax pitch"]
    assert promised["people"] == 2
    assert promised["changed"] >= 1


def test_only_those_who_speak_with_it_are_told(firm, tax, ana, charlie):
    found = pitch()
    pitch(key="tax", practice_key=tax.key, claims=reworded("opener", "We do tax.")[:1])
    _, promised = services.preview(found, **given(found, claims=reworded("opener", "We help.")))
    assert promised["people"] == 1


def test_who_never_came_or_left_is_not_told(app, law, charlie):
    make.person("Never Came", law, joined_at=None)
    make.person("Has Left", law, is_active=False)
    found = pitch()
    _, promised = services.preview(found, **given(found))
    assert promised["people"] == 1


def test_the_telling_goes_on_where_it_ended(app, firm, law, monkeypatch):
    people = [make.person(practice=law) for _ in range(5)]
    found = pitch()
    monkeypatch.setattr(telling, "BATCH", 2)
    services.publish(found, **given(found))
    release = db.session.query(Release).order_by(Release.id.desc()).first()
    db.session.query(Job).filter_by(handler="tell-release").delete()
    assert telling.tell_next(release.id, now=NOON)
    assert (release.told, release.finished_at) == (2, None)
    telling.tell(release.id)
    telling.tell(release.id)
    settle()
    assert (release.told, release.to_tell) == (5, 5)
    letters = [letter.to for letter in mail.letters(app.extensions["portal_config"], 1000)]
    assert all(letters.count(person.email) == 2 for person in people)  # the first version, and this one


def test_the_letter_says_what_changed_and_by_when(app, law, charlie, viewer, marketer):
    found = pitch()
    services.publish(found, **given(found, recertify_by=make.TODAY.replace(day=20)))
    settle()
    letter = next(each for each in mail.letters(app.extensions["portal_config"], 5) if each.to == charlie.email)
    assert "A question." in letter.text
    assert "20 March 2026" in letter.text
    assert "/pitch/firm" in letter.text


def test_items_that_use_a_changed_claim_are_named(firm, marketer):
    found = pitch()
    for title, claim in (("An answer", "firm/too-small"), ("Another", "firm/opener")):
        make_library.published(marketer, title, claim=[claim])
    assert services.preview(found, **given(found))[1]["items"] == [["an-answer", "An answer"]]
