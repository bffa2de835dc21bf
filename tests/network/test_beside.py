"""A contact's page tells what other rooms know of them: the row they came from, and what was asked."""

from portal.db import db
from portal.worksheets import linking
from portal.worksheets.models import LinkKind
from tests.make import NOON
from tests.pipeline import make_pipeline
from tests.worksheets import make_worksheets


def test_it_leads_to_the_row_and_to_what_was_asked(browser, ana, ben, budget):
    dana = make_pipeline.contact(ana)
    asked = make_pipeline.opportunity(ana, contact_id=dana.id, is_asked=True)
    make_pipeline.opportunity(ben, organisation="Somebody Else's")
    sheet = make_worksheets.filled(ana, answers={"people": [{"row": "a1", "name": "Dana Reed"}]})
    linking.link(sheet.id, "a1", LinkKind.CONTACT, dana.id, now=NOON)
    db.session.flush()
    browser.sign_in(ana).get(f"/network/{dana.id}")
    browser.forget_who()
    with budget(12):
        page = browser.client.get(f"/network/{dana.id}").text
    assert f"/worksheets/filled/{sheet.id}/read#row-a1" in page
    assert f"/pipeline/{asked.id}" in page
    assert "Somebody Else" not in page


def test_a_conversation_leads_to_the_row_that_tells_of_it(browser, ana):
    dana, other = make_pipeline.contact(ana), make_pipeline.contact(ana, name="Somebody Else")
    sheet = make_worksheets.filled(ana, answers={"talks": [{"row": "t1", "note": "Coffee"}]}, name="Listening tour")
    linking.link(sheet.id, "t1", LinkKind.TOUCH, 7, contact_id=dana.id, now=NOON)
    db.session.flush()
    page = browser.sign_in(ana).get(f"/network/{dana.id}").text
    assert "A conversation in your worksheet: Listening tour" in page
    assert f"/worksheets/filled/{sheet.id}/read#row-t1" in page
    assert "Listening tour" not in browser.get(f"/network/{other.id}").text
