"""A contact is its owner's alone: to everybody else, leaders and admins too, it isn't there."""

import pytest

from portal.accounts.viewer import of
from portal.network import sharing
from tests.make import NOON
from tests.network.make_network import contact, touched


@pytest.fixture
def hers(ana, ben):
    """A contact with a touch and a share."""
    row = contact(ana, "Marta Lund", notes="A secret", organisation="Larch", cares_about="Ports")
    touch = touched(row, ana, note="Another secret")
    share = sharing.share(row, colleague="Ben Okoro", colleague_id=ben.id, note="Ask her", by=of(ana), now=NOON)
    return row, touch, share


@pytest.mark.parametrize("who", ["ben", "charlie", "leader", "admin", "executive"])
def test_nobody_else_opens_any_of_its_pages(browser, request, hers, who):
    row, touch, share = (each.id for each in hers)
    page = browser.sign_in(request.getfixturevalue(who))
    for address in ("", "/facts", "/say", "/share"):
        assert page.get(f"/network/{row}{address}").status_code == 404, address
    pressed = {
        f"{row}/touches": {"kind": "call", "happened_on": "2026-03-04", "key": "0123456789"},
        f"{row}/touches/{touch}/take-back": {},
        f"{row}/pace": {"do": "pause"},
        f"{row}/facts": {"name": "Mine"},
        f"{row}/erase": {},
        f"{row}/share": {"colleague": "x"},
        f"{row}/shares/{share}/end": {},
    }
    for address, fields in pressed.items():
        assert page.post(f"/network/{address}", **fields).status_code == 404, address
    for address in ("/network", "/network/picture", "/network/growth", "/network/export.csv"):
        assert "Marta" not in page.get(address).text
    assert page.get("/network/suggestions?q=Marta").json == []


def test_two_ids_in_one_address_are_both_checked(browser, ana, ben, hers):
    other = contact(ben, "Ben's own")
    page = browser.sign_in(ben)
    assert page.post(f"/network/{other.id}/touches/{hers[1].id}/take-back").status_code == 404
    assert page.post(f"/network/{other.id}/shares/{hers[2].id}/end").status_code == 404
    mine = contact(ana, "Another of hers")
    assert page.sign_in(ana).post(f"/network/{mine.id}/touches/{hers[1].id}/take-back").status_code == 404


def test_a_colleague_sees_what_is_shown_and_nothing_private(browser, ben, hers):
    page = browser.sign_in(ben).get("/network/shared").text
    assert "Marta Lund" in page
    assert "Ports" in page
    assert "Ask her" in page
    assert "secret" not in page


def test_a_stranger_is_shown_nothing(browser, charlie, hers):
    page = browser.sign_in(charlie)
    assert "Marta" not in page.get("/network/shared").text
    assert page.post(f"/network/shared/{hers[2].id}/seen").status_code == 404
