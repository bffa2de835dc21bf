"""Opening a file: who may, as what, and which part of it."""

import pytest

from portal.db import db
from portal.library import files as library_files
from portal.library import services
from tests.attachments.make_files import pdf, picture, stored
from tests.library import make_library
from tests.make import NOON


@pytest.fixture
def item(marketer):
    return make_library.published(marketer, "With a file")


@pytest.fixture
def paper(item, marketer):
    file = library_files.attach(item, stored(pdf(), "x.pdf", marketer), name="Our report.pdf", now=NOON)
    db.session.commit()
    return file


def opened(browser, person, address, method="get", **headers):
    browser.forget_who()  # and the words in files, which are read in the background
    browser.sign_in(person)
    browser.forget_who()
    with getattr(browser.client, method)(address, headers=headers) as answer:
        assert answer.get_data() is not None
        return answer


def test_a_document_is_saved_under_its_name(browser, ana, paper):
    answer = opened(browser, ana, library_files.address(paper))
    assert answer.data == pdf()
    assert answer.headers["Content-Disposition"] == "attachment; filename=Our-report.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["ETag"] == f'"{paper.file.sha256}"'


def test_a_picture_stands_in_the_page(browser, ana, item):
    file = library_files.attach(item, stored(picture(), "a.png"), name="a.png", is_inline=True, now=NOON)
    answer = opened(browser, ana, library_files.address(file))
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("name", ["evil.html", "x.svg", "a\u202egnp.exe", "a\x00b", "..%2f..%2fetc", "report.pdf.js"])
def test_whatever_the_address_says_the_ending_is_what_it_is(browser, ana, paper, name):
    answer = opened(browser, ana, f"/files/{paper.file.sha256}/{name}")
    assert answer.status_code in {200, 404}
    if answer.status_code == 200:
        assert answer.headers["Content-Disposition"].rstrip('"').endswith(".pdf")
        assert answer.headers["Content-Type"] == "application/pdf"


def test_nobody_sees_the_files_of_a_draft(browser, ana, marketer, executive):
    item = make_library.draft(marketer, "Not yet")
    file = library_files.attach(item, stored(pdf("draft"), "x.pdf", marketer), name="x.pdf", now=NOON)
    db.session.commit()
    address = library_files.address(file)
    assert opened(browser, ana, address).status_code == 404
    assert opened(browser, executive, address).status_code == 404
    assert opened(browser, marketer, address).status_code == 200


def test_who_brought_a_file_sees_it_again_and_nobody_else(browser, ana, ben):
    content = pdf("mine")
    row = stored(content, "x.pdf", ana)
    db.session.commit()
    address = f"/files/{row.sha256}/x.pdf"
    assert opened(browser, ana, address).status_code == 200
    assert opened(browser, ben, address).status_code == 404
    stored(content, "x.pdf", ben)
    db.session.commit()
    assert opened(browser, ben, address).status_code == 200


def test_an_archived_item_closes_its_files(browser, ana, item, paper):
    services.archive(item)
    db.session.commit()
    assert opened(browser, ana, library_files.address(paper)).status_code == 404


def test_a_removed_file_closes_unless_readers_still_see_it(browser, ana, marketer, viewer):
    file = stored(picture(colour=(9, 9, 9)), "a.png")
    db.session.commit()
    item = make_library.published(marketer, source=f"![A chart](/files/{file.sha256}/a.png)")
    kept = library_files.attach(item, file, name="a.png", is_inline=True, now=NOON)
    library_files.remove(item, kept, now=NOON)
    db.session.commit()
    assert list(library_files.of_item(item.id)) == []
    assert opened(browser, ana, library_files.address(kept)).status_code == 200
    wording = make_library.wording(item.title, source="No picture.")
    services.write(item, wording, change="", base_number=1, by=viewer(marketer), now=NOON)
    services.publish(item, now=NOON)
    db.session.commit()
    assert opened(browser, ana, library_files.address(kept)).status_code == 404


def test_a_stranger_signs_in_first(browser, paper):
    assert browser.get(library_files.address(paper)).status_code == 302


def test_what_is_not_there_is_not_found(browser, ana, paper):
    assert opened(browser, ana, f"/files/{'0' * 64}/x.pdf").status_code == 404
    assert opened(browser, ana, f"/files/{paper.file.sha256.upper()}/x.pdf").status_code == 404
    assert opened(browser, ana, f"/files/{paper.file.sha256[:-1]}/x.pdf").status_code == 404


def test_opening_takes_few_statements(browser, ana, paper, budget):
    address = library_files.address(paper)
    browser.forget_who()
    browser.sign_in(ana)
    browser.forget_who()
    with budget(4), browser.client.get(address) as answer:
        assert answer.data


def test_attaching_again_brings_a_removed_file_back(item, paper):
    library_files.remove(item, paper, now=NOON)
    again = library_files.attach(item, paper.file, name="b.html", now=NOON)
    assert again.id == paper.id
    assert [file.name for file in library_files.of_item(item.id)] == ["b.pdf"]


def test_files_stand_in_the_order_in_which_they_came(item, paper):
    for colour in ((1, 1, 1), (2, 2, 2)):
        library_files.attach(item, stored(picture(colour=colour), "a.png"), name=f"{colour[0]}.png", now=NOON)
    assert [file.name for file in library_files.of_item(item.id)] == ["Our report.pdf", "1.png", "2.png"]
