"""From a piece to an item: the byline, publishing, what it led to, and the field task."""

from datetime import timedelta

from portal.contributions import jobs, queries, services
from portal.contributions.models import Form, State
from portal.db import db
from portal.learning import services as learning
from portal.library import services as library
from portal.library import usage
from portal.library.models import ItemAuthor, ItemState, Step
from portal.usage import services as links
from portal.usage.models import How
from tests.contributions.make_pieces import handed_in, idea, subjects, taken
from tests.learning import make_learning
from tests.make import NOON, TODAY
from tests.pipeline.make_pipeline import opportunity


def test_it_becomes_a_draft_with_its_authors_and_facts(app, browser, ana, ben, marketer, tax):
    piece = handed_in(ana, form=Form.CASE_STUDY)
    piece.practice_id, piece.industry, piece.facts = tax.id, "Family firms", {"result": "A third less."}
    db.session.commit()
    answer = browser.sign_in(marketer).post(f"/contribute/{piece.id}/accept")
    db.session.refresh(piece)
    item = piece.item
    assert answer.headers["Location"] == f"/studio/items/{item.id}"
    assert (item.state, item.step, item.byline) == (ItemState.DRAFT, Step.DRAFT, ["Ana Ferreira"])
    assert (item.source, item.summary, item.facts) == (piece.source, "Two lines.", {"result": "A third less."})
    assert {(tag.facet, tag.value) for tag in item.tags} == {("practice", "tax-advisory"), ("industry", "family-firms")}
    assert [row.person_id for row in db.session.query(ItemAuthor).filter_by(item_id=item.id)] == [ana.id]
    assert subjects(app) == [(ana.email, "Taken: The letter")]


def test_it_is_published_as_long_as_its_item_is(app, browser, ana, marketer):
    piece = handed_in(ana)
    item = taken(piece, marketer)
    assert queries.shown_state(piece) == State.ACCEPTED
    jobs.tell_authors(NOON)
    library.publish(item, now=NOON)
    db.session.commit()
    for hours in (0, 1):
        jobs.tell_authors(NOON + timedelta(hours=hours))
    assert [told for told in subjects(app) if told[1].startswith("Published")] == [(ana.email, "Published: The letter")]
    assert "Everybody can read it now" in browser.sign_in(ana).get(f"/contribute/{piece.id}").text
    library.archive(item)
    assert queries.shown_state(piece) == State.ACCEPTED


def test_the_author_sees_what_it_led_to(browser, ana, ben, marketer, viewer):
    piece = handed_in(ana)
    item = taken(piece, marketer)
    library.publish(item, now=NOON)
    usage.count(item.id, TODAY, views=7, readers=3, copied=2, helped=1)
    links.link(item.id, how=How.NAMED, opportunity_id=opportunity(ben).id, by=viewer(ben), now=NOON)
    db.session.commit()
    page = " ".join(browser.sign_in(ana).get(f"/contribute/{piece.id}").text.split())
    for said in (
        '<span class="value">3</span> <span class="means">people read it, 7 times',
        '<span class="value">2</span> <span class="means">times copied',
        '<span class="value">1</span> <span class="means">opportunity on record; the client named it in 1',
    ):
        assert said in page, said


def test_without_a_text_there_is_nothing_to_take(browser, ana, marketer, viewer):
    piece = idea(ana)
    services.submit(piece, by=viewer(ana), now=NOON)
    db.session.commit()
    answer = browser.sign_in(marketer).post(f"/contribute/{piece.id}/accept")
    assert answer.status_code == 422
    assert "There is no text yet" in answer.text


def test_a_refusal_is_told_with_its_reason_and_the_text_stays(app, browser, ana, marketer):
    piece = handed_in(ana)
    assert browser.sign_in(marketer).post(f"/contribute/{piece.id}/decline", reason="").status_code == 422
    browser.post(f"/contribute/{piece.id}/decline", reason="We had two of these in May.")
    assert subjects(app) == [(ana.email, "About “The letter”")]
    page = browser.sign_in(ana).get(f"/contribute/{piece.id}").text
    assert "We had two of these in May" in page
    assert "Owners call us too late" in page
    assert "what would have to be different" in browser.get("/").text
    browser.post(f"/contribute/{piece.id}/seen")
    assert "what would have to be different" not in browser.get("/").text


def test_handing_in_is_the_field_task(browser, ana, ben, viewer):
    task = make_learning.step("hand-in", "field-task", facts={"logged_as": "contribution"})
    make_learning.load(make_learning.module(task, key="top-of-mind"))
    assert learning.catch_up(viewer(ana), NOON) == 0
    idea(ana)
    assert learning.catch_up(viewer(ana), NOON) == 0
    handed_in(ana)
    assert learning.catch_up(viewer(ana), NOON) == 1
    assert learning.catch_up(viewer(ben), NOON) == 0


def test_the_desk_is_marketings(browser, ana, ben):
    piece = handed_in(ana)
    for person in (ana, ben):
        signed_in = browser.sign_in(person)
        assert signed_in.get("/contribute/to-edit").status_code == 403
        for act in ("take-up", "suggest", "accept", "decline", "suggestions/take-back"):
            assert signed_in.post(f"/contribute/{piece.id}/{act}").status_code == 403


def test_marketings_list_costs_the_same_however_many_wait(browser, ana, marketer, budget):
    for number in range(20):
        handed_in(ana, f"Piece {number}")
    browser.sign_in(marketer)
    with budget(6):
        assert browser.get("/contribute/to-edit").status_code == 200
