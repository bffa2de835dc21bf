"""Suggestions: all of them make marketing's text, none the author's, and any choice changes nothing else."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from portal.contributions import desk
from portal.contributions.models import State
from portal.contributions.suggestions import mixed, numbers, parts, plain_lines
from portal.db import db
from tests.contributions.make_pieces import TEXT, handed_in, subjects, suggested

WORDS = st.lists(
    st.sampled_from(
        ["the", "letter", "tax", "owners’", "late.", "\n\n", "\n", " ", "- a", "## b", "é", "\u2028", "\x0b", "😀"]
    ),
    max_size=40,
).map(" ".join)
TEXTS = st.one_of(WORDS, st.text(max_size=60)).map(plain_lines)


@given(TEXTS, TEXTS)
def test_all_of_them_make_marketings_text_and_none_the_authors(before, after):
    found = parts(before, after)
    assert mixed(found, numbers(found)) == after
    assert mixed(found, ()) == before


@given(TEXTS, TEXTS, st.sets(st.integers(0, 30)))
def test_any_choice_changes_what_was_chosen_and_nothing_else(before, after, chosen):
    found = parts(before, after)
    place = 0
    text = mixed(found, chosen)
    for part in found:
        said = part.after if part.number in chosen else part.before
        assert text[place : place + len(said)] == said
        place += len(said)
        if part.number is None:
            assert part.before == part.after
    assert place == len(text)


@given(TEXTS, TEXTS)
def test_each_is_one_stretch_and_they_are_numbered_in_order(before, after):
    found = parts(before, after, first=3)
    assert numbers(found) == list(range(3, 3 + len(numbers(found))))
    assert all(one.number is None or two.number is None for one, two in pairwise(found))
    assert (before == after) == (not numbers(found))


NEW = "Owners ring us too late.\n\nUse the quiet months."


def test_the_authors_take_some_and_leave_the_rest(app, browser, ana, ben, marketer):
    piece = handed_in(ana)
    given = suggested(piece, marketer, NEW, note="Shorter.")
    assert subjects(app) == [(ana.email, "Suggestions for “The letter”")]
    assert "Suggestions to look at" in browser.sign_in(ana).get("/").text
    page = browser.get(f"/contribute/{piece.id}/suggestions").text
    assert "<del>call</del>" in page
    assert "<ins>ring</ins>" in page
    _title, text = desk.changes(given)
    browser.post(f"/contribute/{piece.id}/suggestions", do="some", reply="Thanks", **{"take-0": "yes"})
    db.session.refresh(piece)
    assert piece.source == mixed(text, {0}) == "Owners ring us too late.\n\nThe quiet months are better."
    assert piece.state is State.WITH_MARKETING
    assert "Thanks" in browser.sign_in(marketer).get(f"/contribute/{piece.id}").text
    assert "A text came back" in browser.get("/").text


def test_taking_all_or_none_is_one_press(browser, ana, marketer):
    for do, source, title in (("all", NEW, "A better title"), ("none", TEXT, "The letter")):
        piece = handed_in(ana)
        suggested(piece, marketer, NEW, title="A better title")
        browser.sign_in(ana).post(f"/contribute/{piece.id}/suggestions", do=do, reply="")
        db.session.refresh(piece)
        assert (piece.source, piece.title) == (source, title)


def test_rounds_repeat(browser, ana, marketer):
    piece = handed_in(ana)
    for text in (NEW, NEW + "\n\nAnd a last line."):
        suggested(piece, marketer, text)
        browser.sign_in(ana).post(f"/contribute/{piece.id}/suggestions", do="all", reply="")
        db.session.refresh(piece)
        assert piece.source == text
    page = browser.get(f"/contribute/{piece.id}").text
    assert "Round 2" in page
    assert browser.get(f"/contribute/{piece.id}/suggestions").status_code == 404


def test_what_the_authors_changed_meanwhile_is_not_edited_over(browser, ana, marketer):
    piece = handed_in(ana)
    stale = desk.base_of(piece)
    piece.source = "A new beginning."
    db.session.commit()
    answer = browser.sign_in(marketer).post(
        f"/contribute/{piece.id}/suggest", base=stale, title=piece.title, source=NEW, note=""
    )
    assert answer.status_code == 422
    assert "A new beginning" in answer.text
    assert NEW.split("\n")[0] in answer.text
    db.session.refresh(piece)
    assert piece.state is State.SUBMITTED


def test_suggestions_are_taken_back_while_nobody_has_answered(browser, ana, marketer):
    piece = handed_in(ana)
    suggested(piece, marketer, NEW)
    browser.sign_in(marketer).post(f"/contribute/{piece.id}/suggestions/take-back")
    db.session.refresh(piece)
    assert piece.state is State.WITH_MARKETING
    assert "Suggestions to look at" not in browser.sign_in(ana).get("/").text


def test_nothing_changed_or_a_heading_too_high_is_refused(browser, ana, marketer):
    piece = handed_in(ana)
    signed_in = browser.sign_in(marketer)
    for source in (TEXT, "# Too high\n"):
        given = {"base": desk.base_of(piece), "title": piece.title, "source": source, "note": ""}
        assert signed_in.post(f"/contribute/{piece.id}/suggest", **given).status_code == 422


def test_only_authors_answer_suggestions(browser, ana, ben, marketer):
    piece = handed_in(ana)
    suggested(piece, marketer, NEW)
    for person in (ben, marketer):
        assert browser.sign_in(person).get(f"/contribute/{piece.id}/suggestions").status_code == 404
        assert browser.post(f"/contribute/{piece.id}/suggestions", do="all", reply="").status_code == 404


def test_what_is_suggested_is_shown_as_text(browser, ana, marketer):
    piece = handed_in(ana, source="Plain <b>words</b>.\n")
    suggested(piece, marketer, "Plain <script>alert(1)</script>.\n")
    page = browser.sign_in(ana).get(f"/contribute/{piece.id}/suggestions").text
    assert "<script>alert" not in page
    assert "<b>" not in page
