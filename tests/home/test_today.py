"""The page itself: what it costs."""

import pytest

from tests.releases.make_releases import pitch, publish, reworded


@pytest.mark.parametrize(("who", "most"), [("ana", 8), ("leader", 8)])
def test_it_costs_the_same_few_statements(browser, budget, request, firm, now, who, most):
    publish(pitch(), claims=reworded("opener", "We help owners."), change="Shorter.")
    browser.sign_in(request.getfixturevalue(who)).get("/")
    browser.forget_who()
    with budget(most):
        assert "Shorter." in browser.client.get("/").text
