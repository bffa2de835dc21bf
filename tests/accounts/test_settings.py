"""What people say about themselves, and where they are signed in."""

import pytest

from portal.accounts import browsers, zones
from portal.audit.models import AuditEvent
from portal.db import db


def test_name_and_time_zone_are_saved(browser, ana):
    page = browser.sign_in(ana).submit("/settings", name="Ana F. Ferreira", zone="Asia/Tokyo")
    assert "Saved." in page.text
    assert (ana.name, ana.zone) == ("Ana F. Ferreira", "Asia/Tokyo")
    assert db.session.query(AuditEvent).filter_by(action="own facts changed").count() == 1


def test_the_page_tells_the_time_in_that_zone(browser, ana):
    browser.sign_in(ana).submit("/settings", zone="Asia/Tokyo")
    assert "since 4 March 2026, 21:00" in browser.get("/settings").text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": " "}, "This is needed."),
        ({"zone": "Moon/Base"}, "Not a valid choice"),
        ({"version": "7"}, "your page was open"),
    ],
)
def test_what_will_not_do_is_explained(browser, ana, fields, reason):
    answer = browser.sign_in(ana).submit("/settings", **fields)
    assert answer.status_code == 422
    assert reason in answer.text


def test_a_refused_password_leaves_the_rest_of_the_page(browser, ana):
    answer = browser.sign_in(ana).post("/settings/password", old="x", password="y", again="z")
    assert answer.status_code == 422
    assert 'value="Ana Ferreira"' in answer.text


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_browsers_are_named_plainly(agent, said):
    assert browsers.said(agent) == said


@pytest.mark.parametrize("text", ["America/New_York", "america/new york", "AMERICA/NEW_YORK"])
def test_zones_are_found_however_they_are_spelled(text):
    assert zones.find(text) == "America/New_York"
