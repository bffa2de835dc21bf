"""Whether a colleague asked the same person: what is told, what isn't, and talking about it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import mail
from portal.accounts.viewer import of
from portal.asking import collisions, queries, talks
from portal.asking.collisions import Ask, Span
from portal.asking.models import CollisionLook, Talk, TalkState
from portal.audit.models import AuditEvent
from portal.db import db
from portal.errors import Refused
from tests.asking import make_asking as asking
from tests.make import NOON, TODAY

days = st.none() | st.dates(date(2025, 6, 1), date(2026, 12, 31))


@pytest.fixture
def pair(ana, ben):
    """Ana and Ben know the same person; Ben asked them twelve days ago."""
    hers = asking.contact(ana, "Dana Reed", mail="Dana.Reed+work@Example.com")
    his = asking.contact(ben, "D. Reed of Larch", notes="owes me a lunch")
    asking.opportunity(ben, his, days=12)
    return hers, his


def look(browser, contact):
    browser.post(f"/asking/contacts/{contact.id}/look")
    return browser.get("/asking", contact=contact.id).text


def test_a_colleagues_ask_is_told_without_the_colleague(browser, ana, pair):
    page = look(browser.sign_in(ana), pair[0])
    assert "A colleague asked this person about 2 weeks ago." in page
    for theirs in ("Ben", "Okoro", "Larch", "lunch", "12 days", str(TODAY - timedelta(days=12))):
        assert theirs not in page
    found = db.session.query(CollisionLook).one()
    assert found.found == [{"what": "asked", "weeks": 2}]


def test_every_look_is_noted_without_names(browser, ana, pair):
    look(browser.sign_in(ana), pair[0])
    event = db.session.query(AuditEvent).filter_by(action="looked for a colleague's ask").one()
    assert (event.actor_id, event.subject) == (ana.id, f"contact {pair[0].id}")


def test_a_plan_for_the_next_days_counts_too(ana, ben):
    hers, his = asking.contact(ana), asking.contact(ben)
    asking.opportunity(ben, his, next_on=TODAY + timedelta(days=8))
    found = talks.look(hers, by=of(ana), now=NOON).found
    assert collisions.sentence(found) == "A colleague means to ask this person in about a week."


def test_the_later_one_informs_the_earlier_one(ana, ben, pair):
    hers, his = pair
    assert not talks.look(his, by=of(ben), now=NOON).found
    asking.opportunity(ana, hers, days=0)
    later = NOON + timedelta(hours=2)
    assert talks.look(his, by=of(ben), now=later).found == [{"what": "asked", "weeks": 0}]


def answer(browser, contact):
    """The page without what is different for any two pages."""
    page = look(browser, contact)
    return page[page.index('id="colleagues"') : page.index("</section>", page.index('id="colleagues"'))]


def test_nobody_and_somebody_who_left_look_alike(browser, ana, ben, pair):
    hers, _ = pair
    alone = asking.contact(ana, "Dana Reed", mail="nobody.else@example.com")
    ben.is_active = False
    browser.sign_in(ana)
    first, second = answer(browser, hers), answer(browser, alone)
    assert first.replace(f"/{hers.id}/", "/") == second.replace(f"/{alone.id}/", "/")
    assert "No colleague asked this person lately" in first


def test_an_ask_of_long_ago_counts_no_more_and_the_rules_say_when(ana, ben):
    hers, his = asking.contact(ana), asking.contact(ben)
    asking.opportunity(ben, his, days=91)
    assert not talks.look(hers, by=of(ana), now=NOON).found
    asking.rules(asked_within=120)
    assert talks.look(hers, by=of(ana), now=NOON + timedelta(hours=2)).found


def test_adding_somebody_is_no_way_to_find_out(browser, ana, pair):
    new = asking.contact(ana, "Made Up", now=NOON)
    answer = browser.sign_in(ana).post(f"/asking/contacts/{new.id}/look")
    assert answer.status_code == 422
    assert "a week after you kept this contact" in browser.get("/asking", contact=new.id).text
    assert not db.session.query(CollisionLook).count()
    asking.opportunity(ana, new, days=0)
    assert browser.post(f"/asking/contacts/{new.id}/look").status_code == 302


def test_without_an_address_it_says_that_nobody_can_tell(browser, ana, pair):
    row = asking.contact(ana, "Dana Reed", mail="")
    page = browser.sign_in(ana).get("/asking", contact=row.id).text
    assert "you have noted neither of theirs" in page
    assert "No colleague asked" not in page
    assert browser.post(f"/asking/contacts/{row.id}/look").status_code == 422
    assert not db.session.query(CollisionLook).count()


def test_another_address_is_looked_by_at_once(browser, ana, pair):
    row = asking.contact(ana, "Dana Reed", mail="dana@elsewhere.example")
    assert "No colleague asked this person lately" in look(browser.sign_in(ana), row)
    mails = "dana@elsewhere.example\ndana.reed@example.com"
    browser.submit(f"/network/{row.id}/facts", mails=mails)
    assert "No colleague asked" not in browser.get("/asking", contact=row.id).text
    assert "A colleague asked this person" in look(browser, row)


def test_looks_are_counted(ana):
    by = of(ana)
    for number in range(talks.A_DAY):
        talks.look(asking.contact(ana, f"N {number}", mail=f"n{number}@example.com"), by=by, now=NOON)
    one_more = asking.contact(ana, "One More", mail="more@example.com")
    with pytest.raises(Refused, match="enough for one day"):
        talks.look(one_more, by=by, now=NOON)
    assert talks.look(one_more, by=by, now=NOON + timedelta(days=1, minutes=1))


def test_the_same_look_twice_counts_once(ana, pair):
    first = talks.look(pair[0], by=of(ana), now=NOON)
    assert talks.look(pair[0], by=of(ana), now=NOON + timedelta(minutes=5)) is first


def test_only_ones_own_contacts(browser, ana, pair):
    _, his = pair
    browser.sign_in(ana)
    assert browser.post(f"/asking/contacts/{his.id}/look").status_code == 404
    assert browser.post(f"/asking/contacts/{his.id}/offer").status_code == 404


def offered(browser, ana, contact) -> Talk:
    look(browser.sign_in(ana), contact)
    browser.post(f"/asking/contacts/{contact.id}/offer")
    return db.session.query(Talk).one()


def test_an_offer_tells_the_other_who_and_nothing_of_whom_they_know(app, browser, ana, ben, pair):
    talk = offered(browser, ana, pair[0])
    letters = [each for each in mail.letters(app.extensions["portal_config"]) if each.to == ben.email]
    letter = next(each for each in letters if "would like a word" in each.text or "Ana Ferreira" in each.text)
    assert "Ana Ferreira" in letter.text
    assert "Reed" not in letter.text
    assert browser.get(f"/asking/talks/{talk.id}").status_code == 404
    page = browser.get("/asking", contact=pair[0].id).text
    assert "Nobody has taken it up yet" in page
    assert "Ben" not in page
    theirs = browser.sign_in(ben).get(f"/asking/talks/{talk.id}").text
    assert "Ana Ferreira" in theirs
    assert "D. Reed of Larch, as you call them" in theirs
    assert "Dana.Reed+work" not in theirs
    assert "would like a word" in browser.get("/").text


def test_saying_yes_shows_both_names_and_one_line_each(browser, ana, ben, pair):
    talk = offered(browser, ana, pair[0])
    browser.sign_in(ben).submit(f"/asking/talks/{talk.id}")
    browser.post(f"/asking/talks/{talk.id}/accept", version=talk.version)
    browser.submit(f"/asking/talks/{talk.id}", line="Let me go first, next week.")
    page = browser.sign_in(ana).get(f"/asking/talks/{talk.id}").text
    for words in ("Ben Okoro", "Let me go first, next week.", ben.email, "Dana Reed"):
        assert words in page
    assert "Larch" not in page
    assert "would be glad to talk" in browser.get("/").text
    assert "agreed to talk about this" in browser.get("/asking", contact=pair[0].id).text
    browser.post(f"/asking/talks/{talk.id}/done")
    assert "would be glad to talk" not in browser.get("/").text


def test_declining_looks_like_not_answering(browser, ana, ben, pair):
    talk = offered(browser, ana, pair[0])
    browser.get("/asking")  # takes the notice away
    before = browser.get("/asking", contact=pair[0].id).text, browser.get("/asking/talks").text
    browser.sign_in(ben).post(f"/asking/talks/{talk.id}/decline", version=talk.version)
    db.session.refresh(talk)
    assert talk.state == TalkState.DECLINED
    assert browser.get(f"/asking/talks/{talk.id}").status_code == 404
    browser.sign_in(ana)
    after = browser.get("/asking", contact=pair[0].id).text, browser.get("/asking/talks").text

    def same(page):
        return page[page.index("<main") : page.index("</main>")].split("csrf_token")[0]

    assert [same(page) for page in before] == [same(page) for page in after]
    assert "Not taken up yet" in after[1]
    talk.expires_on = TODAY - timedelta(days=1)
    db.session.flush()
    assert "Nobody took it up" in browser.get("/asking/talks").text


def test_an_offer_that_ran_out_can_not_be_taken_up(browser, ana, ben, pair):
    talk = offered(browser, ana, pair[0])
    talk.expires_on = TODAY - timedelta(days=1)
    db.session.flush()
    answer = browser.sign_in(ben).post(f"/asking/talks/{talk.id}/accept", version=talk.version)
    assert answer.status_code == 422


def test_two_offers_that_cross_are_an_agreement(ana, ben, pair):
    hers, his = pair
    asking.opportunity(ana, hers, days=1)
    talks.look(hers, by=of(ana), now=NOON)
    (talk,) = talks.offer(hers, by=of(ana), now=NOON)
    talks.look(his, by=of(ben), now=NOON)
    assert talks.offer(his, by=of(ben), now=NOON) == [talk]
    assert talk.state == TalkState.ACCEPTED


def test_an_offer_needs_a_look_and_is_made_once(ana, pair):
    by = of(ana)
    with pytest.raises(Refused, match="Look first"):
        talks.offer(pair[0], by=by, now=NOON)
    talks.look(pair[0], by=by, now=NOON)
    talks.offer(pair[0], by=by, now=NOON)
    with pytest.raises(Refused, match="out already"):
        talks.offer(pair[0], by=by, now=NOON)


def test_a_third_person_sees_nothing_of_it(browser, ana, charlie, pair):
    talk = offered(browser, ana, pair[0])
    browser.sign_in(charlie)
    for action in ("", "/accept", "/decline", "/done"):
        answer = browser.post(f"/asking/talks/{talk.id}{action}", version=1, line="x")
        assert answer.status_code == 404
    assert "No talks yet" in browser.get("/asking/talks").text


def test_two_tabs_answer_once(browser, ana, ben, pair):
    talk = offered(browser, ana, pair[0])
    browser.sign_in(ben)
    assert browser.post(f"/asking/talks/{talk.id}/accept", version=99).status_code == 422
    assert browser.post(f"/asking/talks/{talk.id}/accept", version=1).status_code == 302
    assert browser.post(f"/asking/talks/{talk.id}/decline", version=1).status_code == 422


@given(days, days, days, days)
def test_who_asks_first_makes_no_difference(asked, planned, asked_too, planned_too):
    """If both asked, or mean to, each finds the other or neither is found: it hangs on the other's ask alone."""
    one, other, span = Ask(asked, planned), Ask(asked_too, planned_too), Span()
    seen = collisions.counts(one, TODAY, span), collisions.counts(other, TODAY, span)
    swapped = collisions.counts(other, TODAY, span), collisions.counts(one, TODAY, span)
    assert seen == swapped[::-1]


@given(days, days)
def test_no_day_is_told_finer_than_a_week(asked, planned):
    ask = Ask(asked, planned)
    if collisions.counts(ask, TODAY, Span()):
        told = collisions.told(ask, TODAY)
        assert set(told) == {"what", "weeks"}
        assert 0 <= told["weeks"] <= 13


@pytest.mark.parametrize(("hers", "his"), [(3, 20), (80, 100), (100, 120), (0, 0)])
def test_swapping_the_two_changes_nothing_but_the_direction(ana, ben, hers, his):
    mine, theirs = asking.contact(ana), asking.contact(ben, "Other name")
    asking.opportunity(ana, mine, days=hers)
    asking.opportunity(ben, theirs, days=his)
    for asker, contact, lately in ((ana, mine, his <= 90), (ben, theirs, hers <= 90)):
        found = queries.matches(of(asker), queries.keys_of(contact), TODAY, Span())
        assert bool(found) == lately
