"""Pictures and files of what was shared, under the link's own address."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from portal import markup
from portal.accounts.viewer import of
from portal.attachments import services as attachments
from portal.db import db
from portal.library import files
from portal.library.models import ItemDay
from portal.sharing import outward
from tests.attachments.make_files import pdf, picture
from tests.library import make_library as lib
from tests.make import NOON
from tests.recitals.make_recitals import wav
from tests.sharing.make_sharing import share, visits


def stored(person, body, name):
    return attachments.take(io.BytesIO(body), name=name, by=of(person), now=NOON)


@pytest.fixture
def pictured(marketer):
    """An item with a picture in its text, a file that the text links, and one below it."""
    shown, linked = stored(marketer, picture(), "chart.png"), stored(marketer, pdf("Linked."), "linked.pdf")
    below = stored(marketer, pdf("Below."), "one page.pdf")
    text = f"![A chart](/files/{shown.sha256}/chart.png) and [a file](/files/{linked.sha256}/linked.pdf)"
    item = lib.published(marketer, "With files", source=text)
    files.attach(item, shown, name="chart.png", is_inline=True, now=NOON)
    files.attach(item, linked, name="linked.pdf", is_inline=True, now=NOON)
    files.attach(item, below, name="one page.pdf", now=NOON)
    return item, shown.sha256, linked.sha256, below.sha256


def test_pictures_show_and_files_stay_where_downloads_are_off(visitor, ana, pictured):
    item, shown, linked, below = pictured
    _made, token = share(ana, item)
    page = visitor.get(f"/s/{token}").text
    assert f'src="/s/{token}/files/{shown}/chart.png"' in page
    assert linked not in page
    assert below not in page
    codes = [visitor.get(f"/s/{token}/files/{sha}/x").status_code for sha in (shown, linked, below)]
    assert codes == [200, 404, 404]


def test_files_are_taken_along_where_that_is_allowed_and_the_press_counts(visitor, ana, pictured):
    item, _shown, linked, below = pictured
    _made, token = share(ana, item, may_download=True)
    with time_machine.travel(NOON - timedelta(seconds=9), tick=False):
        page = visitor.get(f"/s/{token}")
    assert f'href="/s/{token}/files/{linked}/linked.pdf"' in page.text
    answer = visitor.press(page, "downloads")
    got = visitor.get(answer.location)
    assert got.data.startswith(b"%PDF")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in got.headers
    assert [visit.pressed for visit in visits()] == ["download"]
    row = db.session.query(ItemDay).filter_by(item_id=item.id).one()
    assert (row.downloaded, row.opened) == (1, 1)
    assert below in answer.location


def test_what_is_taken_along_is_saved_and_sound_is_heard_in_the_page(visitor, ana, marketer):
    item = lib.published(marketer, "With a sound")
    files.attach(item, stored(marketer, wav(), "said.wav"), name="Wie wir’s sägen.wav", now=NOON)
    _made, token = share(ana, item, may_download=True)
    page = visitor.get(f"/s/{token}")
    heard = unescape(re.search(r'<audio controls preload="none" src="([^"]*)"', page.text)[1])
    probe = visitor.get(heard, Range="bytes=0-1")
    assert (probe.status_code, probe.data, probe.headers["Content-Range"]) == (206, b"RI", f"bytes 0-1/{len(wav())}")
    assert probe.headers["Content-Disposition"].startswith("inline")
    saved = visitor.get(visitor.press(page, "downloads").location)
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["Content-Disposition"].endswith("s%C3%A4gen.wav")
    assert saved.data == wav()


def test_no_method_and_no_part_gets_around_downloads_being_off(visitor, ana, pictured):
    item, _shown, linked, below = pictured
    _made, token = share(ana, item)
    for sha256 in (linked, below):
        address = f"/s/{token}/files/{sha256}/x.pdf"
        answers = [visitor.get(address, Range="bytes=0-1"), visitor.get(f"{address}?save=yes")]
        answers += [visitor.client.head(address), visitor.client.post(f"/s/{token}/downloads", data={"file": sha256})]
        assert {answer.status_code for answer in answers} == {404}


def test_a_file_of_another_item_is_not_there(visitor, ana, item, pictured):
    _made, token = share(ana, item, may_download=True)
    assert {visitor.get(f"/s/{token}/files/{sha}/x").status_code for sha in pictured[1:]} == {404}


def test_nothing_is_served_of_what_was_taken_back(visitor, ana, pictured):
    item, shown, *_rest = pictured
    _made, token = share(ana, item)
    item.state = "archived"
    assert visitor.get(f"/s/{token}/files/{shown}/chart.png").status_code == 404


def test_a_passcode_keeps_files_too(visitor, ana, pictured):
    item, shown, *_rest = pictured
    _made, token = share(ana, item, passcode="harbour light")
    assert b"passcode" in visitor.get(f"/s/{token}/files/{shown}/chart.png").data
    answer = visitor.press(visitor.get(f"/s/{token}"), "passcode", passcode="harbour light")
    page = visitor.get(answer.location).text
    source = page.partition('src="/s/')[2].partition('"')[0].replace("&amp;", "&")
    assert visitor.get(f"/s/{source}").data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("## One\n\na\n\n## What to say about it\n\nb\n\n### More\n\nc\n\n## Two\n\nd", "ad"),
        ("## For colleagues\n\na", ""),
        ("a\n\n## Any heading {: .inside }\n\nb\n\n## What to say about it\n\nc\n\n## Two\n\nd", "ad"),
        ("## One\n\na\n\n### For colleagues\n\nb\n\n### Three\n\nc", "ac"),
        ("A code: `## What to say about it`\n\na", "A code: ## What to say about ita"),
        ("## For colleagues\n\na\n\n## Two\n\nb\n\n## For colleagues\n\nc", "b"),
        ("## Two\n\na\n\n## *For* Colleagues:\n\nb", "a"),
        ("<h2>For colleagues</h2>\n\na\n\n## Two\n\nb", "b"),
        ("[TOC]\n\n## Two\n\na\n\n## For colleagues\n\nb\n\n### What to say about it\n\nc", "a"),
        ('<div class="footnote"><p>a</p></div>\n\n## For colleagues\n\nb\n\n<div>c</div>', "a"),
    ],
)
def test_sections_for_colleagues_stay_inside(text, kept):
    html = outward.without_inside(markup.rendered(text))
    assert "".join(re.findall(r"<p>(.*?)</p>", html)).replace("<code>", "").replace("</code>", "") == kept
    assert "What to say" not in re.sub(r"<code>.*?</code>", "", html)


NOTED = (
    "A[^a] and B[^b].\n\n## For colleagues\n\nSecret[^c] and A[^a].\n\n{}[^a]: First.\n[^b]: Second.\n[^c]: Hidden.\n"
)


@pytest.mark.parametrize("after", ["", "## Two\n\nMore.\n\n"])
def test_footnotes_go_with_the_text_that_they_belong_to(after):
    html = outward.without_inside(markup.rendered(NOTED.format(after)))
    assert re.findall(r"First|Second|Hidden|Secret", html) == ["First", "Second"]
    assert ("More." in html) is bool(after)
    assert html.count("<li") == html.count("</li>") == 2


def test_a_text_without_anything_for_colleagues_stays_as_it_is():
    html = markup.rendered("[TOC]\n\n## One\n\nA[^a].\n\n[^a]: First.\n")
    assert outward.without_inside(html) == html


def test_what_is_for_colleagues_is_not_shown_outside(visitor, ana, marketer):
    item = lib.published(
        marketer, "With advice", source="## Result\n\nGood.\n\n## What to say about it\n\nLeave it out."
    )
    _made, token = share(ana, item)
    page = visitor.get(f"/s/{token}").text
    assert "Good." in page
    assert "Leave it out." not in page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<a href="https://example.org/" rel="noopener">out</a>',
            '<a href="https://example.org/" rel="noopener">out</a>',
        ),
        ('<a href="/library/known#part" rel="x">in</a>', '<a href="/T/known" rel="x">in</a>'),
        ('<a href="/library/hidden">in</a>', "<a>in</a>"),
        ('<a href="/studio/items/1">in</a>', "<a>in</a>"),
        ('<a href="//evil.example/">in</a>', "<a>in</a>"),
        ('<a href="library/known">in</a>', "<a>in</a>"),
        ('<img alt="a > b" src="/files/x/y">', '<img alt="a > b">'),
        ('<code>&lt;a href="/studio"&gt;</code>', '<code>&lt;a href="/studio"&gt;</code>'),
        ('<h2 id="part">Part</h2><a href="#part">up</a>', '<h2 id="part">Part</h2><a href="#part">up</a>'),
    ],
)
def test_no_address_leads_into_the_portal(before, after):
    assert outward.made_fit(before, keys={"known"}, address=lambda place: f"/T/{place}") == after
