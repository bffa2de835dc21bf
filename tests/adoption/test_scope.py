"""The law: a leader sees the people of the practices led and of all below them, and nobody else, on every page."""

import csv
import io
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.access import Role
from portal.adoption import overview
from portal.releases import levels
from tests import make
from tests.adoption.make_adoption import NOON

SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
firms = st.fixed_dictionaries(
    {
        "parents": st.lists(st.integers(0, 9), min_size=1, max_size=7),
        "homes": st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=8),
        "led": st.lists(st.integers(0, 9), max_size=3),
        "coached": st.lists(st.integers(0, 9), max_size=2),
        "is_executive": st.booleans(),
    }
)


class Firm:
    """A random tree, its people, and one leader; earlier ones stay beside it, and must not be seen."""

    def __init__(self, parents, homes, led, coached, is_executive):
        self.practices = [make.practice()]
        for place in parents:
            self.practices.append(make.practice(parent=self._practice(place)))
        self.people = [
            make.person(f"Member {place}", self._practice(place), email=f"m{number}-{self.practices[0].id}@example.org")
            for number, (place, _) in enumerate(homes)
        ]
        for person, (_, is_active) in zip(self.people, homes, strict=True):
            person.is_active = is_active
            if is_active:
                levels.person_joined(person.id, person.practice_id)
        roles = {(Role.LEADER, self._practice(place)) for place in led}
        roles |= {(Role.COACH, self._practice(place)) for place in coached}
        self.led = {practice.id for role, practice in roles if role == Role.LEADER}
        self.leader = make.person(practice=self.practices[0], email=f"leader{self.practices[0].id}@example.org")
        levels.person_joined(self.leader.id, self.practices[0].id)
        for role in roles:
            make.accounts.grant(self.leader, *role)
        self.is_executive = is_executive
        if is_executive:
            make.accounts.grant(self.leader, Role.EXECUTIVE)

    def _practice(self, place):
        return self.practices[place % len(self.practices)]

    def sees(self, practice):
        """Whether this leader sees a practice: by walking up, as one would with a finger on the chart."""
        above = {each.id: each.parent_id for each in self.practices}
        here = practice.id
        while here is not None:
            if here in self.led:
                return True
            here = above[here]
        return self.is_executive

    def seen(self):
        everybody = [*self.people, self.leader]
        return {person.email for person in everybody if person.is_active and self.sees(person.practice)}

    def own(self, emails):
        """The part of what was found that belongs to this firm; an executive sees the earlier ones too."""
        return {email for email in emails if email in {person.email for person in [*self.people, self.leader]}}


@SLOW
@given(firms)
def test_list_export_pages_and_figures_show_the_same_people(browser, viewer, session, drawn):
    firm = Firm(**drawn)
    session.flush()
    browser.sign_in(firm.leader)
    if not (firm.led or firm.is_executive):
        assert browser.get("/team/people").status_code == 403
        return
    page = browser.get("/team/people", q=f"{firm.practices[0].id}@example.org")
    listed = {int(found) for found in re.findall(r'href="/team/people/(\d+)"', page.text)}
    export = csv.DictReader(io.StringIO(browser.get("/team/people.csv").data.decode("utf-8-sig")))
    seen = firm.seen()
    everybody = [*firm.people, firm.leader]
    assert listed == {person.id for person in everybody if person.email in seen}
    exported = {row["E-mail"] for row in export}
    assert firm.own(exported) == seen
    assert firm.is_executive or exported == seen
    for person in everybody:
        answer = browser.get(f"/team/people/{person.id}")
        assert answer.status_code == (200 if person.email in seen else 404)


@SLOW
@given(firms)
def test_each_practice_opens_to_its_leaders_only_and_counts_all_below(browser, viewer, session, drawn):
    firm = Firm(**drawn)
    session.flush()
    leader = viewer(firm.leader)
    browser.sign_in(firm.leader)
    for practice in firm.practices:
        answer = browser.get(f"/team/practices/{practice.id}")
        if not (firm.led or firm.is_executive):
            assert answer.status_code == 403
        elif not firm.sees(practice):
            assert answer.status_code == 404
        else:
            view = overview.overview(leader, practice.id, now=NOON, currency="EUR")
            below = [
                person
                for person in [*firm.people, firm.leader]
                if person.is_active and person.practice.path.startswith(practice.path)
            ]
            assert view.people == len(below)
            assert sum(row.people for row in view.heat) == len(below)
