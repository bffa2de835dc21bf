"""The digest: one mail a period, also after a standstill, none when nobody is due, and to nobody but the owner."""

from datetime import timedelta

import pytest
import time_machine

from portal import clock, mail
from portal.accounts.viewer import of
from portal.db import db
from portal.jobs.models import Job
from portal.network import digest, habits
from portal.network.models import Digest
from tests.make import NOON
from tests.network.make_network import contact, touched

USUAL = {"inner_days": None, "middle_days": None, "outer_days": None}
MONDAY = NOON + timedelta(days=5)


@pytest.fixture
def letters(app):
    """The mails that were sent since."""
    config = app.extensions["portal_config"]
    before = {letter.name for letter in mail.letters(config, 1000)}
    return lambda: [letter for letter in mail.letters(config, 1000) if letter.name not in before]


def pass_by(until, *, step=timedelta(hours=6)):
    """Time goes by, and the worker with it."""
    now = clock.now()
    while now <= until:
        with time_machine.travel(now, tick=False):
            digest.send_due(now)
        now += step


def test_it_comes_on_monday_morning_once(letters, ana):
    contact(ana, "Marta Lund", organisation="Larch")
    pass_by(MONDAY - timedelta(hours=12))
    assert letters() == []
    pass_by(MONDAY + timedelta(days=6))
    (letter,) = letters()
    assert letter.to == ana.email
    assert "Marta Lund, Larch (5 days overdue)" in letter.text
    assert "Marta" not in letter.subject


def test_after_a_standstill_it_comes_once(letters, ana):
    contact(ana)
    pass_by(MONDAY + timedelta(days=30), step=timedelta(days=29))
    assert len(letters()) == 1


def test_each_period_brings_one(letters, ana):
    contact(ana)
    pass_by(MONDAY + timedelta(days=14))
    assert len(letters()) == 3


def test_daily_ones_come_daily_and_none_is_none(letters, ana, ben):
    for person, often in ((ana, Digest.DAILY), (ben, Digest.NONE)):
        contact(person)
        habits.keep(**USUAL, digest=often, by=of(person), now=NOON)
    pass_by(NOON + timedelta(days=3))
    assert [letter.to for letter in letters()] == [ana.email] * 3


def test_none_comes_when_nobody_is_due(letters, ana):
    touched(contact(ana), ana)
    pass_by(MONDAY + timedelta(days=20))
    assert letters() == []


def test_none_comes_to_somebody_who_left(letters, ana):
    contact(ana)
    ana.is_active = False
    db.session.flush()
    pass_by(MONDAY + timedelta(days=7))
    assert letters() == []


def test_it_waits_for_the_morning_where_one_is(letters, ana):
    ana.zone = "America/Los_Angeles"
    contact(ana)
    pass_by(MONDAY)
    assert letters() == []
    pass_by(MONDAY + timedelta(hours=6))
    assert len(letters()) == 1


def test_names_are_never_kept_with_the_work(letters, ana, app, monkeypatch):
    contact(ana, "Marta Lund")
    monkeypatch.setitem(app.extensions, "job_queue", type("Later", (), {"run_soon": lambda _self, _id: None})())
    pass_by(MONDAY)
    assert [job.payload for job in db.session.query(Job)] == [{"person_id": ana.id}]


def test_own_days_move_everybody(ana):
    row = contact(ana)
    touched(row, ana)
    habits.keep(**USUAL | {"middle_days": 10}, digest=Digest.WEEKLY, by=of(ana), now=NOON)
    assert (row.due_on - row.last_touch_on).days == 10
    habits.keep(**USUAL, digest=Digest.WEEKLY, by=of(ana), now=NOON)
    assert (row.due_on - row.last_touch_on).days == 90


def test_settings_are_kept_by_the_page(browser, ana):
    page = browser.sign_in(ana).submit("/network/settings", inner_days="14", digest="daily")
    assert "Kept" in page.text
    assert 'value="14"' in browser.get("/network/settings").text
    assert browser.submit("/network/settings", inner_days="none").status_code == 422
