"""Running the portal is for admins; a stranger finds every page of it closed."""

import re

import pytest

ADDRESSES = [
    "/people",
    "/people/export.csv",
    "/people/export.xlsx",
    "/people/new",
    "/people/1",
    "/people/practices",
    "/people/practices/new",
    "/people/practices/1",
    "/people/import",
    "/people/import/start.csv",
    "/people/imports/1",
    "/people/imports/1/progress",
    "/people/imports/1/refused.csv",
    "/people/audit",
    "/people/audit.csv",
    "/people/mail",
    "/people/jobs",
]


def every_address(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("people."):
            for method in rule.methods & {"GET", "POST"}:
                yield method, re.sub(r"<int:[a-z_]+>", "1", rule.rule)


@pytest.mark.parametrize("who", ["ana", "leader", "marketer", "executive"])
def test_only_admins_come_in(app, browser, request, who):
    browser.sign_in(request.getfixturevalue(who))
    for method, address in every_address(app):
        answer = browser.get(address) if method == "GET" else browser.post(address)
        assert answer.status_code == 403, (method, address)


def test_nobody_comes_in_without_signing_in(browser):
    for address in ADDRESSES:
        assert browser.get(address).location.startswith("/sign-in"), address


@pytest.mark.parametrize(
    "address",
    [
        "/people/999999",
        "/people/practices/999999",
        "/people/imports/999999",
        "/people/imports/999999/progress",
        "/people/imports/999999/refused.csv",
    ],
)
def test_what_is_not_there_is_not_found(browser, admin, address):
    assert browser.sign_in(admin).get(address).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"words": "\x00"},
        {"words": "%_'\\"},
        {"words": "x" * 5000},
        {"practice_id": "abc"},
        {"practice_id": "999999999999999999999"},
        {"practice_id": "١"},
        {"role": "boss"},
        {"state": "gone"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"since": "0001-01-01"},
        {"since": "yesterday"},
        {"action": "\x00"},
        {"outcome": "odd"},
        {"below_id": "x"},
    ],
)
def test_odd_addresses_do_no_harm(browser, admin, query):
    browser.sign_in(admin)
    for address in ADDRESSES:
        assert browser.get(address, **query).status_code in {200, 404}, address
