"""Items out as files and in again: the same items."""

import io
import zipfile

from hypothesis import HealthCheck, given, settings

from portal.accounts.viewer import of
from portal.db import db
from portal.editing import queries as editing
from portal.library import services
from portal.library.models import Item
from portal.library.services import Wording
from tests.content.test_exchange import wordings
from tests.library import make_library as lib
from tests.make import NOON
from tests.studio import make_files as make
from tests.studio.test_import import bring


def test_one_item_is_a_content_file(browser, marketer):
    item = lib.draft(marketer, "Asking", summary="When.", source="## First\n\nAsk.", industry=["retail"])
    answer = browser.sign_in(marketer).get(f"/studio/items/{item.id}/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="asking.md"'
    assert answer.text.startswith(
        '---\ntitle: "Asking"\nkind: case-study\nsummary: "When."\nindustries: [retail]\n---\n'
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(wordings())
def test_out_and_in_again_is_the_same_item(browser, marketer, wording):
    item = services.write(None, wording, change="", base_number=0, by=of(marketer), now=NOON)
    kept = Wording.of(editing.newest(item))
    body = browser.sign_in(marketer).get(f"/studio/items/{item.id}/export").data
    bring(browser, (f"{item.key}.md", body), revise=False)
    again = db.session.query(Item).order_by(Item.id.desc()).first()
    assert again.id != item.id
    assert Wording.of(editing.newest(again)) == kept


def test_bringing_an_unchanged_file_back_makes_no_revision(browser, marketer, ana):
    item = lib.draft(marketer, "Asking", summary="When.", source='It\'s "so".\n\n')
    browser.sign_in(marketer).submit(
        f"/studio/items/{item.id}", **{"authors-0-name": "Ana", "authors-0-person": str(ana.id)}, do="save"
    )
    body = browser.get(f"/studio/items/{item.id}/export").data
    bring(browser, ("asking.md", body))
    db.session.expire_all()
    item = db.session.query(Item).one()
    assert item.revision == 1
    assert editing.about(item)["authors"] == f"Ana Ferreira #{ana.id}"


def test_pictures_and_files_come_along_and_back(browser, marketer):
    item = lib.draft(marketer, "Asking", summary="When.")
    browser.sign_in(marketer)
    sent = [(io.BytesIO(make.png()), "chart.png"), (io.BytesIO(b"a,b\n1,2\n"), "figures.csv")]
    said = browser.client.post(
        f"/studio/items/{item.id}/files",
        data={"file": sent},
        headers={"X-CSRFToken": browser.token(), "Accept": "application/json"},
    ).json
    address = next(file["address"] for file in said["files"] if file["is_picture"])
    browser.submit(f"/studio/items/{item.id}", source=f"![A chart]({address})", do="save")
    body = browser.get(f"/studio/items/{item.id}/export").data
    names = zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert [name.rpartition("/")[2] for name in names] == ["asking.md", "chart.png", "figures.csv"]

    bring(browser, ("asking.zip", body), revise=False)
    again = db.session.query(Item).order_by(Item.id.desc()).first()
    page = browser.get(f"/studio/items/{again.id}").text
    assert again.source == f"![A chart]({address})"
    assert "chart.png" in page
    assert "figures.csv" in page


def test_a_whole_list_is_an_archive(browser, marketer):
    lib.published(marketer, "One", summary="S")
    lib.published(marketer, "Two", summary="S")
    lib.draft(marketer, "Three")
    answer = browser.sign_in(marketer).get("/studio/export?show=published")
    assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == ["one.md", "two.md"]


def test_only_those_who_publish_take_items_along(browser, marketer, ana):
    item = lib.published(marketer, "One")
    assert browser.sign_in(ana).get(f"/studio/items/{item.id}/export").status_code == 403
    assert browser.sign_in(marketer).get("/studio/items/999999/export").status_code == 404
