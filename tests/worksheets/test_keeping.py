"""Duplicating, archiving and finding one's worksheets again."""

import pytest

from portal.db import db
from portal.worksheets.models import FilledWorksheet
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send


@pytest.fixture
def filled(ana):
    return make.filled(ana, answers=make.COMPLETE, name="Larch", finished_at=make.NOON)


def copies():
    return db.session.query(FilledWorksheet).filter(FilledWorksheet.name.startswith("Copy of")).all()


def test_a_copy_can_be_gone_on_with(browser, ana, filled):
    answer = browser.sign_in(ana).post(f"{page(filled)}/duplicate")
    copy = copies()[0]
    assert answer.location == page(copy)
    assert (copy.name, copy.answers, copy.finished_at) == ("Copy of Larch", filled.answers, None)
    assert browser.get(page(copy)).status_code == 200


def test_a_second_press_leads_to_the_same_copy(browser, ana, filled):
    browser.sign_in(ana)
    assert browser.post(f"{page(filled)}/duplicate").location == browser.post(f"{page(filled)}/duplicate").location
    assert len(copies()) == 1


def test_the_copys_beginning_stays_in_its_history(browser, ana, filled):
    browser.sign_in(ana).post(f"{page(filled)}/duplicate")
    copy = copies()[0]
    send(browser, copy, {"person": ("A banker", "A lawyer")})
    assert "As it was until" in browser.get(f"{page(copy)}/history").text
    assert "A banker" in browser.get(f"{page(copy)}/history/2").text


def test_a_long_name_is_cut(browser, ana, filled):
    filled.name = "x" * 200
    browser.sign_in(ana).post(f"{page(filled)}/duplicate")
    assert len(copies()[0].name) == 200


def test_the_archive_is_a_list_of_its_own(browser, ana, filled):
    browser.sign_in(ana).post(f"{page(filled)}/archive")
    assert f'href="{page(filled)}"' not in browser.get("/worksheets").text
    assert f'href="{page(filled)}"' in browser.get("/worksheets?state=archived").text
    assert browser.get(page(filled)).location == f"{page(filled)}/read"
    browser.post(f"{page(filled)}/bring-back")
    assert f'href="{page(filled)}"' in browser.get("/worksheets").text


def test_nothing_archived_is_brought_up(browser, ana):
    filled = make.filled(ana, name="Larch")
    assert "Finish: Larch" in browser.sign_in(ana).get("/").text
    browser.post(f"{page(filled)}/archive")
    assert "Larch" not in browser.get("/").text
    assert "Larch" not in browser.get("/worksheets/referral-request/new").text


def test_what_is_archived_is_not_changed(browser, ana):
    filled = make.filled(ana)
    browser.sign_in(ana).post(f"{page(filled)}/archive")
    answer = send(browser, filled, {"person": ("", "A banker")})
    assert answer.status_code >= 400
    assert filled.answers == {}


@pytest.mark.parametrize(
    ("state", "names"), [("open", ["Two"]), ("finished", ["One"]), ("old", []), ("odd", ["One", "Two"])]
)
def test_the_list_can_be_narrowed(browser, ana, state, names):
    sheet = make.worksheet()
    make.filled(ana, sheet, name="One", answers=make.COMPLETE, finished_at=make.NOON)
    make.filled(ana, sheet, name="Two")
    text = browser.sign_in(ana).get(f"/worksheets?state={state}").text
    assert [name for name in ("One", "Two") if f">{name}</a>" in text] == names


def test_a_long_list_can_be_searched(browser, ana):
    sheet = make.worksheet()
    for number in range(12):
        make.filled(ana, sheet, name=f"Client {number}", answers={"person": "x"})
    text = browser.sign_in(ana).get("/worksheets", words="client 7").text
    assert "Client 7" in text
    assert "Client 8" not in text
    assert "Nothing fits" in browser.get("/worksheets", words="nobody").text


def test_worksheets_to_begin_stand_by_discipline(browser, ana):
    make.worksheet()
    make.worksheet("cross-sell", title="Cross-sell", discipline="cross-selling")
    text = browser.sign_in(ana).get("/worksheets").text
    assert text.index(">Cross selling</p>") < text.index(">Referrals</p>")


def test_the_pages_cost_few_statements(browser, ana, budget):
    sheet = make.worksheet()
    for number in range(12):
        make.filled(ana, sheet, name=f"Client {number}", answers=make.COMPLETE)
    filled = make.filled(ana, sheet, answers=make.COMPLETE)
    browser.sign_in(ana).get("/worksheets")
    for address, most in (
        ("/worksheets", 7),
        (page(filled), 7),
        (f"{page(filled)}/read", 6),
        ("/worksheets/reminders", 4),
    ):
        browser.forget_who()
        with budget(most):
            assert browser.client.get(address).status_code == 200


def test_strangers_find_nothing(browser, ben, filled):
    browser.sign_in(ben)
    for act in ("duplicate", "archive", "bring-back", "still-true"):
        assert browser.post(f"{page(filled)}/{act}", place="person").status_code == 404
    assert copies() == []
