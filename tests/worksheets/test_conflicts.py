"""Two tabs, one worksheet: nothing is ever overwritten silently."""

import html

from hypothesis import given
from hypothesis import strategies as st

from portal.worksheets import definition
from portal.worksheets.conflicts import merged
from tests.browser import Fields
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send

PLACES = st.sampled_from(["person", "why", "step", "asks/a/contact", "asks/a/ask", "asks/b/contact"])
TEXTS = st.sampled_from(["", "one", "two", "three"])
ANSWERS = st.dictionaries(PLACES, TEXTS)


def after(before, changes):
    return {**before, **changes}


def same(one, other):
    return {place: text for place, text in one.items() if text} == {
        place: text for place, text in other.items() if text
    }


@given(ANSWERS, ANSWERS, ANSWERS)
def test_changes_to_different_places_lose_nothing(before, mine, theirs):
    theirs = {place: text for place, text in theirs.items() if place not in mine}
    outcome = merged(before=before, mine=after(before, mine), theirs=after(before, theirs))
    assert not outcome.theirs
    assert same(outcome.answers, {**before, **theirs, **mine})


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nothing_is_overwritten_silently(before, mine, theirs):
    outcome = merged(before=before, mine=mine, theirs=theirs)
    for place, text in mine.items():
        known, saved = before.get(place, ""), theirs.get(place, "")
        assert (place in outcome.theirs) == (text != known and saved != known and text != saved)
        assert outcome.answers.get(place, "") == (text if saved == known else saved)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_the_order_of_two_saves_does_not_matter_where_they_agree(before, one, other):
    other = {place: text for place, text in other.items() if place not in one}
    first = merged(before=before, mine=other, theirs=merged(before=before, mine=one, theirs=before).answers)
    second = merged(before=before, mine=one, theirs=merged(before=before, mine=other, theirs=before).answers)
    assert same(first.answers, second.answers)


@given(ANSWERS)
def test_answers_stay_the_same_through_storing(answers):
    stored = definition.nested(answers)
    assert same(definition.flat(stored), answers)
    assert definition.nested(definition.flat(stored)) == stored


def test_a_script_that_starts_from_an_older_text_is_held_back(browser, ana):
    filled = make.filled(ana, answers={"person": "Theirs"}, version=2)
    answer = send(browser.sign_in(ana), filled, {"person": ("", "Mine"), "why": ("", "Because")}, version=1)
    assert answer.status_code == 409
    assert answer.json["theirs"] == {"person": "Theirs"}
    assert filled.answers == {"person": "Theirs"}


def test_a_script_may_save_beside_what_another_tab_saved(browser, ana):
    filled = make.filled(ana, answers={"person": "Theirs", "asks": [make.ROW]}, version=2)
    answer = send(browser.sign_in(ana), filled, {"asks/r2/contact": ("", "Ben"), "asks/r1/next_step": ("", "Ring")}, 1)
    assert answer.status_code == 200
    assert filled.answers["person"] == "Theirs"
    assert filled.answers["asks"] == [make.ROW | {"next_step": "Ring"}, {"row": "r2", "contact": "Ben"}]


def test_knowing_what_is_saved_lets_a_text_replace_it(browser, ana):
    filled = make.filled(ana, answers={"person": "Theirs"}, version=2)
    assert send(browser.sign_in(ana), filled, {"person": ("Theirs", "Mine")}).status_code == 200
    assert filled.answers == {"person": "Mine"}


def test_white_space_makes_no_conflict(browser, ana):
    filled = make.filled(ana, answers={"person": "A banker", "why": "One\nTwo"})
    changes = {"person": ("A  banker ", "A baker"), "why": ("One\r\nTwo", "One\r\nThree")}
    assert send(browser.sign_in(ana), filled, changes).status_code == 200


def both_tabs(browser, ana):
    """A page opened, and another tab that saved since: the page sends its own."""
    filled = make.filled(ana, answers={"person": "Before", "why": "Before"})
    opened = browser.sign_in(ana).get(page(filled)).text
    known = html.unescape(opened.partition('name="before" value="')[2].partition('"')[0])
    send(browser, filled, {"person": ("Before", "Theirs"), "why": ("Before", "Only theirs")})
    fields = {"before": known, "a.person": "Mine", "a.why": "Before", "a.asks/new1/contact": "Dana"}
    return filled, browser.post(page(filled), **fields)


def test_a_page_shows_both_texts_and_saves_neither(browser, ana):
    filled, answer = both_tabs(browser, ana)
    assert answer.status_code == 422
    assert 'value="Mine"' in answer.text
    assert "<p>Theirs</p>" in answer.text
    assert "Only theirs" in answer.text
    assert 'value="Dana"' in answer.text
    assert filled.answers == {"person": "Theirs", "why": "Only theirs"}


def fields_of(answer, **chosen):
    return {**Fields.of(answer.text), **chosen}


def test_pressing_again_keeps_mine(browser, ana):
    filled, answer = both_tabs(browser, ana)
    assert browser.post(page(filled), **fields_of(answer)).status_code == 302
    assert filled.answers["person"] == "Mine"
    assert filled.answers["why"] == "Only theirs"
    assert filled.answers["asks"][0]["contact"] == "Dana"


def test_the_other_text_can_be_taken(browser, ana):
    filled, answer = both_tabs(browser, ana)
    assert browser.post(page(filled), **fields_of(answer, take="person")).status_code == 302
    assert filled.answers["person"] == "Theirs"


class Tab:
    """What a page knows: the text it last knew to be saved, and the text that stands in it."""

    def __init__(self, saved):
        self.known, self.text = dict(saved), dict(saved)

    def save(self, saved):
        """Send what changed; answers what is saved then, and where the person has to choose."""
        changed = {place: text for place, text in self.text.items() if text != self.known.get(place, "")}
        before = {place: self.known.get(place, "") for place in changed}
        outcome = merged(before=before, mine=changed, theirs=saved)
        if outcome.theirs:
            return saved, outcome.theirs
        for place, text in outcome.answers.items():
            if self.text.get(place, "") == self.known.get(place, ""):
                self.text[place] = text
            self.known[place] = text
        return dict(outcome.answers), {}


ACTS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["type", "save", "keep mine", "take theirs"]), PLACES), max_size=40
)


@given(ACTS)
def test_in_whatever_order_tabs_save_neither_side_is_lost(acts):
    """A saved text is only ever replaced from a tab that showed it, and what somebody typed is saved as it was typed,
    unless they chose the other text after seeing both."""
    saved, tabs = {}, [Tab({}) for _ in range(3)]
    for number, (who, act, place) in enumerate(acts):
        tab = tabs[who]
        if act == "type":
            tab.text[place] = f"text {number}"
            continue
        typed = {where: text for where, text in tab.text.items() if text != tab.known.get(where, "")}
        shown = dict(tab.known)
        now, theirs = tab.save(saved)
        if theirs:
            assert now == saved
            assert all(tab.text[where] == typed[where] and text == saved[where] for where, text in theirs.items())
            tab.known |= theirs
            if act == "take theirs":
                tab.text |= theirs
                typed |= theirs
        if theirs:
            shown = dict(tab.known)
            now, still = tab.save(saved)
            assert not still
        replaced = [where for where in now if now[where] != saved.get(where, "")]
        assert all(shown.get(where, "") == saved.get(where, "") for where in replaced)
        assert all(now[where] == text for where, text in typed.items())
        saved = now
