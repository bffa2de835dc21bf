"""What needs no explaining at this firm: said where the checks ask, and taken back."""

import pytest

from portal.publishing import known
from tests.library import make_library as lib


@pytest.fixture
def signed_in(browser, marketer):
    return browser.sign_in(marketer)


@pytest.fixture
def look(marketer):
    item = lib.draft(marketer, source="The ABRT rule.", review_on=lib.PAST)
    return f"/studio/items/{item.id}/publish", item.id


def test_said_to_be_known_it_is_asked_for_no_more(signed_in, look):
    address, item_id = look
    assert "“ABRT” isn’t explained" in signed_in.get(address).text
    for _ in range(2):
        answer = signed_in.post("/studio/abbreviations", word="ABRT", item_id=item_id)
        assert answer.location == address
    assert known.every() == ["ABRT"]
    page = signed_in.get(address).text
    assert "“ABRT” needs no explaining from now on." in page
    assert "isn’t explained" not in page


def test_it_is_listed_below_what_needs_a_look_and_taken_off(signed_in, look):
    signed_in.post("/studio/abbreviations", word="ABRT")
    assert "What needs no explaining here" in signed_in.get("/studio/needs-a-look").text
    signed_in.post("/studio/abbreviations/forget", word="ABRT")
    assert "What needs no explaining here" not in signed_in.get("/studio/needs-a-look").text
    assert "“ABRT” isn’t explained" in signed_in.get(look[0]).text


@pytest.mark.parametrize("word", ["", "A", "abrt", "<B>", "ABRTABRT", "ABRT\n", "Ａ１"])
def test_what_is_no_abbreviation_is_refused(signed_in, word):
    assert signed_in.post("/studio/abbreviations", word=word).status_code == 422
    assert known.every() == []


def test_only_those_who_publish_say_so(browser, ana):
    assert browser.sign_in(ana).post("/studio/abbreviations", word="ABRT").status_code == 403
