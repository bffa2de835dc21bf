"""A worksheet on paper: all of it, accessible, on one page where it can."""

import io

import pytest
from pypdf import PdfReader

from tests.worksheets import make_submissions, make_worksheets
from tests.worksheets.make_worksheets import COMPLETE, ROW


@pytest.fixture
def filled(ana):
    return make_worksheets.filled(ana, answers=COMPLETE | {"why": "First.\n\nThen, and why not."}, name="Larch")


@pytest.fixture
def paper(browser, ana, filled):
    """Opens a PDF as Ana."""
    browser.sign_in(ana)

    def opened(address="", of=filled):
        answer = browser.get(address or f"/worksheets/filled/{of.id}/paper.pdf")
        assert answer.mimetype == "application/pdf"
        return PdfReader(io.BytesIO(answer.data))

    return opened


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u200b", "").split())


def test_it_says_everything_on_one_page(paper):
    pdf = paper()
    assert len(pdf.pages) == 1
    for said in ("Referral request", "Larch", "Ana Ferreira", "The person", "A banker", "Then, and why not.", "Larch"):
        assert said in words(pdf)
    assert "Page 1" not in words(pdf)


def test_it_is_accessible(paper):
    pdf = paper()
    assert pdf.metadata.title == "Referral request"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in pdf.trailer["/Root"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"


def test_it_gets_smaller_before_it_takes_a_second_page(paper, filled):
    sizes = {}
    for rows in (1, 24, 70):
        filled.answers = COMPLETE | {"asks": [ROW | {"row": f"r{n}", "ask": "x " * 60} for n in range(rows)]}
        pdf = paper()
        seen = []
        pdf.pages[0].extract_text(visitor_text=lambda text, _cm, tm, _f, size, seen=seen: seen.append(size * tm[0]))
        sizes[rows] = (len(pdf.pages), max(seen))
    assert sizes[1][0] == 1
    assert sizes[24][0] == 1
    assert sizes[24][1] < sizes[1][1]
    assert sizes[70][0] > 1
    assert sizes[70][1] == sizes[1][1]


def test_several_pages_are_numbered(paper, filled):
    filled.answers = COMPLETE | {"why": "A paragraph.\n\n" * 400}
    pdf = paper()
    assert f"Page 1 of {len(pdf.pages)}" in words(pdf)


def test_remarks_where_one_asks_for_them(browser, paper, ana, filled, coach):
    assert "remarks=yes" not in browser.sign_in(ana).get(f"/worksheets/filled/{filled.id}/take-along").text
    submission = make_submissions.submitted(ana, filled)
    make_submissions.answered(submission, coach, remarks={"person": "Which one?", "asks/r1/ask": "Too long"})
    assert "Which one?" not in words(paper())
    said = words(paper(f"/worksheets/filled/{filled.id}/paper.pdf?remarks=yes"))
    assert "Cora Lind: Which one?" in said
    assert "row 1, What I ask for: Too long" in said
    assert "remarks=yes" in browser.get(f"/worksheets/filled/{filled.id}/take-along").text


@pytest.mark.parametrize("text", ['#import "x" $ * _ = @ref <b>', "\U0001f600 \u4f60\u597d \u0001 \uffff", "x" * 1000])
def test_nothing_that_is_typed_breaks_it(paper, filled, text):
    filled.answers = COMPLETE | {"person": text, "asks": [ROW | {"contact": text}]}
    assert len(paper().pages) >= 1


def test_an_empty_one_to_fill_with_a_pen(paper, filled):
    said = words(paper("/worksheets/referral-request/blank.pdf"))
    for each in ("Referral request", "The person", "A call", "A note", "What I ask for"):
        assert each in said
    assert "A banker" not in said


def test_nobody_prints_anothers(browser, ben, filled):
    assert browser.sign_in(ben).get(f"/worksheets/filled/{filled.id}/paper.pdf").status_code == 404
    assert browser.get("/worksheets/no-such-sheet/blank.pdf").status_code == 404
