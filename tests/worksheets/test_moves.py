"""Moving to a newer version: a preview, and not a word is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.worksheets import definition, moves
from portal.worksheets.models import FilledHistory
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page


@pytest.fixture
def filled(ana):
    sheet = make.sheet_of(
        make.ask("who"),
        make.ask("mood", "choice", options=["Good", "Bad"]),
        make.ask("gone", "text"),
        make.table("asks", make.ask("contact"), make.ask("old")),
    )
    row = {"row": "r1", "contact": "Dana", "old": "An old word"}
    answers = {"who": "A banker", "mood": "Bad", "gone": "Words that matter", "asks": [row]}
    filled = make.filled(ana, sheet, answers=answers, version=2)
    make.sheet_of(
        make.ask("who"),
        make.ask("mood", "choice", options=["Good", "Fair"]),
        make.ask("fresh", "number"),
        make.table("asks", make.ask("contact"), make.ask("new")),
    )
    return filled


def test_the_page_says_that_there_is_a_newer_one(browser, ana, filled):
    assert f'href="{page(filled)}/newer"' in browser.sign_in(ana).get(page(filled)).text


def test_the_preview_tells_what_stays_what_is_new_and_what_has_no_place(browser, ana, filled):
    text = browser.sign_in(ana).get(f"{page(filled)}/newer").text
    first, left, stays = (
        text.partition("What is no longer asked")[0],
        *text.split("What is no longer asked")[1].split("What stays"),
    )
    assert "<li>Fresh</li>" in first
    assert "<li>Asks: New</li>" in first
    assert all(words in left for words in ("Words that matter", "Bad", "Asks, row 1: Old", "An old word"))
    assert "<li>Who</li>" in stays
    assert "<li>Asks, row 1: Contact</li>" in stays
    assert filled.number == 1


def test_moving_keeps_everything(browser, ana, filled):
    answer = browser.sign_in(ana).submit(f"{page(filled)}/newer")
    assert answer.status_code == 200
    assert filled.number == 2
    assert filled.answers == {"who": "A banker", "asks": [{"row": "r1", "contact": "Dana"}]}
    assert "No longer asked" in answer.text
    assert "Words that matter" in browser.get(f"{page(filled)}/read").text


def test_undo_is_in_the_history_with_the_version_before(browser, ana, filled):
    before = filled.answers
    browser.sign_in(ana).submit(f"{page(filled)}/newer")
    kept = db.session.query(FilledHistory).order_by(FilledHistory.version.desc()).first()
    assert kept.number == 1
    assert "in an earlier version" in browser.get(f"{page(filled)}/history").text
    address = f"{page(filled)}/history/{kept.version}"
    assert "Words that matter" in browser.get(address).text
    browser.post(f"{address}/restore")
    assert (filled.number, filled.answers, filled.left_over) == (1, before, [])


def test_words_come_back_when_their_question_does(browser, ana, filled):
    browser.sign_in(ana).submit(f"{page(filled)}/newer")
    make.sheet_of(make.ask("who"), make.ask("gone", "text"), make.table("asks", make.ask("contact"), make.ask("old")))
    assert "finds its place again" in browser.get(f"{page(filled)}/newer").text
    browser.submit(f"{page(filled)}/newer")
    assert filled.answers["gone"] == "Words that matter"
    assert filled.answers["asks"] == [{"row": "r1", "contact": "Dana", "old": "An old word"}]
    assert [each["text"] for each in filled.left_over] == ["Bad"]


def test_a_still_newer_version_is_looked_at_first(browser, ana, filled):
    browser.sign_in(ana)
    make.sheet_of(make.ask("who"))
    answer = browser.post(f"{page(filled)}/newer", number="2")
    assert answer.status_code == 422
    assert "Look again, then move" in answer.text
    assert filled.number == 1


def test_finished_ones_are_opened_first(browser, ana, filled):
    filled.finished_at = make.NOON
    assert "Open it again" in browser.sign_in(ana).get(f"{page(filled)}/newer").text
    assert browser.post(f"{page(filled)}/newer", number="2").status_code == 422
    assert filled.number == 1


def test_without_a_newer_version_there_is_nothing_to_move_to(browser, ana):
    filled = make.filled(ana)
    assert browser.sign_in(ana).get(f"{page(filled)}/newer").location.endswith(page(filled))


def test_strangers_find_nothing(browser, ben, filled):
    assert browser.sign_in(ben).get(f"{page(filled)}/newer").status_code == 404
    assert browser.post(f"{page(filled)}/newer", number="2").status_code == 404


KINDS = st.sampled_from(["line", "text", "number", "date", "contact", "item"])
KEYS = st.sampled_from(["a", "b", "c", "d"])
TEXTS = st.sampled_from(["12", "2026-03-04", "Dana Ruiz", "7|Dana", "one\ntwo", "1,5", "a-key|A case"])
COLUMNS = st.dictionaries(KEYS, KINDS, min_size=1)


@st.composite
def sheets(draw):
    asked = [make.ask(key, kind) for key, kind in draw(st.dictionaries(KEYS, KINDS)).items()]
    tables = [
        make.table(f"t{key}", *(make.ask(name, kind) for name, kind in draw(COLUMNS).items()))
        for key in draw(st.sets(KEYS, max_size=2))
    ]
    return definition.read(make.one_section(*asked, *tables))


def places(sections):
    for field in definition.fields(sections).values():
        if field.columns:
            yield from ((f"{field.key}/r{row}/{column.key}", column) for row in (1, 2) for column in field.columns)
        else:
            yield field.key, field


@st.composite
def moving(draw):
    old, new, newer = draw(sheets()), draw(sheets()), draw(sheets())
    answers = {}
    for place, field in places(old):
        text = definition.clean(field.kind, draw(TEXTS))
        if draw(st.booleans()) and not definition.misfit(field, text):
            answers[place] = text
    return old, new, newer, answers


def words(sections, answers, left):
    """Every word that is written somewhere."""
    said = [text.partition("|")[2] if chosen(sections, place, text) else text for place, text in answers.items()]
    return sorted(word for text in [*said, *(each.text for each in left)] for word in text.replace("|", "/").split())


def chosen(sections, place, text):
    return definition.chosen(definition.at(sections, place), text)


@given(moving())
def test_no_word_is_ever_lost(case):
    old, new, newer, answers = case
    first = moves.moved(old, new, answers, ())
    assert len(first.answers) + len(first.left) == len(answers)
    assert words(old, answers, ()) == words(new, first.answers, first.left)
    assert all(not definition.misfit(definition.at(new, place), text) for place, text in first.answers.items())
    second = moves.moved(new, newer, first.answers, first.left)
    assert len(second.answers) + len(second.left) == len(answers)
    assert words(old, answers, ()) == words(newer, second.answers, second.left)


@given(moving())
def test_a_version_that_asks_the_same_changes_nothing(case):
    old, _new, _newer, answers = case
    found = moves.moved(old, old, answers, ())
    assert (found.answers, found.left, found.new) == (answers, (), ())


@given(moving())
def test_what_is_left_can_be_stored(case):
    old, new, _newer, answers = case
    left = moves.moved(old, new, answers, ()).left
    assert moves.read(moves.stored(left)) == left
