"""Who may open what: every route, each role, and nobody. A new route belongs in the table, or the first test fails."""

import pytest

from portal.access import ROLES, Can, Role
from portal.app import Hash
from tests import make
from tests.house.matrix import MATRIX

UNSAFE = {"HEAD", "OPTIONS"}
OF_A_PRACTICE = {Role.LEADER, Role.COACH}
SIGN_OUT = {"accounts.sign_out", "accounts.sign_out_everywhere"}


def test_the_table_names_every_route_with_its_power(app):
    marked = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "allowed_to", "nothing")
        for rule in app.url_map.iter_rules()
    }
    assert marked == MATRIX


def addresses(app):
    """Every route with each of its methods, at an address that leads to nothing of anybody's."""
    door = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        places = {name: _nothing(part) for name, part in rule._converters.items()}
        for method in sorted(rule.methods - UNSAFE):
            yield rule.endpoint, method, door.build(rule.endpoint, {**places, **(rule.defaults or {})}, method=method)


def _nothing(part):
    return "0" * 64 if isinstance(part, Hash) else 999_999 if "0-9" in part.regex else "no-such"


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_opens_what_it_may_and_nothing_else(app, browser, tax, role):
    person = role and make.person(f"The {role}", tax, *_grants(role, tax))
    wrong = []
    token = ""
    for endpoint, method, address in addresses(app):
        if person and not token:
            token = browser.sign_in(person).token()
        browser.forget_who()
        answer = browser.client.open(address, method=method, headers={"X-CSRFToken": token})
        if not fits(endpoint, role, answer):
            wrong.append(f"{method} {address}: {answer.status_code}")
        if endpoint in SIGN_OUT:
            token = ""
    assert not wrong, f"For {role or 'nobody'}:\n" + "\n".join(wrong)


def _grants(role, practice):
    return [] if role == Role.PRACTITIONER else [(role, practice if role in OF_A_PRACTICE else None)]


def fits(endpoint, role, answer):
    """Whether this is what the table says: in, 403 for a role that may not, the sign-in page for nobody."""
    needed = MATRIX[endpoint]
    is_sent_away = answer.status_code == 302 and answer.location.startswith("/sign-in")
    if role is None:
        return is_sent_away if needed else answer.status_code not in {403, 500}
    if needed and needed not in ROLES[role] | {Can.LEARN}:
        return answer.status_code == 403
    return answer.status_code < 500 and answer.status_code not in {400, 403} and is_sent_away == (endpoint in SIGN_OUT)
