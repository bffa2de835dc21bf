"""Who opened it: the rules, and what is counted."""

import re
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.library.models import ItemDay
from portal.sharing import counting
from portal.sharing.models import DaySalt
from portal.sharing.opens import (
    PRESSES,
    SURE_SIGNS,
    WEAK_SIGNS,
    Evidence,
    Opened,
    People,
    better,
    judge,
    people,
    said,
    said_machines,
)
from tests.library import make_library as lib
from tests.make import NOON
from tests.sharing.make_sharing import AGENT, Visitor, share, visits

PERSON = Evidence(agent=AGENT, seconds=8, signs=frozenset({"pointer"}))
SCANNERS = ["Mozilla/5.0 (compatible; Googlebot/2.1)", "Barracuda Sentinel", "python-requests/2.32", "curl/8", ""]


@pytest.mark.parametrize(
    ("changes", "opened", "reason"),
    [
        ({}, Opened.HUMAN, "read"),
        ({"pressed": "download", "signs": frozenset(), "seconds": 0}, Opened.HUMAN, "pressed"),
        ({"signs": frozenset()}, Opened.UNCLEAR, "no-sign"),
        ({"signs": frozenset({"return"})}, Opened.UNCLEAR, "no-sign"),
        ({"seconds": 2}, Opened.UNCLEAR, "short"),
        ({"since_sent": timedelta(seconds=20)}, Opened.UNCLEAR, "too-early"),
        ({"since_shown": timedelta(milliseconds=400)}, Opened.MACHINE, "too-fast"),
        ({"is_driven": True}, Opened.MACHINE, "headless"),
        ({"agent": "Mozilla/5.0 HeadlessChrome/140"}, Opened.MACHINE, "headless"),
        ({"links": 4}, Opened.MACHINE, "many-links"),
        ({"links": 4, "pressed": "thanks"}, Opened.UNCLEAR, "many-links"),
        *(({"agent": agent}, Opened.MACHINE, "scanner") for agent in SCANNERS),
    ],
)
def test_a_visit_is_classed_with_its_reason(changes, opened, reason):
    verdict = judge(replace(PERSON, **changes))
    assert verdict.opened is opened
    assert reason in verdict.reasons


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (People(), "nobody yet"),
        (People(1, 1), "one person"),
        (People(1, 3), "one to three people, sure of one"),
        (People(0, 2), "perhaps two people, sure of none"),
        (People(2, 2), "two people"),
        (People(3, 14), "three to 14 people, sure of three"),
    ],
)
def test_the_interval_is_said_in_words(count, words):
    assert said(count) == words


def test_machines_are_told_beside_it():
    assert said_machines(People(machines=2)) == "two visits by machines, not counted"
    assert said_machines(People()) == ""


SEEN = st.builds(
    SimpleNamespace,
    on=st.dates(date(2026, 3, 1), date(2026, 3, 4)),
    visitor=st.sampled_from("abcd"),
    opened=st.sampled_from(Opened),
)
EVIDENCE = st.builds(
    Evidence,
    agent=st.sampled_from([AGENT, *SCANNERS]),
    since_sent=st.timedeltas(timedelta(0), timedelta(days=1)),
    since_shown=st.timedeltas(timedelta(0), timedelta(minutes=5)),
    seconds=st.integers(0, 100),
    signs=st.frozensets(st.sampled_from(sorted(SURE_SIGNS | WEAK_SIGNS))),
    pressed=st.sampled_from(["", *sorted(PRESSES)]),
    is_driven=st.booleans(),
    links=st.integers(1, 9),
)


@given(st.lists(SEEN))
def test_no_fewer_than_sure_and_no_more_than_possible(seen):
    count = people(seen)
    assert 0 <= count.least <= count.most
    assert count.most <= len(seen)


@given(st.lists(SEEN), st.lists(SEEN))
def test_machines_change_no_interval(seen, more):
    machines = [SimpleNamespace(**vars(visit) | {"opened": Opened.MACHINE}) for visit in more]
    with_them, without = people([*seen, *machines]), people(seen)
    assert (with_them.least, with_them.most) == (without.least, without.most)


@given(st.lists(SEEN), SEEN)
def test_one_more_visit_never_makes_it_fewer(seen, one):
    before, after = people(seen), people([*seen, one])
    assert after.least >= before.least
    assert after.most >= before.most


@given(EVIDENCE, EVIDENCE)
def test_what_a_page_proved_stays_proved(first, second):
    verdict = better(judge(first), judge(second))
    order = [Opened.MACHINE, Opened.UNCLEAR, Opened.HUMAN]
    assert order.index(verdict.opened) == max(order.index(judge(each).opened) for each in (first, second))
    assert judge(first).reasons


@given(EVIDENCE)
def test_only_a_person_in_front_of_it_is_surely_one(seen):
    if judge(seen).opened is Opened.HUMAN:
        assert seen.pressed or (seen.signs & SURE_SIGNS and seen.seconds >= 3)
        assert not seen.is_driven


def test_a_visit_counts_once_however_often_the_page_tells(visitor, link, item):
    page = visitor.get(f"/s/{link[1]}")
    for after in (10, 11, 12):
        assert visitor.tell(page, after=after).status_code == 204
    assert [visit.opened for visit in visits()] == [Opened.HUMAN]
    assert db.session.query(ItemDay).filter_by(item_id=item.id).one().opened == 1


def test_what_a_page_proves_later_counts(visitor, link, item):
    page = visitor.get(f"/s/{link[1]}")
    visitor.tell(page, signs="")
    assert [visit.opened for visit in visits()] == [Opened.UNCLEAR]
    visitor.tell(page, after=20)
    assert [visit.opened for visit in visits()] == [Opened.HUMAN]
    assert db.session.query(ItemDay).filter_by(item_id=item.id).one().opened == 1


def test_the_same_browser_twice_a_day_is_one_person(app, visitor, browser, ana, link, item):
    for _ in range(2):
        visitor.tell(visitor.get(f"/s/{link[1]}"))
    assert len(visits()) == 2
    somebody = Visitor(app, address="198.51.100.9")
    somebody.tell(somebody.get(f"/s/{link[1]}"), signs="")
    assert "One to two people, sure of one" in browser.sign_in(ana).get(f"/shares/{link[0].id}").text
    assert db.session.query(ItemDay).filter_by(item_id=item.id).one().opened == 1


def test_a_button_counts_without_any_script(visitor, link):
    with time_machine.travel(NOON - timedelta(seconds=20), tick=False):
        page = visitor.get(f"/s/{link[1]}")
    answer = visitor.press(page, "thanks")
    assert "Thank you" in visitor.get(answer.location).text
    (visit,) = visits()
    assert (visit.opened, visit.pressed) == (Opened.HUMAN, "thanks")


def test_a_gateway_that_opens_many_links_is_a_machine(visitor, ana, item):
    for _ in range(4):
        _made, token = share(ana, item)
        visitor.tell(visitor.get(f"/s/{token}"))
    assert [visit.opened for visit in visits()] == [Opened.HUMAN] * 3 + [Opened.MACHINE]


def test_a_ticket_of_another_link_or_of_ones_own_making_counts_nothing(visitor, ana, item, link):
    _other, token = share(ana, item)
    page = visitor.get(f"/s/{token}")
    elsewhere = visitor.client.post(f"/s/{link[1]}/opens", data={"ticket": "made up", "signs": "pointer"})
    assert elsewhere.status_code == 204
    ticket = page.text.partition('data-ticket="')[2].partition('"')[0]
    visitor.client.post(f"/s/{link[1]}/opens", data={"ticket": ticket, "signs": "pointer", "seconds": "9"})
    with time_machine.travel(NOON + timedelta(hours=13), tick=False):
        visitor.client.post(f"/s/{token}/opens", data={"ticket": ticket, "signs": "pointer", "seconds": "9"})
    assert visits() == []


def test_another_site_cannot_count(visitor, link):
    page = visitor.get(f"/s/{link[1]}")
    visitor.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert visitor.tell(page).status_code == 403
    assert visits() == []


def test_who_says_no_leaves_nothing_behind_and_reads_on(visitor, link, item):
    page = visitor.get(f"/s/{link[1]}")
    visitor.tell(page)
    answer = visitor.press(page, "quiet")
    assert answer.location.endswith("?count=no")
    page = visitor.get(answer.location)
    assert "<strong>late</strong>" in page.text
    assert "data-opens" not in page.text
    visitor.press(page, "thanks")
    assert visits() == []
    assert db.session.query(ItemDay).filter_by(item_id=item.id).one().opened == 0
    db.session.refresh(link[0])
    assert link[0].first_opened_at is None


def test_who_says_no_after_midnight_is_taken_out_of_the_day_before(app, visitor, link, item):
    late = NOON.replace(hour=23, minute=55)
    with time_machine.travel(late, tick=False):
        page = visitor.get(f"/s/{link[1]}")
    known = re.search(r'data-opens="([^"]*)" data-ticket="([^"]*)"', page.text)
    with time_machine.travel(late + timedelta(seconds=30), tick=False):
        visitor.client.post(known[1], data={"ticket": known[2], "seconds": "8", "signs": "pointer"})
    assert db.session.query(ItemDay).one().opened == 1
    with time_machine.travel(late + timedelta(minutes=10), tick=False):
        visitor.press(page, "quiet")
    assert visits() == []
    assert [(row.on, row.opened) for row in db.session.query(ItemDay)] == [(NOON.date(), 0)]


def test_a_browser_remembers_it_only_where_that_was_asked_for_and_forgets_it_again(visitor, link):
    visitor.press(visitor.get(f"/s/{link[1]}"), "quiet", remember="yes")
    page = visitor.get(f"/s/{link[1]}")
    assert "You are not counted" in page.text
    visitor.press(page, "counted")
    assert "data-opens" in visitor.get(f"/s/{link[1]}").text


def test_no_address_is_kept_and_the_labels_mean_nobody_the_day_after(visitor, link):
    visitor.tell(visitor.get(f"/s/{link[1]}"))
    (visit,) = visits()
    kept = " ".join(map(str, vars(visit).values()))
    assert "203.0.113.7" not in kept
    assert AGENT not in kept
    with time_machine.travel(NOON + timedelta(days=1)):
        counting.throw_away(NOON + timedelta(days=1))
    assert db.session.query(DaySalt).count() == 0
    assert visits()[0].network == ""


def test_another_link_has_other_labels_for_the_same_person(visitor, ana, item):
    for _ in range(2):
        _made, token = share(ana, item)
        visitor.tell(visitor.get(f"/s/{token}"))
    assert len({visit.visitor for visit in visits()}) == 2


def test_what_was_read_in_a_room_is_told_item_by_item(visitor, browser, ana, item, marketer):
    made, token = share(ana, item, lib.published(marketer, "The second"), title="For the handover")
    visitor.tell(visitor.get(f"/s/{token}"))
    visitor.tell(visitor.get(f"/s/{token}/the-second"))
    page = browser.sign_in(ana).get(f"/shares/{made.id}").text
    assert page.count("One person") == 2
    assert db.session.query(ItemDay).filter_by(item_id=item.id).one().opened == 0
