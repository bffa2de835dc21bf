"""Two people who revise the same item."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.db import db
from portal.library.models import Item, Revision
from tests.browser import Fields
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


def fields_of(page):
    """What a page's form holds, without its token: others sign in meanwhile."""
    return {name: value for name, value in Fields.of(page.text).items() if name != "csrf_token"}


def both(browser, item, first, theirs, second, mine):
    """One saves while the other still writes; the page that the second one gets."""
    browser.sign_in(second)
    kept = fields_of(browser.get(f"/studio/items/{item.id}"))
    browser.sign_in(first).submit(f"/studio/items/{item.id}", **theirs, do="save")
    answer = browser.sign_in(second).post(f"/studio/items/{item.id}", **{**kept, **mine, "do": "save"})
    return browser.get(answer.location) if answer.status_code == 302 else answer


def test_changes_of_different_fields_are_both_kept_and_it_is_said(browser, marketer, colleague):
    item = lib.draft(marketer, "Words", source="Two quiet words.", summary="S")
    theirs = {"title": "Better words", "industry": "retail"}
    page = both(browser, item, colleague, theirs, marketer, {"source": "Three quiet words."})
    assert "Somebody else saved meanwhile: Title, Industries. Theirs and yours are both in here now." in page.text
    newest = db.session.query(Revision).order_by(Revision.number.desc()).first()
    assert (newest.title, newest.source, newest.tags) == (
        "Better words",
        "Three quiet words.",
        {"industry": ["retail"]},
    )


def test_the_second_chooses_field_by_field(browser, marketer, colleague):
    item = lib.draft(marketer, "Words", source="Two quiet words.", summary="S")
    theirs = {"title": "Their words", "source": "Theirs.", "stage": "proposal"}
    page = both(browser, item, colleague, theirs, marketer, {"title": "My words", "source": "Mine."})
    assert page.status_code == 422
    assert "You both changed 2 things" in page.text
    assert "What only they changed is taken over: Stages." in page.text

    kept = fields_of(page)
    done = {**kept, "choose_title": "theirs", "choose_source": "mine", "source": "Mine and theirs.", "do": "save"}
    assert browser.post(f"/studio/items/{item.id}", **done).status_code == 302
    newest = db.session.query(Revision).order_by(Revision.number.desc()).first()
    assert (newest.title, newest.source, newest.tags) == (
        "Their words",
        "Mine and theirs.",
        {"stage": ["proposal"]},
    )


def test_authors_and_the_wall_around_the_firm_are_brought_together_too(browser, marketer, colleague):
    item = lib.draft(marketer, "Words", source="Two quiet words.", summary="S")
    page = both(
        browser, item, colleague, {"is_internal": "y"}, marketer, {"authors-0-name": "Professor Quill", "source": "X"}
    )
    assert "For colleagues only. Theirs and yours" in page.text
    db.session.expire_all()
    assert (db.session.query(Item).one().is_internal, db.session.query(Item).one().byline) == (
        True,
        ["Professor Quill"],
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    theirs=st.fixed_dictionaries({}, optional=dict.fromkeys(["title", "summary", "source"], st.sampled_from("AB"))),
    mine=st.fixed_dictionaries({}, optional=dict.fromkeys(["title", "summary", "source"], st.sampled_from("AB"))),
)
def test_no_words_of_either_are_ever_lost(browser, marketer, colleague, theirs, mine):
    theirs = {name: f"their {value}" for name, value in theirs.items()}
    mine = {name: f"my {value}" for name, value in mine.items()}
    item = lib.draft(marketer, "Words", source="Text.", summary="Summary.")
    page = both(browser, item, colleague, theirs, marketer, mine).text
    for name, words in [*theirs.items(), *mine.items()]:
        assert words in page, (name, words)
    shared = theirs.keys() & mine.keys()
    assert ("revised this while you were writing" in page) == bool(shared)
