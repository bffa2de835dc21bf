"""What stands in an attached file is found, marked as such, and gone when the file is."""

import io

from portal.accounts.viewer import of
from portal.attachments import services as attachments
from portal.attachments.models import TextState
from portal.db import db
from portal.jobs.services import hand_over
from portal.library import files, jobs, search
from tests.library import make_library as lib
from tests.make import NOON

SAID = b"Turnover by quarter\nThe weighbridge was calibrated twice.\n" + b"More of the same.\n" * 200


def attached(item, by, body=SAID, name="figures.txt"):
    """A file of an item, its words read."""
    stored = attachments.take(io.BytesIO(body), name=name, by=of(by), now=NOON)
    file = files.attach(item, stored, name=name, now=NOON)
    db.session.commit()
    hand_over()  # and the job that reads it runs
    return file


def test_it_is_found_and_says_where(browser, ana, marketer):
    attached(lib.published(marketer, "A quarry", source="Nothing of that."), marketer)
    page = browser.sign_in(ana).get("/library", q="weighbridge calibration").text
    assert "In its file figures.txt" in page
    assert "The <mark>weighbridge</mark> was <mark>calibrated</mark> twice." in page


def test_what_the_item_says_itself_needs_no_file(browser, ana, marketer):
    attached(lib.published(marketer, "A quarry", source="Its weighbridge."), marketer)
    assert "In its file" not in browser.sign_in(ana).get("/library", q="weighbridge").text


def test_the_items_own_words_count_more(marketer):
    attached(lib.published(marketer, "A quarry", source="Nothing of that."), marketer)
    said = lib.published(marketer, "A haulier", source="It has a weighbridge.")
    assert search.find("weighbridge", {}).ids[0] == said.id


def test_the_name_of_a_file_finds_it(browser, ana, marketer):
    attached(lib.published(marketer, "A quarry"), marketer, name="weighbridge-report.txt", body=b"Some figures.")
    assert "weighbridge</mark>-report.txt" in browser.sign_in(ana).get("/library", q="weighbridge").text


def test_a_file_that_was_taken_off_is_found_no_more(marketer):
    item = lib.published(marketer, "A quarry")
    file = attached(item, marketer)
    assert search.find("weighbridge", {}).ids == [item.id]
    files.remove(item, file, now=NOON)
    assert search.find("weighbridge", {}).ids == []


def test_the_file_of_a_draft_is_not_found(marketer):
    attached(lib.draft(marketer, "A quarry"), marketer)
    assert search.find("weighbridge", {}).ids == []


def test_a_file_that_can_not_be_read_says_so_and_is_found_by_its_name(marketer):
    item = lib.published(marketer, "A quarry")
    file = attached(item, marketer)
    file.file.text_state, file.file.content_type = TextState.WAITING, "application/pdf"
    jobs.read_file(file.file_id)
    assert file.file.text_state is TextState.FAILED
    assert file.file.text == ""
    assert search.find("weighbridge", {}).ids == []
    assert search.find("figures", {}).ids == [item.id]
