"""Words, spelling, labels and passages: the pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal import words as ground
from portal.library import freshness, labels, snippets, words

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("How do I ask for a referral?", ("ask", "referral")),
        ("to be or not to be", ("to", "be", "or", "not")),
        ("E-Invoicing, e-invoicing", ("e", "invoicing")),
        ("  ", ()),
        ("a b c d e f g h i j k", ("b", "c", "d", "e", "f", "g", "h", "j")),
    ],
)
def test_a_question_is_about_its_telling_words(typed, asked):
    assert words.asked_for(typed) == asked


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("succesion", "succession"), ("taks", "tasks"), ("tix", None), ("sucession", "succession"), ("blockchain", None)],
)
def test_the_nearest_word_is_as_near_as_its_length_allows(typed, meant):
    known = {"succession": 3, "tax": 9, "talk": 2, "tasks": 1}
    assert words.nearest_or_none(typed, list(known), known) == meant


def test_of_two_equally_near_words_the_one_in_more_items_is_meant():
    known = {"cliente": 1, "clients": 7}
    assert words.nearest_or_none("clienta", list(known), known) == "clients"


@given(some.text())
def test_every_question_gives_words_that_need_no_escaping(typed):
    asked = words.asked_for(typed)
    assert len(asked) <= words.MOST_WORDS
    assert all(word.isalnum() and len(word) <= ground.LONGEST for word in asked)


@given(some.text(), some.lists(some.sampled_from(["tax", "family", "deal"]), min_size=1, max_size=3))
def test_marking_changes_nothing_but_the_marks(text, looked_for):
    marked = snippets.marked(text, looked_for)
    assert str(marked).replace("<mark>", "").replace("</mark>", "") == str(snippets.escape(text))


def test_a_passage_is_the_stretch_with_most_of_the_words():
    body = "Tax is first. " + "Other words. " * 60 + "Here tax meets a family." + " More words." * 60
    passage = snippets.snippet(body, {"tax", "famil"})
    assert "<mark>tax</mark> meets a <mark>family</mark>" in passage
    assert len(passage) < 300
    assert passage.startswith("… ")


@given(some.text())
def test_a_slug_is_an_address(text):
    assert labels.slug(text) == labels.slug(labels.slug(text))
    assert len(labels.slug(text)) <= labels.LONGEST_SLUG


@pytest.mark.parametrize(
    ("facet", "value", "name"),
    [
        ("kind", "one-pager", "One-pager"),
        ("industry", "e-commerce", "E-commerce"),
        ("discipline", "value-proposition", "Value proposition"),
        ("kind", "unknown-kind", "Unknown kind"),
    ],
)
def test_values_have_names(facet, value, name):
    assert labels.said(facet, value) == name


@pytest.mark.parametrize(("days", "state"), [(-1, "past"), (0, "soon"), (30, "soon"), (31, "fresh")])
def test_an_item_is_good_until_its_review_date(days, state):
    assert freshness.freshness(TODAY + timedelta(days=days), TODAY) == state
    assert freshness.freshness(None, TODAY) == "undated"
