"""Cards of the newer kinds and client conversations: what is wrong is named with its line, and nothing changes."""

import pytest

from portal.content import loader
from portal.db import db
from portal.drills.models import Deck, Scenario
from tests.content import make_content as make

CARDS, TALK = "decks/newer.md", "scenarios/bus.md"
NEWER = """---
title: Newer
discipline: referrals
cards:
  - key: in-order
    kind: order
    front: What comes first?
    parts: [This, That, Then]
    back: So it is.
  - key: pairs
    kind: match
    front: What goes together?
    pairs:
      - left: Left one
        right: Right one
      - left: Left two
        right: Right two
    back: So it is.
  - key: words
    kind: typed
    front: Say it.
    messages:
      - says: whom we help
        accept: [help owners]
    back: So it is.
---
"""
CONVERSATION = """---
title: The bus
discipline: referrals
summary: A short talk.
who: A client
minutes: 3
start: begin
nodes:
  - key: begin
    says: We have somebody.
    choices:
      - say: Good. What do they leave to you?
        why: A question.
        then: more
        quality: strong
      - say: We are cheaper.
        why: Nobody asked.
        then: over
        quality: weak
  - key: more
    says: Timetables.
    choices:
      - say: May I look?
        why: Small.
        then: over
        quality: strong
      - say: What did you say?
        why: You weren't listening.
        then: begin
        quality: weak
  - key: over
    says: Come on Monday.
    ending: good
    debrief: You asked.
---
You wait for the bus.
"""
WRONG = [
    (CARDS, "[This, That, Then]", "[This, That]", 8, "3 to 6 entries"),
    (CARDS, "[This, That, Then]", "[This, That, This]", 8, "stands on line 8 already"),
    (CARDS, "right: Right two", "right: Right one", 16, "nobody could tell the two apart"),
    (CARDS, "        right: Right two\n", "", 16, "'right' is missing"),
    (CARDS, "accept: [help owners]", "accept: [to the]", 24, "only little words"),
    (CARDS, "accept: [help owners]", "accept: []", 24, "1 to 12 entries"),
    (CARDS, "    messages:\n", "    mesages:\n", 22, "Did you mean 'messages'?"),
    (TALK, "then: more", "then: nowhere", 14, "no node 'nowhere'"),
    (TALK, "start: begin", "start: nowhere", 7, "no node with this key"),
    (TALK, "then: more", "then: over", 20, "Nobody gets to 'more'"),
    (TALK, "    ending: good\n    debrief: You asked.\n", "", 31, "dead end"),
    (TALK, "    debrief: You asked.\n", "", 31, "has no debrief"),
    (TALK, "then: over", "then: more", 31, "Nobody gets to 'over'"),
    (TALK, "quality: strong", "quality: fair", 9, "offers no strong answer"),
    (TALK, "quality: weak", "quality: bad", 19, "must be strong, fair or weak"),
    (TALK, "ending: good", "ending: fine", 33, "must be good, mixed or lost"),
    (TALK, "minutes: 3", "minutes: x", 6, "whole number"),
    (TALK, "You wait for the bus.", "", 36, "The situation is missing"),
]


@pytest.fixture
def folder(tmp_path):
    path = make.folder(tmp_path / "content")
    make.write(path, CARDS, NEWER)
    make.write(path, TALK, CONVERSATION)
    return path


def test_they_load_once(folder, now):
    report = loader.load(folder, now=now)
    assert report.problems == []
    assert {"deck newer: new, 3 cards", "conversation bus: new"} <= set(report.changes)
    assert loader.load(folder, now=now).changes == []


def test_a_conversation_whose_file_is_gone_is_taken_out(folder, now):
    loader.load(folder, now=now)
    (folder / TALK).unlink()
    assert loader.load(folder, now=now).changes == ["conversation bus: taken out"]


@pytest.mark.parametrize(("file", "before", "after", "line", "reason"), WRONG)
def test_it_names_file_line_and_reason_and_changes_nothing(folder, now, file, before, after, line, reason):
    path = folder / file
    path.write_text(path.read_text().replace(before, after))
    report = loader.load(folder, now=now)
    assert report.changes == []
    found = [problem for problem in report.problems if problem.startswith(f"content/{file}:{line}: ")]
    assert any(reason in problem for problem in found), report.problems
    assert (db.session.query(Deck).count(), db.session.query(Scenario).count()) == (0, 0)


@pytest.mark.parametrize("name", ["settings", "answers", "field-events"])
def test_a_deck_keeps_clear_of_other_addresses(folder, now, name):
    make.write(folder, f"decks/{name}.md", NEWER)
    assert any("address of another page" in problem for problem in loader.load(folder, now=now).problems)
