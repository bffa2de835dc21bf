"""Words fade step by step, and none comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.message.fading import STEPS, faded
from tests.releases.make_releases import pitch


@given(st.text(max_size=300), st.integers(0, STEPS))
def test_nothing_of_the_text_is_lost(text, step):
    assert "".join(piece.text for piece in faded(text, step)) == text


@given(st.text(max_size=300), st.integers(0, STEPS - 1))
def test_what_faded_stays_faded(text, step):
    before, after = faded(text, step), faded(text, step + 1)
    assert all(now.is_faded or not was.is_faded for was, now in zip(before, after, strict=True))


def test_at_the_end_each_sentence_only_begins():
    left = [piece.text for piece in faded("We help owners. You get one answer.", STEPS) if not piece.is_faded]
    assert "".join(left).split() == ["We", ".", "You", "."]


def test_at_the_beginning_all_is_there():
    assert not any(piece.is_faded for piece in faded("We help owners.", 0))


@pytest.mark.parametrize("step", ["", "9", "-1", "x", "٣"])
def test_an_odd_step_is_the_first(browser, ana, step):
    pitch()
    assert "Some words are gone" in browser.sign_in(ana).get("/pitch/firm/from-memory", step=step).text


def test_a_strangers_pitch_is_not_there(browser, charlie, tax):
    pitch(key="tax", practice_key=tax.key)
    assert browser.sign_in(charlie).get("/pitch/tax/from-memory").status_code == 404
