"""What the pages cost, however many people there are."""

import pytest

from tests import make
from tests.certification import make_certification
from tests.certification.make_certification import publish
from tests.releases import make_releases


@pytest.fixture
def pitch(firm):
    return publish()


@pytest.mark.parametrize("people", [2, 30])
@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("ana", "/certification", 15),
        ("leader", "/certification/as-of", 9),
        ("marketer", "/certification/fluency", 7),
        ("ana", "/credentials/{uid}", 8),
    ],
)
def test_it_costs_the_same_however_many_there_are(
    browser, budget, request, ana, corporate_tax, pitch, who, address, most, people
):
    row = make_certification.certified(ana, pitch)
    for _ in range(people):
        make_certification.certified(make.person(practice=corporate_tax), pitch)
    publish(pitch, claims=make_releases.reworded("one-answer", "You hear one answer."))
    browser.sign_in(request.getfixturevalue(who)).get(address.format(uid=row.uid))
    browser.forget_who()
    with budget(most):
        browser.client.get(address.format(uid=row.uid))
