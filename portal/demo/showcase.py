"""What the demo's practitioner finds on Today: something of everything, none of it finished."""

from datetime import timedelta

from portal.demo.people import Member
from portal.demo.pipeline import Story
from portal.demo.seasons import Year
from portal.demo.year import Life
from portal.pipeline.models import OpportunityKind
from portal.pipeline.stages import Stage

PLAN = (("value-proposition", 99), ("personal-brand", 99), ("network", 99), ("cross-selling", 5))
"""The modules she took, and how many steps of each at most."""
LAST_DAYS = (27, 21, 17, 13, 8, 3)
"""How many days ago she sat down last."""
SHEET = "referral-request"
MORE_SHEETS = (
    ("discovery-conversation", 118, True),
    ("activity-ranking", 12, False),
    ("content-plan", 6, False),
)
"""Which other worksheets she filled, how many days ago, and whether to the end."""
WAITING = {
    "contact": "Ruta Palmgren",
    "organisation": "Larchmoor Foods",
    "ask": "Somebody who has just bought a company and inherited its tax filings; a first talk of twenty minutes",
}
TALKING = {
    "contact": "Emil Weatherby",
    "organisation": "Tolvane Engineering",
    "ask": "An owner past sixty with children in the business; an introduction once they agree",
}


def prepare(member: Member, year: Year) -> None:
    """Before the year begins: which modules, and on which of the last days."""
    member.plan = PLAN
    quiet = year.ago(30)
    member.moments = [moment for moment in member.moments if moment < quiet] + [year.ago(days) for days in LAST_DAYS]


def arrange(life: Life) -> None:
    """At the end of the year: cards that slipped, two referrals with a next step, a worksheet begun yesterday."""
    year, desk = life.world.year, life.desk
    life.box.stumble(life.sitting(year.ago(LAST_DAYS[-1], hour=17)), 6)
    waiting = _ask(life, 15, **WAITING)
    waiting.next_step, waiting.next_on = "Ring her after the board meeting", year.today - timedelta(days=1)
    talking = _ask(life, 24, **TALKING)
    for days, stage in ((19, Stage.INTRODUCED), (9, Stage.IN_CONVERSATION)):
        desk.move(talking, stage, life.sitting(year.ago(days)))
    talking.next_step, talking.next_on = "Second talk, with Ben Okoro", year.today + timedelta(days=2)
    for story in (waiting, talking):
        story.changes[-1] |= {"next_step": story.next_step, "next_on": story.next_on}
    for key, days, to_the_end in MORE_SHEETS:
        if key in life.folder.course.sheets:
            life.folder.fill(key, life.sitting(year.ago(days)), to_the_end=to_the_end)
    life.folder.fill(SHEET, life.sitting(year.ago(1, hour=16)), to_the_end=False)


def _ask(life: Life, days: int, **given: str) -> Story:
    sitting = life.sitting(life.world.year.ago(days))
    story = life.desk.log(OpportunityKind.REFERRAL, sitting, Stage.ASKED, **given)
    story.currency = life.desk.currency
    story.value = 4_500_000
    story.changes[0] |= {"value": story.value, "worth": story.value, "currency": story.currency}
    return story
