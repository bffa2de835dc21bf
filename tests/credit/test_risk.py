"""What would be left without a second relationship."""

import csv
import io

import pytest

from portal.clients.models import Client
from portal.network.models import Contact
from portal.pipeline.models import OpportunityKind
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
