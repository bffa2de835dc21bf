from datetime import timedelta

import pytest

from portal.clients import queries, services
from portal.clients.models import ClientService, Use, UseChange
from portal.db import db
from portal.errors import Refused
from tests.clients import make_clients as make
from tests.make import NOON


@pytest.fixture
def larch(ana):
    return make.client(ana, "Larch Logistics", steward=ana)


@pytest.fixture
def audit(tax):
    return make.service("Statutory audit", tax.key)


def at(client, service):
    return f"/clients/{client.id}/services/{service.id}"


def stands(client, service):
    row = db.session.get(ClientService, (client.id, service.id))
    return row.use if row else None


def test_it_says_how_a_client_stands(browser, ana, larch, audit):
    page = browser.sign_in(ana).submit(at(larch, audit), use="could-use", note="They sighed.")
    assert "Could use" in page.text
    assert "They sighed." in page.text
    assert "said by Ana Ferreira" in page.text
    assert stands(larch, audit) == Use.COULD_USE


def test_anybody_may_say_it(browser, charlie, larch, audit):
    browser.sign_in(charlie).submit(at(larch, audit), use="uses")
    assert stands(larch, audit) == Use.USES


def test_saying_the_same_twice_changes_nothing(ana, larch, audit):
    make.use(larch, audit, Use.USES, ana)
    make.use(larch, audit, Use.USES, ana, seen=0)
    assert len(queries.history(larch.id, audit.id)) == 1


def test_two_tabs_never_overwrite_silently(browser, ana, ben, larch, audit):
    make.use(larch, audit, Use.OFFERED, ben)
    page = browser.sign_in(ana).post(at(larch, audit), use="declined", note="No", seen="0")
    assert page.status_code == 422
    assert "Somebody said otherwise" in page.text
    assert "No" in page.text
    assert stands(larch, audit) == Use.OFFERED


def test_the_page_that_is_handed_back_can_be_sent(browser, ana, ben, larch, audit):
    make.use(larch, audit, Use.OFFERED, ben)
    browser.sign_in(ana).post(at(larch, audit), use="declined", seen="0")
    browser.submit(at(larch, audit), use="declined")
    assert stands(larch, audit) == Use.DECLINED


def test_a_version_seen_before_it_was_taken_away_and_said_again_is_old(ana, ben, larch, audit, viewer):
    make.use(larch, audit, Use.OFFERED, ana)
    seen = queries.last_changes([larch.id])[larch.id, audit.id]
    make.use(larch, audit, None, ben)
    make.use(larch, audit, Use.OFFERED, ben)
    with pytest.raises(Refused):
        services.set_use(larch.id, audit.id, Use.DECLINED, seen=seen, by=viewer(ana), now=NOON)


def test_the_last_change_is_taken_back(browser, ana, larch, audit):
    make.use(larch, audit, Use.USES, ana)
    make.use(larch, audit, Use.DECLINED, ana)
    last = queries.history(larch.id, audit.id)[0]
    address = f"{at(larch, audit)}/changes/{last.id}/take-back"
    browser.sign_in(ana).post(address)
    assert stands(larch, audit) == Use.USES
    browser.post(address)
    assert stands(larch, audit) == Use.USES
    assert len(queries.history(larch.id, audit.id)) == 3


def test_an_older_change_is_not_taken_back(browser, ana, larch, audit):
    make.use(larch, audit, Use.USES, ana)
    first = queries.history(larch.id, audit.id)[0]
    make.use(larch, audit, Use.DECLINED, ana)
    answer = browser.sign_in(ana).post(f"{at(larch, audit)}/changes/{first.id}/take-back")
    assert answer.status_code == 422
    assert stands(larch, audit) == Use.DECLINED


def test_the_matrix_sets_a_cell_in_place(browser, ana, larch, audit):
    answer = browser.sign_in(ana).post(f"{at(larch, audit)}/set", use="offered", seen="0")
    assert answer.json["mark"] == "Offered"
    again = browser.post(f"{at(larch, audit)}/set", use="", seen=str(answer.json["seen"]))
    assert again.json["said"] == "Nobody has said"
    assert stands(larch, audit) is None


def test_a_form_without_a_state_takes_nothing_away(browser, ana, larch, audit):
    make.use(larch, audit, Use.USES, ana)
    seen = queries.last_changes([larch.id])[larch.id, audit.id]
    assert browser.sign_in(ana).post(f"{at(larch, audit)}/set", seen=str(seen)).status_code == 422
    assert browser.post(at(larch, audit), seen=str(seen)).status_code == 422
    assert browser.post(at(larch, audit), use="often", seen=str(seen)).status_code == 422
    assert stands(larch, audit) == Use.USES


def test_what_is_not_there_is_404(browser, ana, larch, audit):
    browser.sign_in(ana)
    assert browser.get(f"/clients/{larch.id}/services/99999").status_code == 404
    assert browser.get(f"/clients/99999/services/{audit.id}").status_code == 404


def test_a_flag_stands_before_anything_is_offered(browser, ana, larch, audit):
    browser.sign_in(ana).post(
        f"/clients/{larch.id}/flags", kind="do-not-approach", reason="A fee is in dispute", from_on="2026-03-01"
    )
    page = browser.get(at(larch, audit)).text
    assert page.index("A fee is in dispute") < page.index("Log as an opportunity")
    assert "kind=cross-sell" in page


def test_every_change_is_kept(ana, larch, audit):
    for use in (Use.COULD_USE, Use.OFFERED, Use.USES, None):
        make.use(larch, audit, use, ana)
    rows = db.session.query(UseChange).order_by(UseChange.id).all()
    assert [row.before for row in rows] == [None, Use.COULD_USE, Use.OFFERED, Use.USES]


def test_the_matrix_and_the_client_say_since_when_and_who_said_so(browser, ana, ben, larch, audit):
    make.use(larch, audit, Use.USES, ben, now=NOON - timedelta(days=30))
    browser.sign_in(ana)
    assert "Uses since 2 February, Ben Okoro" in browser.get("/clients/matrix").text
    page = browser.get(f"/clients/{larch.id}").text
    assert "since 2 February, Ben Okoro" in page
    seen = queries.last_changes([larch.id])[larch.id, audit.id]
    answer = browser.post(f"{at(larch, audit)}/set", use="declined", seen=str(seen))
    assert answer.json["said"] == "Declined since today, Ana Ferreira"
