"""Writing: ideas, drafts, two authors at once, and the byline."""

from hypothesis import given
from hypothesis import strategies as st

from portal.contributions import services
from portal.contributions.models import Contribution, Form, State
from portal.contributions.saving import base_of, merged
from portal.db import db
from tests.browser import Fields
from tests.contributions.make_pieces import TEXT, draft, handed_in, idea, suggested

VALUES = st.fixed_dictionaries({name: st.sampled_from(["", "a", "b", "c"]) for name in ("title", "source", "idea")})


@given(VALUES, VALUES, VALUES)
def test_what_only_one_changed_is_kept_and_what_both_changed_is_shown(base, mine, theirs):
    found = merged(base_of(base), mine, theirs)
    for name in base:
        if name in found.clashes:
            assert len({base[name], mine[name], theirs[name]}) == 3
            assert found.kept[name] == theirs[name]
        else:
            assert found.kept[name] == (theirs[name] if mine[name] == base[name] else mine[name])


def on_page(html):
    """What the form holds; the token is of who is signed in when it is sent."""
    return {name: value.strip() for name, value in Fields.of(html).items() if name != "csrf_token"}


def test_two_lines_are_an_idea_that_only_its_author_sees(browser, ana, ben, marketer):
    fields = Fields.of(browser.sign_in(ana).get("/contribute/new").text) | {"title": "The letter", "idea": "Two lines."}
    for _ in range(2):
        answer = browser.post("/contribute/new", **fields | {"do": "keep", "form": "post"})
    made = db.session.query(Contribution).one()
    assert answer.headers["Location"] == f"/contribute/{made.id}"
    assert made.state is State.IDEA
    for person in (ben, marketer):
        assert browser.sign_in(person).get(f"/contribute/{made.id}").status_code == 404


def test_an_idea_is_handed_in_as_it_is(browser, ana, marketer):
    fields = Fields.of(browser.sign_in(ana).get("/contribute/new").text) | {"title": "The letter", "idea": "Two lines."}
    browser.post("/contribute/new", **fields | {"do": "submit", "form": "post"})
    made = db.session.query(Contribution).one()
    assert made.state is State.SUBMITTED
    page = browser.sign_in(marketer).get("/contribute/to-edit").text
    assert "an idea, nothing is written yet" in page
    assert "One contribution waits for you" in browser.get("/").text


def test_a_text_makes_it_a_draft_and_is_rendered_safely(browser, ana):
    piece = idea(ana)
    fields = on_page(browser.sign_in(ana).get(f"/contribute/{piece.id}/edit").text)
    source = "## Why\n\nIt is **late** <script>alert(1)</script> [x](javascript:alert(1)).\r\n"
    browser.post(f"/contribute/{piece.id}/edit", **fields | {"source": source, "do": "save"})
    db.session.refresh(piece)
    assert (piece.state, "\r" in piece.source) == (State.DRAFT, False)
    page = browser.get(f"/contribute/{piece.id}").text
    assert "<strong>late</strong>" in page
    assert "<script>alert" not in page
    assert "javascript:" not in page


def test_two_authors_keep_each_what_they_changed(browser, ana, ben):
    piece = draft(ana)
    services.add_author(piece, ben.id, now=piece.begun_at)
    anas = on_page(browser.sign_in(ana).get(f"/contribute/{piece.id}/edit").text)
    bens = on_page(browser.sign_in(ben).get(f"/contribute/{piece.id}/edit").text)
    browser.post(f"/contribute/{piece.id}/edit", **bens | {"title": "Bens title", "do": "save"})
    browser.sign_in(ana).post(f"/contribute/{piece.id}/edit", **anas | {"source": "Anas text.", "do": "save"})
    db.session.refresh(piece)
    assert (piece.title, piece.source) == ("Bens title", "Anas text.")


def test_where_both_changed_the_same_both_are_shown_and_nothing_is_lost(browser, ana, ben):
    piece = draft(ana)
    services.add_author(piece, ben.id, now=piece.begun_at)
    anas = on_page(browser.sign_in(ana).get(f"/contribute/{piece.id}/edit").text)
    bens = anas | {"source": "Bens text.", "industry": "Banks", "do": "save"}
    browser.sign_in(ben).post(f"/contribute/{piece.id}/edit", **bens)
    mine = anas | {"source": "Anas text.", "idea": "Anas idea.", "do": "save"}
    answer = browser.sign_in(ana).post(f"/contribute/{piece.id}/edit", **mine)
    assert answer.status_code == 409
    shown = on_page(answer.text)
    assert "Bens text." in answer.text
    assert (shown["source"], shown["idea"], shown["industry"]) == ("Anas text.", "Anas idea.", "Banks")
    db.session.refresh(piece)
    assert (piece.source, piece.idea) == ("Bens text.", "Two lines.")
    browser.post(f"/contribute/{piece.id}/edit", **shown | {"source": "Bens and Anas text.", "do": "save"})
    db.session.refresh(piece)
    assert (piece.source, piece.idea, piece.industry) == ("Bens and Anas text.", "Anas idea.", "Banks")


def test_the_page_saves_by_itself_and_goes_on_from_there(browser, ana, ben):
    piece = draft(ana)
    fields = on_page(browser.sign_in(ana).get(f"/contribute/{piece.id}/edit").text)
    address = f"/contribute/{piece.id}/autosave"
    first = browser.post(address, **fields | {"source": "One.", "do": "save"})
    browser.post(address, **fields | {"base": first.json["base"], "source": "One. Two.", "do": "save"})
    db.session.refresh(piece)
    assert piece.source == "One. Two."
    stale = browser.post(address, **fields | {"source": "Stale.", "do": "save"})
    assert stale.status_code == 409
    assert browser.post(address, **fields | {"title": ""}).status_code == 422
    assert browser.sign_in(ben).post(address, **fields).status_code == 404


def test_a_case_study_has_its_facts(browser, ana):
    piece = draft(ana, form=Form.CASE_STUDY)
    fields = on_page(browser.sign_in(ana).get(f"/contribute/{piece.id}/edit").text)
    given = {"fact-result": "A third less.", "fact-permission": "nonsense", "do": "save"}
    assert browser.post(f"/contribute/{piece.id}/edit", **fields | given).status_code == 422
    browser.post(f"/contribute/{piece.id}/edit", **fields | given | {"fact-permission": "asked"})
    db.session.refresh(piece)
    assert piece.facts == {"result": "A third less.", "permission": "asked"}
    assert "A third less." in browser.get(f"/contribute/{piece.id}").text


def test_the_byline_has_an_order_and_a_last_author(browser, ana, ben):
    piece = draft(ana)
    address = f"/contribute/{piece.id}/authors"
    browser.sign_in(ana).post(address, person="Ben Okoro", person_id=ben.id)
    assert browser.post(address, person="Ben Okoro", person_id=ben.id).status_code == 422
    assert browser.post(address, person="Somebody", person_id="").status_code == 422
    browser.post(f"{address}/{ben.id}/forward")
    db.session.expire_all()
    assert [author.person_id for author in piece.authors] == [ben.id, ana.id]
    assert "Ben Okoro and Ana Ferreira" in browser.sign_in(ben).get(f"/contribute/{piece.id}").text
    browser.post(f"{address}/{ben.id}/remove")
    assert browser.get(f"/contribute/{piece.id}").status_code == 404
    assert browser.sign_in(ana).post(f"{address}/{ana.id}/remove").status_code == 422


def test_one_takes_back_what_is_not_in_the_library_and_goes_on(browser, ana, marketer):
    piece = handed_in(ana)
    suggested(piece, marketer, "Another text.\n")
    browser.sign_in(ana).post(f"/contribute/{piece.id}/withdraw")
    assert browser.sign_in(marketer).get(f"/contribute/{piece.id}").status_code == 404
    browser.sign_in(ana).post(f"/contribute/{piece.id}/bring-back")
    db.session.refresh(piece)
    assert (piece.state, piece.source) == (State.DRAFT, TEXT)


def test_strangers_find_nothing_and_change_nothing(browser, ana, ben, leader, admin):
    piece = draft(ana)
    for person in (ben, leader, admin):
        signed_in = browser.sign_in(person)
        for act in ("", "/edit", "/authors", "/suggestions"):
            assert signed_in.get(f"/contribute/{piece.id}{act}").status_code == 404
        for act in ("/submit", "/withdraw", "/bring-back", "/seen", f"/authors/{ana.id}/remove"):
            assert signed_in.post(f"/contribute/{piece.id}{act}").status_code == 404
    assert "The letter" not in signed_in.get("/contribute").text


def test_the_list_costs_the_same_however_many_there_are(browser, ana, budget):
    for number in range(20):
        draft(ana, f"Piece {number}")
    browser.sign_in(ana)
    with budget(6):
        assert browser.get("/contribute").status_code == 200
