import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clients.models import Use
from portal.stewardship.raising import what_to_raise
from portal.stewardship.reach import last_months, picture, reading
from tests.clients import make_clients as make
from tests.make import NOON

YEAR = last_months(2026, 3)


@pytest.fixture
def clients(ana, charlie, law):
    """Six in Tax, five of whom use a service; one in Law that uses nothing."""
    audit = make.service("Statutory audit")
    long_ago = NOON - timedelta(days=200)
    ours = [make.client(ana, f"Client {n}", steward=ana, industry="Logistics", now=long_ago) for n in range(6)]
    for client in ours[:5]:
        make.use(client, audit, Use.USES, ana)
    make.client(charlie, "Law client", law, industry="Logistics")
    return ours


def test_it_shows_penetration_and_white_space(browser, leader, clients):
    page = browser.sign_in(leader).get("/clients/penetration").text
    assert "A client uses 0.8 of our services on average, up from 0.0 in August 2025." in page
    assert "5 of 6, 83%" in page
    assert "Statutory audit" in page
    assert ">6<" in page


def test_the_firm_holds_all_below_it(browser, executive, clients):
    page = browser.sign_in(executive).get("/clients/penetration").text
    assert "5 of 7, 71%" in page


def test_practices_stand_side_by_side(browser, executive, clients, tax):
    page = browser.sign_in(executive).get("/clients/penetration").text
    row = page.partition(f"practice={tax.id}")[2].partition("</tr>")[0]
    assert [n in row for n in (">6<", ">5<", ">0.8<")] == [True] * 3


def test_its_white_space_opens_into_clients(browser, executive, clients):
    page = browser.sign_in(executive).get("/clients/penetration").text
    address = page.partition('href="/clients?')[2].partition('"')[0].replace("&amp;", "&")
    shown = browser.get(f"/clients?{address}").text
    assert "Client 5" in shown
    assert "Law client" in shown
    assert "Client 1" not in shown


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("executive", 200), ("marketer", 200), ("ana", 404)])
def test_who_sees_it(browser, request, tax, who, status):
    browser.sign_in(request.getfixturevalue(who))
    assert browser.get("/clients/penetration").status_code == status
    assert browser.get("/clients/penetration.csv").status_code == status


def test_a_leader_sees_their_own_practices_only(browser, leader, law, corporate_tax):
    browser.sign_in(leader)
    assert browser.get("/clients/penetration", practice=corporate_tax.id).status_code == 200
    assert browser.get("/clients/penetration", practice=law.id).status_code == 404


def test_it_says_when_there_is_none(browser, leader):
    assert "No clients here yet" in browser.sign_in(leader).get("/clients/penetration").text


def test_it_is_taken_elsewhere(browser, leader, clients):
    browser.sign_in(leader)
    assert "Statutory audit,6,5,0,0,0,0,83" in browser.get("/clients/penetration.csv").text
    assert browser.get("/clients/penetration.xlsx").data[:2] == b"PK"


def test_it_costs_the_same_however_many_clients(browser, leader, ana, clients, budget):
    for number in range(20):
        make.client(ana, f"Another {number}")
    browser.sign_in(leader)
    with budget(7):
        browser.get("/clients/penetration")


def test_months_go_over_the_turn_of_the_year():
    assert (YEAR[0], YEAR[-1], len(YEAR)) == ("2025-04", "2026-03", 12)
    assert "2025-12" in YEAR
    assert "2026-01" in YEAR


def test_the_reading_says_what_the_curve_shows():
    def at(*added):
        totals = [("clients", "", "", 10), ("clients-added", "", "2020-01", 10)]
        return picture([*totals, *(("uses-added", "", month, n) for month, n in added)], [], YEAR)

    said = at(("2020-01", 10), ("2026-02", 5))
    assert reading(said.months, 10) == "A client uses 1.5 of our services on average, up from 1.0 in April 2025."
    steady = at(("2020-01", 10))
    assert reading(steady.months, 10) == "A client uses 1.0 of our services on average, as in April 2025."
    assert "no clients" in reading(steady.months, 0)


@given(st.lists(st.integers(0, 9), max_size=30))
def test_the_distribution_holds_every_client_once(counts):
    totals = [("spread", "", str(n), 1) for n in counts] + [("clients", "", "", len(counts))]
    shown = picture(totals, [], YEAR)
    assert sum(n for _, n, _ in shown.spread) == shown.clients == len(counts)
    assert shown.uses == sum(counts)


USES = st.dictionaries(st.integers(1, 5), st.sampled_from(Use))


@given(USES, st.integers(0, 20), st.dictionaries(st.integers(1, 5), st.integers(1, 20)))
def test_nothing_is_raised_that_is_settled_or_without_evidence(here, peers, using):
    services = [(number, f"Service {number}") for number in range(1, 6)]
    for one in what_to_raise(services, here, peers=peers, using=using, industry="Food"):
        assert here.get(one.service_id) in {None, Use.COULD_USE}
        assert one.why
        assert one.is_said or (peers >= 5 and using[one.service_id])


def test_the_parts_of_a_practice_add_up_to_all_of_it(browser, leader, clients, ana, tax):
    make.client(ana, "Led by Tax itself", tax)
    page = browser.sign_in(leader).get("/clients/penetration", practice=tax.id).text
    parts = page.partition("Practice by practice")[2].partition("</table>")[0]
    assert "Tax itself" in parts
    assert [int(n) for n in re.findall(r'data-label="Clients">(\d+)<', parts)] == [1, 6]
    assert ">7<" in page
