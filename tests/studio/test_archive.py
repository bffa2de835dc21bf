"""Archiving an item and putting it back; its revisions."""

from datetime import timedelta

from portal.accounts.viewer import of
from portal.db import db
from portal.library.models import ItemState, Revision
from portal.publishing import services
from portal.publishing.services import Going
from tests.library import make_library as lib
from tests.make import NOON
from tests.publishing.make_items import revised
from tests.studio.steps import publish


def test_an_archived_item_leaves_the_library_and_can_be_put_back_at_once(browser, ana, marketer):
    item = lib.published(marketer, "Words", summary="S")
    signed_in = browser.sign_in(marketer)
    signed_in.post(f"/studio/items/{item.id}/archive")
    notice = signed_in.get("/studio").text
    assert "is archived" in notice
    assert f'action="/studio/items/{item.id}/restore"' in notice

    signed_in.post(f"/studio/items/{item.id}/restore")
    assert item.state is ItemState.PUBLISHED
    assert "Words" in browser.sign_in(ana).get("/library", q="words").text


def test_a_draft_can_be_archived_and_comes_back_as_a_draft(browser, marketer):
    item = lib.draft(marketer, "Words")
    signed_in = browser.sign_in(marketer)
    signed_in.post(f"/studio/items/{item.id}/archive")
    signed_in.post(f"/studio/items/{item.id}/restore")
    assert item.state is ItemState.DRAFT


def test_archiving_twice_and_restoring_what_is_there_are_refused(browser, marketer):
    item = lib.published(marketer, "Words")
    signed_in = browser.sign_in(marketer)
    assert signed_in.post(f"/studio/items/{item.id}/restore").status_code == 422
    signed_in.post(f"/studio/items/{item.id}/archive")
    assert signed_in.post(f"/studio/items/{item.id}/archive").status_code == 422


def test_revisions_can_be_compared_word_by_word(browser, marketer):
    item = lib.published(marketer, "Words", summary="S", source="Two quiet words.\n\nAnd more.")
    signed_in = browser.sign_in(marketer)
    signed_in.submit(f"/studio/items/{item.id}", source="Two loud words.\n\nAnd more.", change="Louder", do="save")
    page = signed_in.get(f"/studio/items/{item.id}/revisions").text
    assert "Two <del>quiet</del> <ins>loud</ins> words." in page
    assert "Louder" in page
    assert (
        "Two <del>loud</del> <ins>quiet</ins>"
        in signed_in.get(f"/studio/items/{item.id}/revisions", before=2, after=1).text
    )


def test_odd_revisions_are_the_newest_two_or_not_found(browser, marketer):
    item = lib.published(marketer, "Words")
    signed_in = browser.sign_in(marketer)
    for odd in ("x", "²", "-1", "9" * 400):
        assert signed_in.get(f"/studio/items/{item.id}/revisions", before=odd).status_code == 200, odd
    assert signed_in.get(f"/studio/items/{item.id}/revisions", before=7).status_code == 404


def test_an_earlier_revision_comes_back_as_a_draft(browser, marketer):
    item = lib.published(marketer, "Words", summary="S", source="First.", industry=["retail"])
    signed_in = browser.sign_in(marketer)
    publish(signed_in, f"/studio/items/{item.id}", source="Second.", industry="")
    signed_in.post(f"/studio/items/{item.id}/revisions/1/bring-back")
    newest = db.session.query(Revision).filter_by(number=3).one()
    assert (newest.source, newest.published, newest.tags) == ("First.", False, {"industry": ["retail"]})
    assert "Second." in signed_in.get("/library/words").text
    assert signed_in.post(f"/studio/items/{item.id}/revisions/9/bring-back").status_code == 422


def test_a_revision_brought_back_takes_the_schedule_of_the_newest_one_back_and_says_so(browser, marketer):
    item = lib.published(marketer, "Words", source="One.")
    revised(item, marketer, "Two.")
    services.schedule(item, Going(), at=NOON + timedelta(hours=1), by=of(marketer), now=NOON)
    browser.sign_in(marketer).post(f"/studio/items/{item.id}/revisions/1/bring-back")
    assert "Its schedule is taken back" in browser.get(f"/studio/items/{item.id}").text
    assert item.publish_at is None
