"""Reminders of review dates: before, after, and long after; each once, and never to people who left."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from portal import mail
from portal.db import db
from portal.jobs import services as jobs
from portal.publishing import passing_on, reminders, services
from portal.publishing.models import ReviewReminder, StateChange
from tests import make
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.publishing.make_items import expiring

DAY = timedelta(days=1)


@pytest.fixture
def letters(app):
    def read():
        found = []
        for path in sorted(mail.folder(app.extensions["portal_config"]).glob("*.eml")):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            found.append((letter["To"].split("@")[0], letter["Subject"], letter.get_content()))
        return found

    return read


@pytest.fixture
def sent(letters):
    """What a round sends at a moment, and no letter twice."""
    seen = []

    def at(moment):
        reminders.remind(moment)
        db.session.commit()
        jobs.hand_over()
        new = [letter for letter in letters() if letter not in seen]
        seen.extend(new)
        return [(to, subject) for to, subject, _text in new]

    return at


def owned(person, by, title, review_on):
    item = lib.published(by, title, review_on=review_on)
    item.owner_id = person.id if person else None
    db.session.commit()
    return item


def test_an_owner_is_reminded_once_before_and_once_after(sent, ana, marketer):
    owned(ana, marketer, "Words", TODAY + 20 * DAY)
    assert sent(NOON + 5 * DAY) == []
    assert sent(NOON + 6 * DAY) == [("ana.ferreira", "To look at again soon: Words")]
    assert sent(NOON + 7 * DAY) == sent(NOON + 20 * DAY) == []
    assert sent(NOON + 21 * DAY) == [("ana.ferreira", "Past its review date: Words")]
    assert sent(NOON + 40 * DAY) == []
    assert sent(NOON + 50 * DAY) == [("mira.sand", "Long past its review date: Words")]
    assert sent(NOON + 90 * DAY) == []


def test_several_items_are_one_letter(sent, letters, ana, marketer):
    for title in ("One", "Two"):
        owned(ana, marketer, title, TODAY + DAY)
    assert sent(NOON) == [("ana.ferreira", "To look at again soon")]
    text = letters()[0][2]
    assert "- One (tomorrow)" in text
    assert "/studio/mine" in text


def test_a_new_date_is_reminded_of_anew(sent, ana, marketer, viewer):
    item = owned(ana, marketer, "Words", TODAY + DAY)
    sent(NOON)
    services.confirm(item, review_on=TODAY + 100 * DAY, by=viewer(ana), now=NOON)
    db.session.commit()
    assert sent(NOON + 90 * DAY) == [("ana.ferreira", "To look at again soon: Words")]


def test_what_nobody_who_is_here_answers_for_is_marketings(sent, marketer, firm):
    gone = make.person("Gone Person", firm, is_active=False)
    owned(gone, marketer, "Theirs", TODAY + DAY)
    owned(None, marketer, "Nobodys", TODAY + DAY)
    assert sent(NOON) == [("mira.sand", "To look at again soon")]


def test_nobody_is_written_to_at_night_or_about_what_readers_dont_have(sent, marketer):
    item = expiring(marketer, "Ends", review_on=TODAY + DAY)
    assert sent(NOON - timedelta(hours=6)) == []
    item.expires_at = NOON - DAY
    lib.draft(marketer, "Draft", review_on=TODAY + DAY)
    db.session.commit()
    assert sent(NOON) == []


def test_two_rounds_at_once_claim_a_reminder_once(ana, marketer):
    item = owned(ana, marketer, "Words", TODAY + DAY)
    row = type("Row", (), {"id": item.id, "review_on": item.review_on})
    kind = reminders.Reminded.BEFORE
    assert [reminders._claim(row, kind, NOON) for _ in range(3)] == [True, False, False]
    assert db.session.query(ReviewReminder).count() == 1


def test_what_somebody_answered_for_passes_on_with_a_row_each(ana, ben, marketer, admin):
    items = [owned(ana, marketer, title, None) for title in ("One", "Two")]
    kept = owned(ben, marketer, "Bens", None)
    assert passing_on.owned(ana.id) == 2
    assert passing_on.pass_on(ana.id, ben, by_id=admin.id, now=NOON) == 2
    assert {item.owner_id for item in (*items, kept)} == {ben.id}
    assert [row.note for row in db.session.query(StateChange)] == ["to Ben Okoro"] * 2
    assert passing_on.pass_on(ben.id, None, by_id=admin.id, now=NOON) == 3
    assert passing_on.owned(ben.id) == 0
