"""The picture, and growth: what they show is what the rows say."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from portal.network import growth, rings
from portal.network.models import Pace, Relation, Tier
from tests.make import TODAY
from tests.network.make_network import contact, touched


@dataclass(frozen=True)
class Known:
    """A contact in the picture."""

    id: int
    name: str
    relation: Relation
    last_touch_on: date | None
    due_on: date | None = None


known = some.builds(
    Known,
    id=some.integers(1, 10**6),
    name=some.text(max_size=5),
    relation=some.sampled_from(Relation),
    last_touch_on=some.none() | some.dates(date(2020, 1, 1), TODAY),
)


@given(some.lists(known, max_size=120))
def test_everybody_is_drawn_once_in_their_ring(contacts):
    picture = rings.picture(contacts, TODAY)
    assert Counter(dot.id for dot in picture.dots) == Counter(one.id for one in contacts)
    assert sum(sum(counts.values()) for counts in picture.counts.values()) == len(contacts)
    for dot in picture.dots:
        inner, outer = rings.EDGES[list(rings.Ring).index(dot.ring)], rings.EDGES[list(rings.Ring).index(dot.ring) + 1]
        assert inner <= math.hypot(dot.x - rings.CENTRE, dot.y - rings.CENTRE) <= outer


@given(some.lists(known, min_size=rings.MOST_DOTS + 1, max_size=rings.MOST_DOTS + 40))
def test_many_are_shown_as_numbers(contacts):
    picture = rings.picture(contacts, TODAY)
    assert not picture.dots
    assert sum(cell.n for cell in picture.cells) == len(contacts)


def test_rings_go_by_days():
    ago = {0: "month", 30: "month", 31: "quarter", 91: "quarter", 92: "half-year", 182: "half-year", 183: "longer"}
    for days, ring in ago.items():
        assert rings.ring_of(TODAY - timedelta(days=days), TODAY) == ring
    assert rings.ring_of(None, TODAY) == "never"


@given(some.none() | some.dates(date(2020, 1, 1), TODAY + timedelta(days=3)))
def test_the_list_has_the_same_rings(last_on):
    def is_in(ring):
        first, last = rings.days_of(ring, TODAY)
        if ring == rings.Ring.NEVER:
            return last_on is None
        return last_on is not None and (first is None or first <= last_on) and (last is None or last_on <= last)

    assert [ring for ring in rings.Ring if is_in(ring)] == [rings.ring_of(last_on, TODAY)]


def test_each_number_leads_to_the_people_behind_it(browser, ana):
    touched(contact(ana, "Marta Lund", relation=Relation.FRIEND), ana, TODAY - timedelta(days=40))
    contact(ana, "Late Lou", relation=Relation.FRIEND)
    contact(ana, "Out Oda", relation=Relation.FRIEND, pace=Pace.LEFT_OUT)
    page = browser.sign_in(ana).get("/network/picture").text
    for ring, name in (("quarter", "Marta Lund"), ("never", "Late Lou")):
        address = f"/network?relation=friend&amp;touched={ring}"
        assert f'<a href="{address}"' in page
        shown = browser.get(address.replace("&amp;", "&")).text
        assert [name for name in ("Marta Lund", "Late Lou", "Out Oda") if f">{name}<" in shown] == [name]


def test_the_page_draws_a_link_for_each_and_says_the_same_as_a_table(browser, ana):
    row = contact(ana, "Marta <Lund>", relation=Relation.FRIEND)
    touched(row, ana)
    page = browser.sign_in(ana).get("/network/picture").text
    assert f'<a href="/network/{row.id}" aria-label="Marta &lt;Lund&gt;, this month">' in page
    assert "You were in touch with 1 of 1 in the last three months." in page
    assert '<a href="/network?relation=friend">Friend</a>' in page


def test_growth_counts_by_month():
    kept = [
        growth.Kept(1, date(2026, 1, 10), Relation.FRIEND, Tier.INNER, 30),
        growth.Kept(2, date(2026, 3, 1), Relation.CLIENT, Tier.MIDDLE, 90),
    ]
    months = growth.by_month(kept, [(1, date(2026, 1, 20)), (2, date(2026, 3, 3)), (1, date(2025, 12, 1))], TODAY)
    said = {month.first_on.month: (month.contacts, month.added, month.touches, month.in_rhythm) for month in months}
    assert len(months) == 12
    assert said[12] == (0, 0, 1, 0)
    assert said[1] == (1, 1, 1, 1)
    assert said[2] == (1, 0, 0, 0)
    assert said[3] == (2, 1, 1, 1)
    assert (months[-1].relations, months[-1].tiers, months[-1].percent) == (2, 2, 50)


def test_the_page_shows_growth(browser, ana):
    touched(contact(ana), ana)
    page = browser.sign_in(ana).get("/network/growth").text
    assert "One contact, in 1 of 7 kinds of relation." in page
    assert "March 2026" in page
