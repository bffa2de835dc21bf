"""Making a link or a room."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from portal.accounts.viewer import Viewer, of
from portal.db import db
from portal.errors import Refused
from portal.library.kinds import Kind
from portal.library.models import Item, ItemDay
from portal.network.models import Contact
from portal.sharing import services
from portal.sharing.models import Share, SharedItem
from portal.sharing.services import Chosen
from portal.sharing.tokens import hashed
from portal.usage.models import How, ItemLink
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.network.make_network import MAIL, contact
from tests.pipeline.make_pipeline import opportunity

GOOD = {"contact": "Dana Reed", "expires_on": "2026-04-03"}


def make(browser, person, item="handing-over", room=False, **fields):
    address = "/shares/rooms/new" if room else "/shares/new"
    return browser.sign_in(person).submit(f"{address}?item={item}", **GOOD | fields)


def token_on(page):
    return re.search(r"/s/([A-Za-z0-9_-]{43})", page.text)[1]


def test_the_address_is_shown_once_and_kept_as_a_hash(browser, ana, item):
    contact(ana, channels=[(MAIL, "dana@larch.example")])
    page = make(browser, ana)
    row = db.session.query(Share).one()
    assert row.token_hash == hashed(token_on(page))
    assert "mailto:dana@larch.example?" in page.text
    assert token_on(page) not in browser.get(f"/shares/{row.id}").text
    assert token_on(page) not in " ".join(page.headers.getlist("Set-Cookie"))


def test_it_is_on_record_and_counted_as_shared(browser, ana, item):
    known = contact(ana)
    make(browser, ana)
    record = db.session.query(ItemLink).one()
    assert (record.item_id, record.contact_id, record.how) == (item.id, known.id, How.SHARED)
    assert db.session.query(ItemDay).one().shared == 1


def test_the_same_form_sent_twice_makes_one_link(browser, ana, item):
    contact(ana)
    for _ in range(2):
        answer = make(browser, ana, key="the-same-key")
    assert db.session.query(Share).count() == 1
    assert "was made already" in answer.text


@dataclass(frozen=True)
class Hasty(Viewer):
    """Somebody whose other press of the same button is done while this one is under way."""

    def today(self, now=None):
        if db.session.query(Share).count() == 0:
            one = db.session.query(Item).one()
            given = {
                "contact_id": db.session.query(Contact).order_by(Contact.id).first().id,
                "opportunity_id": None,
                "passcode": "",
            }
            by = Viewer(**vars(self))
            services.make([Chosen(one)], key="the-same-key", expires_on=TODAY, **given, by=by, now=NOON)
        return super().today(now)


def test_two_presses_in_one_instant_make_one_link(ana, item):
    known = contact(ana)
    by = Hasty(**vars(of(ana)))
    given = {"contact_id": known.id, "opportunity_id": None, "passcode": "", "expires_on": TODAY}
    made, token = services.make([Chosen(item)], key="the-same-key", **given, by=by, now=NOON)
    assert token == ""
    assert db.session.query(Share).one().id == made.id
    assert db.session.query(SharedItem).count() == 1
    assert db.session.query(ItemDay).one().shared == 1


def test_two_presses_in_one_instant_keep_nobody_twice(ana, item):
    contact(ana)
    by = Hasty(**vars(of(ana)))
    given = {"contact_id": None, "newcomer": "Wren Adeyemi", "opportunity_id": None, "passcode": ""}
    with pytest.raises(Refused, match="arrived twice"):  # and so nothing of the second press is kept
        services.make([Chosen(item)], key="the-same-key", expires_on=TODAY, **given, by=by, now=NOON)
    assert db.session.query(Share).count() == 1


def test_somebody_new_becomes_a_contact_when_one_says_so(browser, ana, item):
    page = make(browser, ana, contact="Wren Adeyemi")
    assert page.status_code == 422
    assert "Keep them as a new contact of mine" in page.text
    for _ in range(2):
        make(browser, ana, contact="Wren Adeyemi", is_new="y", key="the-same-key")
    known = db.session.query(Contact).one()
    assert (known.name, known.owner_id) == ("Wren Adeyemi", ana.id)
    assert db.session.query(Share).one().contact_id == known.id


def test_a_refusal_makes_no_contact(browser, ana, item):
    page = make(browser, ana, contact="Wren Adeyemi", is_new="y", passcode="short")
    assert page.status_code == 422
    assert db.session.query(Contact).count() == 0


def test_two_of_one_name_are_told_apart_by_choosing(browser, ana, item):
    for _ in range(2):
        contact(ana)
    assert "Several of your contacts have that name" in make(browser, ana, is_new="y").text


def test_an_opportunity_is_enough_and_brings_its_contact(browser, ana, item):
    known = contact(ana)
    row = opportunity(ana, contact_id=known.id)
    make(browser, ana, contact="", opportunity_id=row.id)
    made = db.session.query(Share).one()
    assert (made.opportunity_id, made.contact_id) == (row.id, known.id)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"contact": ""}, "Say for whom"),
        ({"contact": "Nobody Known"}, "You have no contact of that name"),
        ({"expires_on": "2026-03-03"}, "Choose a day from today on"),
        ({"expires_on": "2027-03-20"}, "Choose a day from today on"),
        ({"passcode": "short"}, "at least 6 characters"),
        ({"rows-0-item": "No such thing", "rows-0-chosen": ""}, "Choose a published item"),
        ({"rows-0-item": "", "rows-0-chosen": ""}, "Choose what to share"),
    ],
)
def test_it_explains_what_is_missing(browser, ana, item, fields, said):
    contact(ana)
    page = make(browser, ana, **fields)
    assert page.status_code == 422
    assert said in page.text
    assert db.session.query(Share).count() == 0


@pytest.mark.parametrize("kind", [Kind.COMPETITOR_NOTE, Kind.DID_NOT_WORK, Kind.GUIDELINE, Kind.OBJECTION_ANSWER])
def test_internal_kinds_never_leave_the_firm(browser, ana, marketer, kind):
    contact(ana)
    lib.published(marketer, "For us alone", kind=kind)
    page = make(browser, ana, "for-us-alone")
    assert page.status_code == 422
    assert "never leaves the firm" in page.text
    assert "never leaves the firm" in browser.get("/library/for-us-alone").text


def test_an_item_that_is_marked_internal_is_refused_with_the_reason(browser, ana, item):
    contact(ana)
    item.is_internal = True
    assert "marketing marked it so" in make(browser, ana).text
    assert "/shares/new?item=" not in browser.get("/library/handing-over").text


def test_only_what_may_leave_the_firm_is_suggested(browser, ana, marketer):
    for title, kind in (("Handing over, told", Kind.CASE_STUDY), ("Handing over, how", Kind.GUIDELINE)):
        lib.published(marketer, title, kind=kind)
    lib.published(marketer, "Handing over, inside").is_internal = True
    page = browser.sign_in(ana).get("/shares/new").text
    address = re.search(r'data-pick="(/library/suggestions[^"]*)"', page)[1]
    assert [one["name"] for one in browser.get(f"{address}&q=handing").json] == ["Handing over, told"]
    assert len(browser.get("/library/suggestions", q="handing").json) == 3


def test_the_reading_page_the_contact_and_the_opportunity_lead_there(browser, ana, item):
    known, row = contact(ana), opportunity(ana)
    browser.sign_in(ana)
    assert "/shares/new?item=handing-over" in browser.get("/library/handing-over").text
    assert f"/shares/new?contact={known.id}" in browser.get(f"/network/{known.id}").text
    assert f"/shares/new?opportunity={row.id}" in browser.get(f"/pipeline/{row.id}").text
    assert 'value="Dana Reed"' in browser.get(f"/shares/new?contact={known.id}").text


def test_somebody_elses_contact_and_opportunity_are_not_there(browser, ana, ben, item):
    theirs, row = contact(ben), opportunity(ben)
    page = browser.sign_in(ana).get(f"/shares/new?contact={theirs.id}&opportunity={row.id}")
    assert "Dana Reed" not in page.text
    assert browser.submit("/shares/new?item=handing-over", **GOOD, contact_id=theirs.id).status_code == 404
    assert browser.submit(
        "/shares/new?item=handing-over", **GOOD | {"contact": ""}, opportunity_id=row.id
    ).status_code in {404, 422}
    assert db.session.query(Share).count() == 0


def test_a_room_keeps_the_order_and_a_line_each(browser, ana, item, marketer):
    contact(ana)
    lib.published(marketer, "The second")
    more = {"rows-0-line": "Begin here.", "rows-1-item": "The second", "rows-1-line": "Then this."}
    make(browser, ana, room=True, title="For the handover", **more)
    made = db.session.query(Share).one()
    rows = db.session.query(SharedItem).order_by(SharedItem.position).all()
    assert (made.is_room, made.title) == (True, "For the handover")
    assert [(row.item.title, row.line) for row in rows] == [
        ("Handing over", "Begin here."),
        ("The second", "Then this."),
    ]


def test_the_same_item_twice_is_refused(browser, ana, item):
    contact(ana)
    page = make(browser, ana, room=True, title="Twice", **{"rows-1-item": "Handing over"})
    assert "is in it already" in page.text


def test_a_link_is_good_for_thirty_days_unless_one_says_otherwise(browser, ana, item):
    page = browser.sign_in(ana).get("/shares/new").text
    assert f'value="{TODAY + timedelta(days=30)}"' in page


def test_the_page_asks_little_of_the_database(browser, ana, item, budget):
    browser.sign_in(ana).get("/shares/new?item=handing-over")
    with budget(6):
        browser.get("/shares/new?item=handing-over")
