"""Finishing, opening again, and printing a worksheet."""

from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send


def test_it_is_finished_when_nothing_needed_is_empty(browser, ana, now):
    filled = make.filled(ana, answers=make.COMPLETE)
    answer = browser.sign_in(ana).submit(page(filled), do="finish", **{"a.why": "She likes to help"})
    assert filled.finished_at == now
    assert filled.answers["why"] == "She likes to help"
    assert "Open it again" in answer.text


def test_it_says_beside_each_field_what_is_still_needed_and_loses_nothing(browser, ana):
    filled = make.filled(ana)
    answer = browser.sign_in(ana).submit(page(filled), do="finish", **{"a.person": "A banker"})
    assert "Choose a day." in answer.text
    assert "Fill at least one row." in answer.text
    assert 'id="f-ask-on-error"' in answer.text
    assert "f-why-error" not in answer.text
    assert filled.answers == {"person": "A banker"}
    assert filled.finished_at is None


def test_a_finished_one_is_read_and_can_be_opened_again(browser, ana):
    filled = make.filled(ana, answers=make.COMPLETE, finished_at=make.NOON)
    assert browser.sign_in(ana).get(page(filled)).location == f"{page(filled)}/read"
    assert "A controller who just started" in browser.get(f"{page(filled)}/read").text
    assert browser.post(f"{page(filled)}/reopen").location == page(filled)
    assert filled.finished_at is None


def test_a_finished_one_is_not_changed_by_another_tab(browser, ana):
    filled = make.filled(ana, answers=make.COMPLETE, finished_at=make.NOON)
    answer = browser.sign_in(ana).post(page(filled), **{"a.person": "Somebody else", "before": "{}"})
    assert answer.status_code == 422
    assert "is finished" in answer.text
    assert "Somebody else" in answer.text
    assert send(browser, filled, {"person": ("A banker", "Other")}).status_code == 422
    assert filled.answers == make.COMPLETE


def test_a_stranger_cannot_open_it_again(browser, ana, charlie):
    filled = make.filled(ana, finished_at=make.NOON)
    assert browser.sign_in(charlie).post(f"{page(filled)}/reopen").status_code == 404
    assert filled.finished_at == make.NOON


def test_reading_shows_every_question_and_answer(browser, ana):
    filled = make.filled(ana, answers=make.COMPLETE, name="Larch Logistics")
    text = browser.sign_in(ana).get(f"{page(filled)}/read").text
    assert all(words in text for words in ("Larch Logistics", "Why they would", "Nothing yet.", "A banker", "Dana"))
    assert f"/pipeline/from-worksheet/{filled.id}/r1" in text
