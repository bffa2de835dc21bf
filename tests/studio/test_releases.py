"""What versions set going, and taking one back, in the studio."""

import pytest

from portal.db import db
from portal.message.models import Pitch
from portal.releases.models import Release
from tests.releases.make_releases import pitch as published
from tests.releases.make_releases import publish, reworded


@pytest.fixture
def pitch(session, charlie):
    found = published()
    publish(found, claims=reworded("opener", "We help owners."), change="Two.")
    return found


def test_each_version_stands_with_what_it_did(browser, marketer, pitch):
    page = browser.sign_in(marketer).get("/studio/pitches/firm/releases").text
    assert page.index("Version 2") < page.index("Version 1")
    assert "<strong>1 card</strong> gets new words" in page
    assert "2 people are told" in page
    assert "2 told by mail" in page


def test_a_version_is_taken_back_with_a_reason(browser, marketer, pitch):
    page = browser.sign_in(marketer).get("/studio/pitches/firm/versions/2/withdraw").text
    assert "Version 1 is in force again at once" in page
    page = browser.submit("/studio/pitches/firm/versions/2/withdraw", reason="It named a client.")
    assert "It named a client." in page.text
    assert "Version 1 is in force." in page.text
    assert db.session.query(Pitch).one().number == 1


def test_without_a_reason_nothing_is_taken_back(browser, marketer, pitch):
    page = browser.sign_in(marketer).post("/studio/pitches/firm/versions/2/withdraw", reason="")
    assert page.status_code == 422
    assert "This is needed." in page.text
    assert pitch.number == 2


def test_how_far_the_telling_is_can_be_followed(browser, marketer, pitch):
    release = db.session.query(Release).order_by(Release.id.desc()).first()
    told = browser.sign_in(marketer).get(f"/studio/releases/{release.id}/progress").json
    assert told == {"done": 2, "total": 2, "state": "done"}
    assert browser.get("/studio/releases/999999/progress").status_code == 404


def test_it_is_for_those_who_publish(browser, ana, pitch):
    browser.sign_in(ana)
    assert browser.get("/studio/pitches/firm/releases").status_code == 403
    assert browser.get("/studio/pitches/firm/versions/2/withdraw").status_code == 403
    assert browser.post("/studio/pitches/firm/versions/2/withdraw", reason="No.").status_code == 403


def test_what_is_not_there_is_not_found(browser, marketer, pitch):
    browser.sign_in(marketer)
    for address in ("/studio/pitches/none/releases", "/studio/pitches/firm/versions/9/withdraw"):
        assert browser.get(address).status_code == 404
