"""Reading the pitch, and what changed in it."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.message import queries
from portal.message.models import PitchSeen
from tests.releases.make_releases import CLAIMS, OPENER, pitch, publish, reworded

NEW = "We look after companies that belong to families."


@pytest.fixture
def firms(marketer, viewer):
    return pitch(by=viewer(marketer))


def test_it_shows_the_firms_pitch_in_its_parts(browser, ana, firms):
    page = browser.sign_in(ana).get("/pitch")
    assert page.status_code == 200
    for words in (OPENER, "What makes us different", "“You are too small.”", "Four of us would know you.", "Mira Sand"):
        assert words in page.text


def test_it_says_what_will_be_here_when_there_is_no_pitch(browser, ana):
    assert "No pitch is published yet" in browser.sign_in(ana).get("/pitch").text


def test_it_offers_the_pitches_from_the_firm_down_to_ones_own_practice(browser, ana, tax, corporate_tax, law, viewer):
    for practice in (corporate_tax, law, tax):
        pitch(key=f"{practice.key}-pitch", practice_key=practice.key)
    pitch()
    assert [row.practice for row in queries.pitches_for(viewer(ana))] == [None, "Tax", "Corporate tax"]
    page = browser.sign_in(ana).get(f"/pitch/{tax.key}-pitch")
    assert f'href="/pitch/{tax.key}-pitch" aria-current="page"' in page.text


@pytest.mark.parametrize("rest", ["", "/versions", "/versions/1"])
def test_a_strangers_pitch_is_not_there(browser, charlie, tax, rest):
    pitch(key="tax-pitch", practice_key=tax.key)
    assert browser.sign_in(charlie).get(f"/pitch/tax-pitch{rest}").status_code == 404


@pytest.mark.parametrize("address", ["/pitch", "/pitch/firm", "/pitch/firm/versions", "/pitch/firm/versions/1"])
def test_it_needs_signing_in(browser, firms, address):
    assert browser.get(address).location.startswith("/sign-in")


def test_it_tells_the_change_word_by_word_and_why(browser, ana, firms):
    publish(firms, claims=reworded("opener", NEW), change="Owners <b>say</b> family.")
    page = browser.sign_in(ana).get("/pitch/firm")
    assert "<del>the people who run them</del> <ins>families</ins>" in page.text
    assert "Owners &lt;b&gt;say&lt;/b&gt; family." in page.text
    assert "Version 2 came today" in page.text


def test_it_compares_with_the_version_that_was_read(browser, ana, firms):
    browser.sign_in(ana).post("/pitch/firm/seen", number="1")
    publish(firms, claims=reworded("opener", "In between."), change="Two.")
    publish(firms, claims=reworded("opener", NEW), change="Three.")
    page = browser.get("/pitch/firm")
    assert "<del>the people who run them</del> <ins>families</ins>" in page.text
    assert "In between" not in page.text


def test_having_read_it_there_is_nothing_new(browser, ana, firms, viewer):
    publish(firms, claims=reworded("opener", NEW), change="Two.")
    answer = browser.sign_in(ana).post("/pitch/firm/seen", number="2")
    assert (answer.status_code, answer.location) == (303, "/pitch/firm")
    assert "<ins>" not in browser.get("/pitch/firm").text
    assert queries.news_for(viewer(ana)) == []


def test_reading_an_older_page_does_not_take_back_what_was_read(browser, ana, firms):
    publish(firms, claims=reworded("opener", NEW), change="Two.")
    for number in ("2", "1"):
        browser.sign_in(ana).post("/pitch/firm/seen", number=number)
    assert db.session.query(PitchSeen).one().number == 2


@pytest.mark.parametrize("number", ["", "0", "x", "7", "٣", "1_0", "9" * 400])
def test_it_explains_a_version_that_is_not_there(browser, ana, firms, number):
    answer = browser.sign_in(ana).post("/pitch/firm/seen", number=number)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_stranger_cannot_mark_it_read(browser, charlie, tax):
    pitch(key="tax-pitch", practice_key=tax.key)
    assert browser.sign_in(charlie).post("/pitch/tax-pitch/seen", number="1").status_code == 404
    assert db.session.query(PitchSeen).count() == 0


def test_news_are_the_versions_since_somebody_looked(ana, firms, viewer, now):
    db.session.add(PitchSeen(person_id=ana.id, pitch_id=firms.id, number=1, at=now))
    publish(firms, claims=reworded("opener", NEW), change="Two.")
    publish(firms, claims=reworded("opener", "Short."), change="Three.", now=now + timedelta(hours=1))
    assert [(key, number, change) for key, _, number, change, _ in queries.news_for(viewer(ana))] == [
        ("firm", 3, "Three."),
        ("firm", 2, "Two."),
    ]


@pytest.mark.parametrize(("days", "news"), [(31, []), (29, ["firm"])])
def test_who_never_looked_hears_of_the_last_month_only(ana, viewer, now, days, news):
    pitch(now=now - timedelta(days=days))
    assert [row[0] for row in queries.news_for(viewer(ana))] == news


def test_what_a_practice_inherits_is_news_once(ana, tax, viewer, now):
    firms = pitch(now=now - timedelta(days=90))
    pitch(key="tax", practice_key=tax.key, claims=reworded("opener", "We do tax.")[:1], now=now - timedelta(days=80))
    publish(firms, claims=reworded("opener", NEW), change="Not for tax.", now=now)
    assert queries.news_for(viewer(ana)) == []
    publish(firms, claims=reworded("one-answer", "One.", reworded("opener", NEW)), change="For all.", now=now)
    assert [(key, change) for key, _, _, change, _ in queries.news_for(viewer(ana))] == [
        ("tax", "The firm's pitch: For all.")
    ]


def test_versions_are_listed_newest_first_and_told_against_the_one_before(browser, ana, firms):
    publish(firms, claims=reworded("opener", NEW), change="Two.")
    page = browser.sign_in(ana).get("/pitch/firm/versions")
    assert page.text.index("Version 2") < page.text.index("Version 1")
    assert "<ins>families</ins>" in browser.get("/pitch/firm/versions/2").text
    assert "<ins>" not in browser.get("/pitch/firm/versions/1").text


def test_a_version_that_never_was_is_not_there(browser, ana, firms):
    assert browser.sign_in(ana).get("/pitch/firm/versions/2").status_code == 404


def test_a_dropped_part_is_shown_as_no_longer_said(browser, ana, firms):
    publish(firms, claims=[claim for claim in CLAIMS if claim["key"] != "one-answer"], change="Shorter.")
    page = browser.sign_in(ana).get("/pitch/firm").text
    assert "no longer said" in page
    assert "<del>You get one answer from one partner.</del>" in page


def test_the_page_stays_within_its_budget(browser, ana, firms, budget):
    publish(firms, claims=reworded("opener", NEW), change="Two.")
    browser.sign_in(ana)
    with budget(8):
        browser.get("/pitch/firm")
