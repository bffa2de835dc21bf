"""What is typed and not saved is kept, offered again, and gone once it is saved."""

import pytest

from portal.access import Role
from portal.db import db
from portal.editing.models import WorkingCopy
from portal.library.models import Item
from tests.library import make_library as lib
from tests.make import person


@pytest.fixture
def colleague(firm):
    """Another marketer, beside Mira."""
    return person("Cora Lund", firm, Role.MARKETING)


def typed(browser, address, **fields):
    """What the script sends while somebody types."""
    given = {"kind": "article", "title": "Words", "base_number": "1", "copy_version": "0", **fields}
    return browser.post(f"{address}/working-copy", **given)


def test_what_is_typed_is_kept_and_offered_again_with_what_differs(browser, marketer):
    item = lib.draft(marketer, "Words", source="Two quiet words.", summary="S")
    answer = typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="Two loud words.", summary="S")
    assert answer.json == {"version": 1, "saved": "Saved 12:00", "others": []}

    page = browser.get(f"/studio/items/{item.id}").text
    assert "This is what you typed on 4 March 2026, 12:00 and didn’t save" in page
    assert "Two <del>quiet</del> <ins>loud</ins> words." in page
    assert ">\r\nTwo loud words.</textarea>" in page
    assert db.session.query(Item).one().revision == 1


def test_saving_takes_it_away(browser, marketer):
    item = lib.draft(marketer, "Words", summary="S")
    typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="Loud.", summary="S")
    page = browser.submit(f"/studio/items/{item.id}", do="save")
    assert "Saved as a draft" in page.text
    assert "didn’t save" not in page.text
    assert "Loud." in page.text
    assert not db.session.query(WorkingCopy).count()


def test_a_refused_save_keeps_it(browser, marketer):
    item = lib.draft(marketer, "Words", summary="S")
    typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="Loud.", summary="S")
    browser.submit(f"/studio/items/{item.id}", do="save", source="# Loud")
    assert db.session.query(WorkingCopy).count() == 1


def test_a_second_tab_overwrites_nothing(browser, marketer):
    item = lib.draft(marketer, "Words")
    first = typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="First tab.")
    assert typed(browser, f"/studio/items/{item.id}", source="Second tab.").status_code == 409
    assert (
        typed(browser, f"/studio/items/{item.id}", source="On.", copy_version=first.json["version"]).json["version"]
        == 2
    )
    db.session.expire_all()
    assert db.session.query(WorkingCopy).one().fields["source"] == "On."


def test_discarding_brings_the_saved_text_back(browser, marketer):
    item = lib.draft(marketer, "Words", source="Quiet.")
    typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="Loud.")
    browser.post(f"/studio/items/{item.id}/working-copy/discard")
    page = browser.get(f"/studio/items/{item.id}").text
    assert "Quiet." in page
    assert "Loud." not in page


def test_a_new_item_has_one_too_however_little_is_written(browser, marketer):
    typed(browser.sign_in(marketer), "/studio/items/new", title="", source="Half a", base_number="0")
    page = browser.get("/studio/items/new").text
    assert "Half a</textarea>" in page
    browser.submit("/studio/items/new", title="Whole", summary="S", source="Half a thought.", do="save")
    assert "Half a" not in browser.get("/studio/items/new").text


def test_colleagues_see_that_somebody_is_writing_but_not_what(browser, marketer, colleague):
    item = lib.draft(marketer, "Words")
    typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="A secret.")
    page = browser.sign_in(colleague).get(f"/studio/items/{item.id}").text
    assert "Mira Sand is writing at this, too; last at 12:00." in page
    assert "A secret." not in page
    answer = typed(browser, f"/studio/items/{item.id}", source="Mine.")
    assert answer.json["others"] == ["Mira Sand"]


def test_nobody_without_the_power_keeps_anything(browser, marketer, ana):
    item = lib.draft(marketer, "Words")
    assert typed(browser.sign_in(ana), f"/studio/items/{item.id}", source="X").status_code == 403
    assert typed(browser.sign_in(marketer), "/studio/items/999999", source="X").status_code == 404


@pytest.mark.parametrize("odd", [{"copy_version": "²"}, {"source": "x" * 300_001}, {"copy_version": "-1"}])
def test_what_cannot_be_kept_is_refused(browser, marketer, odd):
    item = lib.draft(marketer, "Words")
    assert typed(browser.sign_in(marketer), f"/studio/items/{item.id}", **odd).status_code == 422


def test_characters_that_no_database_keeps_are_left_out(browser, marketer):
    item = lib.draft(marketer, "Words")
    assert typed(browser.sign_in(marketer), f"/studio/items/{item.id}", source="a\x00b").status_code == 200
    assert "ab</textarea>" in browser.get(f"/studio/items/{item.id}").text
