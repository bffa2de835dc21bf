"""What the content folder has, and taking it; what was revised in the portal is not overwritten."""

import pytest

from portal.content import folder as content_folder
from portal.db import db
from portal.library.models import Item, ItemState, Revision

FILE = "---\ntitle: {}\nkind: article\nsummary: S\n{}---\nFrom the file.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A content folder with two items, one that names words of no pitch, and one that is wrong."""
    (tmp_path / "library").mkdir()
    for key, title, more in [
        ("asking", "Asking", ""),
        ("listening", "Listening", "internal: true\nbyline: [Professor Quill]\n"),
        ("claiming", "Claiming", "claims: [firm/nothing]\n"),
        ("wrong", "Wrong", "kinds: article\n"),
    ]:
        (tmp_path / "library" / f"{key}.md").write_text(FILE.format(title, more))
    monkeypatch.setattr(content_folder, "FOLDER", tmp_path)
    return tmp_path


def one(key="asking"):
    db.session.expire_all()
    return db.session.query(Item).where(Item.key == key).one()


def take_all(browser, marketer):
    """Take everything that is new or differs."""
    return browser.get(browser.sign_in(marketer).post("/studio/content-folder/take").location).text


def test_items_are_listed_and_taken_one_by_one(browser, marketer, ana):
    page = browser.sign_in(marketer).get("/studio/content-folder").text
    assert "Not in the portal yet · library/asking.md" in page
    assert "wrong.md:5: &#39;kinds&#39; is not a fact that can stand here." in page
    assert browser.post("/studio/content-folder/asking/take").status_code == 302
    assert "As in the portal · library/asking.md" in browser.get("/studio/content-folder").text
    assert one().state is ItemState.PUBLISHED
    assert browser.sign_in(ana).get("/library/asking").status_code == 200


def test_all_are_taken_and_what_is_refused_is_told(browser, marketer):
    page = take_all(browser, marketer)
    assert "2 taken." in page
    assert "Not taken: Claiming: No pitch has a part “firm/nothing”." in page
    assert (one("listening").is_internal, one("listening").byline) == (True, ["Professor Quill"])


def test_a_file_that_changed_differs_until_it_is_taken(browser, marketer, folder):
    take_all(browser, marketer)
    (folder / "library" / "asking.md").write_text(FILE.format("Asking anew", ""))
    assert "Differs from the portal · library/asking.md" in browser.get("/studio/content-folder").text
    take_all(browser, marketer)
    assert one().title == "Asking anew"


def test_what_was_revised_here_stays_and_takes_the_file_only_as_a_draft(browser, marketer, ana):
    take_all(browser, marketer)
    browser.submit(f"/studio/items/{one().id}", source="Ours now.", do="publish")
    browser.post(f"/studio/items/{one().id}/publish")
    assert "Revised in the portal" in browser.get("/studio/content-folder").text
    take_all(browser, marketer)
    assert one().source == "Ours now."

    page = browser.post("/studio/content-folder/asking/take")
    assert page.location == f"/studio/items/{one().id}"
    newest = db.session.query(Revision).where(Revision.item_id == one().id).order_by(Revision.number.desc()).first()
    assert not newest.published
    assert "Ours now." not in newest.source
    assert "Ours now." in browser.sign_in(ana).get("/library/asking").text


def test_what_is_not_in_the_folder_cannot_be_taken(browser, marketer, ana):
    assert browser.sign_in(marketer).post("/studio/content-folder/no-such/take").status_code == 404
    assert browser.sign_in(ana).post("/studio/content-folder/take").status_code == 403
