"""Pictures and files of an item: adding, renaming, taking off, and a draft made for them."""

import io

from portal.db import db
from portal.editing.models import WorkingCopy
from portal.library.models import Item, ItemFile
from tests.library import make_library as lib
from tests.studio import make_files as make


def add(browser, item, *files, as_script=False):
    """Send files as the page or its script does."""
    headers = {"X-CSRFToken": browser.token(), **({"Accept": "application/json"} if as_script else {})}
    sent = {"file": [(io.BytesIO(body), name) for name, body in files]}
    browser.forget_who()
    return browser.client.post(f"/studio/items/{item.id}/files", data=sent, headers=headers)


def test_the_plain_field_adds_files_and_the_page_lists_them(browser, marketer):
    item = lib.draft(marketer, "Words")
    answer = add(browser.sign_in(marketer), item, ("chart.png", make.png()), ("figures.csv", b"a,b\n1,2\n"))
    page = browser.get(answer.location).text
    assert "Added: chart.png, figures.csv." in page
    assert "Picture, 1 kB, 40 × 30 · <span" in page
    assert "not in the text" in page
    assert "To download, 1 kB" in page


def test_the_script_gets_what_it_puts_into_the_text(browser, marketer):
    item = lib.draft(marketer, "Words")
    said = add(browser.sign_in(marketer), item, ("chart.png", make.png()), as_script=True).json
    file = db.session.query(ItemFile).one()
    address = f"/files/{file.file.sha256}/chart.png"
    assert said["files"] == [{"name": "chart.png", "address": address, "is_picture": True}]
    assert f'data-insert="{address}"' in said["html"]


def test_a_picture_without_words_is_pointed_out(browser, marketer):
    item = lib.draft(marketer, "Words", summary="S")
    said = add(browser.sign_in(marketer), item, ("chart.png", make.png()), as_script=True).json
    browser.submit(f"/studio/items/{item.id}", source=f"![]({said['files'][0]['address']})", do="save")
    assert "say in the text what it shows" in browser.get(f"/studio/items/{item.id}").text


def test_what_is_not_allowed_is_refused_in_words(browser, marketer):
    item = lib.draft(marketer, "Words")
    said = add(browser.sign_in(marketer), item, ("run.exe", b"MZ\x90\x00" + b"\x00" * 200), as_script=True)
    assert said.status_code == 422
    assert said.json["error"]
    assert not db.session.query(ItemFile).count()
    assert add(browser, item).status_code == 422


def test_renaming_and_removing(browser, marketer):
    item = lib.draft(marketer, "Words")
    add(browser.sign_in(marketer), item, ("figures.csv", b"a,b\n1,2\n"))
    file_id = db.session.query(ItemFile).one().id
    page = browser.get(browser.post(f"/studio/items/{item.id}/files/{file_id}/rename", name="Costs").location).text
    assert "It is called Costs.csv now." in page
    browser.post(f"/studio/items/{item.id}/files/{file_id}/remove")
    assert "Costs.csv</a>" not in browser.get(f"/studio/items/{item.id}").text
    assert browser.post(f"/studio/items/{item.id}/files/{file_id}/remove").status_code == 404


def test_a_file_is_of_one_item_alone(browser, marketer, ana):
    item, other = lib.draft(marketer, "Words"), lib.draft(marketer, "Others")
    add(browser.sign_in(marketer), item, ("figures.csv", b"a,b\n1,2\n"))
    file_id = db.session.query(ItemFile).one().id
    assert browser.post(f"/studio/items/{other.id}/files/{file_id}/remove").status_code == 404
    assert add(browser.sign_in(ana), item, ("a.csv", b"a,b\n")).status_code == 403


def test_a_new_item_becomes_a_draft_for_its_files(browser, marketer):
    typed = {"title": "Half a thought", "kind": "article", "source": "", "base_number": "0", "copy_version": "0"}
    browser.sign_in(marketer).post("/studio/items/new/working-copy", **typed)
    said = browser.post("/studio/items/new/draft", **typed).json
    item = db.session.query(Item).one()
    assert (said["id"], said["address"], said["base_number"]) == (item.id, f"/studio/items/{item.id}", 1)
    assert not db.session.query(WorkingCopy).count()
    refused = browser.client.post(
        "/studio/items/new/draft",
        data={**typed, "title": ""},
        headers={"X-CSRFToken": browser.token(), "Accept": "application/json"},
    )
    assert (refused.status_code, refused.json) == (
        422,
        {"error": "Give it a title first; files are kept with the item."},
    )
