"""A month of deeds around midnights and the night when clocks go forward, counted by hand and by the portal."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from portal.accounts.models import SignIn
from portal.accounts.viewer import of
from portal.db import db
from portal.network import services as network
from portal.usage import recount
from portal.usage.meanings import BY_DAY
from tests.make import person
from tests.publishing.make_items import at
from tests.sharing import make_sharing
from tests.usage import make_usage
from tests.usage.test_item import figures_of

FORWARD = datetime(2026, 3, 29, 1, tzinfo=UTC)
"""When clocks in London go from one to two; from then on its days begin an hour before those of UTC."""
TODAY = datetime(2026, 3, 31, 20, tzinfo=UTC)
FIRST = date(2026, 3, 2)
"""Thirty days, today among them."""
MINUTES = (-61, -59, -1, 0, 1, 59, 61, 700)
DEEDS = ("reads", "reads", "reads", "copies", "downloads", "yes", "no", "used", "shared")


def london(moment: datetime) -> date:
    """The day on which it is counted, worked out without a calendar of zones."""
    return (moment + timedelta(hours=moment >= FORWARD)).date()


@pytest.fixture
def people(ana, ben, charlie, firm):
    return [ana, ben, charlie, *(person(f"Nora Finch{n}", firm) for n in range(3))]


@pytest.fixture
def item(marketer):
    return make_usage.item(marketer, "The orchard case")


def deeds(people):
    """When, who, what; in the order of time."""
    by_chance = Random(20260331)
    nights = [datetime(2026, 3, day, tzinfo=UTC) for day in (3, 16, 28, 29, 30, 31)]
    moments = sorted(night + timedelta(minutes=m, seconds=by_chance.randrange(59)) for night in nights for m in MINUTES)
    return [(moment, by_chance.choice(people), by_chance.choice(DEEDS)) for moment in moments for _ in range(2)]


def come(browser, who):
    """Sign in, for longer than a fortnight after the tests' noon."""
    browser.sign_in(who)
    db.session.query(SignIn).update({"expires_at": TODAY + timedelta(days=1)})
    return browser


def done(browser, item, who, what, contacts):
    """One deed, as the pages do it."""
    come(browser, who)
    if what in {"yes", "no"}:
        return browser.post(f"/library/{item.key}/usefulness", useful=what)
    if what == "used":
        return browser.post(f"/usage/items/{item.id}/used", contact_id=contacts[who.id].id, contact="Dana Reed")
    return browser.post(f"/library/{item.key}/{what}")


def counted_by_hand(told):
    """What ought to be counted, by day; and who read it."""
    days: dict[date, Counter[str]] = {}
    read: set[tuple[int, date]] = set()
    helped: dict[int, tuple[str, date]] = {}
    used = set()
    for moment, who, what in told:
        on = london(moment)
        day = days.setdefault(on, Counter())
        if what in {"reads", "yes", "no"} and (who, on) not in read:
            day["views"] += 1
            day["readers"] += not any(reader == who for reader, _on in read)
            read.add((who, on))
        if what in {"yes", "no"} and helped.get(who, ("",))[0] != what:
            named = {"yes": "helped", "no": "did_not_help"}
            if who in helped:
                days[helped[who][1]][named[helped[who][0]]] -= 1
            day[named[what]] += 1
            helped[who] = (what, on)
        if what == "used" and who not in used:
            used.add(who)
            day["used"] += 1
        day["copied"] += what == "copies"
        day["downloaded"] += what == "downloads"
        day["shared"] += what == "shared"
    return days, {who for who, _on in read}


def test_what_the_pages_say_is_what_happened(browser, marketer, people, item):
    contacts = {
        who.id: network.add(name="Dana Reed", organisation="Larch", by=of(who), now=TODAY - timedelta(days=90))
        for who in people
    }
    told = []
    for moment, who, what in deeds(people):
        with at(moment):
            if what == "shared":
                to = network.add(name=f"For {len(told)}", organisation="Larch", by=of(who), now=moment)
                make_sharing.share(who, item, to=to, now=moment)
            else:
                answer = done(browser, item, who, what, contacts)
                assert answer.status_code == 204 or f"/library/{item.key}" in answer.location
        told.append((moment, who.id, what))
    days, readers = counted_by_hand(told)
    wanted = {figure.key: sum(day[figure.key] for on, day in days.items() if on >= FIRST) for figure in BY_DAY}
    with at(TODAY):
        come(browser, marketer)
        for _ in range(2):
            shown = figures_of(browser.get(f"/usage/items/{item.id}", time="month", by="day").text)
            assert shown == [wanted["views"], len(readers), *(wanted[figure.key] for figure in BY_DAY[1:])]
            table = browser.get(f"/usage/items/{item.id}.csv", time="month", by="day").text.lstrip("\ufeff")
            for row in csv.DictReader(io.StringIO(table)):
                day = days.get(date.fromisoformat(row["From"]), Counter())
                assert [int(row[figure.label]) for figure in BY_DAY] == [day[figure.key] for figure in BY_DAY], row
            recount.recount()
            db.session.commit()
