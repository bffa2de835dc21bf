"""Documents of any sort, found by what they say: the room by itself."""

import pytest

from portal.search import changes, index, question, ranking, vocabulary
from portal.search.postings import Field
from portal.search.words import asked_for

SAYS = {
    1: {Field.TITLE: "The mill", Field.BODY: "It stands by the river."},
    2: {Field.TITLE: "The river", Field.BODY: "A mill stood there; nobody grinds any more."},
    300: {Field.TITLE: "Orchards", Field.FILES: "apples.txt of the mill"},
}


@pytest.fixture(autouse=True)
def documents(session):
    for number, says in SAYS.items():
        index.put(number, says)


def found(asked: str) -> list[int]:
    """The documents for a question, best first; those with smaller numbers are newer."""
    words = vocabulary.read()
    known = tuple(words.meant(word, as_beginning=True) for word in asked_for(asked))
    places = {number: place for place, number in enumerate(sorted(SAYS)) if index.has(number)}
    heads = {number: says[Field.TITLE] for number, says in SAYS.items()}
    return ranking.ranked(places, question.concepts(known, words), lambda ids: {each: heads[each] for each in ids}).ids


def test_they_are_found_the_best_first():
    assert found("mills") == [1, 2, 300]
    assert found("rivr") == [2, 1]
    assert found("apple") == [300]
    assert found("mill apples") == [300]


def test_one_that_says_nothing_any_more_is_found_no_more():
    index.put(2, None)
    assert not index.has(2)
    assert found("river") == [1]
    assert "grinds" not in vocabulary.read().words


def test_words_are_read_anew_where_they_changed():
    before, token = vocabulary.read(), changes.token()
    index.put(2, {Field.TITLE: "The harbour"})
    number, changed = changes.since_or_none(token)
    assert changed == {2}
    assert vocabulary.read_since(before, number) == vocabulary.read()
    index.rebuild(SAYS.items())
    assert changes.since_or_none(token) is None


def test_a_rebuild_keeps_what_was_found():
    before = vocabulary.read(), found("mill river"), index.bodies([1, 2, 300])
    assert index.rebuild(SAYS.items()) == 3
    assert (vocabulary.read(), found("mill river"), index.bodies([1, 2, 300])) == before
