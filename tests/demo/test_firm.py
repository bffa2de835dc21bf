"""The firm: who is in it, and that it is the same each time."""

from collections import Counter
from itertools import pairwise

import pytest
from sqlalchemy import select

from portal.access import Role
from portal.accounts import passwords, queries
from portal.accounts.models import Grant, Person, Practice
from portal.accounts.viewer import roles_of
from portal.db import Base, db
from portal.demo import services
from portal.demo.people import Hiring
from portal.demo.rows import Rows
from portal.demo.seasons import Year
from portal.errors import Refused
from portal.navigation import DEMO_SIGN_INS
from tests.demo.conftest import PEOPLE, portal_with_a_firm
from tests.demo.make_demo import count, rows_of, viewer
from tests.make import NOON


def test_it_has_as_many_people_as_asked_for():
    assert count(Person) == PEOPLE


def test_everybody_on_the_sign_in_page_is_there_with_the_password():
    tool = passwords.hasher(8)
    for email in DEMO_SIGN_INS:
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
        assert passwords.matches(person.password_hash, services.PASSWORD, tool)


def test_the_practices_are_a_tree_of_three_levels():
    paths = db.session.scalars(select(Practice.path)).all()
    assert {path.strip("/").count("/") for path in paths} == {0, 1, 2}
    assert len(paths) == 1 + 5 + 15


@pytest.mark.parametrize(("local", "key"), [("leader", "tax-advisory"), ("leader2", "law")])
def test_leaders_lead_their_practice_and_what_is_below(local, key):
    led = db.session.scalars(queries.practices_led_by(viewer(local))).all()
    assert led[0].key == key
    assert len(led) > 3


def test_every_area_has_a_leader_and_a_coach():
    held = db.session.execute(select(Grant.role, Practice.key).join(Practice)).all()
    areas = {"tax-advisory", "audit", "law", "advisory", "firm-services"}
    assert {key for role, key in held if role == Role.LEADER} == areas
    assert {key for role, key in held if role == Role.COACH} == areas


def test_roles_on_the_person_equal_the_grants():
    for person in db.session.scalars(select(Person)):
        assert roles_of(person.roles) == {grant.role for grant in queries.grants_of(person.id)}


def test_names_are_many():
    names = Counter(db.session.scalars(select(Person.name)))
    assert len(names) > PEOPLE - 5


def test_it_refuses_where_there_is_a_firm():
    with pytest.raises(Refused, match="empty database"):
        services.make_firm(20, now=NOON, progress=lambda *_step: None)


def test_it_tells_how_far_it_is(told):
    shares = [done / of for _what, done, of in told]
    assert shares[-1] == 1
    assert all(before <= after for before, after in pairwise(shares))


def test_the_same_seed_makes_the_same_firm(tmp_path):
    before = everything()
    with portal_with_a_firm(tmp_path) as app, app.app_context():
        assert everything() == before
        db.session.remove()


def test_another_seed_brings_other_people():
    def hired(seed):
        hiring = Hiring(Rows(), Year(NOON, "Europe/London"), {}, "", seed)
        return [hiring.somebody() for _ in range(20)]

    assert hired(1) == hired(1)
    assert hired(1) != hired(2)


def everything():
    """Each table's rows, without what is random in each portal: salts, keys, the addresses of links."""
    own = ("password_hash", "match_key", "token_hash", "passcode_hash", "visitor", "network", "salt")
    return {mapper.class_.__tablename__: rows_of(mapper.class_, *own) for mapper in Base.registry.mappers}
