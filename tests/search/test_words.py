"""Words, spelling, other names and passages: the pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal import words as ground
from portal.search import snippets, synonyms, words


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
    [
        ("succesion", "succession"),
        ("taks", "tasks"),
        ("tix", None),
        ("sucession", "succession"),
        ("blockchain", None),
        ("ruccesion", None),
    ],
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


def test_every_name_for_something_has_a_word():
    phrases, longest = synonyms.groups()
    assert all(phrases)
    assert 1 < longest <= words.MOST_WORDS
    assert all(phrase in same for phrase, others in phrases.items() for other in others for same in [phrases[other]])


@given(some.text(some.characters(categories=["L", "N"]), min_size=1))
def test_a_stem_is_how_the_word_begins(text):
    for word in ground.words_of(text):
        assert word.startswith(ground.stem(word))
        assert ground.stem(word)


@pytest.mark.parametrize(
    "forms",
    [
        "negotiate negotiated negotiating negotiation negotiations",
        "invoice invoices invoiced invoicing",
        "company companies",
        "register registered registering",
        "adviser advisers advising advise",
        "Referral referrals refer referred",
    ],
)
def test_forms_of_a_word_are_one(forms):
    assert len({ground.stem(word) for word in ground.words_of(forms)}) == 1


@pytest.mark.parametrize("pair", ["success succession", "custom customer", "general generation"])
def test_other_words_stay_others(pair):
    assert len({ground.stem(word) for word in ground.words_of(pair)}) == 2


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("M&A, R&D", ["mna", "rnd"]),
        ("client’s l'impôt don't", ["client", "impot", "dont"]),
        ("€1,400,000 and 289.000, 1.4", ["1400000", "and", "289000", "1", "4"]),
        ("Straße, Œuvre", ["strasse", "oeuvre"]),
    ],
)
def test_words_are_cut_as_people_write_them(written, found):
    assert ground.words_of(written) == found
