"""One reminder of a must-read."""

from datetime import timedelta

import pytest
import time_machine

from portal import mail
from portal.db import db
from portal.library import services as library
from portal.people import services as people
from portal.readership import reminding, services
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


def remind(days: float) -> int:
    """What happens so many days after they were asked."""
    with time_machine.travel(NOON + days * DAY, tick=False):
        return reminding.remind(NOON + days * DAY)


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
