"""The last look before an item goes out: what the checks say, now or at a time, its end, its owner."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.db import db
from portal.library.models import Item, ItemState, Revision, Step
from portal.studio import by_the_clock
from tests import make
from tests.library import make_library as lib
from tests.make import NOON, TODAY
from tests.publishing.make_items import at, revised

QUOTED = {"quote": "They saw it coming.", "permission": "asked"}


@pytest.fixture
def signed_in(browser, marketer):
    return browser.sign_in(marketer)


def look(item):
    return f"/studio/items/{item.id}/publish"


def test_at_a_time_it_waits_for_it_and_says_so(signed_in, marketer):
    item = lib.draft(marketer, "Words", summary="S")
    page = signed_in.submit(look(item), when="later", at_day="2026-07-01", at_time="09:30")
    assert "It goes out by itself: 1 July 2026, 09:30" in page.text
    assert (item.step, item.publish_at) == (Step.SCHEDULED, datetime(2026, 7, 1, 8, 30, tzinfo=UTC))
    assert "1 July 2026, 09:30" in signed_in.get("/studio", show="scheduled").text
    assert 'value="2026-07-01"' in signed_in.get(look(item)).text


def test_what_waits_for_its_time_can_go_out_now(signed_in, marketer):
    item = lib.draft(marketer, "Words")
    signed_in.submit(look(item), when="later", at_day="2026-07-01", at_time="09:30")
    assert signed_in.submit(look(item), when="now").status_code == 200
    assert item.state is ItemState.PUBLISHED


def test_a_time_that_the_clock_leaves_out_is_said(signed_in, marketer):
    item = lib.draft(marketer)
    page = signed_in.submit(look(item), when="later", at_day="2026-03-29", at_time="01:30")
    assert "01:30 doesn’t exist on that day, because the clocks go forward; it is at 02:00." in page.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"when": "later"}, "Give a day and a time."),
        ({"when": "now", "at_day": "2026-07-01", "at_time": "09:30"}, "Choose “At a time, below”, or empty both."),
        ({"when": "now", "at_time": "09:30"}, "Choose “At a time, below”, or empty both."),
        ({"when": "later", "at_day": "2026-03-03", "at_time": "09:00"}, "That moment has passed"),
        ({"when": "later", "at_day": "2026-03-31", "at_time": "25:99"}, "Give a time like 09:30."),
        ({"when": "later", "at_day": "9999-12-31", "at_time": "23:59"}, "That is too far away."),
        ({"expires_day": "2026-03-03"}, "It would expire before anybody could read it."),
        ({"expires_day": "9999-12-31"}, "That is too far away."),
        ({"expires_time": "09:00"}, "Say on which day."),
        ({"review_on": "9999-12-31"}, "That is too far away."),
        ({"when": "sometime"}, "Not a valid choice."),
        ({"owner": "Nobody Known"}, "We know nobody at the firm by that name."),
    ],
)
def test_what_makes_no_sense_is_explained_and_nothing_goes_out(signed_in, marketer, fields, said):
    item = lib.draft(marketer)
    page = signed_in.submit(look(item), **fields)
    assert page.status_code == 422
    assert said in page.text
    db.session.expire_all()
    assert (item.state, item.step) == (ItemState.DRAFT, Step.DRAFT)


def test_an_end_with_a_day_alone_is_the_end_of_that_day_on_the_firms_clock(signed_in, marketer):
    item = lib.draft(marketer)
    signed_in.submit(look(item), expires_day="2026-06-30")
    assert item.expires_at == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert "ends 1 July 2026, 00:00" in signed_in.get("/studio").text


def test_the_owner_and_the_review_date_are_chosen_here(signed_in, marketer, ana):
    item = lib.draft(marketer)
    signed_in.submit(look(item), owner="Ana Ferreira", owner_id=str(ana.id), review_on="2026-12-01")
    assert (item.owner_id, item.review_on) == (ana.id, date(2026, 12, 1))
    signed_in.submit(look(revised(item, marketer, "More.")), owner="", owner_id="")
    assert item.owner_id is None


def test_a_date_given_since_by_saying_that_it_holds_is_kept(signed_in, marketer):
    item = lib.published(marketer, review_on=TODAY)
    signed_in.post(f"/studio/items/{item.id}/state", act="confirm", review_on="2027-01-01")
    revised(item, marketer, "More.")
    assert 'value="2027-01-01"' in signed_in.get(look(item)).text


def test_it_shows_word_by_word_what_readers_will_see_changed(signed_in, marketer):
    item = lib.published(marketer, source="Two quiet words.")
    revised(item, marketer, "Two loud words.")
    page = signed_in.get(look(item)).text
    assert "Two <del>quiet</del> <ins>loud</ins> words." in page
    assert "Readers have revision 1 until this goes out." in page


def test_minor_is_asked_only_of_what_was_published(signed_in, marketer):
    item = lib.draft(marketer, source="One.")
    assert "This is a minor change" not in signed_in.get(look(item)).text
    signed_in.submit(look(item))
    signed_in.submit(look(revised(item, marketer, "One!")), is_minor="y")
    assert (item.published_revision, item.major_revision) == (2, 1)


def test_advice_is_shown_and_does_not_stand_in_the_way(signed_in, marketer):
    item = lib.draft(marketer, source="Intro.\n\n![](/files/0/x.png)\n\nSee [here](https://example.org).")
    page = signed_in.get(look(item)).text
    assert "A picture has no text in its place" in page
    assert "A link is called “here”" in page
    assert "line 5" in page


def test_a_link_to_nothing_blocks_until_it_is_mended(signed_in, marketer):
    other = lib.published(marketer, "There")
    item = lib.draft(marketer, source="Read [the other one](/library/not-there).")
    page = signed_in.submit(look(item))
    assert page.status_code == 422
    assert "This can’t go out yet: The link “the other one” leads to nothing." in page.text
    assert signed_in.submit(look(item), when="later", at_day="2026-07-01", at_time="09:30").status_code == 422
    assert item.state is ItemState.DRAFT
    signed_in.submit(look(revised(item, marketer, f"Read [the other one](/library/{other.key}).")))
    assert item.state is ItemState.PUBLISHED


def test_a_quote_without_permission_blocks(signed_in, marketer):
    item = lib.draft(marketer)
    db.session.query(Revision).filter_by(item_id=item.id).update({"facts": QUOTED})
    assert "The quote has no permission" in signed_in.submit(look(item)).text
    assert item.state is ItemState.DRAFT


def test_opening_it_takes_few_statements(signed_in, marketer, budget):
    item = lib.published(marketer, source="One [link](/library/x), [two](/pitch/firm), [three](/modules/referrals).")
    revised(item, marketer, "One [link](/library/x), [two](/pitch/firm), [three](/modules/referrals). More.")
    signed_in.get(look(item))
    with budget(15):
        signed_in.get(look(item))


def test_only_those_who_publish_come_here(browser, ana, marketer):
    item = lib.draft(marketer)
    item.owner_id = ana.id
    assert browser.sign_in(ana).get(look(item)).status_code == 403


def test_what_went_out_by_the_clock_says_so_among_the_revisions(signed_in, marketer):
    item = lib.draft(marketer)
    signed_in.submit(look(item), when="later", at_day="2026-03-04", at_time="13:00")
    with at(NOON + timedelta(hours=1)):
        by_the_clock.keep_times()
        assert "by the clock" in signed_in.get(f"/studio/items/{item.id}/revisions").text


def test_a_colleague_who_left_is_not_proposed_as_owner(signed_in, marketer, firm):
    gone = make.person("Gone Person", firm, is_active=False)
    item = lib.published(marketer)
    item.owner_id = gone.id
    revised(item, marketer, "More.")
    assert "Gone Person" not in signed_in.get(look(item)).text
    assert signed_in.submit(look(item)).status_code == 200
    assert db.session.get(Item, item.id).owner_id is None


def test_whoever_revises_what_is_scheduled_is_told_that_it_no_longer_is(signed_in, marketer):
    item = lib.draft(marketer, "Words", summary="S")
    signed_in.submit(look(item), when="later", at_day="2026-07-01", at_time="09:30")
    page = signed_in.submit(f"/studio/items/{item.id}", source="Another text.", do="save")
    assert "Its schedule is taken back" in page.text
    assert item.step is Step.DRAFT
