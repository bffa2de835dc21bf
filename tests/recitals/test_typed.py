"""Reciting in writing: begun, kept, answered at once, submitted, taken back."""

import pytest

from portal.db import db
from portal.errors import Refused
from portal.recitals import services
from portal.recitals.models import Medium, Recital, Scope, State
from tests import make
from tests.recitals import make_recitals
from tests.recitals.make_recitals import SAID
from tests.releases import make_releases

OPENER = "We look after companies that belong to the people who run them."


@pytest.fixture
def draft(ana, pitch):
    return make_recitals.recital(ana)


def test_beginning_leads_to_a_page_to_write_on(browser, ana, pitch):
    page = browser.sign_in(ana).submit("/recitals/new", medium="typed")
    assert "in your words" in page.text
    assert db.session.query(Recital).one().number == 1


def test_beginning_twice_begins_one(browser, ana, pitch):
    browser.sign_in(ana)
    for key in ("one-and-the-same", "one-and-the-same", "from-another-tab"):
        assert browser.post("/recitals/new", scope="whole", medium="typed", key=key).status_code == 302
    assert db.session.query(Recital).count() == 1


def test_one_recites_the_pitch_one_speaks_with(browser, ana, pitch):
    make_releases.publish(key="tax", practice_key="tax-advisory", title="The tax pitch")
    assert "The tax pitch, version 1." in browser.sign_in(ana).get("/recitals/new").text
    assert "The firm&#39;s pitch, version 1." in browser.get("/recitals/new", pitch="firm").text


def test_somebody_else_s_pitch_is_not_theirs_to_recite(browser, charlie, pitch, tax):
    make_releases.publish(key="tax", practice_key="tax-advisory", title="The tax pitch")
    assert browser.sign_in(charlie).get("/recitals/new", pitch="tax").status_code == 404


def test_without_a_pitch_the_list_says_where_to_look(browser, ana):
    assert "See the pitch" in browser.sign_in(ana).get("/recitals").text
    assert browser.get("/recitals/new").status_code == 404


def test_what_is_covered_is_said_at_once_and_what_was_missed(browser, ana, draft):
    page = browser.sign_in(ana).submit(f"/recitals/{draft.id}", text=OPENER, action="check")
    assert "1 of 2 claims said" in page.text
    assert "<mark>look after</mark>" in page.text
    assert "You get one answer from one partner." in page.text


def test_phrases_to_avoid_are_pointed_out(browser, ana, draft, session):
    from portal.recitals import rubrics

    rubrics.load_phrases([{"key": "full", "say": ["full service"], "why": "Everybody says it.", "better": "Name one."}])
    page = browser.sign_in(ana).submit(f"/recitals/{draft.id}", text=f"We are full-service. {OPENER}", action="check")
    assert "Better left unsaid" in page.text
    assert "Name one." in page.text


def test_markup_in_a_recital_stays_text(browser, ana, draft):
    typed = f"<b>{OPENER}</b><script>x</script>"
    page = browser.sign_in(ana).submit(f"/recitals/{draft.id}", text=typed, action="check")
    assert "<script>x" not in page.text


def test_two_tabs_never_overwrite_silently(browser, ana, draft):
    browser.sign_in(ana)
    seen = draft.version
    browser.post(f"/recitals/{draft.id}", text="From the first tab.", version=seen, action="check")
    answer = browser.post(f"/recitals/{draft.id}", text="From the second tab.", version=seen, action="check")
    assert answer.status_code == 422
    assert "From the first tab." in answer.text
    assert "From the second tab." in answer.text
    assert db.session.get(Recital, draft.id).text == "From the first tab."


def test_after_a_conflict_one_can_still_save(browser, ana, draft):
    browser.sign_in(ana)
    seen = draft.version
    browser.post(f"/recitals/{draft.id}", text="From the first tab.", version=seen, action="check")
    browser.post(f"/recitals/{draft.id}", text="From the second tab.", version=seen, action="check")
    now = db.session.get(Recital, draft.id).version
    answer = browser.post(f"/recitals/{draft.id}", text="From the second tab.", version=now, action="check")
    assert answer.status_code == 302


def test_submitting_hands_it_to_the_coaches(browser, ana, draft):
    page = browser.sign_in(ana).submit(f"/recitals/{draft.id}", text=SAID, action="submit")
    assert "With the coaches" in page.text
    row = db.session.get(Recital, draft.id)
    assert row.state == State.SUBMITTED
    assert row.covered == ["opener", "one-answer"]


def test_an_empty_one_is_not_submitted(browser, ana, draft):
    answer = browser.sign_in(ana).post(f"/recitals/{draft.id}", text="", version=draft.version, action="submit")
    assert answer.status_code == 422
    assert "Write what you would say first." in answer.text


def test_a_very_long_one_is_refused_and_kept_on_the_page(browser, ana, draft):
    answer = browser.sign_in(ana).post(f"/recitals/{draft.id}", text="word " * 2000, version=draft.version)
    assert answer.status_code == 422
    assert "word word" in answer.text


def test_submitting_twice_submits_once(ana, viewer, draft, now):
    services.submit(draft, by=viewer(ana), now=now)
    services.submit(draft, by=viewer(ana), now=make.NOON)
    assert draft.submitted_at == now


def test_taking_it_back_makes_it_a_draft_again(browser, ana, draft, viewer, now):
    services.submit(draft, by=viewer(ana), now=now)
    browser.sign_in(ana).post(f"/recitals/{draft.id}/take-back")
    assert db.session.get(Recital, draft.id).state == State.DRAFT


def test_what_a_coach_has_open_is_not_taken_back(ana, coach, rubric, now):
    row = make_recitals.taken(make_recitals.submitted(ana), coach)
    with pytest.raises(Refused, match="listening to it just now"):
        services.take_back(row, now=now)


def test_a_stranger_does_not_know_it_is_there(browser, ben, draft):
    browser.sign_in(ben)
    assert browser.get(f"/recitals/{draft.id}").status_code == 404
    assert browser.post(f"/recitals/{draft.id}/submit").status_code == 404


def test_a_typed_draft_goes_on_with_the_version_in_force(ana, viewer, draft, pitch, now):
    make_releases.publish(pitch, claims=make_releases.reworded("one-answer", "You hear one voice."))
    services.submit(draft, by=viewer(ana), now=now)
    assert draft.number == 2


def test_of_a_withdrawn_pitch_nothing_is_submitted_and_nothing_lost(ana, viewer, draft, pitch, now):
    pitch.number = 0
    with pytest.raises(Refused, match="withdrawn"):
        services.submit(draft, by=viewer(ana), now=now)
    assert draft.text == SAID


class TestTheChangedPart:
    def test_only_what_changed_is_asked(self, ana, pitch):
        make_releases.publish(pitch, claims=make_releases.reworded("one-answer", "You hear one voice."))
        row = make_recitals.recital(ana, pitch, scope=Scope.CHANGES, text="You hear one voice from us.")
        assert row.claim_keys == ["one-answer"]

    def test_since_the_version_that_was_passed(self, ana, coach, rubric, pitch):
        make_recitals.decided(make_recitals.submitted(ana), coach)
        second = make_releases.reworded("one-answer", "You hear one voice.")
        make_releases.publish(pitch, claims=second)
        make_releases.publish(pitch, claims=make_releases.reworded("opener", "We serve owners.", second))
        row = make_recitals.recital(ana, pitch, scope=Scope.CHANGES, text="You hear one voice.")
        assert set(row.claim_keys) == {"opener", "one-answer"}

    def test_where_nothing_changed_it_is_refused(self, browser, ana, pitch):
        answer = browser.sign_in(ana).post("/recitals/new", scope="changes", medium="typed", key="some-key-1")
        assert answer.status_code == 422
        assert "Nothing of this pitch has changed" in answer.text


@pytest.mark.parametrize(("field", "value"), [("scope", "half"), ("medium", "sung"), ("key", "<x>"), ("key", "")])
def test_odd_beginnings_are_refused(browser, ana, pitch, field, value):
    fields = {"scope": "whole", "medium": Medium.TYPED, "key": "some-key-1", field: value}
    assert browser.sign_in(ana).post("/recitals/new", **fields).status_code == 422


def test_the_pages_ask_little_of_the_database(browser, ana, draft, budget):
    browser.sign_in(ana)
    for address, most in (("/recitals", 6), (f"/recitals/{draft.id}", 7), ("/recitals/new", 9)):
        browser.get(address)
        with budget(most):
            assert browser.get(address).status_code == 200


class TestAsItIsTyped:
    def keep(self, browser, draft, **body):
        return browser.post(f"/recitals/{draft.id}/draft", _json=body)

    def test_it_is_kept(self, browser, ana, draft):
        answer = self.keep(browser.sign_in(ana), draft, text="First words", version=draft.version)
        assert answer.json["saved"] == "Saved at 12:00"
        assert db.session.get(Recital, draft.id).text == "First words"

    def test_another_tab_is_not_overwritten(self, browser, ana, draft):
        browser.sign_in(ana)
        seen = draft.version
        self.keep(browser, draft, text="First words", version=seen)
        assert self.keep(browser, draft, text="Other words", version=seen).status_code == 409
        assert self.keep(browser, draft, text="First words", version=seen).status_code == 200

    @pytest.mark.parametrize("body", [{}, {"text": 5, "version": 1}, {"text": "x", "version": "1"}, {"text": "\x00"}])
    def test_odd_bodies_are_refused(self, browser, ana, draft, body):
        assert self.keep(browser.sign_in(ana), draft, **body).status_code == 422

    def test_too_much_is_refused(self, browser, ana, draft):
        assert self.keep(browser.sign_in(ana), draft, text="x" * 9000, version=draft.version).status_code == 422

    def test_what_was_submitted_is_not_changed(self, browser, ana, viewer, draft, now):
        services.submit(draft, by=viewer(ana), now=now)
        db.session.flush()
        assert self.keep(browser.sign_in(ana), draft, text="Late words", version=draft.version).status_code == 422
