"""One reminder of a must-read."""

import re
from datetime import timedelta

import pytest
import time_machine

from portal import mail
from portal.db import db
from portal.jobs import services as jobs
from portal.library import services as library
from portal.people import services as people
from portal.readership import must_read_queries as queries
from portal.readership import must_reads, reminding, services
from portal.readership.models import MustReadReminder
from tests import make
from tests.library import make_library as lib
from tests.make import NOON
from tests.readership.make_readership import asked, revised, say_read

DAY = timedelta(days=1)


@pytest.fixture
def item(marketer, viewer):
    found = lib.published(marketer, "New rules")
    asked(marketer, found, viewer, remind_after=7)
    return found


def remind(days: float, batch: int = reminding.BATCH) -> int:
    """What happens so many days after they were asked."""
    with time_machine.travel(NOON + days * DAY, tick=False):
        return reminding.remind(NOON + days * DAY, batch=batch)


def reminded() -> set[int]:
    return {row.person_id for row in db.session.query(MustReadReminder)}


def test_whoever_has_not_read_it_is_reminded_once(item, ana, ben, marketer, viewer):
    say_read(ben, item, viewer)
    assert remind(6) == 0
    assert remind(7) == 2
    assert reminded() == {ana.id, marketer.id}
    assert remind(7) == remind(8) == remind(20) == 0


def test_a_typo_fix_reminds_nobody_and_a_real_change_has_its_own_days(item, ana, marketer, viewer):
    remind(7)
    revised(item, marketer, viewer, "Typo.", is_minor=True, now=NOON + 8 * DAY)
    assert remind(16) == 0
    revised(item, marketer, viewer, "Other words.", is_minor=False, now=NOON + 17 * DAY)
    assert remind(18) == 0
    assert remind(24) == 2


def test_those_who_left_get_no_letter(item, ana, admin, viewer):
    people.deactivate(ana, by=viewer(admin))
    remind(7)
    assert ana.id not in reminded()


def test_whoever_came_later_has_as_many_days(item, corporate_tax):
    later = make.person("Nina New", corporate_tax, joined_at=NOON + 3 * DAY)
    never = make.person("Not Yet", corporate_tax, joined_at=None)
    remind(8)
    assert later.id not in reminded()
    remind(10)
    assert later.id in reminded()
    assert never.id not in reminded()


def test_nobody_is_reminded_after_the_last_day_or_of_what_is_gone(ana, marketer, viewer):
    over = lib.published(marketer, "Over")
    asked(marketer, over, viewer, until_on=(NOON + 5 * DAY).date())
    gone = lib.published(marketer, "Gone")
    asked(marketer, gone, viewer)
    library.archive(gone)
    db.session.flush()
    assert remind(7) == 0


def test_it_waits_for_the_morning(item, ana):
    assert remind(7 - 0.3) == 0
    assert remind(7.6 + 0.2) == 2  # 07:12


def test_the_letter_says_what_and_where_and_heeds_the_settings(item, ana, ben, viewer, app):
    services.choose_letters(letters=False, by=viewer(ben))
    remind(7)
    sent = {letter.to: letter for letter in mail.letters(app.extensions["portal_config"])}
    assert ben.email not in sent
    assert sent[ana.email].subject == "To read: New rules"
    assert "/library/new-rules" in sent[ana.email].text
    assert ben.id in reminded()


@pytest.fixture
def items(marketer, viewer):
    """Three, asked one after the other; the last is over first."""
    found = [lib.published(marketer, title) for title in ("New rules", "New fees", "New names")]
    for number, item in enumerate(found):
        until_on = (NOON + (30 - number) * DAY).date()
        asked(marketer, item, viewer, remind_after=7, until_on=until_on)
    return found


def letters_to(person, app) -> list[str]:
    """The titles of each of their letters, in the order in which they stand there."""
    sent = [one for one in mail.letters(app.extensions["portal_config"]) if one.to == person.email]
    return [re.findall("“(.*?)”", one.text) for one in sent]


def test_what_is_due_on_one_morning_comes_in_one_letter_the_most_urgent_first(items, ana, ben, viewer, app):
    say_read(ben, items[2], viewer)
    assert remind(7) == 8
    assert letters_to(ana, app) == [["New names", "New fees", "New rules"]]
    assert letters_to(ben, app) == [["New fees", "New rules"]]
    letter = next(one for one in mail.letters(app.extensions["portal_config"]) if one.to == ana.email)
    assert letter.subject == "To read: New names, and 2 more"
    assert "/library/must-read" in letter.text


class Crash:
    """A queue that takes the process down with it."""

    def run_soon(self, _job_id):
        raise SystemExit


def test_after_a_crash_nobody_is_reminded_twice_and_nobody_forgotten(items, ana, ben, marketer, app, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setitem(app.extensions, "job_queue", Crash())
        with pytest.raises(SystemExit):
            remind(7, batch=1)
    assert len(reminded()) == 1
    assert remind(7, batch=1) == 6
    with time_machine.travel(NOON + 7 * DAY, tick=False):
        jobs.sweep_all()
    assert [len(letters_to(person, app)) for person in (ana, ben, marketer)] == [1, 1, 1]


def test_what_is_ended_or_revised_while_letters_are_written_is_asked_of_nobody_else(
    items, marketer, ana, ben, viewer, app
):
    """The first person's letter is handed over before the second's is written; what happens then counts."""
    rules, fees, _names = items
    jobs.hand_over()  # what publishing them left to do

    class Meanwhile:
        def run_soon(self, _job_id):
            if queries.of_item_or_none(rules.id).ended_at is None:
                must_reads.end(queries.of_item_or_none(rules.id), by=viewer(marketer), now=NOON)
                revised(fees, marketer, viewer, "Other fees.", is_minor=False, now=NOON + 7 * DAY)

    usual, app.extensions["job_queue"] = app.extensions["job_queue"], Meanwhile()
    try:
        assert remind(7, batch=1) == 3 + 1 + 1
    finally:
        app.extensions["job_queue"] = usual
