"""Two tabs at the same moment, on a database of their own: neither overwrites the other, and nothing is made twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.db import db
from portal.network.models import Contact
from portal.pipeline.models import Opportunity
from portal.worksheets.models import FilledWorksheet, LinkKind, Reminder, RowLink
from tests import make as made
from tests.browser import Browser
from tests.foundation.test_migrations import portal
from tests.worksheets import make_worksheets as make
from tests.worksheets.test_fill import page, send

pytestmark = pytest.mark.no_session
TABS = 4

DAY_COLUMN = {"key": "next_on", "label": "On", "kind": "date"}
TABLES = (
    make.table("people", make.ask("name"), make.ask("organisation"), make.ask("relation"), becomes="contact"),
    make.table("steps", make.ask("next_step"), DAY_COLUMN),
    make.table("asks", *(make.ask(key) for key in ("contact", "organisation", "ask", "next_step")), DAY_COLUMN),
)
ANSWERS = {
    "people": [{"row": "p1", "name": "Dana Ruiz"}],
    "steps": [{"row": "n1", "next_step": "Ring her", "next_on": "2026-03-09"}],
    "asks": [{"row": "a1", "contact": "Ivo", "organisation": "Larch", "ask": "A controller"}],
}
TABLES[2]["becomes"] = "referral"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A portal over a database of its own, which several connections write to."""
    from portal import schema

    app = portal(tmp_path_factory.mktemp("two") / "portal")
    with app.app_context():
        schema.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def person(own, now):
    row = made.person()
    db.session.commit()
    return row


def tabs(own, person, act):
    """What comes of the same act in several tabs at once."""
    browsers = [Browser(own.test_client()).sign_in(person) for _ in range(TABS)]
    together, tokens = Barrier(TABS), [browser.token() for browser in browsers]
    db.session.commit()

    def press(number):
        with own.app_context():
            browsers[number].token = lambda: tokens[number]
            together.wait()
            return act(browsers[number], number)

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(press, range(TABS)))


def filled_by(person, **given):
    row = make.filled(person, make.sheet_of(make.ask("who"), make.ask("why", "text"), *TABLES), **given)
    db.session.commit()
    return row.id, row.version


def now_says(filled_id):
    db.session.expire_all()
    return db.session.get(FilledWorksheet, filled_id)


class Named:
    """What `send` needs of a filled worksheet, without its session."""

    def __init__(self, filled_id, version):
        self.id, self.version = filled_id, version


@pytest.mark.parametrize("_round", range(3))
def test_of_different_texts_at_one_place_exactly_one_is_saved(own, person, _round):
    sheet = Named(*filled_by(person))
    answers = tabs(own, person, lambda tab, n: send(tab, sheet, {"who": ("", f"Text {n}")}))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (TABS - 1)
    won = next(n for n, answer in enumerate(answers) if answer.status_code == 200)
    assert now_says(sheet.id).answers == {"who": f"Text {won}"}
    assert all(answer.json["theirs"] == {"who": f"Text {won}"} for answer in answers if answer.status_code == 409)


def test_texts_at_different_places_are_all_saved(own, person):
    sheet = Named(*filled_by(person))
    answers = tabs(own, person, lambda tab, n: send(tab, sheet, {f"people/r{n}/name": ("", f"Name {n}")}))
    assert [answer.status_code for answer in answers] == [200] * TABS
    saved = now_says(sheet.id)
    assert sorted(row["name"] for row in saved.answers["people"]) == [f"Name {n}" for n in range(TABS)]
    assert saved.version == sheet.version + TABS


@pytest.mark.parametrize(
    ("table", "row", "model", "fields"),
    [
        ("people", "p1", Contact, {"name": "Dana Ruiz", "relation": "friend", "tier": "inner"}),
        ("steps", "n1", Reminder, {"what": "Ring her", "due_on": "2026-03-09"}),
    ],
)
def test_a_row_becomes_something_once(own, person, table, row, model, fields):
    filled_id, _version = filled_by(person, answers={table: ANSWERS[table]})
    owner = Contact.owner_id if model is Contact else Reminder.person_id
    answers = tabs(own, person, lambda tab, n: tab.post(f"/worksheets/filled/{filled_id}/rows/{row}", **fields))
    assert {answer.status_code for answer in answers} == {302}
    targets = db.session.scalars(select(model.id).where(owner == person.id)).all()
    links = db.session.scalars(select(RowLink.target_id).where(RowLink.filled_id == filled_id)).all()
    assert len(targets) == 1
    assert targets == links


def test_a_row_becomes_one_opportunity(own, person):
    filled_id, _version = filled_by(person, answers={"asks": ANSWERS["asks"]})
    fields = {"kind": "referral", "contact": "Ivo", "organisation": "Larch", "ask": "A controller"}
    tabs(own, person, lambda tab, n: tab.post(f"/pipeline/from-worksheet/{filled_id}/a1", **fields))
    logged = db.session.scalars(select(Opportunity.id).where(Opportunity.filled_id == filled_id)).all()
    links = db.session.scalars(select(RowLink.target_id).where(RowLink.filled_id == filled_id)).all()
    assert len(logged) == 1
    assert logged == links


def test_a_worksheet_is_duplicated_once_by_one_press(own, person):
    filled_id, _version = filled_by(person, name="Larch", answers={"who": "A banker"})
    Browser(own.test_client()).sign_in(person).post(f"{page(Named(filled_id, 1))}/duplicate")
    copies = select(FilledWorksheet).where(FilledWorksheet.person_id == person.id, FilledWorksheet.id != filled_id)
    assert [copy.name for copy in db.session.scalars(copies)] == ["Copy of Larch"]


@pytest.mark.parametrize("other", [{"row": "r2"}, {"target_id": 2}])
def test_the_database_itself_keeps_links_one_to_one(own, person, other):
    filled_id, _version = filled_by(person)
    db.session.query(RowLink).delete()
    facts = {"filled_id": filled_id, "row": "r1", "kind": LinkKind.REMINDER, "target_id": 1, "at": made.NOON}
    db.session.add(RowLink(**facts))
    db.session.flush()
    db.session.add(RowLink(**facts | other))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
