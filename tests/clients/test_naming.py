import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.clients.naming import LEGAL_FORMS, match_name

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzäöéß", min_size=3, max_size=9), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Larch Logistics Ltd", "LARCH LOGISTICS"),
        ("Larch Logistics Ltd.", "larch logistics limited"),
        ("Müller & Söhne GmbH & Co. KG", "Muller & Sohne"),
        ("Élan S.A.", "elan"),
        ("Costa S. r. l.", "Costa SRL"),
        ("The Harbour Company, Inc.", "Harbour"),
        ("Nowak Sp. z o.o.", "nowak"),
        ("Groß AG", "Gross"),
        ("O’Brien plc", "O'Brien"),
        ("Fjord A/S", "fjord AS"),
    ],
)
def test_the_same_client_is_found_again(one, other):
    if one == "Fjord A/S":
        assert match_name(one) == match_name(other) == "fjord"
    assert match_name(one) == match_name(other)


@pytest.mark.parametrize(("one", "other"), [("Larch Logistics", "Larch Foods"), ("North Labs", "South Labs")])
def test_different_clients_stay_apart(one, other):
    assert match_name(one) != match_name(other)


def test_a_name_that_is_all_legal_form_keeps_its_first_word():
    assert match_name("AG") == "ag"
    assert match_name("Limited Company") == "limited"


@given(st.text(max_size=60))
@example("x s a s p a")
@example("The the & co")
def test_matching_what_was_matched_changes_nothing(name):
    once = match_name(name)
    assert match_name(once) == once


@given(WORDS, st.sampled_from(sorted(LEGAL_FORMS)), st.sampled_from(sorted(LEGAL_FORMS)))
def test_the_order_of_legal_forms_is_no_matter(words, one, other):
    name = " ".join(words)
    assert match_name(f"{name} {one} {other}") == match_name(f"{name} {other} {one}") == match_name(name)


@given(WORDS)
def test_capitals_are_no_matter(words):
    name = " ".join(words)
    assert match_name(name.upper()) == match_name(name) == match_name(name.title())


@given(st.text("abc ÀÉxyz09", min_size=1, max_size=30).filter(str.strip))
def test_a_name_never_becomes_empty(name):
    assert match_name(name)
