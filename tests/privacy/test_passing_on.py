"""What marketing goes on with when somebody leaves, and what becomes of worksheets."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.access import Role
from portal.accounts.viewer import of
from portal.contributions import desk as contributions
from portal.contributions.models import State
from portal.db import db
from portal.editing import services as editing
from portal.editing.models import WorkingCopy
from portal.insights import desk as requests
from portal.insights.models import RequestState
from portal.network import services as network
from portal.network import sharing
from portal.usage import deciding
from portal.usage.models import What
from portal.worksheets import linking, queries, remarking
from portal.worksheets.models import FilledHistory, FilledWorksheet, Reminder, RowLink, Submission, SubmissionRemark
from tests.contributions import make_pieces
from tests.insights import make_insights
from tests.library import make_library as lib
from tests.make import NOON, TODAY, person
from tests.worksheets import make_submissions, make_worksheets


@pytest.fixture
def leaver(firm):
    """A marketer who leaves."""
    return person("Lea Quist", firm, Role.MARKETING)


@pytest.fixture
def let_go(browser, admin, leaver):
    """Lets them go; the page before, and the page after."""

    def act(who=leaver, **sent):
        db.session.commit()
        before = browser.sign_in(admin).get(f"/people/{who.id}/leaving").text
        return before, browser.submit(f"/people/{who.id}/leaving", **sent).text

    return act


def test_requests_that_they_were_writing_are_open_again(leaver, ana, let_go):
    row = make_insights.asked(ana)
    requests.take(row, until=TODAY + timedelta(days=5), by=of(leaver), now=NOON)
    before, after = let_go()
    assert "1 request for content that they are writing, back to marketing’s desk" in before
    assert "1 request for content went back to marketing’s desk" in after
    db.session.refresh(row)
    assert (row.state, row.writer_id, row.written_by_on) == (RequestState.OPEN, None, None)


def test_contributions_in_their_hands_wait_for_another_editor(leaver, ana, let_go):
    mine, with_authors = (make_pieces.handed_in(ana, title) for title in ("The letter", "The other"))
    for piece in (mine, with_authors):
        contributions.take_up(piece, by=of(leaver), now=NOON)
    given = make_pieces.suggested(with_authors, leaver, "Owners call us late.")
    assert "2 contributions that they edit with the authors" in let_go()[0]
    for piece in (mine, with_authors):
        db.session.refresh(piece)
    assert (mine.state, mine.editor_id) == (State.SUBMITTED, None)
    assert (with_authors.state, with_authors.editor_id) == (State.SUGGESTIONS, None)
    contributions.decide(with_authors, given, accepted=[], reply="", by=of(ana), now=NOON)
    assert with_authors.state == State.SUBMITTED


def test_whoever_answers_for_the_item_looks_again_at_what_they_decided(browser, leaver, marketer, let_go):
    items = [lib.published(leaver, title) for title in ("Ours", "Pooled")]
    items[0].owner_id, items[1].owner_id = marketer.id, None
    for item in items:
        until = TODAY + timedelta(days=1)
        made = deciding.decide(
            item, what=What.KEEP, why="Sells", until=until, is_sure=True, by=of(leaver), now=NOON - timedelta(days=2)
        )
        made.until = TODAY
    db.session.flush()
    assert "Look again at" not in browser.sign_in(marketer).get("/").text
    assert "2 decisions about content to look at again" in let_go()[0]
    today = browser.sign_in(marketer).get("/").text
    assert "Look again at “Ours”" in today
    assert "Look again at “Pooled”" in today


@pytest.mark.parametrize("is_new", [False, True])
def test_what_they_typed_and_did_not_save_is_offered_to_the_next_editor(browser, leaver, marketer, let_go, is_new):
    item = None if is_new else lib.draft(marketer, "Words", source="Quiet.")
    fields = {"kind": "article", "title": "Half a thought", "base_number": "1", "source": "Louder."}
    editing.keep(item and item.id, fields, version=0, by=of(leaver), now=NOON)
    before, _ = let_go()
    assert "What they typed into 1 item and didn’t save" in before
    page = f"/studio/items/{item.id if item else 'new'}"
    assert "Lea Quist, who has left, typed something" in browser.sign_in(marketer).get(page).text
    browser.post(f"{page}/working-copy/take-over")
    shown = browser.get(page).text
    assert ">\r\nLouder.</textarea>" in shown
    assert "who has left" not in shown
    assert db.session.scalars(select(WorkingCopy.person_id)).one() == marketer.id


def test_it_takes_nothing_over_from_somebody_who_is_here_or_over_ones_own(browser, leaver, marketer, let_go):
    item = lib.draft(marketer, "Words", source="Quiet.")
    editing.keep(item.id, {"source": "Theirs."}, version=0, by=of(leaver), now=NOON)
    db.session.commit()
    page = f"/studio/items/{item.id}"
    assert "who has left" not in browser.sign_in(marketer).get(page).text
    assert browser.post(f"{page}/working-copy/take-over").status_code == 422
    let_go()
    editing.keep(item.id, {"source": "Mine."}, version=0, by=of(marketer), now=NOON)
    db.session.commit()
    assert browser.sign_in(marketer).post(f"{page}/working-copy/take-over").status_code == 422
    assert db.session.query(WorkingCopy).count() == 2


def test_worksheets_stay_without_the_names_of_contacts(ana, coach, let_go):
    network.add(name="Ruta Palmgren", by=of(ana), now=NOON)
    row = {"row": "r1", "contact": "Ruta Palmgren", "organisation": "Larchmoor", "ask": "Ask Ruta Palmgren kindly"}
    said = {
        "person": "A banker",
        "step": "A call",
        "ask-on": "2026-03-10",
        "asks": [row],
        "why": "ruta palmgren is kind",
    }
    filled = make_worksheets.filled(ana, answers=said, name="For Ruta Palmgren")
    shown = make_submissions.submitted(ana, filled, words="Ruta Palmgren is careful")
    make_submissions.taken(shown, coach)
    remarking.remark(shown, {"why": "Is Ruta Palmgren?"}, key="remark-key-1", by=of(coach), now=NOON)
    assert "1 worksheet they filled, with the names of contacts hidden" in let_go(ana)[0]
    db.session.expire_all()
    kept = db.session.get_one(FilledWorksheet, filled.id)
    assert kept.answers["asks"] == [row | {"contact": "Contact 1", "ask": "Ask Contact 1 kindly"}]
    assert (kept.name, kept.answers["why"]) == ("For Contact 1", "Contact 1 is kind")
    told = [one.answers for one in db.session.query(FilledHistory)]
    told += [one.words + one.name for one in db.session.query(Submission)]
    told += [one.text for one in db.session.query(SubmissionRemark)]
    assert "Ruta" not in str(told)
    assert "Contact 1" in str(told)


def test_reminders_end(ana, let_go):
    step = make_worksheets.ask("what"), make_worksheets.ask("on", "date")
    sheet = make_worksheets.sheet_of(make_worksheets.table("steps", *step, becomes="reminder"))
    filled = make_worksheets.filled(ana, sheet, answers={"steps": [{"row": "r1", "what": "Ring", "on": "2026-03-10"}]})
    row = queries.row_for(of(ana), filled.id, "r1")
    linking.become_reminder(row, what="Ring Ruta", due_on=TODAY + timedelta(days=6), by=of(ana), now=NOON)
    assert "1 reminder from their worksheets" in let_go(ana)[0]
    assert not db.session.query(Reminder).count()
    assert not db.session.query(RowLink).count()


def test_the_page_says_who_sees_contacts_no_longer(ana, ben, let_go):
    row = network.add(name="Ruta Palmgren", by=of(ana), now=NOON)
    sharing.share(row, colleague=ben.email, colleague_id=ben.id, note="", by=of(ana), now=NOON)
    assert "Colleagues to whom they show 1 contact no longer see it" in let_go(ana)[0]
