"""What is looked at before an item goes out: where, why, how to mend it, and what has to be mended first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.library.kinds import Kind
from portal.publishing import checks, plain_text
from portal.publishing.checks import Look, World
from tests.make import TODAY

LATER = TODAY + timedelta(days=90)
SHORT = "A short text."
EASY = "We met the owner. She was at the works. We saw the plant. It was cold and loud. " * 6
HARD = (
    "Notwithstanding considerable organisational complexities, multidisciplinary consultants systematically "
    "operationalised unprecedented transformation methodologies throughout international subsidiaries. "
) * 6


def found(source=SHORT, *, kind=Kind.ARTICLE, review_on: date | None = LATER, world=None, **given):
    look = Look(kind, source, review_on=review_on, **given)
    return [(each.code, each.line) for each in checks.findings(look, world or World(TODAY))]


def test_a_sound_text_has_nothing_to_mend():
    good = "## What we did\n\nThe **value added tax (VAT)** was due. See [how we count it](/library/vat)."
    assert found(f"{good}\n\n![A bridge](/files/0/x.png)") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One.\n\n![](/files/0/x.png)", ("alt", 3)),
        ('One.\n<img src="/files/0/x.png" alt=" ">', ("alt", 2)),
        ("Read [here](https://example.org).", ("link-text", 1)),
        ("Read [Click here!](https://example.org).", ("link-text", 1)),
        ('One\n\n<a href="/x">more</a>', ("link-text", 3)),
        ("## One\n\n#### Two", ("heading", 3)),
        ("### Begins too deep", ("heading", 1)),
        ("| | |\n|---|---|\n| 1 | 2 |", ("table", 1)),
        ("<table><tr><td>1</td></tr></table>", ("table", 1)),
        ("The ABRT rule.", ("abbreviation", 1)),
        ("The ABRTs of old.", ("abbreviation", 1)),
        ("One.\n\nThe [![](/files/0/x.png) plan](/library/x).", ("alt", 3)),
        ("Read\n[here][1].\n\n[1]: https://example.org", ("link-text", 4)),
        ("One.\n\n" + "word " * 121, ("paragraph", 3)),
        (HARD, ("level", None)),
    ],
)
def test_what_is_wrong_in_a_text_is_found_with_its_line(source, expected):
    assert expected in found(source)


@pytest.mark.parametrize(
    "source",
    [
        "```\n![](/x) [here](/y) ABRT\n```",
        "The arm's best rule there (ABRT) is old. ABRT holds.",
        "The ABRT (arm's best rule there) is old.",
        "The EU and the VATs.",
        "Write `[here](/y)` and `![](/x)`.",
        "Write \\[here](/y).",
        "    [here](/y) in code",
        "## WHAT WE DID\n\nIt is on A4, in part IV and part XII, at www.ABRT.example.",
        "It fell.[^1]\n\n[^1]: By a tenth.",
        "## One\n\n### Two\n\n## Three",
        "| Year | Sum |\n|---|---|\n| 1 | 2 |",
        "<table><tr><th>Year</th></tr></table>",
        "Read [how we did it here](https://example.org).",
        EASY,
    ],
)
def test_what_is_right_is_left_alone(source):
    assert [each for each in found(source) if each[0] != "paragraph"] == []


def test_how_hard_a_text_may_be_depends_on_what_it_is_for():
    text = (
        "Our clients frequently wonder whether to sell their company or to hand it to the generation that is waiting. "
        * 6
    )
    level = plain_text.lix(text)
    assert checks.HARDEST[Kind.ONE_PAGER] < level <= checks.HARDEST_ELSE
    assert ("level", None) in found(text, kind=Kind.ONE_PAGER)
    assert ("level", None) not in found(text, kind=Kind.ARTICLE)


def test_lix_is_words_a_sentence_and_long_words_in_a_hundred():
    assert plain_text.lix("The cat sat on the mat today. " * 12) == 7
    assert plain_text.lix("The cats considered everything before breakfast. " * 14) == 6 + 50
    assert plain_text.lix("Too short to say.") is None


def test_links_to_nothing_block_and_links_to_what_is_closed_dont():
    source = "[One](/library/gone) and [two](/library/draft) and [three](/library/fine)."
    world = World(TODAY, missing={"/library/gone"}, closed={"/library/draft"})
    told = checks.findings(Look(Kind.ARTICLE, source, review_on=LATER), world)
    assert [(each.code, each.blocks) for each in told] == [("link-missing", True), ("link-closed", False)]


def test_a_link_is_found_however_it_is_written_and_once_for_each_time():
    source = (
        "[One](/a) and [two](/b).\n\n[Three][x], ![four](/c) and <https://d.example/>\n\n[One](/a), "
        '<a href="/e?x=1&amp;y=2">five</a>\n\n[x]: /f\n'
    )
    told = [(each.line, each.address, each.text, each.is_picture) for each in plain_text.links(source)]
    assert told == [
        (None, "/e?x=1&y=2", "five", False),
        (1, "/a", "One", False),
        (1, "/b", "two", False),
        (3, "/c", "four", True),
        (3, "https://d.example/", "https://d.example/", False),
        (5, "/a", "One", False),
        (7, "/f", "Three", False),
    ]


def test_claims_that_were_withdrawn_block_and_reworded_ones_dont():
    world = World(TODAY, gone={"firm/a"}, unknown={"firm/b"}, reworded={"firm/c"})
    look = Look(Kind.ARTICLE, SHORT, claims=("firm/c", "firm/b", "firm/a"), review_on=LATER)
    told = [(each.code, each.blocks) for each in checks.findings(look, world)]
    assert told == [("claim-gone", True), ("claim-reworded", False), ("claim-unknown", False)]


@pytest.mark.parametrize(
    ("permission", "blocks"), [("none", True), ("asked", True), ("withdrawn", True), ("granted", False)]
)
def test_a_quote_needs_its_permission(permission, blocks):
    told = found(facts={"quote": "Splendid.", "permission": permission})
    assert (("quote", None) in told) is blocks


@pytest.mark.parametrize(("review_on", "code"), [(None, "review-none"), (TODAY - timedelta(days=1), "review-past")])
def test_a_review_date_is_there_and_ahead(review_on, code):
    assert found(review_on=review_on) == [(code, None)]
    assert found(review_on=TODAY) == []


def test_what_is_internal_and_shared_outside_is_told():
    world = World(TODAY, is_shared=True)
    assert found(kind=Kind.COMPETITOR_NOTE, world=world) == [("shared", None)]
    assert found(is_internal=True, world=world) == [("shared", None)]
    assert found(world=world) == []


@given(st.text(st.sampled_from("ab AB#*[]()!|-`<>/\n.1\\"), max_size=200))
def test_odd_texts_are_looked_at_without_harm_and_every_line_is_there(source):
    for code, line in found(source):
        assert code
        assert line is None or 1 <= line <= source.count("\n") + 1


def test_the_list_of_what_everybody_knows_is_read_from_its_file():
    assert {"VAT", "EU"} <= checks.well_known()
    assert not any(word.startswith("#") or not word for word in checks.well_known())
