"""What to do next about a light that isn't green."""

import pytest

from portal.asking import steps
from portal.asking.lights import Reason
from portal.asking.rules import Colour
from portal.asking.steps import Place

BARE = Place("/pipeline/1/facts", "referral-request")
FULL = Place("/pipeline/1/facts", "cross-sell", 7, 8, True, "Ben Okoro", "ben@example.org")
RED, UNKNOWN = Colour.RED, Colour.UNKNOWN


@pytest.mark.parametrize(
    ("needs", "colour", "place", "url"),
    [
        ("flag-do-not-approach", UNKNOWN, BARE, "/pipeline/1/facts"),
        ("flag-do-not-approach", RED, FULL, "/clients/8"),
        ("flag-ask-first", Colour.AMBER, FULL, "mailto:ben@example.org"),
        ("certification", RED, BARE, "/certification"),
        ("worksheet", UNKNOWN, FULL, "/worksheets/cross-sell/new"),
        ("service-owner", UNKNOWN, BARE, "/pipeline/1/facts"),
        ("last-contact", UNKNOWN, BARE, "/pipeline/1/facts"),
        ("last-contact", RED, FULL, "/log?contact=7"),
        ("fee", UNKNOWN, BARE, "#q-fee"),
    ],
)
def test_there_is_a_way_on(needs, colour, place, url):
    assert steps.after(Reason("rule", needs, colour, ""), place, {"fee"}).url == url


def test_what_only_others_can_do_has_none():
    assert steps.after(Reason("rule", "fee", RED, ""), BARE, set()) is None
    assert steps.after(Reason("rule", "fee", Colour.GREEN, ""), BARE, {"fee"}) is None
