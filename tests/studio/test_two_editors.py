"""Two people who revise the same item."""

from portal.db import db
from portal.library.models import Item, Revision
from tests.library import make_library as lib


def revised_by_both(browser, item, first, second):
    """The second one opened the editor before the first one saved."""
    kept = {"title": item.title, "summary": "S", "source": "Two quiet words.", "kind": "article", "base_number": "1"}
    browser.sign_in(first).post(f"/studio/items/{item.id}", **{**kept, "source": "Two loud words.", "do": "save"})
    return browser.sign_in(second).post(
        f"/studio/items/{item.id}", **{**kept, "source": "Three quiet words.", "do": "publish"}
    )


def test_the_second_sees_both_texts_and_what_differs(browser, marketer, colleague):
    page = revised_by_both(browser, lib.draft(marketer, "Words", source="Two quiet words."), colleague, marketer)
    assert page.status_code == 422
    assert "Cora Lund revised this while you were writing" in page.text
    assert "Two loud words." in page.text
    assert "Three quiet words." in page.text
    assert "<del>Two loud</del> <ins>Three quiet</ins> words." in page.text


def test_nothing_is_overwritten_until_the_second_decides(browser, marketer, colleague):
    item = lib.draft(marketer, "Words", source="Two quiet words.")
    page = revised_by_both(browser, item, colleague, marketer)
    assert [row.source for row in db.session.query(Revision).order_by(Revision.number)] == [
        "Two quiet words.",
        "Two loud words.",
    ]
    assert 'name="base_number" type="hidden" value="2"' in page.text

    browser.post(
        f"/studio/items/{item.id}",
        title="Words",
        summary="S",
        source="Three quiet words.",
        kind="article",
        base_number="2",
        do="publish",
    )
    assert db.session.query(Item).one().revision == 3
    assert "Three quiet words." in browser.get("/library/words").text


def test_archiving_meanwhile_is_no_conflict(browser, marketer):
    item = lib.published(marketer, "Words", summary="S")
    browser.sign_in(marketer).post(f"/studio/items/{item.id}/archive")
    page = browser.submit(f"/studio/items/{item.id}", source="More words.", do="save")
    assert "Saved as a draft" in page.text
