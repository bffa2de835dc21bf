"""An item says which words of a pitch it uses, and whoever reads it learns when they have changed."""

from datetime import timedelta

import pytest

from portal.errors import Refused
from tests.library import make_library as lib
from tests.make import NOON
from tests.releases.make_releases import CLAIMS, pitch, publish, reworded


def test_it_says_what_it_stands_on(browser, ana, marketer):
    pitch()
    lib.published(marketer, "An answer", claim=["Firm/Too-Small "])
    page = browser.sign_in(ana).get("/library/an-answer").text
    assert "Too small" in page
    assert "have changed since" not in page


def test_it_warns_when_those_words_have_changed(browser, ana, marketer, now):
    found = pitch(now=now - timedelta(days=2))
    lib.published(marketer, "An answer", claim=["firm/too-small"])
    publish(found, claims=reworded("opener", "We help."), change="Not those.", now=now + timedelta(hours=1))
    assert "have changed since" not in browser.sign_in(ana).get("/library/an-answer").text
    publish(
        found, claims=reworded("too-small", "Small?", reworded("opener", "We help.")), change="Those.",
        now=now + timedelta(hours=2),
    )  # fmt: skip
    assert "have changed since" in browser.get("/library/an-answer").text


def test_it_warns_when_they_are_no_longer_said(browser, ana, marketer, now):
    found = pitch(now=now - timedelta(days=2))
    lib.published(marketer, "An answer", claim=["firm/too-small"])
    publish(found, claims=CLAIMS[:2], change="Shorter.", now=now + timedelta(hours=1))
    assert "withdrawn: no longer said" in browser.sign_in(ana).get("/library/an-answer").text


def test_words_that_no_pitch_has_are_refused_with_the_nearest(marketer):
    pitch()
    with pytest.raises(Refused, match="firm/opener") as refusal:
        lib.published(marketer, "An answer", claim=["firm/openr"])
    assert refusal.value.field == "claim"


def test_a_file_that_names_unknown_words_is_refused():
    with pytest.raises(Refused, match="No pitch has a part"):
        lib.loaded(claim=["firm/opener"], now=NOON)


def test_the_editor_keeps_and_suggests_them(browser, marketer):
    pitch()
    item = lib.published(marketer, "An answer", claim=["firm/too-small"])
    page = browser.sign_in(marketer).get(f"/studio/items/{item.id}").text
    assert 'value="firm/too-small"' in page
    assert "firm/one-answer" in page
