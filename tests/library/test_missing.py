"""Words that were looked for in vain."""

from portal.db import db
from portal.library.models import EmptySearch
from tests.library import make_library as lib


def missed():
    return [(row.words, row.times) for row in db.session.query(EmptySearch).order_by(EmptySearch.words)]


def test_the_page_asks_to_note_what_it_did_not_find(browser, ana):
    assert 'data-missing="blockchain"' in browser.sign_in(ana).get("/library", q="blockchain").text
    assert not missed()


def test_missing_words_are_counted_without_names(browser, ana, ben):
    browser.sign_in(ana).post("/library/missing", words="The Blockchain audit")
    browser.sign_in(ben).post("/library/missing", words="blockchain audit?")
    assert missed() == [("blockchain audit", 2)]


def test_words_that_are_there_are_not_missing(browser, ana, marketer):
    lib.published(marketer, "Succession")
    for words in ("succession", "succesion", "?"):
        assert browser.sign_in(ana).post("/library/missing", words=words).status_code == 204
    assert not missed()


def test_too_many_words_or_none_are_refused(browser, ana):
    signed_in = browser.sign_in(ana)
    assert signed_in.post("/library/missing", words="x" * 81).status_code == 422
    assert signed_in.post("/library/missing", words="").status_code == 422
    assert signed_in.post("/library/missing", words="a\x00b").status_code == 422


def test_an_item_can_not_take_the_address(marketer):
    assert lib.published(marketer, "Missing").key == "missing-2"
