"""Asking people to read an item, and their saying that they have."""

import csv
import io
from datetime import timedelta

import pytest

from portal.adoption import recount as figures
from portal.audit.models import AuditEvent
from portal.db import db
from portal.errors import NotFound, Refused
from portal.library import services as library
from portal.library.models import ItemReader
from portal.people import services as people
from portal.readership import must_read_queries as queries
from portal.readership.models import AcknowledgedCount, Acknowledgement
from tests import make
from tests.library import make_library as lib
from tests.make import TODAY
from tests.readership.make_readership import asked, revised, say_read


def test_marketing_asks_and_a_person_says_so_at_the_end(browser, ana, marketer):
    lib.published(marketer, "New rules", source="Read them.")
    signed_in = browser.sign_in(marketer)
    page = signed_in.submit("/library/new-rules/must-read", until_on="2026-04-01")
    assert "asked until 1 April" in page.text

    signed_in = browser.sign_in(ana)
    assert "You are asked to read it by 1 April" in signed_in.get("/").text
    assert "New rules" in signed_in.get("/library/must-read").text
    assert "New rules" in signed_in.get("/library/new-for-you").text
    before = signed_in.get("/library/new-rules").text
    assert "Please read this by 1 April" in before
    assert "I have read it" in before
    answer = signed_in.post("/library/new-rules/acknowledgement", revision="1")
    after = signed_in.get(answer.location).text
    assert "You have read this" in after
    assert "Please read this by" not in after
    assert "You are asked to read it" not in signed_in.get("/").text
    assert "you read it on 4 March 2026" in signed_in.get("/library/must-read").text


def test_saying_so_counts_as_reading_and_once(ana, marketer, viewer):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer)
    assert say_read(ana, item, viewer)
    assert not say_read(ana, item, viewer)
    assert db.session.get(ItemReader, (item.id, ana.id)).times == 1
    assert db.session.query(AcknowledgedCount.n).scalar() == 1


def test_it_can_be_taken_back(browser, ana, marketer, viewer):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer)
    say_read(ana, item, viewer)
    browser.sign_in(ana).post("/library/new-rules/acknowledgement/take-back")
    assert "I have read it" in browser.get("/library/new-rules").text
    assert db.session.query(AcknowledgedCount.n).scalar() == 0
    browser.post("/library/new-rules/acknowledgement/take-back")
    assert db.session.query(AcknowledgedCount.n).scalar() == 0


def test_a_typo_fix_asks_nobody_again_and_a_real_change_does(browser, ana, marketer, viewer):
    item = lib.published(marketer, "New rules", source="Read thm.")
    asked(marketer, item, viewer)
    say_read(ana, item, viewer)
    revised(item, marketer, viewer, "Read them.", is_minor=True)
    assert "You have read this" in browser.sign_in(ana).get("/library/new-rules").text
    revised(item, marketer, viewer, "Read them all.", is_minor=False)
    page = browser.get("/library/new-rules").text
    assert "it changed in more than a detail since: Other words." in page
    assert "it changed since you read it" in browser.get("/library/must-read").text


def test_what_was_revised_meanwhile_is_not_acknowledged(browser, ana, marketer, viewer):
    item = lib.published(marketer, "New rules", source="Old.")
    asked(marketer, item, viewer)
    revised(item, marketer, viewer, "New.", is_minor=False)
    answer = browser.sign_in(ana).post("/library/new-rules/acknowledgement", revision="1")
    assert answer.status_code == 422
    assert "revised while you were reading" in answer.text
    assert not db.session.query(Acknowledgement).count()


def test_only_the_practices_below_are_asked(browser, ana, charlie, marketer, tax, viewer):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer, tax)
    assert queries.asked_or_none(viewer(ana), item.id, TODAY)
    assert queries.asked_or_none(viewer(charlie), item.id, TODAY) is None
    assert "Please read this" not in browser.sign_in(charlie).get("/library/new-rules").text
    assert "You are asked to read" not in browser.get("/").text
    assert browser.post("/library/new-rules/acknowledgement", revision="1").status_code == 404


def test_whoever_comes_later_is_asked_too(marketer, tax, viewer):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer, tax)
    later = make.person("Nina New", tax)
    assert queries.asked_or_none(viewer(later), item.id, TODAY)


def test_after_the_last_day_nobody_is_asked(ana, marketer, viewer):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer, until_on=TODAY)
    assert queries.asked_or_none(viewer(ana), item.id, TODAY)
    assert queries.asked_or_none(viewer(ana), item.id, TODAY + timedelta(days=1)) is None


def test_an_expired_item_is_asked_of_nobody(ana, marketer, viewer):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer)
    library.archive(item)
    db.session.flush()
    assert queries.mine(viewer(ana), TODAY) == []


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_is_over_or_too_far_is_refused(days, marketer, viewer):
    with pytest.raises(Refused) as refusal:
        asked(marketer, lib.published(marketer), viewer, until_on=TODAY + timedelta(days=days))
    assert refusal.value.field == "until_on"


def test_a_practice_below_another_need_not_be_kept(marketer, tax, corporate_tax, viewer):
    row = asked(marketer, lib.published(marketer), viewer, corporate_tax, tax)
    assert queries.practice_ids(row.id) == [tax.id]


def test_the_form_wants_practices_where_it_says_so(browser, marketer):
    lib.published(marketer, "New rules")
    page = browser.sign_in(marketer).submit("/library/new-rules/must-read", whom="practices", until_on="2026-04-01")
    assert page.status_code == 422
    assert "Choose at least one practice" in page.text


def test_two_publishers_do_not_overwrite_each_other(browser, marketer, viewer):
    item = lib.published(marketer, "New rules")
    row = asked(marketer, item, viewer)
    signed_in = browser.sign_in(marketer)
    page = signed_in.submit("/library/new-rules/must-read", until_on="2026-04-01", version=str(row.version - 1))
    assert page.status_code == 422
    assert "Somebody changed this" in page.text


def test_asking_and_ending_are_logged_and_ending_is_undone(browser, ana, marketer, viewer):
    item = lib.published(marketer, "New rules")
    row = asked(marketer, item, viewer)
    signed_in = browser.sign_in(marketer)
    signed_in.post(f"/library/must-read/{row.id}/end")
    assert queries.asked_or_none(viewer(ana), item.id, TODAY) is None
    assert signed_in.post(f"/library/must-read/{row.id}/end").status_code == 422
    signed_in.post(f"/library/must-read/{row.id}/resume")
    assert queries.asked_or_none(viewer(ana), item.id, TODAY)
    actions = [event.action for event in db.session.query(AuditEvent).filter(AuditEvent.action.like("must-read%"))]
    assert actions == ["must-read asked for", "must-read ended", "must-read resumed"]


def test_leaders_see_their_own_people_and_publishers_all(
    browser, ana, ben, charlie, leader, other_leader, marketer, tax, viewer
):
    item = lib.published(marketer, "New rules")
    row = asked(marketer, item, viewer)
    say_read(ana, item, viewer)
    figures.recount()
    address = f"/library/must-read/{row.id}"
    seen = browser.sign_in(leader).get(address).text
    assert "1 of 3 have read it; 2 have not" in seen
    assert "Ben Okoro" in seen
    assert "Charlie Stone" not in seen
    assert "Ana Ferreira" in browser.get(address, show="read").text
    assert "Charlie Stone" in browser.sign_in(other_leader).get(address).text
    assert "Charlie Stone" in browser.sign_in(marketer).get(address).text
    assert browser.sign_in(ana).get(address).status_code == 404
    asked(marketer, item, viewer, tax)
    assert browser.sign_in(other_leader).get(address).status_code == 404


def test_the_list_shows_numbers_by_item(browser, ana, ben, charlie, marketer, tax, viewer, budget):
    item = lib.published(marketer, "New rules")
    asked(marketer, item, viewer, tax)
    say_read(ana, item, viewer)
    figures.recount()
    signed_in = browser.sign_in(marketer)
    with budget(8):
        page = signed_in.get("/library/must-read/all").text
    assert "1 of 2 (50%)" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_is_taken_along(kind, browser, ana, ben, leader, marketer, viewer):
    item = lib.published(marketer, "New rules")
    row = asked(marketer, item, viewer)
    say_read(ana, item, viewer)
    answer = browser.sign_in(leader).get(f"/library/must-read/{row.id}/people.{kind}")
    assert answer.status_code == 200
    if kind == "csv":
        rows = {cells[0]: cells for cells in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))}
        assert rows["Ana Ferreira"][4] == "2026-03-04"
        assert rows["Ben Okoro"][4] == ""
    assert browser.sign_in(ben).get(f"/library/must-read/{row.id}/people.{kind}").status_code == 404


def test_whoever_left_is_neither_asked_nor_counted(ana, ben, admin, marketer, corporate_tax, viewer):
    item = lib.published(marketer, "New rules")
    row = asked(marketer, item, viewer)
    for person in (ana, ben):
        say_read(person, item, viewer)
    figures.recount()
    before = queries.numbers([row.id])[row.id]
    people.deactivate(ana, by=viewer(admin))
    after = queries.numbers([row.id])[row.id]
    assert (before.asked - after.asked, before.read - after.read) == (1, 1)
    seen = queries.seen_by(viewer(marketer), row.id)
    assert "Ana Ferreira" not in {person.name for person in db.session.execute(queries.people(seen))}


def test_nobody_else_opens_what_there_is_not(viewer, ana):
    with pytest.raises(NotFound):
        queries.seen_by(viewer(ana), 4711)


def test_paths_that_overlap():
    assert queries.overlap(["/1/"], ["/1/4/", "/2/"]) == ["/1/4/"]
    assert queries.overlap(["/1/4/"], ["/1/"]) == ["/1/4/"]
    assert queries.overlap(["/1/4/"], ["/1/44/"]) == []


def test_a_publisher_sees_that_other_practices_are_asked(browser, marketer, law, viewer):
    item = lib.published(marketer, "New rules")
    row = asked(marketer, item, viewer, law)
    page = browser.sign_in(marketer).get("/library/new-rules").text
    assert "Some practices are asked to read this" in page
    assert f'href="/library/must-read/{row.id}">Who has read it' in page
    assert "Should people read this?" not in page
