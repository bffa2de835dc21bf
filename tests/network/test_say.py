"""What to say: something that fits, in a note that is ready to send."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.library.kinds import Kind
from portal.network import matching, openings
from portal.network.matching import Candidate
from portal.network.models import Relation
from tests.browser import Fields
from tests.library import make_library
from tests.network.make_network import MAIL, contact


@pytest.fixture
def library(marketer):
    """A few items; only some may leave the firm."""
    make_library.published(marketer, "Energy prices and your contracts", summary="What to look at now.")
    make_library.published(marketer, "A retailer abroad", industry=["retail"])
    make_library.published(marketer, "How we answer doubts about energy", kind=Kind.GUIDELINE)
    make_library.draft(marketer, "An unfinished word on energy")


def test_it_finds_what_fits_and_says_why(browser, ana, library):
    row = contact(ana, "Marta Lund", cares_about="Rising energy costs", channels=[(MAIL, "marta@larch.example")])
    page = browser.sign_in(ana).get(f"/network/{row.id}/say").text
    assert "Energy prices and your contracts" in page
    assert "“energy”" in page
    assert "How we answer doubts" not in page
    assert "unfinished" not in page
    mailto = page.partition('href="mailto:')[2].partition('"')[0].replace("&amp;", "&")
    assert mailto.startswith("marta@larch.example?subject=")
    assert "Hello Marta,\r\n" in unquote(mailto)


def test_without_anything_that_fits_there_is_still_a_word(browser, ana, library):
    row = contact(ana, "Marta Lund", relation=Relation.FRIEND)
    page = browser.sign_in(ana).get(f"/network/{row.id}/say?item=%00&opening=99").text
    assert "How are you?" in page
    assert "No mail address is known" in page


def test_what_they_are_tagged_with_counts(browser, ana, library):
    row = contact(ana, tags=["retail"])
    assert "A retailer abroad" in browser.sign_in(ana).get(f"/network/{row.id}").text


def test_having_sent_it_is_logged_with_a_press(browser, ana, library):
    row = contact(ana, cares_about="Energy")
    address = f"/network/{row.id}"
    sent = Fields.of(browser.sign_in(ana).get(f"{address}/say").text)
    answer = browser.post(f"{address}/touches", **sent)
    assert answer.location.startswith(f"{address}?undo=touch-")
    assert "Sent: Energy prices and your contracts" in browser.get(address).text


@pytest.mark.parametrize("relation", list(Relation))
def test_every_relation_has_two_or_three_ways_to_begin(relation):
    ways = openings.for_relation(relation)
    assert 2 <= len(ways) <= 3
    for way in (*ways, openings.without_item(relation)):
        note = openings.written(way, to="Marta Lund", me="Ana", title="{gist}", gist="It {says} so.")
        assert "Marta" in note.body
        assert note.body.endswith("Ana")


@pytest.mark.parametrize(
    ("one", "other"),
    [("exports", "export"), ("energies", "energy"), ("prices", "price"), ("taxes", "tax"), ("merging", "merge")],
)
def test_words_with_other_endings_are_the_same(one, other):
    assert matching.stem(one) == matching.stem(other)


def test_an_industry_says_more_than_a_discipline():
    candidates = [
        Candidate(1, "One", tags=[("discipline", "retail")]),
        Candidate(2, "Two", tags=[("industry", "retail")]),
        Candidate(3, "Three", tags=[("industry", "banking")]),
    ]
    assert [match.id for match in matching.ranked(["Retail"], "", candidates)] == [2, 1]
    assert [match.id for match in matching.ranked([""], "Banking", candidates)] == [3]


def parts(mailto):
    """Whom a mail goes to, what it is about, and what it says, as a mail program takes the address apart."""
    address, _, query = mailto.removeprefix("mailto:").partition("?")
    fields = dict(field.split("=") for field in query.split("&"))
    return unquote(address), unquote(fields["subject"]), unquote(fields.get("body", ""))


@given(st.text(max_size=80), st.text(max_size=1200))
def test_a_note_arrives_whole_or_not_at_all(subject, body):
    note = openings.Note(subject, body)
    mailto = note.mailto("jörg+news@müller.example")
    assert len(mailto) <= openings.LONGEST or len(subject) > 50
    plain = body.replace("\r\n", "\n").replace("\n", "\r\n")
    said = plain if note.fits("jörg+news@müller.example") else ""
    assert parts(mailto) == ("jörg+news@müller.example", subject.replace("\r\n", "\n").replace("\n", "\r\n"), said)
    assert mailto.isascii()


def test_what_is_too_long_for_an_address_is_to_be_copied(browser, ana, marketer):
    make_library.published(marketer, "Energy prices", summary="Größere Überschüsse für alle. " * 40)
    row = contact(ana, "Jörg Müller", cares_about="energy", channels=[(MAIL, "joerg@mueller.example")])
    page = browser.sign_in(ana).get(f"/network/{row.id}/say").text
    assert "too long for your mail program" in page
    assert "&amp;body=" not in page.partition('href="mailto:')[2].partition('"')[0]
    assert "Größere Überschüsse" in page


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Marta Lund", "Marta"),
        ("Dr. Marta Lund", "Marta"),
        ("Prof. Dr. Jörg Müller", "Jörg"),
        ("Lund, Marta", "Marta"),
        ("Marta Lund, MBA", "Marta"),
        ("M. Lund", "M. Lund"),
        ("Cher", "Cher"),
        ("Dr", "Dr"),
    ],
)
def test_somebody_is_called_by_their_first_name(name, called):
    assert openings.called(name) == called
