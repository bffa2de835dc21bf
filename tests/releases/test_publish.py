"""Publishing a version of a pitch, by people and from files."""

import pytest

from portal.audit.models import AuditEvent
from portal.db import db
from portal.errors import Refused
from portal.message.models import Claim, Pitch, PitchVersion
from portal.releases import services
from tests.make import NOON
from tests.releases.make_releases import CLAIMS, OPENER, pitch, publish, reworded

FILE = {
    "key": "firm",
    "title": "The firm's pitch",
    "practice_key": "",
    "change": "First.",
    "claims": CLAIMS,
    "now": NOON,
}


def test_it_numbers_versions_and_keeps_each(marketer, viewer):
    found = pitch(by=viewer(marketer))
    version = publish(found, claims=reworded("opener", "Shorter."), change="Said aloud.", by=viewer(marketer))
    assert (version.number, version.published_by.name, version.change) == (2, "Mira Sand", "Said aloud.")
    openers = db.session.query(Claim.text).filter_by(key="opener").order_by(Claim.id)
    assert [text for (text,) in openers] == [OPENER, "Shorter."]


def test_it_is_in_the_audit_log_with_what_happened_to_the_cards():
    publish(pitch(), claims=reworded("opener", "Shorter."), change="Said aloud.")
    noted = db.session.query(AuditEvent).filter_by(action="pitch published").order_by(AuditEvent.id.desc()).first()
    assert noted.detail == {"version": 2, "new": 0, "changed": 1, "kept": 2, "retired": 0, "stale": 0, "people": 0}


def test_a_version_that_somebody_else_overtook_is_refused():
    found = pitch()
    publish(found, claims=reworded("opener", "Theirs."), change="Two.")
    with pytest.raises(Refused, match="newer version"):
        publish(found, claims=reworded("opener", "Mine."), change="Two, too.", base_number=1)
    assert db.session.query(PitchVersion).count() == 2


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"claims": []}, "claims", "exactly one opener"),
        ({"claims": [*CLAIMS, {**CLAIMS[0], "key": "second"}]}, "claims", "has 2"),
        ({"claims": [*CLAIMS, CLAIMS[1]]}, "claims", "Two parts"),
        ({"claims": [*CLAIMS, {**CLAIMS[1], "key": "Not A Key"}]}, "claims", "can't be a key"),
        ({"claims": [*CLAIMS, {**CLAIMS[1], "key": "k", "kind": "song"}]}, "claims", "isn't a kind"),
        ({"claims": [*CLAIMS, {**CLAIMS[1], "key": "k", "text": "  "}]}, "claims", "no words"),
        ({"claims": [*CLAIMS, {**CLAIMS[1], "key": "k", "text": "x" * 2001}]}, "claims", "too long"),
        ({"claims": [*CLAIMS, {**CLAIMS[2], "key": "k", "answer": ""}]}, "claims", "needs its answer"),
        ({"claims": [*CLAIMS, {**CLAIMS[1], "key": "k", "answer": "Yes."}]}, "claims", "Only an objection"),
        ({"claims": [*CLAIMS, {}]}, "claims", "isn't a kind"),
        ({"change": " "}, "change", "what changed"),
        ({"title": " "}, "title", "title"),
        ({"change": "None."}, "claims", "Nothing differs"),
    ],
)
def test_it_explains_what_cannot_be_published(given, field, words):
    found = pitch()
    with pytest.raises(Refused, match=words) as refusal:
        publish(found, **given)
    assert refusal.value.field == field


@pytest.mark.parametrize("key", ["", "Firm", "a b", "firm"])
def test_it_explains_a_key_that_cannot_be(key):
    pitch()
    with pytest.raises(Refused) as refusal:
        publish(None, key=key, practice_key="nowhere")
    assert refusal.value.field == "key"


def test_it_explains_a_practice_that_is_not_there(marketer, viewer):
    with pytest.raises(Refused) as refusal:
        publish(None, practice_key="nowhere", by=viewer(marketer))
    assert refusal.value.field == "practice_key"


def test_a_new_order_is_a_version():
    assert publish(pitch(), claims=list(reversed(CLAIMS)), change="The answer first.").number == 2


def test_a_file_is_published_once():
    assert services.load_pitch(**FILE) == ["pitch firm: new"]
    assert services.load_pitch(**FILE) == []
    version = db.session.query(PitchVersion).one()
    assert (version.from_file, version.published_by_id) == (True, None)


def test_a_changed_file_is_the_next_version():
    services.load_pitch(**FILE)
    said = services.load_pitch(**{**FILE, "claims": reworded("opener", "Shorter."), "change": "Said aloud."})
    assert said == ["pitch firm: version 2"]
    assert db.session.query(Pitch).one().number == 2


def test_a_file_whose_words_are_the_same_is_no_version():
    services.load_pitch(**FILE)
    assert services.load_pitch(**{**FILE, "change": "First, with a comma mended."}) == []
    assert db.session.query(PitchVersion).count() == 1


def test_a_pitch_that_was_revised_in_the_portal_is_kept(marketer, viewer):
    services.load_pitch(**FILE)
    publish(db.session.query(Pitch).one(), claims=reworded("opener", "Ours."), change="Two.", by=viewer(marketer))
    assert services.load_pitch(**FILE) == []
    said = services.load_pitch(**{**FILE, "claims": reworded("opener", "The file's.")})
    assert said == ["pitch firm: kept as revised in the portal (version 2); its file is not loaded"]
    assert db.session.query(PitchVersion).count() == 2


def test_a_file_may_name_a_practice_that_comes_later():
    assert services.load_pitch(**{**FILE, "practice_key": "tax-advisory"}) == ["pitch firm: new"]
