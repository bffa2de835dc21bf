"""Waiting, pausing, leaving out; each undone in place."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.network.models import Pace
from portal.network.undoing import read, way_back
from tests.make import TODAY
from tests.network.make_network import contact


@pytest.mark.parametrize(
    ("sent", "pace", "due_on"),
    [
        ({"do": "week"}, Pace.RUNNING, TODAY + timedelta(days=7)),
        ({"do": "month"}, Pace.RUNNING, TODAY + timedelta(days=30)),
        ({"do": "until", "until": "2026-06-01"}, Pace.RUNNING, TODAY.replace(month=6, day=1)),
        ({"do": "pause"}, Pace.PAUSED, None),
        ({"do": "leave-out"}, Pace.LEFT_OUT, None),
    ],
)
def test_it_follows_a_press_and_undoes_it(browser, ana, sent, pace, due_on):
    row = contact(ana)
    address = f"/network/{row.id}/pace"
    answer = browser.sign_in(ana).post(address, **sent, back="/network?tier=middle&page=1")
    db.session.expire_all()
    assert (row.pace, row.due_on) == (pace, due_on)
    assert answer.location.startswith("/network?tier=middle&page=1&undo=pace-")
    page = browser.get(answer.location).text
    assert "Undo" in page
    browser.post(address, before=answer.location.partition("undo=")[2], back=answer.location)
    db.session.expire_all()
    assert (row.pace, row.due_on, row.snoozed_until) == (Pace.RUNNING, TODAY, None)


@pytest.mark.parametrize("sent", [{}, {"do": "until", "until": "someday"}, {"do": "until", "until": "2099-01-01"}])
def test_it_explains_a_press_that_makes_no_sense(browser, ana, sent):
    row = contact(ana)
    assert browser.sign_in(ana).post(f"/network/{row.id}/pace", **sent).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/network",
        "//evil.example",
        "/networking",
        "/network\nx",
        "javascript:1",
        "",
        "/network//x:y",
    ],
)
def test_the_way_back_stays_inside(address):
    assert way_back(address).startswith("/network")
    assert "evil" not in way_back(address)


@pytest.mark.parametrize("code", ["", "touch-1", "pace-1-flying", "pace-1-running-2026-99-99", "pace-x-running"])
def test_a_code_that_makes_no_sense_undoes_nothing(code):
    assert read(code) is None
