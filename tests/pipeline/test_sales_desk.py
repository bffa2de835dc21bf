"""The sales desk: whoever sits there may take what is handed over to it; the first answer counts."""

import pytest

from portal.errors import Refused
from portal.pipeline import handing_over, sales_desk
from tests.pipeline import make_pipeline as make
from tests.pipeline.test_hand_over import address


def test_whoever_sits_at_the_sales_desk_may_take_it_first(browser, ana, ben, charlie, marketer):
    row = make.opportunity(ana)
    with pytest.raises(Refused, match="Nobody sits"):
        make.handed_over(row, ana)
    for person in (ben, charlie):
        sales_desk.add(person)
    hand_over = make.handed_over(row, ana)
    assert "Larch Logistics" not in browser.sign_in(marketer).get("/pipeline/hand-overs").text
    assert "Larch Logistics" in browser.sign_in(ben).get("/pipeline/hand-overs").text
    browser.sign_in(charlie).post(address(hand_over, "/accept"))
    assert row.owner_id == charlie.id
    for what in ("/accept", "/return"):
        answer = browser.sign_in(ben).post(address(hand_over, what), reason="Not mine.")
        assert answer.status_code == 422
        assert "Somebody was quicker" in answer.text
    assert browser.sign_in(marketer).post(address(hand_over, "/accept")).status_code == 404


def test_what_the_sales_desk_returned_says_who_and_twice_is_once(browser, ana, ben, charlie):
    for person in (ben, charlie):
        sales_desk.add(person)
    hand_over = make.handed_over(make.opportunity(ana), ana)
    browser.sign_in(ben)
    for _ in range(2):
        assert browser.post(address(hand_over, "/return"), reason="Too early.").status_code == 302
    assert "Returned by you" in browser.get(address(hand_over)).text
    assert "You offered this to Ben Okoro" in browser.sign_in(ana).get(address(hand_over)).text
    assert browser.sign_in(charlie).get(address(hand_over)).status_code == 404


def test_the_desk_is_run_by_marketing_and_admins(browser, ana, ben, marketer, admin):
    for person in (marketer, admin):
        browser.sign_in(person).post("/pipeline/sales-desk", person_id=ben.id, colleague="Ben")
        assert [one.id for one in handing_over.desk()] == [ben.id]
        browser.post(f"/pipeline/sales-desk/{ben.id}/remove")
        assert handing_over.desk() == []
    assert browser.post("/pipeline/sales-desk", colleague="Nobody Such").status_code == 422
    assert browser.sign_in(ana).get("/pipeline/sales-desk").status_code == 403
