"""The few items of a person's week."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.clients.models import Client
from portal.db import db
from portal.learning.models import Module, ModuleProgress
from portal.library import reading
from portal.library import services as library
from portal.library.kinds import Kind
from portal.readership import choosing, queries, services, weekly
from portal.readership.choosing import Candidate
from portal.readership.models import MutedKind, ReadingWeek, WeeklyItem
from tests import make
from tests.library import make_library as lib
from tests.make import NOON
from tests.readership.make_readership import asked

MONDAY = date(2026, 3, 2)
BEFORE = NOON - timedelta(days=5)
DAY = timedelta(days=1)


def chosen(person, viewer, week_on=MONDAY):
    return [row.title for row in queries.this_week(viewer(person), week_on)]


def whys(person, viewer):
    return {row.title: row.why for row in queries.this_week(viewer(person), MONDAY)}


def test_it_is_chosen_by_what_a_person_works_on(ana, charlie, marketer, tax, law, viewer):
    lib.published(marketer, "For tax", practice=[tax.key], now=BEFORE)
    lib.published(marketer, "For law", practice=[law.key], now=BEFORE)
    lib.published(marketer, "For all", now=BEFORE)
    weekly.choose_due(NOON)
    assert chosen(ana, viewer) == ["For tax", "For all"]
    assert chosen(charlie, viewer) == ["For law", "For all"]
    assert whys(ana, viewer) == {"For tax": "For Tax", "For all": "New in the library"}


def test_a_module_under_way_and_a_clients_industry_count(ana, marketer, corporate_tax, viewer):
    module = make.saved(
        Module(key="network", title="Your network", short="Network", outcome="", html="", position=1, fingerprint="")
    )
    db.session.add(ModuleProgress(person_id=ana.id, module_id=module.id, started_at=NOON, last_at=NOON))
    about = {"practice_id": corporate_tax.id, "added_on": MONDAY, "created_at": NOON, "changed_at": NOON}
    make.saved(Client(name="Shop", match_name="shop", industry="Retail", steward_id=ana.id, **about))
    lib.published(marketer, "Plain", now=BEFORE)
    lib.published(marketer, "Network", discipline=["network"], now=BEFORE)
    lib.published(marketer, "Retail", industry=["retail"], now=BEFORE)
    weekly.choose_due(NOON)
    assert list(whys(ana, viewer).items()) == [
        ("Retail", "You look after a client in retail"),
        ("Network", "You are in the module Network"),
        ("Plain", "New in the library"),
    ]


def test_reading_one_brings_no_other_and_news_wait_for_next_week(ana, marketer, viewer):
    items = [lib.published(marketer, f"Item {n}", now=BEFORE - n * DAY) for n in range(6)]
    weekly.choose_due(NOON)
    first = chosen(ana, viewer)
    assert first == ["Item 0", "Item 1", "Item 2", "Item 3"]
    reading.read(items[0].id, by=viewer(ana), now=NOON)
    lib.published(marketer, "Hot news", now=NOON)
    assert weekly.choose_due(NOON + DAY) == 0
    assert chosen(ana, viewer) == first
    weekly.choose_due(NOON + 7 * DAY)
    assert chosen(ana, viewer, MONDAY + 7 * DAY) == ["Hot news", "Item 4", "Item 5"]


def test_a_kind_that_is_muted_goes_and_nothing_comes_for_it(browser, ana, marketer, viewer):
    lib.published(marketer, "A story", now=BEFORE)
    lib.published(marketer, "A note", kind=Kind.COMPETITOR_NOTE, now=BEFORE - DAY)
    weekly.choose_due(NOON)
    signed_in = browser.sign_in(ana)
    assert 'name="which" value="competitor-note"' in signed_in.get("/library/new-for-you").text
    signed_in.post("/library/new-for-you/mute", which="competitor-note")
    assert chosen(ana, viewer) == ["A story"]
    assert "Let it in again" in signed_in.get("/library/new-for-you").text
    lib.published(marketer, "Another note", kind=Kind.COMPETITOR_NOTE, now=NOON)
    weekly.choose_due(NOON + 7 * DAY)
    assert chosen(ana, viewer, MONDAY + 7 * DAY) == []
    signed_in.post("/library/new-for-you/unmute", which="competitor-note")
    assert chosen(ana, viewer) == ["A story", "A note"]
    assert signed_in.post("/library/new-for-you/mute", which="nonsense").status_code == 422


def test_what_must_be_read_is_not_offered_twice(ana, marketer, viewer):
    item = lib.published(marketer, "New rules", now=BEFORE)
    asked(marketer, item, viewer, now=BEFORE)
    weekly.choose_due(NOON)
    assert chosen(ana, viewer) == []


def test_today_shows_one_that_is_unread_with_why(browser, ana, marketer, viewer):
    first = lib.published(marketer, "First", now=BEFORE)
    lib.published(marketer, "Second", now=BEFORE - DAY)
    signed_in = browser.sign_in(ana)
    assert "New for you this week" not in signed_in.get("/").text
    weekly.choose_due(NOON)
    page = signed_in.get("/").text
    assert "First" in page
    assert "New for you this week. New in the library." in page
    assert "Second" not in page
    reading.read(first.id, by=viewer(ana), now=NOON)
    assert "Second" in signed_in.get("/").text


def test_what_is_archived_meanwhile_is_not_shown(ana, marketer, viewer):
    item = lib.published(marketer, "Gone", now=BEFORE)
    weekly.choose_due(NOON)
    library.archive(item)
    db.session.flush()
    assert chosen(ana, viewer) == []


def test_the_page_says_where_it_stands(browser, ana, budget):
    signed_in = browser.sign_in(ana)
    assert "Your week is being put together" in signed_in.get("/library/new-for-you").text
    weekly.choose_due(NOON)
    with budget(6):
        page = signed_in.get("/library/new-for-you").text
    assert "Nothing new for you this week" in page


def test_somebody_who_joins_in_the_week_gets_theirs(marketer, tax, viewer):
    lib.published(marketer, "Item", now=BEFORE)
    weekly.choose_due(NOON)
    later = make.person("Nina New", tax)
    assert weekly.choose_due(NOON) == 1
    assert chosen(later, viewer) == ["Item"]


def test_letters_are_a_choice(browser, ana, viewer):
    signed_in = browser.sign_in(ana)
    signed_in.post("/library/new-for-you/settings")
    assert not services.wants_letters(ana.id)
    signed_in.post("/library/new-for-you/settings", letters="y")
    assert services.wants_letters(ana.id)


EVENTS = st.lists(
    st.tuples(st.sampled_from(["publish", "archive", "read", "mute", "choose", "tomorrow"]), st.integers(0, 9)),
    min_size=5,
    max_size=40,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_never_more_than_the_limit_in_a_week_whatever_happens(events, ana, marketer, viewer):
    """All that a person is shown between a Monday and the next, however much is published, read, muted or archived."""
    me, now, items, seen = viewer(ana), NOON, [], {}
    for table in (WeeklyItem, ReadingWeek, MutedKind):
        db.session.query(table).delete()
    for what, number in events:
        if what == "publish":
            kind = list(Kind)[number]
            items += [lib.published(marketer, kind=kind, now=now - timedelta(days=number)) for _ in range(3)]
        elif what == "tomorrow":
            now += DAY
        elif what == "choose":
            weekly.choose_due(now)
        elif what == "mute":
            services.mute(list(Kind)[number], by=me, now=now)
        elif items:
            _with(items[number % len(items)], what, me, now)
        monday = me.today(now) - timedelta(days=me.today(now).weekday())
        shown = {row.id for row in queries.this_week(me, monday)}
        seen.setdefault(monday, set()).update(shown)
    assert all(len(ids) <= choosing.MOST for ids in seen.values()), seen
    weeks = sorted(seen)
    assert not any(seen[one] & seen[other] for one in weeks for other in weeks if one < other), "shown in two weeks"


def _with(item, what, me, now):
    if what == "read":
        reading.read(item.id, by=me, now=now)
    elif item.state == "published":
        library.archive(item)
        db.session.flush()


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 50),
        kind=st.sampled_from(Kind),
        published_at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)),
        tags=st.frozensets(st.tuples(st.sampled_from(["practice", "industry", "stage"]), st.sampled_from("abc"))),
    ),
    unique_by=lambda each: each.id,
)


@given(candidates=CANDIDATES, mine=st.sets(st.sampled_from("abc")), known=st.sets(st.integers(1, 50)))
def test_the_choice_is_the_same_in_any_order_and_never_for_other_practices(candidates, mine, known):
    interests = {("practice", key): key for key in mine}
    once = choosing.choose(choosing.ranked(candidates, interests), known=known)
    again = choosing.choose(choosing.ranked(reversed(candidates), interests), known=known)
    assert once == again
    by_id = {each.id: each for each in candidates}
    for item_id, _why in once:
        practices = {value for facet, value in by_id[item_id].tags if facet == "practice"}
        assert item_id not in known
        assert not practices or practices & mine


@pytest.mark.parametrize("hour", [0, 23])
def test_the_week_is_the_firms(hour, ana, marketer, viewer):
    lib.published(marketer, "Item", now=BEFORE)
    sunday = datetime(2026, 3, 8, hour, tzinfo=NOON.tzinfo)
    with time_machine.travel(sunday, tick=False):
        weekly.choose_due(sunday)
    assert chosen(ana, viewer) == ["Item"]
