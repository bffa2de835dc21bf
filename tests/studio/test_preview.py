"""What the preview shows is what readers see, byte for byte."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.library.models import Item

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
    """Kind, title, summary, facts and text, whatever level the title's heading has."""
    found = re.search(r'<p class="kind">.*?<div class="prose">.*?(?=</article>|\Z)', html, re.S)[0]
    found = re.sub(r'<p class="meta">.*?(?=<dl class="facts">|<div class="prose">)', "", found, flags=re.S)
    return re.sub(r"<(/?)h[12]( class=\"title\")?>", r"<\1title>", found, count=2).strip()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(source=SOURCES, title=WORDS, summary=WORDS, problem=st.one_of(st.just(""), WORDS))
def test_the_preview_is_what_is_published(browser, marketer, source, title, summary, problem):
    browser.sign_in(marketer)
    typed = {"kind": "case-study", "title": title, "summary": summary, "source": source, "fact_problem": problem}
    shown = browser.post("/studio/preview", **typed)
    assert shown.status_code == 200
    saved = browser.post("/studio/items/new", **typed, do="publish", base_number="0", copy_version="0")
    if saved.status_code == 422:  # nothing but blanks, or a heading of the first level: the editor says so
        assert re.search("This is needed|Start headings with ##", saved.text)
        return
    assert browser.post(saved.location).status_code == 302
    item = db.session.query(Item).order_by(Item.id.desc()).first()
    assert article(browser.get(f"/library/{item.key}").text) == article(shown.text)
