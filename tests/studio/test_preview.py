"""What the preview shows is what readers see, byte for byte."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.library import services
from portal.library.kinds import FACTS, Kind, Permission
from portal.library.models import Item
from tests.make import NOON

PIECES = st.sampled_from(
    [
        "## Heading",
        "**bold** and *italic*",
        "- first\n- second\n    - deeper",
        "1. one\n2. two",
        "> “said”",
        "| a | b |\n| --- | --- |\n| 1 & 2 | <3 |",
        '!!! note "Mind this"\n    Words.',
        "![a picture](/files/" + "0" * 64 + "/a.png)",
        "[a link](/library/elsewhere) and https://example.org",
        "    indented code",
        "```\n# no heading\n```",
        "<script>alert(1)</script><b onclick=x>b</b>",
        "Note[^1].\n\n[^1]: Below.",
        "Word\n: what it means",
        "\u00a0\u200bodd \u2028 spaces\t",
        'It\'s "quoted" -- so...',
        "  \n\n\n",
        "a  \nbroken line",
        "&amp; &lt; \\* \\_",
    ]
)
SOURCES = st.lists(
    st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)),
    min_size=1,
    max_size=5,
).map("\n\n".join)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(lambda words: f"W {words}")


def article(html):
    """Kind, title and summary, whatever level the title's heading has; and facts and text."""
    head = re.search(r'<p class="kind">.*?</h[12]>(\s*<p class="lead">.*?</p>)?', html, re.S)
    rest = html[head.end() :]
    body = re.search(r'(<\w+ class="facts\b|<div class="prose">).*?(?=</article>|\Z)', rest, re.S)
    return re.sub(r"<(/?)h[12]\b", r"<\1title", head[0]), body[0].strip()


@st.composite
def typed_items(draw):
    """What somebody types into the editor."""
    kind = draw(st.sampled_from(Kind))
    told = {f"fact_{fact.key}": draw(WORDS) for fact in FACTS[kind] if not fact.choices and draw(st.booleans())}
    may_quote = {"fact_permission": draw(st.sampled_from(Permission))} if kind is Kind.CASE_STUDY else {}
    words = {"title": draw(WORDS), "summary": draw(WORDS), "source": draw(SOURCES)}
    return {"kind": str(kind), **words, **told, **may_quote}


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(typed_items())
def test_the_preview_is_what_is_published(browser, marketer, typed):
    browser.sign_in(marketer)
    shown = browser.post("/studio/preview", **typed)
    assert shown.status_code == 200
    saved = browser.post("/studio/items/new", **typed, do="publish", base_number="0", copy_version="0")
    if saved.status_code == 422:  # nothing but blanks, or a heading of the first level: the editor says so
        assert re.search("This is needed|Start headings with ##", saved.text)
        return
    item = db.session.query(Item).order_by(Item.id.desc()).first()
    services.publish(item, now=NOON)  # past the checks, which have tests of their own
    assert article(browser.get(f"/library/{item.key}").text) == article(shown.text)
