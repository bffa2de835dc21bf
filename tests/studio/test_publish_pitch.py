"""Writing a pitch and publishing a version of it."""

import pytest

from portal.db import db
from portal.message.models import Pitch, PitchVersion
from portal.releases import services as releases
from tests.browser import Fields
from tests.make import NOON
from tests.releases.make_releases import settle

CLAIMS = [
    {"key": "opener", "kind": "opener", "text": "We help family firms.", "answer": ""},
    {"key": "late", "kind": "problem", "text": "They plan too late.", "answer": ""},
    {"key": "dear", "kind": "objection", "text": "You are dear.", "answer": "Compared with what?"},
]


def sent(claims=CLAIMS, **given):
    """The editor's fields."""
    fields = {
        "title": "The firm's pitch",
        "practice_key": "",
        "change": "Clearer.",
        "base_number": "1",
        "do": "preview",
    }
    for place, claim in enumerate(claims):
        fields |= {f"claims-{place}-{name}": value for name, value in claim.items()}
    return {**fields, **given}


def reworded(place, **words):
    return [{**claim, **words} if number == place else claim for number, claim in enumerate(CLAIMS)]


@pytest.fixture
def pitch(session):
    version = releases.publish(
        None, key="firm", title="The firm's pitch", practice_key="", claims=CLAIMS, change="First.", base_number=0,
        by=None, now=NOON,
    )  # fmt: skip
    settle()
    return db.session.get(Pitch, version.pitch_id)


def said(pitch):
    db.session.expire_all()
    return [(claim.key, claim.text) for claim in releases.said_in(pitch)]


def test_the_preview_shows_the_words_and_the_cards_before_anything_changes(browser, marketer, pitch):
    page = (
        browser.sign_in(marketer)
        .post("/studio/pitches/firm", **sent(reworded(1, text="They plan much too late.")))
        .text
    )
    assert "They plan<ins> much</ins> too late." in page
    assert "<strong>1 card</strong> gets new words" in page
    assert "<strong>2 cards</strong> stay as they are" in page
    assert pitch.number == 1


def test_it_is_published_with_the_reason(browser, marketer, pitch):
    signed_in = browser.sign_in(marketer)
    signed_in.post("/studio/pitches/firm", **sent(reworded(1, text="They wait."), do="publish", change="Shorter."))
    assert said(pitch)[1] == ("late", "They wait.")
    version = db.session.query(PitchVersion).filter_by(number=2).one()
    assert (version.change, version.published_by_id) == ("Shorter.", marketer.id)
    assert "Version 2 is in force." in signed_in.get("/studio").text


def test_the_preview_carries_everything_to_the_button(browser, marketer, pitch):
    browser.sign_in(marketer)
    page = browser.post("/studio/pitches/firm", **sent(reworded(2, answer="With “nothing” & none?")))
    kept = Fields.of(page.text)
    kept.pop("csrf_token")
    browser.post("/studio/pitches/firm", **{**kept, "do": "publish"})
    db.session.expire_all()
    assert releases.said_in(pitch)[2].answer == "With “nothing” & none?"


def test_going_back_from_the_preview_keeps_what_was_typed(browser, marketer, pitch):
    page = browser.sign_in(marketer).post("/studio/pitches/firm", **sent(reworded(0, text="New words."), do="edit"))
    assert page.status_code == 200
    assert "New words." in page.text
    assert "Clearer." in page.text


def test_parts_are_added_taken_out_and_moved_without_losing_a_word(browser, marketer, pitch):
    signed_in = browser.sign_in(marketer)
    typed = reworded(1, text="Typed but not saved.")
    for do, order in (("up-1", [1, 0, 2]), ("down-0", [1, 0, 2]), ("remove-0", [1, 2]), ("add", [0, 1, 2])):
        page = signed_in.post("/studio/pitches/firm", **sent(typed, do=do))
        places = [page.text.find(f">\r\n{typed[number]['text']}</textarea>") for number in order]
        assert page.status_code == 200
        assert -1 not in places, do
        assert places == sorted(places), do
    assert 'id="part-3"' in page.text


def test_a_new_pitch_gets_keys_from_its_words(browser, marketer, tax):
    claims = [{"key": "", "kind": "opener", "text": "We help, with tax.", "answer": ""}] * 1
    claims.append({"key": "", "kind": "problem", "text": "We help, with tax.", "answer": ""})
    browser.sign_in(marketer).post(
        "/studio/pitches/new",
        **sent(claims, title="New", practice_key="tax-advisory", base_number="0", do="publish"),
    )
    pitch = db.session.query(Pitch).one()
    assert (pitch.key, pitch.practice_key) == ("new-2", "tax-advisory")
    assert [key for key, _text in said(pitch)] == ["we-help-with-tax", "we-help-with-tax-2"]


def test_a_version_that_came_first_is_shown_beside_what_was_typed(browser, marketer, pitch):
    signed_in = browser.sign_in(marketer)
    signed_in.post("/studio/pitches/firm", **sent(reworded(1, text="Theirs."), do="publish"))
    for do in ("preview", "publish"):
        page = signed_in.post("/studio/pitches/firm", **sent(reworded(1, text="Mine."), do=do))
        assert page.status_code == 422
        assert "Version 2, published while you were writing" in page.text
        assert "Theirs." in page.text
        assert ">\r\nMine.</textarea>" in page.text
    assert 'name="base_number" type="hidden" value="2"' in page.text
    signed_in.post("/studio/pitches/firm", **sent(reworded(1, text="Mine."), do="publish", base_number="2"))
    assert said(pitch)[1] == ("late", "Mine.")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"change": ""}, "This is needed."),
        ({"title": ""}, "This is needed."),
        ({"practice_key": "gone"}, "Not a valid choice"),
        ({"claims-1-text": ""}, "Part 2, words: This is needed."),
        ({"claims-1-kind": "poem"}, "Part 2"),
        ({"claims-1-text": "x" * 1001}, "Keep this under 1,000"),
        ({"claims-1-text": "a\x00b"}, "can&#39;t be kept"),
        ({"claims-2-answer": ""}, "Say what to answer."),
        ({"claims-1-answer": "Because."}, "Only an objection has an answer."),
        ({"claims-0-kind": "problem"}, "exactly one opener"),
        ({"claims-1-kind": "opener"}, "exactly one opener"),
        ({"base_number": "one"}, "Give a whole number"),
        ({}, "Nothing differs from the version in force"),
    ],
)
@pytest.mark.parametrize("do", ["preview", "publish"])
def test_it_explains_what_it_refuses_and_keeps_the_rest(browser, marketer, pitch, changed, message, do):
    page = browser.sign_in(marketer).post("/studio/pitches/firm", **{**sent(do=do), **changed})
    assert page.status_code == 422
    assert message in page.text
    assert "We help family firms." in page.text
    assert pitch.number == 1


def test_odd_fields_and_buttons_are_passed_over(browser, marketer, pitch):
    odd = {"claims-²-text": "x", f"claims-{'9' * 5000}-text": "x", "claims-": "x", "claims": "x", "claims-x-text": "x"}
    for do in ("preview", "up-²", "remove-99", "down--1", "explode", ""):
        page = browser.sign_in(marketer).post("/studio/pitches/firm", **sent(reworded(0, text="New."), do=do), **odd)
        assert page.status_code == 200, do


def test_keys_that_are_not_keys_are_made_anew(browser, marketer, pitch):
    browser.sign_in(marketer).post("/studio/pitches/firm", **sent(reworded(1, key="<script>"), do="publish"))
    assert [key for key, _text in said(pitch)] == ["opener", "they-plan-too-late", "dear"]


def test_it_is_for_those_who_publish(browser, ana, pitch):
    assert browser.sign_in(ana).get("/studio/pitches/firm").status_code == 403
    assert browser.post("/studio/pitches/firm", **sent(do="publish")).status_code == 403
