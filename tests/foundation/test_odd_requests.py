"""Nothing that is sent breaks a page: odd fields, odd bodies, odd queries, to every route there is."""

from io import BytesIO

import pytest

from portal.access import Role
from tests import make
from tests.house.matrix import MATRIX
from tests.releases.make_releases import pitch

SIGN_OUT = {"accounts.sign_out", "accounts.sign_out_everywhere"}
ODD = ["\x00", "٣", "1_000", "-1", "9" * 400, "x" * 5000, "<script>", "{}", "[]", "null", "é", "💥", "1e9", " "]
NAMES = ["do", "key", "card", "rating", "number", "day", "title", "text", "claims-0-text", "number", "level", "note"]
NAMES += [
    "email",
    "name",
    "practice_id",
    "reason",
    "stage",
    "value",
    "offset",
    "length",
    "sha256",
    "went",
    "claim",
    "at",
]
BODIES = [b"", b"null", b"[]", b'{"answers": 3}', b'{"answers": [{"card": "x"}]}', b"\xff\xfe", b'{"a":' * 500]


@pytest.fixture
def everything(firm, tax):
    """Somebody who may do everything."""
    roles = [Role.MARKETING, Role.ADMIN, Role.EXECUTIVE, (Role.LEADER, tax), (Role.COACH, tax)]
    return make.person("Every Role", tax, *roles)


def address(app, rule, filled: str) -> str:
    """This rule's address with the same word, or the number 1, in every place."""
    places = {name: 1 if "0-9" in part.regex else filled for name, part in rule._converters.items()}
    door = app.url_map.bind("localhost")
    return door.build(
        rule.endpoint, {**places, **(rule.defaults or {})}, method=min(rule.methods - {"HEAD", "OPTIONS"})
    )


@pytest.mark.parametrize("filled", ["firm", "nothing"])
def test_no_route_breaks(app, browser, everything, filled):
    pitch()
    browser.sign_in(everything)
    broken = []
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in MATRIX and rule.endpoint not in SIGN_OUT]
    for place, rule in enumerate(sorted(rules, key=lambda rule: rule.rule)):
        where = address(app, rule, filled)
        odd = {name: ODD[(place + number) % len(ODD)] for number, name in enumerate(NAMES)}
        body = BODIES[place % len(BODIES)]
        if "GET" in rule.methods:
            broken += [f"GET {where}"] * (browser.get(where, **odd).status_code >= 500)
        for method in {"POST", "PATCH", "PUT", "DELETE"} & rule.methods:
            token = {"X-CSRFToken": browser.token()}
            for given in (
                {"data": odd},
                {"data": body, "content_type": "application/json"},
                {"data": body, "content_type": "application/octet-stream"},
                {"data": {"file": (BytesIO(body), "../../x\u202e.csv")}},
            ):
                browser.forget_who()
                answer = browser.client.open(where, method=method, headers=token, **given)
                broken += [f"{method} {where} {given}"[:200]] * (answer.status_code >= 500)
    assert not broken, "\n".join(broken)
