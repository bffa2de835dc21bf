"""The same person is known again however an address or a number is written, and two people are not taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.network import identity
from portal.network.models import ChannelKind

MAIL, PHONE = ChannelKind.MAIL, ChannelKind.PHONE
COUNTRIES = ("1", "7", "31", "33", "44", "47", "49", "351", "353", "420")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+49 30 123456", "030 123456"),
        ("+49 (0)30 12 34 56", "(030) 123456"),
        ("0049-30-123456", "030/123456"),
        ("+44 20 7946 0018", "020 7946 0018"),
        ("tel:+44-20-7946-0018", "442079460018"),
        ("+47 22 12 34 56", "22123456"),
        ("(+39) 06 1234567", "06 1234567"),
        ("+1 (212) 555-0147", "212.555.0147"),
        ("+1 (212) 555-0147", "1-212-555-0147"),
        ("+44 20 7946 0018", "+44\u00a020\u20117946\u20110018"),
    ],
)
def test_numbers_that_are_the_same(one, other):
    assert identity.normalised(PHONE, one) == identity.normalised(PHONE, other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+49 30 123456", "+49 30 123457"),
        ("020 7946 0018", "020 7946 0019"),
        ("020 7946 0018 ext. 12", "020 7946 0018 ext. 13"),
        ("030 123456", "040 123456"),
    ],
)
def test_numbers_that_are_not(one, other):
    assert identity.normalised(PHONE, one) != identity.normalised(PHONE, other)


@pytest.mark.parametrize("short", ["4711", "ext. 12", "0000000", "+49 30", "", "-"])
def test_what_is_no_number_matches_nobody(short):
    assert identity.normalised(PHONE, short) == ""
    assert identity.match_key("secret", PHONE, short) is None


@given(
    some.sampled_from(COUNTRIES),
    some.text("0123456789", min_size=6, max_size=11),
    some.text(" -./()", max_size=3),
)
def test_every_way_to_a_country_leads_to_one_number(country, rest, between):
    number = "2" + rest
    spread = between.join([number[:3], number[3:6], number[6:]])
    ways = (f"+{country} {spread}", f"00{country}{spread}", f"+{country} (0){spread}", f"0{spread}", spread)
    assert {identity.normalised(PHONE, way) for way in ways} == {number[-9:]}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ruta.Palmgren@Larchmoor.example", "ruta.palmgren@larchmoor.example", True),
        (" mailto:ruta@larchmoor.example ", "ruta@larchmoor.example", True),
        ("ruta+news@larchmoor.example", "ruta@larchmoor.example", True),
        ("jörg@müller.example", "jörg@xn--mller-kva.example", True),
        ("ruta.palmgren@gmail.com", "rutapalmgren@gmail.com", False),
        ("info@larch.example", "info@elm.example", False),
    ],
)
def test_mail_addresses(one, other, same):
    assert (identity.normalised(MAIL, one) == identity.normalised(MAIL, other)) is same


@pytest.mark.parametrize("odd", ["@larch.example", "+news@larch.example", "ruta@", "ruta", "ruta@localhost", "@"])
def test_what_is_no_address_matches_nobody(odd):
    assert identity.normalised(MAIL, odd) == ""
