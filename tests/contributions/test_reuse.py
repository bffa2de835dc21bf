"""Words ready to pass on, and where they went."""

from hypothesis import given
from hypothesis import strategies as st

from portal import markup
from portal.contributions.models import Place, Reuse
from portal.contributions.reusing import LIMITS, LINES, Told, shortened, text_for
from portal.db import db
from portal.library.kinds import Kind
from portal.library.models import ItemDay
from tests.library import make_library as lib
from tests.make import TODAY

SOURCE = """## The fear

It was **late**, and [nobody](https://example.org) rang.

## The work

- one

## The end

Good.
"""
MARKDOWN = st.lists(
    st.sampled_from(["## A", "**b**", "- c", "d. E! F?", "", "`g`", "x" * 300, "<i>h</i>"]), max_size=30
)


@given(st.text(max_size=300), st.text(max_size=500), MARKDOWN, st.lists(st.text(max_size=40), max_size=4))
def test_words_keep_to_the_limit_of_their_place(title, summary, lines, byline):
    told = Told(title, summary, markup.rendered("\n\n".join(lines)), byline)
    for place in Place:
        assert len(text_for(place, told)) <= LIMITS[place]
    assert len(text_for(Place.SLIDE, told).split("\n")) <= 1 + LINES


@given(st.text(), st.integers(2, 80))
def test_what_is_shortened_is_the_beginning(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    assert " ".join(text.split()).startswith(short.removesuffix("…"))


def test_no_markdown_and_no_markup_is_left():
    told = Told("Handing over", "In two years.", markup.rendered(SOURCE), ["Ana Ferreira", "Ben Okoro"])
    post = text_for(Place.LINKEDIN, told)
    assert post == "Handing over\n\nIn two years.\n\nIt was late, and nobody rang.\n\n• one\n\nGood."
    assert text_for(Place.SLIDE, told) == "Handing over\nThe fear\nThe work\nThe end"
    assert text_for(Place.NEWSLETTER, told) == "Handing over. In two years. By Ana Ferreira and Ben Okoro."


def test_the_points_of_a_list_come_along_and_footnotes_stay():
    html = markup.rendered("We did three things:[^1]\n\n- looked\n- counted\n- told\n\nIt helped.\n\n[^1]: In May.")
    post = text_for(Place.LINKEDIN, Told("Why now?", "", html, []))
    assert post == "Why now?\n\nWe did three things:\n\n• looked\n• counted\n• told\n\nIt helped."
    assert text_for(Place.NEWSLETTER, Told("Why now?", "", html, [])) == "Why now? We did three things:"


def test_what_is_for_colleagues_is_not_among_the_words(browser, ana, marketer):
    inside = "## For colleagues\n\nThey were late in paying.\n\n## On price {: .inside }\n\nTen percent."
    lib.published(marketer, "Handing over", source=f"It was late.\n\n{inside}\n\n## The end\n\nGood.")
    page = browser.sign_in(ana).get("/contribute/reuse/handing-over").text
    assert "It was late." in page
    assert "Good." in page
    for secret in ("late in paying", "For colleagues", "On price", "Ten percent"):
        assert secret not in page


def test_the_items_page_leads_there_and_copying_counts(browser, ana, marketer):
    item = lib.published(marketer, "Handing over", source=SOURCE)
    signed_in = browser.sign_in(ana)
    assert "/contribute/reuse/handing-over" in signed_in.get("/library/handing-over").text
    assert "It was late, and nobody rang." in signed_in.get("/contribute/reuse/handing-over").text
    assert db.session.get(ItemDay, (item.id, TODAY)) is None
    for _ in range(2):
        assert signed_in.post("/contribute/reuse/handing-over/copied").status_code == 204
    assert db.session.get(ItemDay, (item.id, TODAY)).copied == 2


def test_marketing_changes_the_words_for_everybody(browser, ana, marketer):
    lib.published(marketer, "Handing over", source=SOURCE)
    address = "/contribute/reuse/handing-over"
    assert browser.sign_in(ana).post(f"{address}/text", place="linkedin", text="Mine").status_code == 403
    browser.sign_in(marketer).post(f"{address}/text", place="linkedin", text="In our own words.")
    assert "In our own words." in browser.sign_in(ana).get(address).text
    browser.sign_in(marketer).post(f"{address}/text", place="linkedin", text="")
    assert "In our own words." not in browser.get(address).text
    assert browser.post(f"{address}/text", place="slide", text="x" * 401).status_code == 422


def test_what_is_for_colleagues_only_has_no_words_for_outside(browser, ana, marketer):
    lib.published(marketer, "A rival", kind=Kind.COMPETITOR_NOTE, source="They are *cheap*.")
    signed_in = browser.sign_in(ana)
    assert "/contribute/reuse" not in signed_in.get("/library/a-rival").text
    page = signed_in.get("/contribute/reuse/a-rival").text
    assert "nothing of it goes outside" in page
    assert "cheap" not in page
    assert signed_in.post("/contribute/reuse/a-rival/copied").status_code == 422
    assert signed_in.post("/contribute/reuse/a-rival", place="linkedin", on=TODAY, note="").status_code == 422


def test_where_it_was_used_is_noted_once_and_taken_back(browser, ana, ben, marketer):
    lib.published(marketer, "Handing over")
    address = "/contribute/reuse/handing-over"
    for _ in range(2):
        browser.sign_in(ana).post(address, place="newsletter", on=TODAY, note="The March letter")
    row = db.session.query(Reuse).one()
    assert "The March letter" in browser.sign_in(ben).get(address).text
    assert browser.post(f"{address}/{row.id}/remove").status_code == 404
    assert browser.post(address, place="the moon", on=TODAY, note="").status_code == 422
    assert browser.post(address, place="linkedin", on="2026-09-09", note="").status_code == 422
    browser.sign_in(ana).post(f"{address}/{row.id}/remove")
    assert not db.session.query(Reuse).count()


def test_a_draft_has_no_page_of_words(browser, ana, marketer):
    lib.draft(marketer, "Not yet")
    assert browser.sign_in(ana).get("/contribute/reuse/not-yet").status_code == 404
    assert browser.post("/contribute/reuse/not-yet/copied").status_code == 404
