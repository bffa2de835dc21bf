"""The files below an item's text: listed with what they are, and counted when somebody takes them along."""

from sqlalchemy import select

from portal.db import db
from portal.library import files
from portal.library.models import ItemDay
from tests.attachments.make_files import pdf, picture, stored, xlsx
from tests.library import make_library
from tests.make import NOON
from tests.recitals.make_recitals import wav


def with_files(by, *contents):
    item = make_library.published(by, "With files")
    for content, name in contents:
        files.attach(item, stored(content, name, by), name=name, is_inline=name.endswith(".png"), now=NOON)
    db.session.commit()
    return item


def page(browser, person):
    browser.forget_who()
    return browser.sign_in(person).get("/library/with-files").text


def test_they_are_listed_with_what_they_are(browser, ana, marketer):
    item = with_files(marketer, (pdf(), "Our report.pdf"), (xlsx(), "Figures.xlsx"), (picture(), "in-the-text.png"))
    text = page(browser, ana)
    assert ">Our report.pdf</a>" in text
    assert "Excel workbook, " in text
    assert "in-the-text" not in text
    assert all(files.address(file) in text for file in files.of_item(item.id)[:2])


def test_a_sound_is_heard_in_the_page(browser, ana, marketer):
    item = with_files(marketer, (wav(), "Said aloud.wav"))
    (file,) = files.of_item(item.id)
    assert f'<audio controls preload="none" src="{files.address(file)}" aria-label="Said aloud.wav">' in page(
        browser, ana
    )


def test_a_name_is_text_and_nothing_else(browser, ana, marketer):
    with_files(marketer, (pdf(), '"><img src=x onerror=alert(1)>.pdf'))
    text = page(browser, ana)
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in text


def test_without_files_there_is_no_list(browser, ana, marketer):
    make_library.published(marketer, "With files")
    assert 'id="files-title"' not in page(browser, ana)


def test_taking_one_along_is_counted(browser, ana, marketer):
    item = with_files(marketer, (pdf(), "a.pdf"))
    page(browser, ana)
    for _ in range(2):
        assert browser.post("/library/with-files/downloads").status_code == 204
    assert db.session.scalars(select(ItemDay.downloaded).where(ItemDay.item_id == item.id)).all() == [2]


def test_nothing_is_counted_for_a_draft(browser, ana, marketer):
    make_library.draft(marketer, "Hidden")
    db.session.commit()
    assert browser.sign_in(ana).post("/library/hidden/downloads").status_code == 404
