"""How an item is set by its kind, and what can be taken along."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.jobs import services as jobs
from portal.library import contents, files, kinds, plain_copy, services
from portal.library.kinds import Kind
from portal.library.models import ItemDay, ItemState
from portal.library.services import Wording
from portal.markup import rendered
from tests.attachments import make_files
from tests.library import make_library as lib
from tests.make import NOON, TODAY

CASE = {
    "problem": "A bill of 1.4 million.",
    "work": "We asked first.",
    "result": "Settled at 289,000 in seven months.",
    "quote": "They rang me back.",
    "quoted": "The owner",
    "permission": "granted",
}


def told(by, title, kind, viewer, facts, **given):
    """A published item with facts."""
    wording = Wording(kind, title, "", "The text.", {}, None, facts)
    item = services.write(None, wording, change="", base_number=0, by=viewer(by), now=NOON)
    for name, value in given.items():
        setattr(item, name, value)
    services.publish(item, now=NOON)
    db.session.flush()
    return item


def test_a_case_study_withholds_a_name_it_does_not_have(browser, ana, marketer, viewer):
    told(marketer, "Goods", Kind.CASE_STUDY, viewer, CASE)
    page = browser.sign_in(ana).get("/library/goods").text
    for said in ("Name withheld", "Settled at 289,000", "They rang me back.", "<figcaption>The owner</figcaption>"):
        assert said in page, said


@pytest.mark.parametrize("permission", ["", "none", "asked", "withdrawn"])
def test_nobody_is_quoted_without_permission(permission, browser, ana, marketer, viewer):
    told(marketer, "Goods", Kind.CASE_STUDY, viewer, {**CASE, "permission": permission})
    signed_in = browser.sign_in(ana)
    assert "They rang me back." not in signed_in.get("/library/goods").text
    assert "They rang me back." not in signed_in.get("/library/goods/text").text


@pytest.mark.parametrize("kind", list(Kind))
def test_every_fact_of_a_kind_is_shown_safely(kind, browser, ana, marketer, viewer):
    facts = {
        fact.key: next(iter(reversed(fact.choices))) if fact.choices else f"<b>{fact.key}</b> said"
        for fact in kinds.FACTS[kind]
    }
    if "permission" in facts:
        facts["permission"] = "granted"
    told(marketer, "It", kind, viewer, facts)
    page = browser.sign_in(ana).get("/library/it").text
    shown = [fact.key for fact, _value in kinds.shown(kind, facts)]
    assert shown
    for key in shown:
        assert f"&lt;b&gt;{key}&lt;/b&gt; said" in page, key
    assert "For colleagues only." in page if kind in kinds.INTERNAL else "For colleagues only." not in page


def test_it_says_who_wrote_it_and_that_it_is_under_review(browser, ana, marketer, viewer):
    item = told(marketer, "It", Kind.ARTICLE, viewer, {}, byline=["Ana Ferreira", "Ben Okoro"])
    item.state = ItemState.UNDER_REVIEW
    db.session.flush()
    page = browser.sign_in(ana).get("/library/it").text
    assert "By Ana Ferreira, Ben Okoro" in page
    assert "Somebody is looking whether this still holds" in page
    assert "Ask Mira Sand before you use it" in page


def test_a_draft_that_follows_changes_nothing_for_readers(browser, ana, marketer, viewer):
    item = told(marketer, "It", Kind.ARTICLE, viewer, {})
    wording = lib.wording("It", kind=Kind.ARTICLE, source="A secret draft.")
    services.write(item, wording, change="", base_number=1, by=viewer(marketer), now=NOON)
    signed_in = browser.sign_in(ana)
    assert "secret" not in signed_in.get("/library/it").text
    assert signed_in.get("/library/it/text").text == "# It\n\nThe text.\n"


def test_the_text_is_plain_and_a_copy_is_counted_by_post_alone(browser, ana, marketer):
    item = lib.published(marketer, "It", source="Some *words*.")
    signed_in = browser.sign_in(ana)
    answer = signed_in.get("/library/it/text")
    assert answer.content_type.startswith("text/plain")
    assert "Some *words*." in answer.text
    assert db.session.get(ItemDay, (item.id, TODAY)) is None
    assert signed_in.post("/library/it/copies").status_code == 204
    assert db.session.get(ItemDay, (item.id, TODAY)).copied == 1


def test_what_is_copied_keeps_quotes_as_quotes():
    facts = kinds.shown(Kind.CASE_STUDY, {**CASE, "quote": "One.\n\nTwo."})
    text = plain_copy.of("Goods", "Short.", facts, "Text.\r\nMore.", ["Ana"])
    assert text.startswith("# Goods\n\nShort.\n\nBy Ana\n\n**Client:** Name withheld")
    assert "**What the client says:**\n> One.\n>\n> Two." in text
    assert text.endswith("Text.\nMore.\n")


def test_long_texts_have_a_table_of_contents():
    html = rendered("## One & *two*\n\nText.\n\n## Three\n\n### Not this\n\n## Four")
    assert [(each.id, each.words) for each in contents.of(html, 5)] == [
        ("one-two", "One & two"),
        ("three", "Three"),
        ("four", "Four"),
    ]
    assert contents.of(html, 2) == []
    assert contents.of(rendered("## One\n\n## Two"), 9) == []


def test_files_are_listed_with_their_type_and_size(browser, ana, marketer):
    item = lib.published(marketer, "It")
    files.attach(item, make_files.stored(make_files.pdf(), "The sheet.pdf"), name="The sheet.pdf", now=NOON)
    db.session.commit()
    jobs.hand_over()
    page = browser.sign_in(ana).get("/library/it").text
    assert "To download" in page
    assert "PDF, " in page
    assert " kB" in page


def test_an_expired_item_says_what_happened_and_offers_what_holds(browser, ana, marketer, now):
    old = lib.published(marketer, "Old rates", industry=["retail"], now=NOON - timedelta(days=90))
    lib.published(marketer, "New rates", industry=["retail"])
    services.search_index.remove(old.id)
    old.state, old.expires_at = ItemState.EXPIRED, NOON - timedelta(days=20)
    db.session.flush()
    answer = browser.sign_in(ana).get("/library/old-rates")
    assert answer.status_code == 410
    assert "“Old rates” is out of date" in answer.text
    assert "12 February" in answer.text
    assert "New rates" in answer.text
    assert "A quiet text." not in answer.text
    assert browser.get("/library/old-rates/text").status_code == 404
    assert "The time of this item is over" in browser.sign_in(marketer).get("/library/old-rates").text


def test_what_is_over_is_so_from_its_minute(browser, ana, marketer):
    item = lib.published(marketer, "Old rates")
    item.expires_at = NOON
    db.session.flush()
    answer = browser.sign_in(ana).get("/library/old-rates")
    assert answer.status_code == 410
    assert "It was good until today" in answer.text
