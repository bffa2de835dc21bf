"""Four lights before an ask: where the facts come from, and what is kept."""

from datetime import timedelta

import pytest

from portal.accounts.viewer import of
from portal.asking import facts
from portal.asking.models import ReadinessCheck
from portal.clients.models import FlagKind
from portal.db import db
from portal.network.models import Pace, Touch, TouchKind
from portal.pipeline.models import OpportunityKind
from tests import make
from tests.asking import make_asking as asking
from tests.make import NOON, TODAY
from tests.releases.make_releases import pitch
from tests.worksheets import make_worksheets


def known(person, row):
    contact = row.contact_id and db.session.get(asking.Contact, row.contact_id)
    return facts.known(facts.about(row, contact), by=of(person), now=NOON)


def test_words_alone_leave_most_unknown(ana):
    assert known(ana, asking.opportunity(ana)) == {}


def test_the_contact_tells_how_warm_it_is(ana):
    row = asking.contact(ana)
    asking.touch(row, ana, days=40)
    asking.touch(row, ana, days=2, kind=TouchKind.ASK)
    found = known(ana, asking.opportunity(ana, row))
    assert (found["last-contact"], found["contact-left-out"], found["relation"]) == ("40", "no", "associate")


def test_a_touch_that_was_taken_back_warms_nothing(ana):
    row = asking.contact(ana)
    wrong = asking.touch(row, ana, days=3)
    made = Touch(
        owner_id=ana.id,
        contact_id=row.id,
        kind=wrong.kind,
        happened_on=TODAY,
        key="back",
        takes_back_id=wrong.id,
        at=NOON,
    )
    make.saved(made)
    assert "last-contact" not in known(ana, asking.opportunity(ana, row))


def test_somebody_left_out_is_do_not_contact(ana):
    row = asking.contact(ana)
    row.pace = Pace.LEFT_OUT
    assert known(ana, asking.opportunity(ana, row))["contact-left-out"] == "yes"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "yes"),
        ({"until_on": TODAY}, "yes"),
        ({"until_on": TODAY - timedelta(days=1)}, "no"),
        ({"from_on": TODAY + timedelta(days=1)}, "no"),
        ({"ended_at": NOON}, "no"),
    ],
)
def test_a_flag_counts_while_it_stands(ana, given, said):
    larch = asking.client()
    asking.flag(larch, ana, **given)
    found = known(ana, asking.opportunity(ana, client_id=larch.id))
    assert found["flag-do-not-approach"] == said
    assert (found["flag-independence"], found["at-client"]) == ("no", "linked")


def test_the_client_of_the_contact_counts(ana):
    larch = asking.client()
    asking.flag(larch, ana, FlagKind.INDEPENDENCE)
    row = asking.contact(ana, client_id=larch.id)
    assert known(ana, asking.opportunity(ana, row))["flag-independence"] == "yes"


def test_the_service_tells_whom_to_bring_in(ana, ben):
    row = asking.opportunity(ana, service_id=asking.service(owner=ben).id)
    assert known(ana, row)["service-owner"] == "named"
    ben.is_active = False
    db.session.flush()
    assert known(ana, row)["service-owner"] == "gone"
    assert "service-owner" not in known(ana, asking.opportunity(ana, service_id=asking.service("Other").id))


def test_standing_on_the_pitch_is_looked_up(ana):
    pitch()
    assert known(ana, asking.opportunity(ana))["certification"] == "none"


def test_a_worksheet_that_names_them_counts(ana, ben):
    sheet = make_worksheets.worksheet()
    row = asking.contact(ana)
    ask = asking.opportunity(ana, row)
    cells = {"row": "r1", "contact": f"{row.id}|{row.name}"}
    make_worksheets.filled(ben, sheet, answers={"asks": [cells]}, finished_at=NOON)
    assert "worksheet" not in known(ana, ask)
    filled = make_worksheets.filled(ana, sheet, answers={"asks": [cells]})
    assert known(ana, ask)["worksheet"] == "begun"
    filled.finished_at = NOON
    assert known(ana, ask)["worksheet"] == "finished"


def test_a_worksheet_about_somebody_else_does_not(ana):
    row = asking.contact(ana)
    make_worksheets.filled(ana, answers={"person": "Dana Reed and others"}, finished_at=NOON)
    assert "worksheet" not in known(ana, asking.opportunity(ana, row))


def test_the_page_shows_reasons_and_the_way_on(browser, ana):
    asking.rules()
    row = asking.opportunity(ana)
    page = browser.sign_in(ana).get(f"/pipeline/{row.id}/ready").text
    for words in ("Is it fee?", "fee: nobody knows.", "In doubt, ask: risk.", "/worksheets/referral-request/new"):
        assert words in page
    assert f'href="/pipeline/{row.id}/facts">Choose the contact' in page
    assert f'href="/pipeline/{row.id}/ready"' in browser.get(f"/pipeline/{row.id}").text


def test_answers_change_the_lights_and_are_kept_with_the_rules(browser, ana):
    asking.rules()
    row = asking.opportunity(ana)
    address = f"/pipeline/{row.id}/ready"
    looked = browser.sign_in(ana).post(address, **{"q-fee": "yes", "do": "look"})
    assert "fee: yes." in looked.text
    assert not db.session.query(ReadinessCheck).count()
    browser.post(address, **{"q-fee": "yes", "do": "keep"})
    check = db.session.query(ReadinessCheck).one()
    assert (check.facts["fee"], check.answered, check.rules_number) == ("yes", ["fee"], 1)
    assert check.lights[0]["colour"] == "red"
    page = browser.get(address).text
    assert 'value="yes" checked' in page
    assert "Kept before" in page
    assert "fee: yes." in browser.get(f"/asking/kept/{check.id}").text


def test_what_was_kept_stays_when_the_rules_change(browser, ana):
    asking.rules()
    row = asking.opportunity(ana)
    browser.sign_in(ana).post(f"/pipeline/{row.id}/ready", **{"q-fee": "no", "do": "keep"})
    assert asking.rules(asking.RULES[1:]) == ["rules of asking: version 2"]
    check = db.session.query(ReadinessCheck).one()
    page = browser.get(f"/asking/kept/{check.id}").text
    assert "fee: no." in page
    assert "version 1 of the rules" in page
    assert "A newer version is in force" in browser.get("/asking/rules/1").text


def test_an_answer_can_not_overrule_a_row(browser, ana):
    about = asking.rule("about", needs="at-client", answers=[
        {"value": "linked", "light": "green", "reason": "Linked."},
        {"value": "no", "say": "No", "light": "amber", "reason": "Said no."},
    ])  # fmt: skip
    asking.rules([about])
    row = asking.opportunity(ana, client_id=asking.client().id)
    page = browser.sign_in(ana).post(f"/pipeline/{row.id}/ready", **{"q-at-client": "no", "do": "look"}).text
    assert "Linked." in page
    assert "Said no." not in page


def test_odd_answers_are_as_good_as_none(browser, ana):
    asking.rules()
    row = asking.opportunity(ana)
    address = f"/pipeline/{row.id}/ready"
    browser.sign_in(ana)
    for odd in ("maybe", "\x00", "x" * 5000):
        assert "fee: nobody knows." in browser.post(address, **{"q-fee": odd, "do": "look"}).text


def test_asked_already_shows_what_was_kept(browser, ana):
    asking.rules()
    row = asking.opportunity(ana, days=3)
    address = f"/pipeline/{row.id}/ready"
    assert "Nothing was kept before the ask" in browser.sign_in(ana).get(address).text
    browser.post(address, **{"q-fee": "no", "do": "keep"})
    assert "This is what you kept last" in browser.get(address).text


def test_strangers_find_nothing(browser, ana, ben):
    asking.rules()
    row = asking.opportunity(ana)
    browser.sign_in(ana).post(f"/pipeline/{row.id}/ready", **{"do": "keep"})
    check = db.session.query(ReadinessCheck).one()
    browser.sign_in(ben)
    for address in (f"/pipeline/{row.id}/ready", f"/asking/kept/{check.id}"):
        assert browser.get(address).status_code == 404
    assert "Nothing kept yet" in browser.get("/asking/kept").text


def test_before_anything_is_logged(browser, ana, ben):
    asking.rules()
    mine, theirs = asking.contact(ana), asking.contact(ben, "Somebody Else")
    page = browser.sign_in(ana).get("/asking", contact=mine.id, kind="referral").text
    assert "Has a colleague asked Dana Reed?" in page
    assert browser.get("/asking", contact=theirs.id).status_code == 404
    assert browser.get("/asking", client=999).status_code == 404
    assert browser.get("/asking", service=999).status_code == 404
    kept = browser.post(f"/asking?contact={mine.id}&kind=referral", do="keep")
    assert db.session.query(ReadinessCheck).one().contact_id == mine.id
    assert "Dana Reed" in browser.get("/asking/kept").text
    assert kept.location.startswith("/asking/kept/")


def test_without_rules_nothing_is_green_and_nothing_is_kept(browser, ana):
    row = asking.opportunity(ana)
    assert "No rule speaks of this" in browser.sign_in(ana).get(f"/pipeline/{row.id}/ready").text
    assert browser.post(f"/pipeline/{row.id}/ready", do="keep").status_code == 422
    assert "No rules yet" in browser.get("/asking/rules").text


def test_the_rules_are_shown_to_everybody(browser, ana):
    asking.rules(asked_within=60)
    page = browser.sign_in(ana).get("/asking/rules").text
    assert "counts for 60 days" in page
    assert "fee: yes." in page
    assert browser.get("/asking/rules/7").status_code == 404


def test_kept_checks_are_exported(browser, ana):
    asking.rules()
    row = asking.opportunity(ana)
    browser.sign_in(ana).post(f"/pipeline/{row.id}/ready", do="keep")
    assert "Larch Logistics" in browser.get("/asking/kept.csv").text
    assert browser.get("/asking/kept.xlsx").status_code == 200


def test_a_rule_for_one_practice_asks_its_people_alone(browser, ana, tax, law, charlie):
    asking.rules([asking.rule("live", practices=[law.key])])
    mine, theirs = asking.opportunity(ana), asking.opportunity(charlie)
    assert "Is it live?" not in browser.sign_in(ana).get(f"/pipeline/{mine.id}/ready").text
    assert "Is it live?" in browser.sign_in(charlie).get(f"/pipeline/{theirs.id}/ready").text


def test_kinds_of_ask_have_their_own_rules(browser, ana):
    asking.rules()
    row = asking.opportunity(ana, kind=OpportunityKind.CROSS_SELL)
    assert "Is it fee?" not in browser.sign_in(ana).get(f"/pipeline/{row.id}/ready").text


def test_the_page_keeps_to_its_budget(browser, ana, ben, budget):
    asking.rules()
    larch = asking.client(steward=ben)
    row = asking.contact(ana, client_id=larch.id)
    asking.touch(row, ana)
    ask = asking.opportunity(ana, row, service_id=asking.service(owner=ben).id)
    browser.sign_in(ana).post(f"/pipeline/{ask.id}/ready", do="keep")
    with budget(18):
        browser.get(f"/pipeline/{ask.id}/ready")
