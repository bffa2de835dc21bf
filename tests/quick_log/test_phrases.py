"""Lines as people type them, and what is to be understood of each. It is Wednesday, 4 March 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.network.models import TouchKind
from portal.quick_log import phrases
from portal.quick_log.names import Known
from portal.quick_log.phrases import Asked
from tests.make import TODAY

DANA, TOM, DORA, RUTA = (
    Known(1, "Dana Reed", "Larch Logistics"),
    Known(2, "Tom Hale", "Hale & Sons"),
    Known(3, "Dora Reed", "Quay Bank"),
    Known(4, "Ruta Palmgren", "Larchmoor Foods"),
)
LUCIA, JAN = Known(5, "Lucía Ñandú", ""), Known(6, "Jan van der Berg", "Berg Metals")
CONTACTS = [DANA, TOM, DORA, RUTA, LUCIA, JAN]
MEETING, CALL, MESSAGE, EVENT, ASK = (
    TouchKind.MEETING,
    TouchKind.CALL,
    TouchKind.MESSAGE,
    TouchKind.EVENT,
    TouchKind.ASK,
)


def day(month, number, year=2026):
    return date(year, month, number)


PHRASES = [
    (
        "coffee with Dana Reed, asked for intro to Tolvane Engineering, next Tue",
        dict(kind=MEETING, contact=DANA, asked=Asked.YES, ask="An introduction to Tolvane Engineering",
             organisation="Larch Logistics", next_on=day(3, 10), next_step="Follow up", happened_on=TODAY,
             note="Coffee"),
    ),
    ("lunch with Tom yesterday", dict(kind=MEETING, contact=TOM, happened_on=day(3, 3), asked=Asked.NO, note="Lunch")),
    ("rang Ruta", dict(kind=CALL, contact=RUTA, happened_on=TODAY, note="")),
    ("Called ruta palmgren last Tue", dict(kind=CALL, contact=RUTA, happened_on=day(3, 3))),
    ("emailed Tom Hale on Monday", dict(kind=MESSAGE, contact=TOM, happened_on=day(3, 2))),
    ("wrote to Tom Hale about the board dinner", dict(kind=MESSAGE, contact=TOM, note="Wrote about the board dinner")),
    ("met Tom at the chamber conference on 26 February", dict(kind=EVENT, contact=TOM, happened_on=day(2, 26))),
    ("bumped into Ruta Palmgren at the airport", dict(kind=MEETING, contact=RUTA)),
    ("Tom rang, wants to talk about payroll", dict(kind=CALL, contact=TOM, note="Wants to talk about payroll")),
    ("call with tom hale, send him the paper tomorrow",
     dict(kind=CALL, contact=TOM, next_step="Send him the paper", next_on=day(3, 5), happened_on=TODAY)),
    ("coffee w/ T. Hale", dict(kind=MEETING, contact=TOM)),
    ("lunch with TH", dict(kind=MEETING, contact=TOM)),
    ("coffee with Tomm Hail", dict(kind=MEETING, contact=None, who="Tomm Hail")),
    ("drinks with Ruta Palmgrn two days ago", dict(kind=MEETING, contact=RUTA, happened_on=day(3, 2))),
    ("coffee with Lucia", dict(contact=LUCIA)),
    ("meeting with Jan van der Berg last Friday", dict(kind=MEETING, contact=JAN, happened_on=day(2, 27))),
    ("coffee with Reed", dict(contact=None, who="Reed")),
    ("coffee with Dana", dict(contact=DANA)),
    ("coffee with Reed at Quay Bank", dict(contact=DORA, organisation="Quay Bank")),
    ("dinner with Nora Vale at Ilverton Labs", dict(contact=None, who="Nora Vale", organisation="Ilverton Labs")),
    ("asked Tom for an introduction to his banker",
     dict(kind=ASK, contact=TOM, asked=Asked.YES, ask="An introduction to his banker", organisation="Hale & Sons")),
    ("asked Dana Reed for two names in shipping, ring her in two weeks",
     dict(contact=DANA, asked=Asked.YES, ask="Two names in shipping", next_step="Ring her", next_on=day(3, 18))),
    ("asked Ruta whether she knows a controller who has just started",
     dict(contact=RUTA, asked=Asked.YES, ask="Whether she knows a controller who has just started")),
    ("coffee with Tom and asked for intro to Quay Bank, follow up at the end of the month",
     dict(contact=TOM, asked=Asked.YES, ask="An introduction to Quay Bank", next_on=day(3, 31), next_step="Follow up")),
    ("lunch with Ruta, she asked me for a speaker", dict(asked=Asked.NO, note="Lunch. She asked me for a speaker")),
    ("call with Tom, mean to ask for a referral to Berg Metals next week",
     dict(contact=TOM, asked=Asked.PLANNED, ask="An introduction to Berg Metals", next_on=day(3, 9), next_step="Ask")),
    ("tea with Dana Reed, next step: book a table for 12 March",
     dict(contact=DANA, next_step="Book a table", next_on=day(3, 12))),
    ("zoom with Tom 3 days ago; promised to send the study by Friday",
     dict(kind=CALL, happened_on=day(3, 1), next_step="Send the study", next_on=day(3, 6))),
    ("texted Ruta this morning", dict(kind=MESSAGE, contact=RUTA, happened_on=TODAY)),
    ("coffee with Tom on 2026-02-11", dict(contact=TOM, happened_on=day(2, 11))),
    ("coffee with Tom on 3rd of March", dict(contact=TOM, happened_on=day(3, 3))),
    ("coffee with Tom on December 12", dict(contact=TOM, happened_on=day(12, 12, 2025))),
    ("visited Tom Hale last week, they are opening in Porto",
     dict(happened_on=day(2, 25), note="Visited. They are opening in Porto")),
    ("lunch with Dana Reed and Tom Hale", dict(contact=DANA, others=[TOM])),
    ("breakfast with Tom. He is moving to Ghent in May.",
     dict(contact=TOM, note="Breakfast. He is moving to Ghent in May")),
    ("Ruta Palmgren", dict(contact=RUTA, kind=TouchKind.OTHER)),
    ("saw Tom, ring him on Friday", dict(contact=TOM, next_step="Ring him", next_on=day(3, 6))),
    ("coffee with Tom, next Tue", dict(contact=TOM, next_step="Follow up", next_on=day(3, 10))),
    ("met with Ruta yesterday and asked for an intro to Hale & Sons",
     dict(kind=MEETING, contact=RUTA, happened_on=day(3, 3), ask="An introduction to Hale & Sons")),
    ("webinar, spoke to Tom Hale", dict(contact=TOM)),
    ("I had a quick call with Ruta on Tuesday", dict(kind=CALL, contact=RUTA, happened_on=day(3, 3), note="")),
    ("call Tom in a fortnight", dict(contact=TOM, next_step="Call Tom", next_on=day(3, 18), is_plan=True)),
    ("coffee with Tom tomorrow", dict(contact=TOM, next_step="Coffee with Tom", next_on=day(3, 5), is_plan=True)),
    ("Dr. Nora Vale rang. Ring her back on Monday.",
     dict(kind=CALL, who="Dr. Nora Vale", next_step="Ring her back", next_on=day(3, 9))),
    ("golf with Jan, end of next month send him the list",
     dict(contact=JAN, next_on=day(4, 30), next_step="Send him the list")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PHRASES, ids=[text for text, _ in PHRASES])
def test_a_line_is_understood(text, expected):
    found = phrases.read(text, TODAY, CONTACTS)
    assert {name: getattr(found, name) for name in expected} == expected


def test_somebody_near_is_offered():
    assert [one.contact for one in phrases.read("coffee with Tomm Hail", TODAY, CONTACTS).candidates] == [TOM]
    assert [one.contact for one in phrases.read("coffee with Reed", TODAY, CONTACTS).candidates] == [DANA, DORA]


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_no_touch_is_to_come(text):
    found = phrases.read(text, TODAY, CONTACTS)
    assert found.happened_on


@given(st.lists(st.sampled_from(" ".join(text for text, _ in PHRASES).split()), max_size=25).map(" ".join))
def test_nor_does_any_jumble_of_our_words(text):
    found = phrases.read(text, TODAY, CONTACTS)
    assert found.next_on is None or found.next_step
