"""Saying with whom an item was used, from the item and from the opportunity, and taking that back."""

import pytest

from portal.accounts.viewer import of
from portal.db import db
from portal.library.models import ItemDay, ItemMonth
from portal.network import services as network
from portal.pipeline.stages import Stage
from portal.usage import queries
from portal.usage.models import How, ItemLink
from tests.make import NOON, TODAY
from tests.pipeline import make_pipeline
from tests.usage import make_usage


@pytest.fixture
def item(marketer):
    return make_usage.item(marketer, "The orchard case")


@pytest.fixture
def opportunity(ana):
    return make_pipeline.opportunity(ana)


def links():
    return db.session.query(ItemLink).order_by(ItemLink.id).all()


def used_on(item, on=TODAY):
    return db.session.get(ItemDay, (item.id, on)).used


def test_the_reading_page_offers_ones_own_open_opportunities(browser, ana, ben, item, opportunity):
    make_pipeline.opportunity(ben, organisation="Somebody else's")
    lost = make_pipeline.opportunity(ana, organisation="Long gone Ltd")
    make_pipeline.move(lost, ana, Stage.LOST)
    page = browser.sign_in(ana).get(f"/library/{item.key}").text
    assert "Larch Logistics, referral" in page
    assert "Somebody else" not in page
    assert "Long gone" not in page


def test_used_with_an_opportunity_is_kept_counted_and_shown_on_both_pages(browser, ana, item, opportunity):
    browser.sign_in(ana).post(f"/usage/items/{item.id}/used", opportunity_id=opportunity.id)
    assert [(link.how, link.opportunity_id, link.on) for link in links()] == [(How.USED, opportunity.id, TODAY)]
    assert used_on(item) == 1
    assert f'/pipeline/{opportunity.id}">Larch Logistics' in browser.get(f"/library/{item.key}").text
    assert "The orchard case" in browser.get(f"/pipeline/{opportunity.id}").text


def test_pressing_twice_keeps_one(browser, ana, item, opportunity):
    browser.sign_in(ana)
    for _ in range(2):
        browser.post(f"/usage/items/{item.id}/used", opportunity_id=opportunity.id)
    assert len(links()) == 1
    assert used_on(item) == 1


def test_used_with_a_contact_by_choice_or_by_their_whole_name(browser, ana, item):
    dana = make_pipeline.contact(ana)
    browser.sign_in(ana)
    browser.post(f"/usage/items/{item.id}/used", contact="whatever was typed", contact_id=dana.id)
    browser.post(f"/usage/items/{item.id}/used", contact="dana reed")
    assert [link.contact_id for link in links()] == [dana.id]
    assert f'/network/{dana.id}">Dana Reed' in browser.get(f"/library/{item.key}").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose an opportunity, or say with whom."),
        ({"opportunity_id": "999999"}, "Choose one of your own opportunities."),
        ({"contact": "Nobody I know"}, "Choose one of your own contacts."),
        ({"contact_id": "999999", "contact": "x"}, "Choose one of your own contacts."),
    ],
)
def test_what_is_not_ones_own_is_refused(browser, ana, item, given, words):
    answer = browser.sign_in(ana).post(f"/usage/items/{item.id}/used", **given)
    assert answer.status_code == 422
    assert words in answer.text
    assert links() == []


def test_a_colleagues_opportunity_is_refused_like_none(browser, ana, ben, item):
    theirs = make_pipeline.opportunity(ben)
    assert browser.sign_in(ana).post(f"/usage/items/{item.id}/used", opportunity_id=theirs.id).status_code == 422
    assert browser.get(f"/usage/opportunities/{theirs.id}/content").status_code == 404
    assert browser.post(f"/usage/opportunities/{theirs.id}/content", item="x", how="used").status_code == 404


def test_a_draft_cannot_be_used(browser, ana, marketer):
    draft = make_usage.make_library.draft(marketer, "Not yet")
    assert browser.sign_in(ana).get(f"/usage/items/{draft.id}/used").status_code == 404


def test_undo_takes_it_off_the_day_it_was_counted_on(browser, ana, item, opportunity):
    browser.sign_in(ana).post(f"/usage/items/{item.id}/used", opportunity_id=opportunity.id)
    browser.post(f"/usage/links/{links()[0].id}/undo")
    assert links() == []
    assert used_on(item) == 0
    assert db.session.get(ItemMonth, (TODAY.replace(day=1), item.id)).used == 0


def test_nobody_else_can_undo_it_and_what_was_shared_stays(browser, ana, ben, item, opportunity):
    make_usage.used(item, ana, opportunity)
    make_usage.used(item, ana, opportunity, how=How.SHARED)
    used, shared = links()
    assert browser.sign_in(ben).post(f"/usage/links/{used.id}/undo").status_code == 404
    assert browser.sign_in(ana).post(f"/usage/links/{shared.id}/undo").status_code == 422
    assert len(links()) == 2


def test_the_client_named_it_with_who_and_a_line(browser, ana, item, opportunity):
    address = f"/usage/opportunities/{opportunity.id}/content"
    named = {"item": "typed", "item_key": item.key, "how": "named", "said_by": "Dana Reed", "words": "It was us."}
    browser.sign_in(ana).post(address, **named)
    page = browser.get(f"/pipeline/{opportunity.id}").text
    assert "named by the client: Dana Reed" in page
    assert "It was us." in page
    assert queries.led_to([item.id]) == {item.id: queries.LedTo(linked=0, named=1)}


def test_an_item_can_be_written_by_its_whole_title_and_what_fits_none_is_refused(browser, ana, item, opportunity):
    address = f"/usage/opportunities/{opportunity.id}/content"
    assert browser.sign_in(ana).post(address, item="The orch", how="used").status_code == 422
    assert browser.post(address, item="x", item_key="no-such", how="used").status_code == 422
    assert browser.post(address, item="The orchard case", how="named").status_code == 422
    assert browser.post(address, item=" The orchard case ", how="used", said_by="nobody").status_code == 302
    assert [(link.how, link.said_by) for link in links()] == [(How.USED, "")]


def test_erasing_the_contact_keeps_the_record_counted(ana, item, viewer):
    dana = make_pipeline.contact(ana)
    make_usage.shared(item, ana, dana)
    make_usage.shared(item, ana, make_pipeline.contact(ana, "Ola Winther", "Winther Mills"))
    network.erase(dana, by=of(ana), now=NOON)
    db.session.expire_all()
    assert len(links()) == 2
    assert db.session.get(ItemDay, (item.id, TODAY)).shared == 2
    assert len(queries.own(of(ana), item.id).links) == 1


def test_the_pages_stay_within_their_statements(browser, budget, ana, item, opportunity):
    make_usage.used(item, ana, opportunity)
    browser.sign_in(ana)
    with budget(5):
        browser.get(f"/usage/items/{item.id}/used")
    with budget(4):
        browser.get(f"/usage/opportunities/{opportunity.id}/content")
