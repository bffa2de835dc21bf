"""Days as files write them."""

import pytest

from portal.address_book import days
from tests.address_book.make_address_book import on

TWELFTH = (
    "12 Mar 2024|12-Mar-24|2024-03-12|2024/3/12|12. März 2024|12 mars 2024|12 de marzo de 2024|12 marzo 2024|"
    "12 mrt. 2024|12 de mar. de 2024|12 marca 2024|Mar 12, 2024|March 12, 2024|12.03.24|12.3.2024|2024年3月12日|"
    "2024-03-12 00:00:00|12 MAR 2024| 12 Mar 2024 "
)


@pytest.mark.parametrize("text", TWELFTH.split("|"))
def test_they_are_read_in_many_spellings(text):
    assert days.read(text) == on(2024, 3, 12)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *[("1 févr. 2024", 2), ("1 août 2024", 8), ("1 juil. 2024", 7), ("1 juin 2024", 6), ("1 Dez. 2024", 12)],
        *[("1 paź 2024", 10), ("1 września 2024", 9), ("1 mei 2024", 5), ("1 maj 2024", 5), ("1 ene 2024", 1)],
        *[("1 gen 2024", 1), ("1 lug 2024", 7), ("1 set 2024", 9), ("1 out 2024", 10), ("1 Okt 2024", 10)],
    ],
)
def test_months_are_known_in_eight_languages(text, month):
    assert days.read(text) == on(2024, month, 1)


@pytest.mark.parametrize("text", ["", "soon", "31 Feb 2024", "12 Foo 2024", "٣ Mar 2024", "99/99/9999", "9" * 400])
def test_what_is_no_day_is_none(text):
    assert days.read(text) is None


def test_a_column_shows_whether_the_month_comes_first():
    assert days.month_comes_first(["3/12/2024", "3/25/2024"])
    assert not days.month_comes_first(["3/12/2024", "25/3/2024"])
    assert days.read("3/12/2024", month_first=True) == on(2024, 3, 12)
    assert days.read("3/12/2024") == on(2024, 12, 3)
