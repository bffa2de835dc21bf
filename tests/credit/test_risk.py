"""What would be left without a second relationship."""

import csv
import io

import pytest

from portal.clients.models import Client
from portal.network.models import Contact
from portal.pipeline.models import Direction, OpportunityKind
from tests.credit.make_credit import as_, share, won
from tests.make import NOON, TODAY, saved
from tests.pipeline.make_pipeline import opportunity


def client(name, practice, steward=None):
    return saved(
        Client(
            name=name,
            match_name=name.casefold(),
            practice_id=practice.id,
            steward_id=steward and steward.id,
            added_on=TODAY,
            created_at=NOON,
            changed_at=NOON,
        )
    )


def contact(owner, of, *, is_shown):
    return saved(
        Contact(
            owner_id=owner.id,
            name="A contact",
            client_id=of.id,
            is_shown_at_client=is_shown,
            tags=[],
            created_at=NOON,
            changed_at=NOON,
        )
    )


def deal(person, of):
    row = opportunity(person, kind=OpportunityKind.CROSS_SELL, organisation=of.name)
    row.client_id = of.id
    return row


@pytest.fixture
def alone(ana, tax):
    """Ana brings in most, and looks after one client alone."""
    won(ana, organisation="Brought in")
    return client("Larch Logistics", tax, ana)


def page(browser, person):
    return browser.get(f"/team/rainmaker-risk/people/{person.id}").text


def test_the_page_says_how_much_hangs_on_whom(browser, alone, ana, ben, leader):
    won(ben, value=100_000, organisation="Elm")
    deal(ana, alone)
    found = browser.sign_in(leader).get("/team/rainmaker-risk").text
    assert "One person carries half of what was brought in, and the largest share is 91%" in found
    assert "1 client and 1 open opportunity worth €12,500 would know nobody else" in found
    assert "nothing hangs on them alone" in found
    assert "Larch Logistics" in page(browser, ana)


@pytest.mark.parametrize("second", ["steward", "owner", "holder", "shown contact"])
def test_a_second_relationship_counts(browser, alone, ana, ben, leader, tax, second):
    of = client("Elm", tax) if second == "steward" else alone
    deal(ana, of)
    if second == "steward":
        of.steward_id = ben.id
    elif second == "owner":
        deal(ben, of)
    elif second == "holder":
        row = deal(ana, of)
        share(row, ana, {as_(ana): 5000, as_(ben): 5000})
    else:
        contact(ben, of, is_shown=True)
    found = page(browser.sign_in(leader), ana)
    assert of.name not in found.partition("<h2>Open")[0]


def test_who_left_is_no_second_relationship_and_hidden_contacts_are_not_looked_at(browser, alone, ana, ben, leader):
    deal(ben, alone)
    contact(leader, alone, is_shown=False)
    ben.is_active = False
    assert "Larch Logistics" in page(browser.sign_in(leader), ana)


def test_the_list_can_be_taken_away(browser, alone, ana, leader):
    deal(ana, alone)
    answer = browser.sign_in(leader).get(f"/team/rainmaker-risk/people/{ana.id}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [(row["What"], row["Name"]) for row in rows] == [
        ("Client", "Larch Logistics"),
        ("Open opportunity", "Larch Logistics"),
    ]


def test_it_is_for_leaders_of_the_practice_alone(browser, alone, ana, charlie, other_leader):
    address = f"/team/rainmaker-risk/people/{ana.id}"
    assert browser.sign_in(other_leader).get(address).status_code == 404
    assert browser.get(address + ".csv").status_code == 404
    assert browser.sign_in(charlie).get(address).status_code == 403


def test_what_is_given_away_is_nobodys_to_lose(browser, alone, ana, leader):
    opportunity(ana, direction=Direction.GIVEN, organisation="Given Away", contact="Ivo Lind")
    assert "Given Away" not in page(browser.sign_in(leader), ana)


def test_a_win_without_a_value_is_not_said_to_be_none(browser, ana, leader):
    won(ana, value=None)
    found = browser.sign_in(leader).get("/team/rainmaker-risk").text
    assert "Nothing with a value was won here" in found


def test_a_leader_finds_it_from_the_persons_page(browser, alone, ana, leader):
    address = f"/team/rainmaker-risk/people/{ana.id}"
    assert f'href="{address}"' in browser.sign_in(leader).get(f"/team/people/{ana.id}").text
    assert browser.get(address).status_code == 200


def test_a_small_firm_counted_by_hand(browser, ana, ben, leader, coach):
    """50, 30 and 20 percent: H = 0.25 + 0.09 + 0.04 = 0.38, normalised (0.38 - 1/3) / (2/3) = 0.07."""
    for person, value in ((ana, 5_000_000), (ben, 3_000_000), (coach, 2_000_000)):
        won(person, value=value, organisation=f"Won by {person.name}")
    found = browser.sign_in(leader).get("/team/rainmaker-risk").text
    figures = found.partition('<ul class="figures">')[2].partition("</ul>")[0]
    for words in ("50%", "1 of 3", "0.07", "plain index is 0.38", "€100,000"):
        assert words in figures
    assert "One person carries half of what was brought in, and the largest share is 50%: that hangs on few." in found
    quarter = found.partition("Quarter by quarter")[2]
    assert "0.380" in quarter
    assert "0.070" in quarter
