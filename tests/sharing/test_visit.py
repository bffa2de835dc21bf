"""Somebody outside opens a link."""

import logging
from datetime import timedelta

import pytest
import time_machine

from portal.db import db
from portal.library import services as library
from portal.library.models import ItemState
from portal.sharing import services
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


@pytest.mark.parametrize("end", ["revoked", "expired", "left", "contact gone", "renewed"])
def test_unknown_and_closed_look_the_same(visitor, link, ana, end):
    made, token = link
    if end == "revoked":
        services.revoke(made, now=NOON)
    elif end == "expired":
        made.expires_at = NOON
    elif end == "left":
        ana.is_active = False
    elif end == "contact gone":
        db.session.query(type(made)).update({"contact_id": None})
    else:
        made.token_hash = "0" * 64
    closed, unknown = visitor.get(f"/s/{token}"), visitor.get("/s/" + "x" * 43)
    assert (closed.status_code, closed.data) == (404, unknown.data)
    assert dict(closed.headers) == dict(unknown.headers)
    assert "There is nothing open at this address" in unknown.text


def test_unknown_and_closed_ask_the_database_the_same(visitor, link, budget):
    services.revoke(link[0], now=NOON)
    visitor.get(f"/s/{link[1]}")
    with budget(9) as closed:
        visitor.get(f"/s/{link[1]}")
    with budget(9) as unknown:
        visitor.get("/s/" + "x" * 43)
    assert closed == unknown


def test_a_revoked_link_opens_again_under_the_same_address(browser, visitor, ana, link):
    browser.sign_in(ana)
    browser.post(f"/shares/{link[0].id}/revoke")
    assert visitor.get(f"/s/{link[1]}").status_code == 404
    browser.post(f"/shares/{link[0].id}/open-again")
    assert visitor.get(f"/s/{link[1]}").status_code == 200


def test_a_renewed_link_has_another_address_and_the_old_one_is_dead(browser, visitor, ana, link):
    made, token = link
    page = browser.sign_in(ana).post(f"/shares/{made.id}/renew", number=1)
    fresh = page.text.partition("/s/")[2][:43]
    assert visitor.get(f"/s/{fresh}").status_code == 200
    assert visitor.get(f"/s/{token}").status_code == 404
    assert browser.post(f"/shares/{made.id}/renew", number=1).status_code == 302
    assert visitor.get(f"/s/{fresh}").status_code == 200


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


def test_a_passcode_is_asked_for_and_opens_for_half_an_hour_without_a_cookie(visitor, ana, item):
    _made, token = share(ana, item, passcode="harbour light")
    page = visitor.get(f"/s/{token}")
    assert "late" not in page.text
    answer = visitor.press(page, "passcode", passcode="harbour light")
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer.headers
    assert "<strong>late</strong>" in visitor.get(answer.location).text
    with time_machine.travel(NOON + timedelta(minutes=31), tick=False):
        assert "<strong>late</strong>" not in visitor.get(answer.location).text
    assert "A passcode, please" in visitor.get(f"/s/{token}?pass=made-up").text


def test_a_pass_is_good_for_its_own_link_and_passcode_alone(browser, visitor, ana, item):
    made, token = share(ana, item, passcode="harbour light")
    _other, elsewhere = share(ana, item, passcode="harbour light")
    answer = visitor.press(visitor.get(f"/s/{token}"), "passcode", passcode="harbour light")
    query = answer.location.partition("?")[2]
    assert "A passcode, please" in visitor.get(f"/s/{elsewhere}?{query}").text
    browser.sign_in(ana).submit(f"/shares/{made.id}/settings", passcode="another one")
    assert "A passcode, please" in visitor.get(answer.location).text


def test_a_wrong_passcode_is_counted_and_after_five_one_waits(app, visitor, ana, item):
    _made, token = share(ana, item, passcode="harbour light")
    page = visitor.get(f"/s/{token}")
    answers = [visitor.press(page, "passcode", passcode=f"guess {n}").status_code for n in range(7)]
    assert answers == [422] * 5 + [429] * 2
    assert visitor.press(page, "passcode", passcode="harbour light").status_code == 429
    elsewhere = Visitor(app, address="198.51.100.9")
    assert elsewhere.press(page, "passcode", passcode="harbour light").status_code == 303
    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        assert visitor.press(page, "passcode", passcode="harbour light").status_code == 303


def test_a_link_that_is_guessed_at_from_everywhere_waits_too(app, ana, item):
    _made, token = share(ana, item, passcode="harbour light")
    people = [Visitor(app, address=f"198.51.100.{n}") for n in range(11)]
    page = people[0].get(f"/s/{token}")
    codes = [somebody.press(page, "passcode", passcode="no").status_code for somebody in people for _ in range(2)]
    assert codes == [422] * 20 + [429] * 2


def test_who_tries_many_addresses_waits(app, visitor, link):
    codes = [visitor.get(f"/s/{'x' * 42}{n}").status_code for n in range(32)]
    assert codes == [404] * 30 + [429] * 2
    assert visitor.get(f"/s/{link[1]}").status_code == 429
    assert Visitor(app, address="198.51.100.9").get(f"/s/{link[1]}").status_code == 200


def test_the_token_stands_in_no_log(app, visitor, link, caplog):
    caplog.set_level(logging.DEBUG)
    page = visitor.get(f"/s/{link[1]}")
    visitor.tell(page)
    visitor.press(page, "thanks")
    visitor.client.put(f"/s/{link[1]}")
    with app.test_request_context(f"/s/{link[1]}/handing-over?pass=abc"):
        try:
            raise ValueError("something broke")
        except ValueError as error:
            app.log_exception((ValueError, error, error.__traceback__))
    assert "something broke" in caplog.text
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
    assert f"{said}; visitors see a notice" in browser.sign_in(ana).get("/shares").text


def test_an_item_that_expires_shows_its_notice_from_its_minute_without_a_worker(visitor, item, link):
    item.expires_at = NOON + timedelta(minutes=1)
    db.session.commit()
    assert "late" in visitor.get(f"/s/{link[1]}").text
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        page = visitor.get(f"/s/{link[1]}")
    assert page.status_code == 200
    assert "late" not in page.text
