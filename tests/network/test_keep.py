"""Adding, correcting and erasing contacts."""

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEvent
from portal.counters.models import Standing
from portal.db import db
from portal.network import channels, services
from portal.network.models import Channel, Contact, Tier
from portal.pipeline.models import Opportunity
from tests.make import TODAY
from tests.network.make_network import MAIL, PHONE, SENT, contact, touched
from tests.pipeline.make_pipeline import opportunity


def kept(measure="contacts"):
    return sum(db.session.scalars(select(Standing.n).where(Standing.measure == measure)))


def test_adding_somebody(browser, ana):
    fields = SENT | {"mails": "marta@larch.example\nm.lund@home.example", "phones": "+44 20 7946 0000"}
    page = browser.sign_in(ana).submit("/network/new", **fields, tags="choir, Energy, choir", last_on="2026-03-01")
    row = db.session.scalars(select(Contact)).one()
    assert (row.name, row.tier, row.tags, str(row.last_touch_on)) == (
        "Marta Lund",
        Tier.INNER,
        ["choir", "Energy"],
        "2026-03-01",
    )
    assert 'href="mailto:marta@larch.example"' in page.text
    assert 'href="tel:+442079460000"' in page.text
    assert kept() == 1


def test_who_is_typed_in_is_due_at_once(browser, ana):
    browser.sign_in(ana).submit("/network/new", **SENT)
    assert db.session.scalars(select(Contact.due_on)).one() == TODAY


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Say who it is"),
        ({"mails": "not a mail"}, "is no mail address"),
        ({"rhythm_days": "0"}, "between 1 and 3,650"),
        ({"rhythm_days": "１２"}, "between 1 and 3,650"),
        ({"client": "Nobody Ltd"}, "no client of that name"),
        ({"last_on": "2027-01-01"}, "up to today"),
        ({"tags": ",".join(f"tag{number}" for number in range(20))}, "12 tags"),
        ({"tier": "secret"}, "Choose one of these"),
    ],
)
def test_it_explains_what_is_wrong_and_keeps_the_rest(browser, ana, wrong, words):
    page = browser.sign_in(ana).submit("/network/new", **SENT | {"how_met": "On a train"} | wrong)
    assert page.status_code == 422
    assert words in page.text
    assert "On a train" in page.text
    assert db.session.scalar(select(Contact.id)) is None


def test_correcting_keeps_what_did_not_change(browser, ana):
    row = contact(ana, channels=[(MAIL, "dana@elm.example"), (PHONE, "020 7946 0001")])
    before = {each.value: each.id for each in channels.of(row.id)}
    browser.sign_in(ana).submit(f"/network/{row.id}/facts", name="Dana Reed-Holm", phones="020 7946 0002")
    after = {each.value: each.id for each in channels.of(row.id)}
    assert after["dana@elm.example"] == before["dana@elm.example"]
    assert set(after) == {"dana@elm.example", "020 7946 0002"}


def test_two_tabs_never_overwrite_each_other(browser, ana):
    row = contact(ana)
    page = browser.sign_in(ana)
    stale = {"name": "Dana R", "relation": "friend", "tier": "outer", "version": row.version, "notes": "Mine"}
    page.submit(f"/network/{row.id}/facts", notes="Theirs")
    answer = page.post(f"/network/{row.id}/facts", **stale)
    assert answer.status_code == 422
    assert "changed in another tab" in answer.text
    assert "Mine" in answer.text
    db.session.expire_all()
    assert row.notes == "Theirs"
    assert page.post(f"/network/{row.id}/facts", **stale | {"version": row.version}).status_code == 302


def test_a_touch_in_another_tab_does_not_spoil_the_form(browser, ana):
    row = contact(ana)
    version = row.version
    touched(row, ana)
    fields = {"name": "Dana Reed", "relation": "friend", "tier": "outer", "version": version}
    assert browser.sign_in(ana).post(f"/network/{row.id}/facts", **fields).status_code == 302


def test_erasing_leaves_the_count_of_touches_and_the_words_of_the_pipeline(browser, ana):
    row = contact(ana, "Marta Lund", channels=[(MAIL, "marta@larch.example")])
    touched(row, ana)
    asked = opportunity(ana)
    asked.contact_id = row.id
    db.session.flush()
    browser.sign_in(ana).post(f"/network/{row.id}/erase")
    db.session.expire_all()
    assert db.session.scalar(select(Contact.id)) is None
    assert db.session.scalar(select(Channel.id)) is None
    assert db.session.scalars(select(Opportunity.contact)).one() == "Dana Reed"
    assert kept() == 0
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "contact erased")).one()
    assert "Marta" not in event.subject


@pytest.mark.parametrize(
    ("value", "link"),
    [("https://example.org/me", "https://example.org/me"), ("javascript:alert(1)", ""), ('https://a"b', "")],
)
def test_only_what_is_safe_becomes_a_link(value, link):
    assert channels.link(channels.ChannelKind.WEB, value) == link


def test_keys_follow_a_new_secret(app, ana):
    contact(ana, channels=[(MAIL, "marta@larch.example"), (channels.ChannelKind.POST, "1 Elm Road")])
    before = db.session.scalars(select(Channel.match_key).order_by(Channel.id)).all()
    secret = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another secret of thirty-two letters"
    try:
        assert channels.renew_match_keys() == 1
        db.session.expire_all()
        after = db.session.scalars(select(Channel.match_key).order_by(Channel.id)).all()
        assert after[0] != before[0]
        assert after[1] is None
        assert channels.renew_match_keys() == 0
    finally:
        app.config["SECRET_KEY"] = secret


def test_everything_of_somebody_is_erased_at_once(ana, ben):
    contact(ben, "Stays")
    for name in ("One", "Two"):
        touched(contact(ana, name), ana)
    assert services.erase_all(ana.id, ana.practice_id) == 2
    assert db.session.scalars(select(Contact.name)).all() == ["Stays"]
    assert kept() == 1
