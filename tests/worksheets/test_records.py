"""Choosing records in a worksheet: only what the person may see, and words alone are always enough."""

import pytest

from portal.accounts.viewer import of
from portal.db import db
from portal.library.models import Item, ItemState
from portal.network import services as network
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send


def contact(person, name="Dana Ruiz"):
    return network.add(name=name, by=of(person), now=make.NOON)


@pytest.fixture
def filled(ana):
    return make.filled(ana, make.sheet_of(make.ask("who", "contact"), make.ask("peer", "colleague")))


def test_a_chosen_contact_is_kept_with_its_words(browser, ana, filled):
    dana = contact(ana)
    answer = send(browser.sign_in(ana), filled, {"who": ("", f"{dana.id}|Dana Ruiz")})
    assert answer.status_code == 200
    assert filled.answers == {"who": f"{dana.id}|Dana Ruiz"}
    text = browser.get(f"{page(filled)}/read").text
    assert f'<a href="/network/{dana.id}">Dana Ruiz</a>' in text


def test_words_alone_are_enough(browser, ana, filled):
    browser.sign_in(ana).submit(page(filled), **{"a.who": "Dana from the trade body"})
    assert filled.answers == {"who": "Dana from the trade body"}


def test_a_page_sends_the_words_and_the_choice(browser, ana, filled):
    dana = contact(ana)
    browser.sign_in(ana).submit(page(filled), **{"a.who": "Dana Ruiz", "i.who": str(dana.id)})
    assert filled.answers == {"who": f"{dana.id}|Dana Ruiz"}
    browser.submit(page(filled), **{"a.who": "Dana's sister"})
    assert filled.answers == {"who": "Dana's sister"}


def test_somebody_elses_contact_is_refused_and_told_like_a_missing_one(browser, ana, ben, filled):
    theirs = contact(ben)
    refused = send(browser.sign_in(ana), filled, {"who": ("", f"{theirs.id}|Dana Ruiz")})
    missing = send(browser, filled, {"who": ("", "99999999|Dana Ruiz")})
    assert refused.status_code == missing.status_code == 422
    assert (
        refused.json["fields"]
        == missing.json["fields"]
        == {"who": "There is no such contact of yours now. Choose again, or write it without choosing."}
    )
    assert filled.answers == {}


def test_the_page_says_so_beside_the_field(browser, ana, ben, filled):
    theirs = contact(ben)
    fields = {"a.who": "Dana Ruiz", "i.who": str(theirs.id), "a.peer": "Somebody"}
    answer = browser.sign_in(ana).submit(page(filled), **fields)
    assert answer.status_code == 422
    assert 'id="f-who-error">There is no such contact of yours' in answer.text
    assert 'value="Somebody"' in answer.text


def test_two_choices_in_one_request_are_both_checked(browser, ana, ben, filled):
    changes = {"who": ("", f"{contact(ana).id}|Dana"), "peer": ("", "99999999|Nobody")}
    answer = send(browser.sign_in(ana), filled, changes)
    assert list(answer.json["fields"]) == ["peer"]
    assert filled.answers == {}


def test_what_vanished_shows_its_words_and_may_stay(browser, ana, filled):
    dana = contact(ana)
    filled.answers = {"who": f"{dana.id}|Dana Ruiz"}
    db.session.delete(dana)
    browser.sign_in(ana)
    text = browser.get(f"{page(filled)}/read").text
    assert "Dana Ruiz" in text
    assert "/network/" not in text
    assert browser.submit(page(filled), **{"a.peer": "Ivo"}).status_code == 200
    assert filled.answers["peer"] == "Ivo"


def test_a_published_item_and_a_colleague_can_be_chosen(browser, ana, ben):
    sheet = make.sheet_of(make.ask("item", "item"), make.ask("peer", "colleague"))
    filled = make.filled(ana, sheet)
    facts = {"kind": "case-study", "title": "A case", "source": "It went well.", "revised_at": make.NOON}
    item = Item(key="a-case", state=ItemState.PUBLISHED, **facts)
    db.session.add(item)
    db.session.flush()
    changes = {"item": ("", "a-case|A case"), "peer": ("", f"{ben.id}|Ben Okoro")}
    assert send(browser.sign_in(ana), filled, changes).status_code == 200
    assert 'href="/library/a-case"' in browser.get(f"{page(filled)}/read").text
    item.state = ItemState.DRAFT
    changes = {"item": ("a-case|A case", "a-case|A case again")}
    assert send(browser, filled, changes).status_code == 422


def test_suggestions_have_ids_and_names(browser, ana):
    assert browser.sign_in(ana).get("/library/suggestions", q="x").json == []
    assert browser.get("/pitch/claims/suggestions", q="x").json == []
