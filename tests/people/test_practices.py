"""Growing and pruning the tree of practices."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.access import Role
from portal.accounts import tree
from portal.accounts.models import Practice
from portal.accounts.services import grant
from portal.audit.models import AuditEvent
from portal.counters import services as counters
from portal.db import db
from tests import make

TREE = "/people/practices"


def named(name):
    return db.session.query(Practice).filter_by(name=name).one()


def test_the_page_shows_the_tree_with_counts(browser, admin, ana, ben, leader, charlie):
    page = browser.sign_in(admin).get(TREE).text
    assert page.index(">Firm<") < page.index(">Law<") < page.index(">Tax<") < page.index(">Corporate tax<")
    assert "1 people of Tax" in page
    assert '<td class="number">3</td>' in page


def test_it_adds_below_another_with_a_key_from_the_name(browser, admin, tax):
    browser.sign_in(admin).post(f"{TREE}/new", name="Zölle & Steuern", key="", below_id=tax.id)
    made = named("Zölle & Steuern")
    assert (made.key, made.parent_id, made.path) == ("zolle-steuern", tax.id, f"{tax.path}{made.id}/")


def test_keys_are_unique(browser, admin, tax, law):
    browser.sign_in(admin)
    for below in (tax, law):
        browser.post(f"{TREE}/new", name="Deals", key="", below_id=below.id)
    assert {row.key for row in db.session.query(Practice).filter_by(name="Deals")} == {"deals", "deals-2"}
    answer = browser.post(f"{TREE}/new", name="More deals", key="deals", below_id=law.id)
    assert answer.status_code == 422
    assert "has this key" in answer.text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": ""}, "This is needed."),
        ({"name": "x" * 101}, "under 100"),
        ({"key": "No Key"}, "small letters"),
        ({"key": "-a"}, "small letters"),
        ({"below_id": "999999"}, "Not a valid choice"),
        ({"name": "tax"}, "of this name in the same place"),
    ],
)
def test_it_explains_what_will_not_do(browser, admin, firm, tax, fields, reason):
    answer = browser.sign_in(admin).post(f"{TREE}/new", **{"name": "New", "key": "", "below_id": firm.id, **fields})
    assert answer.status_code == 422
    assert reason in answer.text


def test_renaming_keeps_key_and_place(browser, admin, tax):
    before = tax.key, tax.path
    browser.sign_in(admin).submit(f"{TREE}/{tax.id}", name="Tax & Duties")
    assert tax.name == "Tax & Duties"
    assert (tax.key, tax.path) == before


def test_moving_takes_the_whole_subtree_along(browser, admin, tax, corporate_tax, law):
    browser.sign_in(admin).submit(f"{TREE}/{tax.id}", below_id=law.id)
    assert tax.path == f"{law.path}{tax.id}/"
    assert corporate_tax.path == f"{law.path}{tax.id}/{corporate_tax.id}/"
    assert db.session.query(AuditEvent).filter_by(action="practice moved", subject="Tax").count() == 1


def test_moving_to_the_top(browser, admin, tax, corporate_tax):
    browser.sign_in(admin).submit(f"{TREE}/{tax.id}", below_id="0")
    assert (tax.path, corporate_tax.path) == (f"/{tax.id}/", f"/{tax.id}/{corporate_tax.id}/")


def test_leaders_see_what_was_moved_below_them(browser, admin, tax, law, leader):
    browser.sign_in(admin).submit(f"{TREE}/{law.id}", below_id=tax.id)
    assert law.path.startswith(tax.path)


@pytest.mark.parametrize("below", ["tax", "corporate_tax"])
def test_no_practice_comes_below_itself(browser, admin, request, tax, below):
    where = request.getfixturevalue(below)
    before = where.path
    answer = browser.sign_in(admin).submit(f"{TREE}/{tax.id}", below_id=where.id)
    assert answer.status_code == 422
    assert where.path == before


def test_it_removes_an_empty_one(browser, admin, tax):
    empty = make.practice("Empty", tax)
    counters.moved("people", practice_id=empty.id, n=1)
    counters.moved("people", practice_id=empty.id, n=-1)
    browser.sign_in(admin).post(f"{TREE}/{empty.id}/remove")
    assert db.session.query(Practice).filter_by(name="Empty").count() == 0


def with_people(practice):
    make.person(practice=practice, is_active=False)


def with_below(practice):
    make.practice("Below", practice)


def with_leader(practice):
    grant(make.person(), Role.LEADER, practice)


def with_figures(practice):
    counters.happened("drills", practice_id=practice.id, on=make.TODAY)


@pytest.mark.parametrize(
    ("fill", "reason"),
    [(with_people, "people in"), (with_below, "below this"), (with_leader, "leads or"), (with_figures, "figures or")],
)
def test_it_keeps_one_that_is_not_empty_and_says_why(browser, admin, tax, fill, reason):
    kept = make.practice("Kept", tax)
    fill(kept)
    answer = browser.sign_in(admin).post(f"{TREE}/{kept.id}/remove")
    assert answer.status_code == 422
    assert reason in answer.text
    assert named("Kept")


@given(some.lists(some.integers(0, 30), max_size=30))
def test_in_order_everything_follows_its_parent(parents):
    rows = [Practice(id=1, key="k1", name="Firm", path="/1/")]
    for number, parent in enumerate(parents, 2):
        above = rows[parent % len(rows)]
        rows.append(Practice(id=number, key=f"k{number}", name=f"N{parent}", path=f"{above.path}{number}/"))
    branches = tree.ordered(reversed(rows))
    seen = [branch.path for branch in branches]
    assert all(
        path == "/1/" or tree.ids(path)[-2] in {tree.ids(other)[-1] for other in seen[:place]}
        for place, path in enumerate(seen)
    )
    assert tree.totals(branches, dict.fromkeys(range(1, len(rows) + 1), 1))[1] == len(rows)
