"""Playing client conversations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.drills import conversation as rules
from portal.drills import scenarios
from portal.drills.models import ScenarioChoice, ScenarioRun
from tests.drills.make_drills import NODES, conversation, load_conversation, node
from tests.make import NOON

KEY = "a-key-from-the-page"


@pytest.fixture
def scenario():
    return conversation()


@pytest.fixture
def run(scenario, ana, viewer):
    return scenarios.begin(scenario, key=KEY, by=viewer(ana), now=NOON)


def say(browser, run, place, choice):
    return browser.post(f"/drills/conversation-runs/{run.id}/choices", place=place, choice=choice)


def test_it_begins_once_however_often_it_is_sent(browser, ana, scenario):
    browser.sign_in(ana)
    for _ in range(2):
        answer = browser.post("/drills/conversations/bus/runs", key=KEY)
        assert answer.status_code == 303
    assert db.session.query(ScenarioRun).count() == 1


def test_it_goes_on_from_what_was_chosen_and_says_why(browser, ana, run):
    browser.sign_in(ana)
    assert say(browser, run, 0, 0).status_code == 303
    page = browser.get(f"/drills/conversation-runs/{run.id}").text
    assert "Because you asked." in page
    assert "Tell me more." in page


def test_it_ends_with_a_debrief(browser, ana, run):
    browser.sign_in(ana)
    say(browser, run, 0, 1)
    page = browser.get(f"/drills/conversation-runs/{run.id}").text
    assert "You lost them this time" in page
    assert "Ask before you tell." in page
    assert "What would have been stronger" in page


def test_the_same_choice_sent_twice_counts_once_and_no_choice_can_be_changed(browser, ana, run):
    browser.sign_in(ana)
    for _ in range(2):
        assert say(browser, run, 0, 0).status_code == 303
    changed = say(browser, run, 0, 1)
    assert changed.status_code == 422
    assert "answered this already" in changed.text
    assert db.session.query(ScenarioChoice).count() == 1


def test_a_choice_that_is_not_offered_is_refused(browser, ana, run):
    browser.sign_in(ana)
    for place, choice in ((0, 7), (1, 0), ("x", 0), (0, "x"), ("", "")):
        assert say(browser, run, place, choice).status_code == 422
    assert db.session.query(ScenarioChoice).count() == 0


def test_it_stays_in_the_words_it_was_begun_with(browser, ana, run):
    changed = [node("start", "Otherwise.", ("Yes.", "Good.", "end", "strong"), ("No.", "Bad.", "end", "weak"))]
    load_conversation([*changed, node("end", "Bye.", ending="good", debrief="All good.")])
    browser.sign_in(ana)
    assert "We have somebody." in browser.get(f"/drills/conversation-runs/{run.id}").text
    assert say(browser, run, 0, 0).status_code == 303
    browser.post("/drills/conversations/bus/runs", key="another-key-of-the-page")
    newest = db.session.query(ScenarioRun).order_by(ScenarioRun.id.desc()).first()
    assert "Otherwise." in browser.get(f"/drills/conversation-runs/{newest.id}").text


def test_a_conversation_that_is_taken_out_can_still_be_read(browser, ana, run):
    scenarios.retire_others(set())
    browser.sign_in(ana)
    assert browser.get("/drills/conversations/bus").status_code == 404
    assert browser.get(f"/drills/conversation-runs/{run.id}").status_code == 200
    assert "The bus" not in browser.get("/drills").text


def test_another_persons_conversation_is_not_there(browser, charlie, run):
    browser.sign_in(charlie)
    assert browser.get(f"/drills/conversation-runs/{run.id}").status_code == 404
    assert say(browser, run, 0, 0).status_code == 404


@pytest.mark.parametrize("address", ["/drills/conversations/bus", "/drills/conversation-runs/1"])
def test_it_needs_signing_in(browser, address):
    assert browser.get(address).location.startswith("/sign-in")


def test_the_drills_page_tells_how_it_ended_last(browser, ana, run):
    browser.sign_in(ana)
    assert "The bus" in browser.get("/drills").text
    say(browser, run, 0, 1)
    assert "got lost last time" in browser.get("/drills").text
    assert "got lost after 1 answer" in browser.get("/drills/conversations/bus").text


@pytest.mark.parametrize("page", ["conversations/bus", "conversation-runs/{}"])
def test_pages_stay_within_their_budget(browser, ana, run, budget, page):
    browser.sign_in(ana)
    with budget(6):
        assert browser.get(f"/drills/{page.format(run.id)}").status_code == 200


def test_loading_it_again_changes_nothing_and_says_what_changed():
    assert load_conversation() == ["conversation bus: new"]
    assert load_conversation() == []
    assert load_conversation(title="A bus") == ["conversation bus: description"]
    assert scenarios.retire_others(set()) == ["conversation bus: taken out"]
    assert load_conversation(title="A bus") == ["conversation bus: back"]


def reasons(nodes, start="start"):
    return [wrong.reason for wrong in rules.wrongs(start, nodes)]


END = node("end", "Bye.", ending="good", debrief="All good.")


def to(*targets):
    return [("Yes.", "Why.", target, "strong") for target in targets]


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        ([node("start", "Hm.", *to("nowhere", "end")), END], "no node 'nowhere'"),
        ([node("begin", "Hm.", *to("end", "end")), END], "starts at 'start'"),
        ([node("start", "Hm.", *to("a", "end")), node("a", "Oh."), END], "'a' is a dead end"),
        ([node("start", "Hm.", *to("end", "end")), node("a", "Oh.", *to("end", "end")), END], "Nobody gets to 'a'"),
        ([node("start", "Hm.", *to("a", "end")), node("a", "Oh.", *to("b", "b")), node("b", "O.", *to("a", "a")), END],
         "goes round for ever"),
        ([node("start", "Hm.", ("Y.", "W.", "end", "fair"), ("N.", "W.", "end", "weak")), END], "no strong answer"),
        ([node("start", "Hm.", *to("end", "end")), {**END, "debrief": ""}], "no debrief"),
        ([node("start", "Hm.", *to("end", "end")), {**END, **node("end", "Bye.", *to("start"))}], "can't have choices"),
    ],
)  # fmt: skip
def test_a_conversation_that_cannot_work_is_told_why(nodes, reason):
    assert any(reason in said for said in reasons(nodes)), reasons(nodes)


def test_a_loop_with_a_way_out_is_fine():
    assert reasons(NODES) == []


@given(st.data())
def test_whoever_plays_a_conversation_that_works_can_end_it(data):
    size = data.draw(st.integers(1, 6))
    keys = ["start", *(f"n{number}" for number in range(size - 1)), "end"]
    nodes = [
        node(key, "Hm.", *to(*data.draw(st.lists(st.sampled_from(keys), min_size=2, max_size=3)))) for key in keys[:-1]
    ]
    nodes.append(END)
    if reasons(nodes):
        return
    content = {"start": "start", "nodes": {each["key"]: each for each in nodes}}
    walked = data.draw(st.lists(st.integers(0, 2), max_size=8))
    here = rules.standing(content, walked)
    seen, waiting = set(), [here.node["key"]]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += [choice["then"] for choice in content["nodes"][key].get("choices", ())]
    assert "end" in seen
