"""A pitch is written as a draft that editors share."""

import pytest

from portal.db import db
from portal.message.models import Pitch, PitchDraft
from tests.browser import Fields
from tests.releases.make_releases import pitch as published
from tests.studio.test_publish_pitch import CLAIMS, reworded, said, sent


@pytest.fixture
def pitch(session):
    return published(claims=CLAIMS)


def draft():
    db.session.expire_all()
    return db.session.query(PitchDraft).one_or_none()


def test_a_half_written_part_is_kept_and_shown_again(browser, marketer, pitch):
    half = [*reworded(0, text="New words."), {"key": "", "kind": "objection", "text": "", "answer": ""}]
    page = browser.sign_in(marketer).post("/studio/pitches/firm", **sent(half, do="save", change=""))
    assert page.status_code == 302
    page = browser.get("/studio/pitches/firm").text
    assert "New words." in page
    assert "A draft, saved" in page
    assert 'name="claims-3-text"' in page
    assert said(pitch)[0] == ("opener", "We help family firms.")


def test_readers_see_nothing_of_it(browser, marketer, ana, pitch):
    browser.sign_in(marketer).post("/studio/pitches/firm", **sent(reworded(0, text="New words."), do="save"))
    assert "New words." not in browser.sign_in(ana).get("/pitch").text


def test_publishing_ends_the_draft(browser, marketer, pitch):
    browser.sign_in(marketer).post("/studio/pitches/firm", **sent(reworded(0, text="New words."), do="save"))
    browser.post("/studio/pitches/firm", **sent(reworded(0, text="New words."), do="publish", draft_version="1"))
    assert draft() is None
    assert said(pitch)[0] == ("opener", "New words.")


def test_the_second_editor_sees_the_firsts_draft_and_loses_nothing(browser, marketer, admin, pitch):
    browser.sign_in(marketer).post("/studio/pitches/firm", **sent(reworded(0, text="Theirs."), do="save"))
    page = browser.post("/studio/pitches/firm", **sent(reworded(0, text="Mine."), do="save", draft_version="0"))
    assert page.status_code == 422
    assert "The draft, as Mira Sand saved it" in page.text
    assert "Theirs." in page.text
    assert ">\r\nMine.</textarea>" in page.text
    assert draft().claims[0]["text"] == "Theirs."
    browser.post("/studio/pitches/firm", **sent(reworded(0, text="Mine."), do="save", draft_version="1"))
    assert draft().claims[0]["text"] == "Mine."


def test_a_new_pitch_can_begin_as_a_draft_and_be_thrown_away(browser, marketer, ana):
    browser.sign_in(marketer).post("/studio/pitches/new", **sent(title="The firm", base_number="0", do="save"))
    assert db.session.query(Pitch).one().latest == 0
    assert "The firm" in browser.get("/studio").text
    assert "No pitch is published yet" in browser.get("/pitch").text
    assert browser.get("/studio/pitches/the-firm").status_code == 200
    browser.post("/studio/pitches/the-firm/discard-draft")
    assert db.session.query(Pitch).count() == 0


def test_a_begun_pitch_is_published_as_its_first_version(browser, marketer):
    browser.sign_in(marketer).post("/studio/pitches/new", **sent(title="The firm", base_number="0", do="save"))
    page = browser.post(
        "/studio/pitches/the-firm", **sent(title="The firm", base_number="0", do="publish", draft_version="1")
    )
    assert page.status_code == 302
    assert db.session.query(Pitch).one().number == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "This is needed."),
        ({"claims-0-text": "x" * 1001}, "Keep this under 1,000"),
        ({"claims-0-wordings-finance": "x" * 1001}, "Keep this under 1,000"),
        ({"recertify_by": "soon"}, "Give a day like"),
    ],
)
def test_what_cannot_be_kept_is_explained(browser, marketer, pitch, changed, words):
    page = browser.sign_in(marketer).post("/studio/pitches/firm", **{**sent(do="save"), **changed})
    assert page.status_code == 422
    assert words in page.text
    assert draft() is None


def test_there_must_be_a_draft_to_throw_away(browser, marketer, pitch):
    assert browser.sign_in(marketer).post("/studio/pitches/firm/discard-draft").status_code == 422


def test_words_for_a_listener_travel_through_the_preview(browser, marketer, pitch):
    page = browser.sign_in(marketer).post(
        "/studio/pitches/firm", **sent(reworded(1, text="They wait."), **{"claims-0-wordings-finance": "We count."})
    )
    kept = Fields.of(page.text)
    kept.pop("csrf_token")
    browser.post("/studio/pitches/firm", **{**kept, "do": "publish"})
    page = browser.get("/pitch?listener=finance").text
    assert "We count." in page
    assert "We help family firms." not in page


def test_an_inherited_part_is_replaced_with_a_press(browser, marketer, pitch, tax):
    own = [{"key": "opener", "kind": "opener", "text": "We do tax.", "answer": ""}]
    fields = sent(own, title="Tax", practice_key=tax.key, base_number="0")
    page = browser.sign_in(marketer).post("/studio/pitches/new", **{**fields, "do": "replace-late"})
    assert "Stands for “late” of the pitch above." in page.text
    assert 'name="claims-1-replaces" type="hidden" value="late"' in page.text
    assert ">\r\nThey plan too late.</textarea>" in page.text
