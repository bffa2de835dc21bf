"""Somebody outside opens a link."""

import logging
from datetime import timedelta

import pytest
import time_machine
from werkzeug.exceptions import InternalServerError

from portal.accounts.viewer import of
from portal.db import db
from portal.library import services as library
from portal.library.models import ItemState
from portal.sharing.services import Chosen
from tests.library import make_library as lib
from tests.make import NOON
from tests.sharing.make_sharing import Visitor, dump, share, visits


def test_it_reads_without_an_account_a_script_or_a_cookie(visitor, link):
    page = visitor.get(f"/s/{link[1]}")
    assert page.status_code == 200
    for said in (
        "<strong>late</strong>",
        "Ana Ferreira sent you this",
        "ana.ferreira@example.org",
        "by about how many people",
    ):
        assert said in page.text, said
    for hidden in ("/sign-in", 'href="/library', "csrf", "/settings"):
        assert hidden not in page.text, hidden
    assert "Set-Cookie" not in page.headers


def test_it_stays_out_of_search_engines_caches_and_other_sites_logs(visitor, link):
    page = visitor.get(f"/s/{link[1]}")
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert '<meta name="robots" content="noindex' in page.text


def test_no_step_of_a_visit_sets_a_cookie_unless_it_is_asked_for(visitor, link):
    page = visitor.get(f"/s/{link[1]}")
    answers = [page, visitor.tell(page), visitor.press(page, "thanks"), visitor.press(page, "quiet")]
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    asked = visitor.press(page, "quiet", remember="yes").headers["Set-Cookie"]
    assert asked.startswith("uncounted=yes")
    assert "Path=/s" in asked
    assert "HttpOnly" in asked


@pytest.mark.parametrize("press", ["passcode", "opens", "downloads", "thanks", "quiet", "counted"])
def test_who_reloads_the_answer_to_a_form_gets_back_to_the_page(visitor, link, press):
    answer = visitor.get(f"/s/{link[1]}/{press}")
    assert (answer.status_code, answer.location) == (302, f"/s/{link[1]}")


def test_every_answer_below_a_link_stays_out_of_caches_and_logs(visitor, link):
    page = visitor.get(f"/s/{link[1]}")
    answers = [visitor.tell(page), visitor.press(page, "thanks"), visitor.press(page, "quiet")]
    answers += [visitor.client.options(f"/s/{link[1]}"), visitor.client.head(f"/s/{link[1]}")]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"].startswith("noindex")


def test_opening_changes_no_row_of_any_table(app, link):
    db.session.commit()
    before = dump()
    for agent in ("Mozilla/5.0", "SafeLinks scanner", ""):
        somebody = Visitor(app, agent=agent)
        for address in (f"/s/{link[1]}", f"/s/{link[1]}/handing-over", "/s/" + "x" * 43, f"/s/{link[1]}/no-such"):
            somebody.client.get(address)
            somebody.client.head(address)
            somebody.client.options(address)
    assert dump() == before
    assert visits() == []


def test_a_room_lists_its_items_and_opens_each(visitor, ana, item, marketer):
    other = lib.published(
        marketer, "The second", source="See [this](/library/handing-over) and [that](/library/hidden)."
    )
    _made, token = share(ana, Chosen(item, "Begin here."), other, title="For the handover", note="Welcome, Dana.")
    page = visitor.get(f"/s/{token}").text
    assert page.index("Begin here.") < page.index("The second")
    assert "Welcome, Dana." in page
    inside = visitor.get(f"/s/{token}/the-second").text
    assert f'<a href="/s/{token}/handing-over"' in inside
    assert "/library/hidden" not in inside
    assert visitor.get(f"/s/{token}/no-such-item").status_code == 404


def test_what_people_typed_is_never_markup(visitor, browser, ana, item):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    made, token = share(ana, Chosen(item, bad), title=bad, note=bad, private_note=bad, reach=bad)
    pages = [visitor.get(f"/s/{token}"), visitor.get(f"/s/{token}/handing-over")]
    pages += [browser.sign_in(ana).get(address) for address in ("/shares", f"/shares/{made.id}")]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;" in page.text
    assert "private" not in pages[0].text


def test_the_token_stands_in_no_log(app, visitor, link, caplog):
    caplog.set_level(logging.DEBUG)
    page = visitor.get(f"/s/{link[1]}")
    visitor.tell(page)
    visitor.press(page, "thanks")
    visitor.client.put(f"/s/{link[1]}")
    with app.test_request_context(f"/s/{link[1]}/handing-over?pass=abc"):
        try:
            raise ValueError(f"something broke at /s/{link[1]}")
        except ValueError as error:
            app.log_exception((ValueError, error, error.__traceback__))
            app.handle_user_exception(InternalServerError(original_exception=error))
    assert caplog.text.count("something broke at /s/…") >= 2
    assert link[1] not in caplog.text


def test_a_colleague_who_looks_is_told_and_not_counted(browser, ana, link):
    page = browser.sign_in(ana).get(f"/s/{link[1]}")
    assert "your visit isn’t counted" in page.text
    assert "data-opens" not in page.text


@pytest.mark.parametrize(
    ("state", "said"),
    [("archived", "no longer in the library"), ("expired", "Its time is over"), ("internal", "colleagues only now")],
)
def test_what_is_taken_back_shows_a_friendly_notice(visitor, browser, ana, item, link, state, said):
    if state == "archived":
        library.archive(item)
    elif state == "expired":
        item.state = ItemState.EXPIRED
    else:
        item.is_internal = True
    page = visitor.get(f"/s/{link[1]}")
    assert page.status_code == 200
    assert "We have taken this back" in page.text
    assert "late" not in page.text
    assert ("Handing over" in page.text) is (state == "expired")
    assert f"{said}; visitors see a notice" in browser.sign_in(ana).get("/shares").text


def test_a_notice_tells_no_title_that_was_given_later(visitor, marketer, ana, item, link):
    _made, room = share(ana, item, title="A room")
    wording = lib.wording("How Larch nearly left us", source="It was late.", summary="For us alone.")
    library.write(item, wording, change="", base_number=item.revision, by=of(marketer), now=NOON)
    library.publish(item, now=NOON)
    for is_internal, expires_at in ((True, None), (False, NOON)):
        item.is_internal, item.expires_at = is_internal, expires_at
        db.session.commit()
        for token in (link[1], room):
            page = visitor.get(f"/s/{token}")
            assert page.status_code == 200
            assert "Larch" not in page.text
            assert "For us alone" not in page.text


def test_an_item_that_expires_shows_its_notice_from_its_minute_without_a_worker(visitor, item, link):
    item.expires_at = NOON + timedelta(minutes=1)
    db.session.commit()
    assert "late" in visitor.get(f"/s/{link[1]}").text
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        page = visitor.get(f"/s/{link[1]}")
    assert page.status_code == 200
    assert "late" not in page.text
