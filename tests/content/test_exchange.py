"""An item as a file and back: nothing is lost, and the loader takes every such file."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import markup
from portal.content import checks, exchange, files
from portal.library import kinds
from portal.library.kinds import FACTS, Kind
from portal.library.services import Wording

ODD = st.sampled_from(
    [
        *('"', "'", ":", "#", "---", "\n---\n", "\r\n", "\n\n\n", "  ", "\\", "“”", "é", "日本", "🌱"),
        *("\u2028", "\u00a0", "\ufeff", "\t", "\x85", "\u200b", "\n\n", "*", "&a", "!x", "- ", "> "),
        *("|", "{", "[", "%", "@", "`", "null", "2026-01-31"),
    ]
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
SIGNS = st.lists(st.one_of(ODD, st.text(LETTERS, max_size=8)), max_size=8).map("".join)
WORDS = st.builds(lambda before, after: f"{before}w{after}".replace("\x85", ""), SIGNS, SIGNS)
LINE = WORDS.map(lambda words: words.replace("\r\n", " ").replace("\n", " "))
SOURCES = st.builds(lambda *parts: "".join(parts), SIGNS, WORDS, SIGNS).filter(
    lambda source: "<h1" not in markup.rendered(source)
)
SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)


@st.composite
def wordings(draw):
    """Any item that the editor lets through."""
    kind = draw(st.sampled_from(Kind))
    facts = {}
    for fact in FACTS[kind]:
        value = draw(st.sampled_from(sorted(fact.choices))) if fact.choices else draw(WORDS)
        if draw(st.booleans()):
            facts[fact.key] = value
    tags = draw(
        st.dictionaries(
            st.sampled_from(["industry", "practice", "stage", "audience"]),
            st.lists(SLUGS, min_size=1, max_size=3, unique=True),
        )
    )
    review_on = draw(st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    given_facts = kinds.checked(kind, facts)
    return Wording(kind, draw(LINE), draw(st.just("") | LINE), draw(SOURCES), tags, review_on, given_facts)


@settings(max_examples=300)
@given(wordings(), st.booleans(), st.lists(LINE, max_size=2))
def test_a_file_gives_the_same_item_back(wording, is_internal, byline):
    file = exchange.written(wording, is_internal=is_internal, byline=byline)
    found, problems = exchange.read(file.encode(), "library/item.md")
    assert not problems, [*map(str, problems), file]
    assert found.pop("is_internal") == is_internal
    assert found.pop("byline") == byline
    assert Wording(**{**found, "kind": Kind(found["kind"]), "facts": found["facts"] or {}}) == wording


@settings(max_examples=100)
@given(wordings())
def test_the_content_loader_takes_every_file(tmp_path_factory, wording):
    folder = tmp_path_factory.mktemp("content")
    path = folder / "item.md"
    path.write_bytes(exchange.written(wording).encode())
    document = files.read(path, folder)
    assert checks.item(document)
    assert not document.problems
    assert document.text == wording.source


def test_a_plain_item_makes_a_plain_file():
    wording = Wording(Kind.ARTICLE, "Asking", "Why to ask.", "## First\n\nAsk.", {"industry": ["retail"]}, None)
    assert exchange.written(wording) == (
        '---\ntitle: "Asking"\nkind: article\nsummary: "Why to ask."\nindustries: [retail]\n---\n## First\n\nAsk.\n'
    )


@pytest.mark.parametrize(
    ("file", "line", "words"),
    [
        (b"no facts", 1, "must begin with a line of three dashes"),
        (b"---\ntitle: A\nkind: poem\nsummary: S\n---\nText", 3, "'kind' must be"),
        (b"---\ntitle: A\nkind: article\n---\nText", 2, "'summary' is missing."),
        (b"---\ntitle: A\nkind: article\nsummary: S\n---\n\n# Text", 7, "Start headings at ##"),
        ("---\ntitle: A\nsummary: \x80\nkind: article\n---\nT".encode(), 3, "invisible character"),
        (b"---\ntitle: " + b"[" * 5000 + b"\n---\nT", 2, "nested far too deeply"),
        (b"\xff\xfe", 1, "not UTF-8"),
    ],
)
def test_it_says_what_is_wrong_and_where(file, line, words):
    found, problems = exchange.read(file, "item.md")
    assert found is None
    assert (problems[0].line, words in problems[0].reason) == (line, True), problems


def test_a_file_that_grows_when_it_is_read_is_refused():
    names = ["a", "b", "c", "d", "e", "f", "g", "h"]
    lines = [f"{names[0]}: &{names[0]} [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in itertools.pairwise(names)]
    _found, problems = exchange.read("\n".join(["---", *lines, "---", "T"]).encode(), "item.md")
    assert any("more than 20,000 facts" in problem.reason for problem in problems)
