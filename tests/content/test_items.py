"""Library items in content files: facts by kind, and for whom they are."""

import pytest

from portal.content import loader
from portal.db import db
from portal.library.kinds import FACTS, Kind
from portal.library.models import Item
from tests.content import make_content as make

FILE = "library/a-case.md"


@pytest.fixture
def folder(tmp_path):
    return make.folder(tmp_path / "content")


def told(folder, kind, *lines):
    """The item of the folder as another kind, with more facts in front."""
    make.spoil(folder, FILE, "kind: case-study", "\n".join([f"kind: {kind}", *lines]))


def test_facts_and_audiences_are_kept(folder, now):
    told(folder, "case-study", "audiences: [finance]", "facts:", "  result: 289,000 in seven months.", "  quote: Good.")
    assert loader.load(folder, now=now).problems == []
    item = db.session.query(Item).one()
    assert item.facts == {"result": "289,000 in seven months.", "quote": "Good."}
    assert ("audience", "finance") in {(tag.facet, tag.value) for tag in item.tags}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_takes_its_own_facts(kind, folder, now):
    lines = [f"  {fact.key}: {next(iter(fact.choices)) if fact.choices else 'Words.'}" for fact in FACTS[kind]]
    told(folder, kind, "facts:", *lines)
    assert loader.load(folder, now=now).problems == []
    assert set(db.session.query(Item).one().facts) == {fact.key for fact in FACTS[kind]}


def test_a_fact_of_another_kind_is_refused_with_what_there_is(folder, now):
    told(folder, "article", "facts:", "  objection: Too small.")
    (problem,) = loader.load(folder, now=now).problems
    assert "“objection” is no fact of this kind, article. It has: appeared." in str(problem)
    assert not db.session.query(Item).count()


def test_a_fact_that_no_kind_has_is_refused(folder, now):
    told(folder, "article", "facts:", "  colour: Green.")
    assert loader.load(folder, now=now).problems


def test_other_facts_are_another_revision(folder, now):
    told(folder, "article", "facts:", "  appeared: In March.")
    loader.load(folder, now=now)
    make.spoil(folder, FILE, "In March", "In May")
    assert loader.load(folder, now=now).changes == ["library item a-case: changed"]
    assert db.session.query(Item).one().revision == 2
