"""What an import would do, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.access import Role
from portal.accounts import zones
from portal.accounts.named import Practices
from portal.accounts.tree import Branch
from portal.people.columns import Row
from portal.people.plan import Firm, Known, Outcome, plan

BRANCHES = [
    Branch(1, "firm", ("Firm",), "/1/"),
    Branch(2, "tax-advisory", ("Firm", "Tax"), "/1/2/"),
    Branch(3, "corporate-tax", ("Firm", "Tax", "Corporate"), "/1/2/3/"),
    Branch(4, "law", ("Firm", "Law"), "/1/4/"),
    Branch(5, "corporate-law", ("Firm", "Law", "Corporate"), "/1/4/5/"),
    Branch(6, "m-and-a", ("Firm", "M&A / Deals, large"), "/1/6/"),
]
FIRM = Firm(Practices(BRANCHES), zones.find)
ANA = Known(7, "Ana Ferreira", 2, "Partner", "Europe/Lisbon", True, frozenset({(Role.COACH, 2)}))
GONE = Known(8, "Gone Away", 4, is_active=False)
PEOPLE = {"ana@example.org": ANA, "gone@example.org": GONE}


def planned(email="ana@example.org", name="Ana Ferreira", practice="Tax", title="", role="", zone=""):
    return plan([Row(2, email, name, practice, title, role, zone)], PEOPLE, FIRM)[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"name": "Ana F."}, "Name: Ana F., was Ana Ferreira"),
        ({"practice": "Law"}, "Practice: Law, was Tax"),
        ({"title": "Counsel"}, "Title: Counsel, was Partner"),
        ({"zone": "asia/tokyo"}, "Time zone: Asia/Tokyo, was Europe/Lisbon"),
        ({"role": "leader"}, "Role: leader of Tax"),
        ({"role": "Leader: Law > Corporate"}, "Role: leader of Law > Corporate"),
        ({"role": "Administrator"}, "Role: admin"),
    ],
)
def test_changes_are_said(row, words):
    assert (planned(**row).outcome, planned(**row).words) == (Outcome.CHANGED, (words,))


@pytest.mark.parametrize(
    "row",
    [{}, {"email": "ANA@Example.org"}, {"name": "", "practice": ""}, {"role": "coach"}, {"role": "practitioner, none"}],
)
def test_what_is_already_so_is_the_same(row):
    assert planned(**row).outcome == Outcome.SAME


@pytest.mark.parametrize(
    ("practice", "id"),
    [
        ("Tax", 2),
        ("tAX", 2),
        ("tax-advisory", 2),
        ("Firm > Tax", 2),
        ("Tax>Corporate", 3),
        ("law / corporate", 5),
        ("Firm > M&A / Deals, large", 6),
        ("corporate-tax", 3),
    ],
)
def test_practices_are_found_by_name_way_and_key(practice, id):
    assert planned("new@example.org", practice=practice).practice_id == id


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"email": ""}, "The e-mail address is missing."),
        ({"email": "ana"}, "“ana” isn't an e-mail address."),
        ({"email": "a@b@c.example"}, "“a@b@c.example” isn't an e-mail address."),
        ({"email": "new@example.org", "name": ""}, "The name is missing."),
        ({"email": "new@example.org", "practice": ""}, "The practice is missing."),
        ({"practice": "Taks"}, "There is no practice called “Taks”. Did you mean “Tax”?"),
        ({"practice": "Zoology"}, "There is no practice called “Zoology”."),
        (
            {"practice": "Corporate"},
            "There are 2 practices called “Corporate”. Write “Tax > Corporate” or “Law > Corporate”.",
        ),
        ({"name": "x" * 201}, "The name is longer than 200 characters."),
        ({"title": "x" * 201}, "The title is longer than 200 characters."),
        ({"email": "x" * 201}, "The e-mail address is longer than 200 characters."),
        ({"zone": "Mars"}, "“Mars” isn't a time zone we know. Write it like Europe/London."),
        (
            {"role": "boss"},
            "“boss” isn't a role. Write one of: practitioner, leader, coach, marketing, admin, executive.",
        ),
        ({"role": "leader: Taks"}, "There is no practice called “Taks”. Did you mean “Tax”?"),
        (
            {"email": "gone@example.org", "name": "Back Again"},
            "This person is deactivated. Reactivate them first, on their page.",
        ),
    ],
)
def test_refusals_say_why(row, reason):
    assert (planned(**row).outcome, planned(**row).words) == (Outcome.REFUSED, (reason,))


def test_every_reason_is_given_once():
    words = planned(email="x", practice="Nowhere", role="boss").words
    assert len(words) == 3


def test_the_second_row_with_an_address_is_refused():
    rows = [Row(2, "n@example.org", "N", "Tax"), Row(3, "N@example.org", "N", "Law"), Row(4, "", "", "")]
    first, second, third = plan(rows, {}, FIRM)
    assert first.outcome == Outcome.NEW
    assert second.words == ("This address is in row 2 already.",)
    assert third.words[0] == "The e-mail address is missing."


def test_somebody_deactivated_whose_facts_agree_is_the_same():
    assert planned("gone@example.org", "Gone Away", "Law").outcome == Outcome.SAME


words = some.one_of(
    some.sampled_from(["", "Tax", "Corporate", "law", "Firm > Law", "boss", "leader", "coach: Law; admin", "UTC"]),
    some.text(max_size=12),
    some.just("x" * 300),
)
emails = some.one_of(
    some.sampled_from(
        ["ana@example.org", "GONE@example.org", "a@example.org", "B@example.org", "c@example.org", "", "bad"]
    ),
    some.text(max_size=8),
)
sheets = some.lists(some.tuples(emails, words, words, words, words, words), max_size=25)


def as_rows(sheet):
    return [Row(number, *cells) for number, cells in enumerate(sheet, 2)]


def applied(people, done):
    after = dict(people)
    for each in done:
        if each.outcome in {Outcome.NEW, Outcome.CHANGED}:
            held = people[each.email].held if each.email in people else frozenset()
            after[each.email] = Known(99, each.name, each.practice_id, each.title, each.zone, True, held | each.granted)
    return after


@given(sheets)
def test_every_row_has_one_outcome_in_order(sheet):
    rows = as_rows(sheet)
    done = plan(rows, PEOPLE, FIRM)
    assert [each.line for each in done] == [row.line for row in rows]
    assert all(each.words for each in done if each.outcome in {Outcome.REFUSED, Outcome.CHANGED})


@given(sheets)
def test_doing_it_and_planning_again_leaves_nothing_to_do(sheet):
    rows = as_rows(sheet)
    done = plan(rows, PEOPLE, FIRM)
    again = plan(rows, applied(PEOPLE, done), FIRM)
    for before, after in zip(done, again, strict=True):
        assert after.outcome == (Outcome.REFUSED if before.outcome == Outcome.REFUSED else Outcome.SAME)


@given(sheets)
def test_nobody_is_planned_twice(sheet):
    done = [each.email for each in plan(as_rows(sheet), PEOPLE, FIRM) if each.outcome != Outcome.REFUSED]
    assert len(done) == len(set(done))
