"""Links that open with a passcode."""

from datetime import timedelta

import time_machine

from tests.make import NOON
from tests.sharing.make_sharing import Visitor, share


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


def test_a_new_passcode_or_address_lets_people_try_afresh_and_the_sender_sees_why(app, browser, visitor, ana, item):
    made, token = share(ana, item, passcode="harbour light")
    page = visitor.get(f"/s/{token}")
    for n in range(6):
        visitor.press(page, "passcode", passcode=f"guess {n}")
    assert "5 wrong ones were tried since yesterday" in browser.sign_in(ana).get(f"/shares/{made.id}").text
    browser.submit(f"/shares/{made.id}/settings", passcode="another one")
    assert visitor.press(page, "passcode", passcode="another one").status_code == 303
    assert "wrong one" not in browser.get(f"/shares/{made.id}").text
    for n in range(6):
        visitor.press(page, "passcode", passcode=f"guess {n}")
    fresh = browser.post(f"/shares/{made.id}/renew", number=1).text.partition("/s/")[2][:43]
    page = visitor.get(f"/s/{fresh}")
    assert visitor.press(page, "passcode", passcode="another one").status_code == 303
