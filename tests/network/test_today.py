"""What Today says of the network."""

from datetime import timedelta

from tests.make import NOON, TODAY
from tests.network.make_network import contact, touched


def late(ana, *names):
    return [contact(ana, name, now=NOON - timedelta(days=40)) for name in names]


def test_one_who_is_due_is_named(browser, ana):
    late(ana, "Marta Lund")
    page = browser.sign_in(ana).get("/").text
    assert "Be in touch with Marta Lund" in page
    assert "6 weeks overdue" in page


def test_several_are_one_entry_and_five_are_enough(browser, ana, ben):
    late(ana, *(f"Person {number}" for number in range(9)))
    late(ben, "Not Hers")
    page = browser.sign_in(ana).get("/").text
    assert "Be in touch with five people" in page
    assert "9 are due, five today would do" in page
    assert page.count("Be in touch with") <= 2  # once as words, once for those who don't see


def test_what_was_logged_today_counts(browser, ana):
    rows = late(ana, *(f"Person {number}" for number in range(9)))
    for row in rows[:3]:
        touched(row, ana, TODAY)
    assert "Be in touch with two people" in browser.sign_in(ana).get("/").text
    for row in rows[3:5]:
        touched(row, ana, TODAY)
    page = browser.get("/").text
    assert "Be in touch with" not in page
    assert "Five touches with people you know." in page


def test_nobody_due_is_no_entry(browser, ana):
    touched(contact(ana), ana)
    assert "Be in touch with" not in browser.sign_in(ana).get("/").text
