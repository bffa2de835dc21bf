"""Whatever happens: search finds exactly what can be opened, its counts are true, and the index equals a rebuild."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from portal.accounts.viewer import of
from portal.db import db
from portal.errors import NotFound, Refused
from portal.library import queries, search, search_index, services
from portal.library.models import Item, ItemState
from portal.library.shelf import shelf
from portal.search.tables import ENTRIES, TEXTS, WORDS
from portal.words import words_of
from tests.library import make_library as lib
from tests.make import NOON

SAID = ["mill", "river", "harbour", "orchard"]
INDUSTRIES = ["retail", "energy"]
laws = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
steps = some.lists(
    some.tuples(
        some.integers(0, 3),
        some.sampled_from(["write", "publish", "archive", "restore", "expire", "review"]),
        some.lists(some.sampled_from(SAID), max_size=3),
        some.sampled_from(INDUSTRIES),
    ),
    max_size=14,
)


def take(number: int, deed: str, words: list[str], industry: str, by) -> None:
    """One thing that happens to one of four items; what is refused changes nothing."""
    item = db.session.scalar(select(Item).where(Item.title.startswith(f"Item {number} ")))
    if deed == "write":
        wording = lib.wording(
            f"Item {number} {' '.join(words)}", source=f"It says {' '.join(words)}.", industry=[industry]
        )
        services.write(item, wording, change="", base_number=item.revision if item else 0, by=of(by), now=NOON)
    elif item is not None and deed in {"expire", "review"}:
        if item.state in {ItemState.PUBLISHED, ItemState.UNDER_REVIEW}:
            item.state = ItemState.EXPIRED if deed == "expire" else ItemState.UNDER_REVIEW
            search_index.put(item.id)
    elif item is not None:
        act = {"publish": services.publish, "restore": services.restore}.get(deed)
        act(item, now=NOON) if act else services.archive(item)
    db.session.flush()


def happened(taken, by) -> None:
    """All of it, on an empty library."""
    for item in lib.every():
        search_index.remove(item.id)
        db.session.delete(item)
    db.session.flush()
    for step in taken:
        try:
            take(*step, by=by)
        except Refused:
            continue


def can_open(viewer, key: str) -> bool:
    """Whether the reading page opens."""
    try:
        queries.to_read(viewer, key)
    except NotFound:
        return False
    return True


def index():
    """All that the search tables hold."""
    kept = [sorted(db.session.execute(select(*of.c)).all()) for of in (ENTRIES, TEXTS)]
    words = dict(db.session.execute(select(WORDS.c.word, WORDS.c["items"]).where(WORDS.c["items"] > 0)).all())
    known = shelf().vocabulary
    return [*kept, words, dict(known.words), list(known.in_order), dict(shelf().published), dict(shelf().tagged)]


@laws
@given(steps)
def test_search_finds_exactly_what_has_the_word_and_can_be_opened(ana, marketer, taken):
    with db.session.begin_nested() as undo:
        happened(taken, marketer)
        published = lib.every()
        for word in SAID:
            found = {row.key for row in queries.in_list(list(search.find(word, {}).ids))}
            said = {item.key for item in published if word in words_of(f"{item.title} {item.html}")}
            assert found == {key for key in said if can_open(of(ana), key)}
            assert all(can_open(of(marketer), key) for key in found)
        undo.rollback()


@laws
@given(steps, some.sampled_from(["", *SAID]), some.sampled_from([{}, {"industry": "retail"}, {"kind": "case-study"}]))
def test_a_count_is_what_choosing_shows(marketer, taken, question, chosen):
    with db.session.begin_nested() as undo:
        happened(taken, marketer)
        for facet, options in search.find(question, chosen).counts.items():
            for value, number in options:
                assert len(search.find(question, {**chosen, facet: value}).ids) == number
        undo.rollback()


@laws
@given(steps)
def test_the_index_is_what_a_rebuild_makes(marketer, taken):
    with db.session.begin_nested() as undo:
        happened(taken, marketer)
        before = index()
        search_index.rebuild()
        assert index() == before
        undo.rollback()


@pytest.mark.parametrize("many", [1, 3])
def test_what_changed_is_read_anew_whoever_changed_it(marketer, many):
    lib.published(marketer, "The mill")
    known = shelf()
    for number in range(many):
        lib.published(marketer, f"The mill at bend {number}", industry=["retail"])
    assert len(shelf().published) == len(known.published) + many
    assert shelf().vocabulary.words["mill"] == known.vocabulary.words["mill"] + many
    assert len(shelf().tagged["industry", "retail"]) == many
