"""Word documents, content files and archives become drafts; what could not be taken over is said."""

import io
import re

import pytest

from portal import documents
from portal.db import db
from portal.library.models import Item, ItemFile, ItemState, Revision
from tests.library import make_library as lib
from tests.publishing.make_items import scheduled
from tests.studio import make_files as make

FILE = b"""---
title: Asking for a referral
kind: article
summary: When to ask, and how.
industries: [retail]
review_on: 2027-01-31
---
## When

After good news.
"""


def bring(browser, *files, revise=True):
    """Send files as the page does, and open what became of them."""
    sent = [(io.BytesIO(body), name) for name, body in files]
    answer = browser.post("/studio/import", file=sent, **({"revise": "y"} if revise else {}))
    assert answer.status_code == 302, answer.text
    return browser.get(answer.location)


def only():
    db.session.expire_all()
    return db.session.query(Item).one()


def test_a_word_document_becomes_a_draft(browser, marketer):
    body = make.docx(
        make.paragraph("Sold in nine months", "H1"),
        make.paragraph("The fear", "H2"),
        make.paragraph("The papers were a mess &amp; 2 * 3 &lt;b&gt;."),
        make.paragraph("# no heading"),
        make.paragraph("1. no list"),
        make.paragraph("Details", "H3"),
        make.table(["What", "How many"], ["Folders | boxes", "12"]),
        make.picture('r:embed="p1"', "A pile of folders"),
        pictures={"p1": make.png()},
    )
    page = bring(browser.sign_in(marketer), ("case.docx", body)).text
    assert "Sold in nine months" in page
    item = only()
    assert (item.title, item.state, item.kind) == ("Sold in nine months", ItemState.DRAFT, "article")
    file = db.session.query(ItemFile).one()
    assert item.source == (
        "## The fear\n\nThe papers were a mess & 2 \\* 3 &lt;b>.\n\n\\# no heading\n\n1\\. no list\n\n### Details\n\n"
        "| What | How many |\n| --- | --- |\n| Folders &#124; boxes | 12 |\n\n"
        f"![A pile of folders](/files/{file.file.sha256}/{file.name})"
    )
    assert file.is_inline
    assert 'alt="A pile of folders"' in browser.get(f"/studio/items/{item.id}").text
    assert browser.get(f"/files/{file.file.sha256}/{file.name}").status_code == 200


def test_a_document_that_no_item_has_room_for_is_refused_and_says_so(browser, marketer):
    body = make.docx(*(make.paragraph("Many words. " * 100) for _ in range(51)))
    page = bring(browser.sign_in(marketer), ("long.docx", body)).text
    assert "up to 60,000 fit. Make two items of it." in page
    assert not db.session.query(Item).count()


def test_a_document_as_word_writes_it(browser, marketer):
    """With a title of its own style, a table of contents, lists in lists, notes, a quotation and a link."""
    inside = [("first", 0, "bullet"), ("second", 0, "bullet"), ("within it", 1, "number"), ("next", 1, "number")]
    body = make.docx(
        make.paragraph("March 2026"),
        make.paragraph("Selling a family firm", "Title"),
        make.paragraph("What to do 2", "TOC1"),
        make.paragraph("What to do", "H1"),
        make.paragraph(
            "It takes a year.", more=make.note(2) + make.link("far", "See the law") + make.note(3, "endnote")
        ),
        *(make.point(*each) for each in [*inside, ("last", 0, "bullet")]),
        make.paragraph("We never heard of it.", "Quote"),
        make.paragraph("Details", "H2"),
        relations=make.LINK.format(id="far", address="https://example.org/law"),
        notes={"footnote": {2: ["About a year.", "Or two."]}, "endnote": {3: ["See *there*."]}},
    )
    page = bring(browser.sign_in(marketer), ("case.docx", body)).text
    assert "Left out: the table of contents" in page
    item = only()
    assert item.title == "Selling a family firm"
    assert item.source == (
        "March 2026\n\n## What to do\n\nIt takes a year.[^1][See the law](https://example.org/law)[^2]\n\n"
        "- first\n- second\n    1. within it\n    2. next\n- last\n\n> We never heard of it.\n\n### Details\n\n"
        "[^1]: About a year.\n\n    Or two.\n\n[^2]: See \\*there\\*."
    )
    assert item.html.count("<ol>") == 2  # the list within, and the notes
    assert "<p>Or two." in item.html


def test_what_could_not_be_taken_over_is_said(browser, marketer):
    body = make.docx(
        make.paragraph("Words."),
        make.picture('r:embed="p1"'),
        make.picture('r:embed="p2"', "Broken"),
        pictures={"p1": make.png(shade=10), "p2": b"no picture at all"},
    )
    page = bring(browser.sign_in(marketer), ("plain-words.docx", body)).text
    assert "plain-words" in page
    assert "Picture 1 has no description yet" in page
    assert "Picture 2 was left out." in page
    assert "It has no summary yet." in page
    assert only().source.count("![") == 1


def test_what_word_guessed_of_a_picture_is_no_description(browser, marketer):
    guess = "A chart Description automatically generated with medium confidence"
    body = make.docx(make.paragraph("Words."), make.picture('r:embed="p1"', guess), pictures={"p1": make.png(shade=11)})
    bring(browser.sign_in(marketer), ("case.docx", body))
    assert only().source.partition("](")[0] == "Words.\n\n![A chart"


def test_a_document_opens_nothing_outside_of_itself(browser, marketer, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(make.png())
    outside = f'<Relationship Id="out" Type="{make.R}/image" Target="file://{secret}" TargetMode="External"/>'
    body = make.docx(make.paragraph("Words."), make.picture('r:link="out"'), relations=outside)
    page = bring(browser.sign_in(marketer), ("case.docx", body)).text
    assert "A picture was left out: it is linked and not contained" in page
    assert only().source == "Words."
    assert not db.session.query(ItemFile).count()


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK\x03\x04 broken",
        make.archive(**{"word/document.xml": "<a"}),
        make.archive(**{"nothing": ""}),
        make.archive(
            **{
                "[Content_Types].xml": make.TYPES,
                "_rels/.rels": make.RELATIONS.format(make.MAIN),
                "word/document.xml": f'{BOMB}<w:document xmlns:w="{make.W}"><w:body>&m;</w:body></w:document>',
            }
        ),
    ],
)
def test_a_hostile_document_is_refused_and_others_are_taken(browser, marketer, body):
    page = bring(browser.sign_in(marketer), ("bad.docx", body), ("asking.md", FILE)).text
    assert re.search("This can&#39;t be read as a Word document|There is no text in this document", page)
    assert only().key == "asking-for-a-referral"


def test_what_is_no_document_never_gets_far():
    with pytest.raises(documents.Unreadable):
        documents.read(b"%PDF-1.7")


def test_a_content_file_becomes_an_item_with_its_facts(browser, marketer):
    bring(browser.sign_in(marketer), ("asking.md", FILE))
    item = only()
    assert (item.title, item.source, str(item.review_on)) == (
        "Asking for a referral",
        "## When\n\nAfter good news.",
        "2027-01-31",
    )
    assert [(tag.facet, tag.value) for tag in item.tags] == [("industry", "retail")]


def test_a_file_called_like_an_item_is_its_new_draft_or_one_of_its_own(browser, marketer):
    lib.published(marketer, "Asking", summary="S")
    page = bring(browser.sign_in(marketer), ("asking.md", FILE)).text
    assert "as a new draft of the item" in page
    assert (only().title, only().revision) == ("Asking", 2)
    bring(browser, ("asking.md", FILE), revise=False)
    assert [item.key for item in lib.every()] == ["asking", "asking-for-a-referral"]


def test_a_schedule_that_a_file_takes_back_is_told(browser, marketer):
    scheduled(marketer, "Asking", summary="S")
    page = bring(browser.sign_in(marketer), ("asking.md", FILE)).text
    assert "Its schedule is taken back, since this is another text." in page
    assert only().publish_at is None


def test_problems_are_told_with_their_lines(browser, marketer):
    page = bring(browser.sign_in(marketer), ("asking.md", FILE.replace(b"kind: article", b"kind: poem"))).text
    assert "asking.md:3: &#39;kind&#39; must be" in page
    assert "not taken" in page
    assert not db.session.query(Item).count()


def test_several_come_in_one_archive_with_their_files(browser, marketer):
    body = make.archive(**{"library/a.md": FILE, "b.docx": make.docx(make.paragraph("B.")), "__MACOSX/a.md": b"x"})
    page = bring(browser.sign_in(marketer), ("all.zip", body)).text
    assert "Asking for a referral" in page
    assert [item.title for item in lib.every()] == ["Asking for a referral", "b"]


@pytest.mark.parametrize("body", [b"no archive", make.archive(**{"a.txt": "A"}), make.archive()])
def test_an_archive_without_items_says_so(browser, marketer, body):
    page = bring(browser.sign_in(marketer), ("all.zip", body)).text
    assert re.search("can&#39;t be opened|nothing in this archive", page)


def test_nothing_chosen_and_something_else_chosen(browser, marketer):
    assert "Choose a file first." in browser.sign_in(marketer).post("/studio/import").text
    assert "We take Word documents" in bring(browser, ("a.pdf", b"%PDF")).text


def test_nobody_sees_what_somebody_else_brought(browser, marketer, colleague, ana):
    page = bring(browser.sign_in(marketer), ("asking.md", FILE))
    assert browser.sign_in(colleague).get(page.request.path).status_code == 404
    assert browser.sign_in(ana).get("/studio/import").status_code == 403


def test_history_says_where_it_came_from(browser, marketer):
    bring(browser.sign_in(marketer), ("asking.md", FILE))
    assert db.session.query(Revision).one().change == "From a content file"
