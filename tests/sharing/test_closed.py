"""Addresses that lead nowhere, for whatever reason: one friendly page, and nothing to be learnt from it."""

import pytest

from portal.db import db
from portal.library.models import Revision
from portal.sharing import services
from tests.make import NOON
from tests.sharing.make_sharing import Visitor


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


@pytest.mark.parametrize(
    "place",
    ["short", "x" * 300, "", "%00", "<script>", "x/y/z", "x/files/no-hash/a.png", f"{'x' * 43}/files/{'0' * 64}/"],
)
def test_a_damaged_address_looks_like_any_other_that_leads_nowhere(visitor, browser, ana, place):
    damaged, unknown = visitor.get(f"/s/{place}"), visitor.get("/s/" + "x" * 43)
    assert (damaged.status_code, damaged.data) == (404, unknown.data)
    assert dict(damaged.headers) == dict(unknown.headers)
    assert damaged.headers["X-Robots-Tag"].startswith("noindex")
    assert browser.sign_in(ana).get(f"/s/{place}").data == unknown.data


@pytest.mark.parametrize("sign", [".", ")", "%3E", "%20", "%0A", "/", "%E2%80%9D.", ",%0D%0A"])
def test_a_sign_that_a_mail_program_put_behind_it_does_no_harm(visitor, link, sign):
    for token in (link[1], "x" * 43):  # known or not, so that it tells nobody anything
        answer = visitor.get(f"/s/{token}{sign}")
        assert (answer.status_code, answer.location) == (302, f"/s/{token}")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_what_no_form_sends_gets_the_same_page(visitor, link, method):
    answer = getattr(visitor.client, method)(f"/s/{link[1]}")
    assert answer.status_code == 404
    assert "There is nothing open at this address" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_failure_of_ours_shows_visitors_nothing_of_the_portal(visitor, link, item):
    db.session.query(Revision).update({"facts": None, "kind": "case-study"})
    page = visitor.get(f"/s/{link[1]}")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert "Go to Today" not in page.text


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


def test_who_tries_many_addresses_waits(app, visitor, link):
    codes = [visitor.get(f"/s/{'x' * 42}{n}").status_code for n in range(32)]
    assert codes == [404] * 30 + [429] * 2
    assert visitor.get(f"/s/{link[1]}").status_code == 429
    assert Visitor(app, address="198.51.100.9").get(f"/s/{link[1]}").status_code == 200
