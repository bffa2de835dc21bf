"""What a link shows after its item was revised, expired, or says what is no longer said; and when its sender leaves."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.viewer import of
from portal.db import db
from portal.library import services as library
from portal.library.kinds import Kind
from portal.library.services import Wording
from portal.releases import services as releases
from portal.sharing import queries
from portal.sharing.showing import NOTICES, WhenRevised, WhenStale, Why, decide
from tests.library import make_library as lib
from tests.make import NOON
from tests.releases.make_releases import pitch
from tests.releases.test_preview import given as wording_of
from tests.sharing.make_sharing import Visitor, share

LATER = NOON + timedelta(hours=1)


def revise(item, by, source, *, now=NOON, **tags):
    """Publish a newer revision."""
    wording = lib.wording(item.title, source=source, summary=item.summary, **tags)
    library.write(item, wording, change="", base_number=item.revision, by=of(by), now=now)
    library.publish(item, now=now)
    db.session.commit()


def reword(found, now=LATER):
    """Say a claim differently: every link to what uses it is stale from now on."""
    releases.publish(found, **wording_of(found, now=now))
    db.session.commit()


def test_it_shows_the_newer_revision_or_the_one_that_was_sent(visitor, browser, ana, item, marketer):
    newer, kept = share(ana, item), share(ana, item, when_revised=WhenRevised.SENT)
    revise(item, marketer, "It was early.")
    assert "It was early." in visitor.get(f"/s/{newer[1]}").text
    assert "<strong>late</strong>" in visitor.get(f"/s/{kept[1]}").text
    browser.sign_in(ana)
    assert "visitors see the newer revision" in browser.get(f"/shares/{newer[0].id}").text
    assert "Visitors see the revision you sent" in browser.get(f"/shares/{kept[0].id}").text


def test_a_draft_shows_nobody_anything_new(visitor, ana, item, marketer):
    _made, token = share(ana, item)
    library.write(item, lib.wording(item.title, source="Not yet."), change="", base_number=1, by=of(marketer), now=NOON)
    assert "<strong>late</strong>" in visitor.get(f"/s/{token}").text


@pytest.fixture
def claimed(firm, marketer):
    """A pitch, and an item that uses one of its claims."""
    found = pitch()
    item = lib.published(marketer, "With a claim", claim=["firm/too-small"])
    return found, item


def test_changed_words_show_the_notice_until_a_newer_revision_holds(app, browser, ana, marketer, claimed):
    found, item = claimed
    strict = share(ana, item, when_revised=WhenRevised.SENT)
    lenient = share(ana, item, when_revised=WhenRevised.SENT, when_stale=WhenStale.NEWER)
    assert "A quiet text." in Visitor(app).get(f"/s/{strict[1]}").text
    reword(found)
    for _made, token in (strict, lenient):
        assert "We have taken this back" in Visitor(app).get(f"/s/{token}").text
    assert "words of the pitch that have changed" in browser.sign_in(ana).get("/shares").text
    revise(item, marketer, "In the new words.", now=LATER + timedelta(hours=1), claim=["firm/too-small"])
    assert "We have taken this back" in Visitor(app).get(f"/s/{strict[1]}").text
    assert "In the new words." in Visitor(app).get(f"/s/{lenient[1]}").text


def test_the_preview_of_a_pitch_says_which_open_links_show_its_words(ana, ben, item, claimed):
    found, using = claimed
    share(ana, using)
    share(ben, using, item, title="A room")
    _said, promised = releases.preview(found, **wording_of(found))
    assert promised["links"] == [[using.key, "With a claim", 2]]


def test_a_quotation_shows_only_while_the_client_agrees(visitor, ana, marketer):
    told = {"quote": "They were early.", "permission": "granted"}
    wording = Wording(Kind.CASE_STUDY, "Quoted", "", "Text.", {}, None, told)
    item = library.write(None, wording, change="", base_number=0, by=of(marketer), now=NOON)
    library.publish(item, now=NOON)
    _made, token = share(ana, item, when_revised=WhenRevised.SENT)
    assert "They were early." in visitor.get(f"/s/{token}").text
    item.facts = {**told, "permission": "withdrawn"}
    assert "They were early." not in visitor.get(f"/s/{token}").text


@given(
    st.sampled_from(["draft", "published", "under-review", "expired", "archived"]),
    st.booleans(),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sampled_from(WhenRevised),
    st.sampled_from(WhenStale),
    st.sets(st.integers(1, 3)),
)
def test_nothing_stale_unpublished_or_internal_is_ever_shown(
    state, internal, sent, published, revised, stale_is, stale
):
    shown = decide(
        state=state,
        is_internal=internal,
        sent=sent,
        published=published,
        when_revised=revised,
        when_stale=stale_is,
        stale=stale,
    )
    assert (shown.revision == 0) is (shown.why in NOTICES)
    if shown.revision:
        assert state in {"published", "under-review"}
        assert not internal
        assert shown.revision not in stale
        assert shown.revision in {sent, published}
    if shown.why is Why.STALE and stale_is is WhenStale.NEWER:
        assert published in stale


def test_whoever_leaves_leaves_no_open_link_behind(browser, visitor, admin, ana, ben, link):
    made, token = link
    page = browser.sign_in(admin).get(f"/people/{ana.id}/leaving").text
    assert "1 link that people outside hold from them" in page
    assert "1 link that people outside held from them is revoked" in browser.submit(f"/people/{ana.id}/leaving").text
    assert visitor.get(f"/s/{token}").status_code == 404
    db.session.refresh(made)
    assert made.revoked_at is not None
    assert (made.contact_id, made.private_note) == (None, "")


def test_a_contact_who_is_erased_takes_the_link_along(browser, visitor, ana, link):
    made, token = link
    browser.sign_in(ana).post(f"/network/{made.contact_id}/erase")
    assert visitor.get(f"/s/{token}").status_code == 404
    assert "whom it was made for isn’t here any more" in browser.get("/shares").text
    row = queries.described(of(ana), [queries.share_for(of(ana), made.id)], NOON)[0]
    assert row.standing == "gone"
