"""The facts of a kind, authors, and whether an item may leave the firm."""

from portal.db import db
from portal.library.models import Item, ItemAuthor
from tests.library import make_library as lib

CASE = {
    "kind": "case-study",
    "title": "Sold in nine months",
    "summary": "How a software company was sold.",
    "source": "It was.",
    "fact_problem": "The papers were a mess.",
    "fact_result": "Sold in nine months.",
}


def only():
    db.session.expire_all()
    return db.session.query(Item).one()


def test_the_form_asks_for_what_the_kind_tells(browser, marketer):
    page = browser.sign_in(marketer).get("/studio/items/new").text
    assert "What the client says" in page
    assert "What we tried" not in page
    page = browser.submit("/studio/items/new", kind="did-not-work", do="fields")
    assert page.status_code == 200
    assert "What we tried" in page.text
    assert "What the client says" not in page.text


def test_what_was_written_for_another_kind_is_there_when_one_comes_back(browser, marketer):
    page = browser.sign_in(marketer).post("/studio/items/new", **{**CASE, "kind": "article", "do": "fields"}).text
    assert 'type="hidden" name="fact_problem" value="The papers were a mess."' in page
    page = browser.post("/studio/facts", kind="case-study", fact_problem="The papers were a mess.").text
    assert "\nThe papers were a mess.</textarea>" in page


def test_facts_are_kept_and_only_those_of_the_kind(browser, marketer):
    browser.sign_in(marketer).submit("/studio/items/new", **CASE, fact_tried="Nothing", do="save")
    assert only().facts == {"problem": "The papers were a mess.", "result": "Sold in nine months."}
    page = browser.get(f"/studio/items/{only().id}").text
    assert "The papers were a mess.</textarea>" in page


def test_a_refused_fact_says_so_beside_its_field(browser, marketer):
    page = browser.sign_in(marketer).post("/studio/items/new", **CASE, fact_quote="x" * 1001, do="save")
    assert page.status_code == 422
    assert "Keep this to 1000 characters." in page.text.partition('for="fact_quote"')[2][:400]


def test_authors_are_colleagues_from_the_list_or_names(browser, marketer, ana):
    given = {"authors-0-name": "Ana", "authors-0-person": str(ana.id), "authors-1-name": "Professor Quill"}
    browser.sign_in(marketer).post("/studio/items/new", **CASE, **given, do="save", base_number="0", copy_version="0")
    assert only().byline == ["Ana Ferreira", "Professor Quill"]
    assert [row.person_id for row in db.session.query(ItemAuthor)] == [ana.id]
    page = browser.submit(f"/studio/items/{only().id}", is_internal="y", do="save")
    assert "Saved as a draft" in page.text
    assert (only().byline, only().is_internal) == (["Ana Ferreira", "Professor Quill"], True)


def test_nobody_becomes_an_author_by_a_made_up_number(browser, marketer):
    given = {"authors-0-name": "Nobody", "authors-0-person": "999999"}
    page = browser.sign_in(marketer).post(
        "/studio/items/new", **CASE, **given, do="save", base_number="0", copy_version="0"
    )
    assert page.status_code == 422
    assert "Choose colleagues from the list" in page.text


def test_spaces_that_mean_something_in_markdown_are_kept(browser, marketer):
    item = lib.draft(marketer, "Words", summary="S")
    browser.sign_in(marketer).submit(f"/studio/items/{item.id}", source="    code\r\n\r\nend  \r\n\r\n", do="save")
    assert only().source == "    code\n\nend  \n\n"


def test_the_editor_costs_few_statements(browser, marketer, budget):
    item = lib.draft(marketer, "Words")
    browser.sign_in(marketer)
    browser.get(f"/studio/items/{item.id}")
    with budget(22):
        browser.get(f"/studio/items/{item.id}")
