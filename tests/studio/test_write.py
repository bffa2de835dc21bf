"""Writing, previewing and publishing an item."""

from html.parser import HTMLParser

import pytest

from portal.db import db
from portal.library.models import Item, ItemState, Revision
from tests.library import make_library as lib
from tests.make import TODAY
from tests.studio.steps import publish

CASE = {
    "kind": "case-study",
    "title": "Sold in nine months",
    "summary": "How a software company was sold.",
    "source": "## The fear\n\nThe papers were a **mess**.",
    "industry": "Software, E-Commerce ,software",
    "stage": "proposal",
    "review_on": "2027-01-31",
}
ATTACKS = """
<script>alert(1)</script>

[click](javascript:alert(1)) <a href="jAvascript:alert(1)">b</a> <img src=x onerror=alert(1)>

<svg onload=alert(1)></svg> <iframe src="https://example.org"></iframe>

<form action="/sign-out"><button>x</button></form>

![x](https://example.org/a.png"onerror="alert(1))  <p style="position:fixed">x</p>
"""


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses += [value for name, value in attrs if name in {"href", "src"}]


def only():
    db.session.expire_all()
    return db.session.query(Item).one()


def test_a_case_study_is_published_and_found_at_once(browser, marketer, ana):
    page = publish(browser.sign_in(marketer), "/studio/items/new", **CASE)
    assert "Published." in page.text
    found = browser.sign_in(ana).get("/library", q="papers", industry="e-commerce").text
    assert "Sold in nine months" in found
    assert "<strong>mess</strong>" in browser.get("/library/sold-in-nine-months").text


def test_a_draft_keeps_everything_and_shows_it_to_no_reader(browser, marketer, ana):
    page = browser.sign_in(marketer).submit("/studio/items/new", **CASE, do="save").text
    assert 'value="e-commerce, software"' not in page
    assert 'value="software, e-commerce"' in page
    assert 'value="2027-01-31"' in page
    assert (only().state, only().owner_id) == (ItemState.DRAFT, marketer.id)
    assert "Sold" not in browser.sign_in(ana).get("/library").text


def test_readers_keep_the_published_text_while_it_is_revised(browser, marketer, ana):
    signed_in = browser.sign_in(marketer)
    publish(signed_in, "/studio/items/new", **CASE)
    signed_in.submit(f"/studio/items/{only().id}", title="Sold", source="New words.", industry="", do="save")
    assert "unpublished changes" in signed_in.get("/studio").text
    assert "Sold in nine months" in browser.sign_in(ana).get("/library", industry="software").text

    publish(browser.sign_in(marketer), f"/studio/items/{only().id}", change="Shorter")
    assert "New words." in browser.sign_in(ana).get("/library/sold-in-nine-months").text
    assert [row.published for row in db.session.query(Revision).order_by(Revision.number)] == [True, True]


def test_publishing_what_is_published_already_is_refused(browser, marketer):
    publish(browser.sign_in(marketer), "/studio/items/new", **CASE)
    page = publish(browser, f"/studio/items/{only().id}")
    assert page.status_code == 422
    assert "Nothing changed since this was published." in page.text


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("title", "", "This is needed."),
        ("title", "x" * 201, "Keep this under 200 characters."),
        ("title", "!!!", "at least one letter or digit"),
        ("summary", "x" * 401, "Keep this under 400"),
        ("source", "", "This is needed."),
        ("source", "# My heading", "Start headings with ##"),
        ("source", "a\x00b", "can&#39;t be kept"),
        ("kind", "poem", "Not a valid choice"),
        ("review_on", "soon", "Give a day like 2026-03-31."),
        ("industry", ",".join(f"i{n}" for n in range(30)), "Keep this to 20."),
        ("base_number", "²", "Give a whole number"),
        ("do", "explode", "Button"),
    ],
)
def test_it_explains_what_it_refuses_and_keeps_the_rest(browser, marketer, field, typed, message):
    page = browser.sign_in(marketer).submit("/studio/items/new", **{**CASE, "do": "publish", field: typed})
    assert page.status_code == 422
    assert message in page.text
    assert field == "summary" or "How a software company was sold." in page.text
    assert not db.session.query(Item).count()


def test_the_same_title_gets_a_key_of_its_own(browser, marketer):
    for _ in range(2):
        browser.sign_in(marketer).submit("/studio/items/new", **CASE, do="save")
    assert [item.key for item in lib.every()] == ["sold-in-nine-months", "sold-in-nine-months-2"]


def test_the_preview_is_what_will_be_published(browser, marketer):
    signed_in = browser.sign_in(marketer)
    shown = signed_in.post("/studio/preview", **{name: CASE[name] for name in ("kind", "title", "summary", "source")})
    item = lib.published(marketer, CASE["title"], source=CASE["source"])
    assert shown.status_code == 200
    assert item.html in shown.text
    assert "Case study" in shown.text
    assert "<html" not in shown.text


def test_without_scripts_a_button_shows_the_preview_and_saves_nothing(browser, marketer):
    page = browser.sign_in(marketer).submit("/studio/items/new", **CASE, do="preview")
    assert page.status_code == 200
    assert "<strong>mess</strong>" in page.text
    assert not db.session.query(Item).count()


def test_dangerous_markdown_is_cleaned_in_the_preview_and_on_the_page(browser, marketer):
    signed_in = browser.sign_in(marketer)
    signed_in.submit("/studio/items/new", **{**CASE, "source": ATTACKS}, do="publish")
    for page in (
        signed_in.post("/studio/preview", kind="article", title="<script>alert(2)</script>", source=ATTACKS).text,
        signed_in.get("/library/sold-in-nine-months").text.partition("<article")[2].partition("</article>")[0],
    ):
        found = Elements(page)
        assert not found.tags & {"script", "iframe", "svg", "form", "button", "style", "object"}
        assert found.attributes <= {"class", "href", "id", "rel", "src", "alt", "title"}
        assert not [address for address in found.addresses if "script" in address.lower()]


def test_a_preview_of_nonsense_is_refused(browser, marketer):
    signed_in = browser.sign_in(marketer)
    assert signed_in.post("/studio/preview", kind="poem", source="x").status_code == 422
    assert signed_in.post("/studio/preview", kind="article", source="x" * 60_001).status_code == 422


def test_words_that_were_missed_start_a_new_item(browser, marketer):
    assert (
        'value="blockchain audit"' in browser.sign_in(marketer).get("/studio/items/new", title="blockchain audit").text
    )


def test_only_those_who_publish_come_in(browser, ana, leader, marketer):
    item = lib.published(marketer, review_on=TODAY)
    pages = ["", "/items/new", f"/items/{item.id}", f"/items/{item.id}/revisions", "/pitches/new"]
    for person in (ana, leader):
        for page in pages:
            assert browser.sign_in(person).get(f"/studio{page}").status_code == 403
        assert browser.post("/studio/preview", source="x").status_code == 403
        assert browser.post(f"/studio/items/{item.id}/archive").status_code == 403


def test_what_is_not_there_is_not_found(browser, marketer):
    signed_in = browser.sign_in(marketer)
    for page in ("/items/99", "/items/99/revisions", "/pitches/nothing"):
        assert signed_in.get(f"/studio{page}").status_code == 404
    for action in ("/items/99/archive", "/items/99/restore", "/items/99/revisions/1/bring-back"):
        assert signed_in.post(f"/studio{action}").status_code == 404
