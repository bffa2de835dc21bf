"""Meetings, mails and cards that are dropped on the page; hostile ones end with words."""

from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.db import db
from portal.errors import Refused
from portal.network.models import Channel, Contact, Touch, TouchKind
from portal.quick_log import files
from portal.quick_log.offers import Met
from tests.make import TODAY
from tests.quick_log.make_quick_log import SENT, contact

ME = "ana.ferreira@example.org"
MEETING = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Example//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;TZID=Europe/London:20260302T233000\r
SUMMARY:Coffee about the handover\r
ORGANIZER;CN=Ana Ferreira:mailto:ana.ferreira@example.org\r
ATTENDEE;CN=Dana Reed;PARTSTAT=ACCEPTED:mailto:Dana@larch.example\r
ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@example.org\r
ATTENDEE:mailto:nora.vale@ilverton.example\r
END:VEVENT\r
END:VCALENDAR\r
"""
MAIL = b"""From: Ana Ferreira <ana.ferreira@example.org>
To: "Reed, Dana" <dana@larch.example>
Date: Tue, 03 Mar 2026 23:30:00 -0500
Subject: =?utf-8?q?Re=3A_Caf=C3=A9?=
Content-Type: text/plain; charset=utf-8

Thank you.
"""
FORWARDED = """From: Ana Ferreira <ana.ferreira@example.org>
To: log@example.org
Date: Wed, 04 Mar 2026 09:00:00 +0000
Subject: Fwd: The controller
Content-Type: text/plain; charset=utf-8

For the log.

---------- Forwarded message ---------
From: Nora Vale <nora.vale@ilverton.example>
Date: Mon, 2 Mar 2026 at 08:15
Subject: The controller
To: Ana Ferreira <ana.ferreira@example.org>

Dear Ana, happy to help.
From: somebody who is only quoted
"""
OUTLOOK = """From: Ana Ferreira <ana.ferreira@example.org>
To: log@example.org
Date: Wed, 04 Mar 2026 09:00:00 +0000
Subject: FW: The controller
Content-Type: text/html; charset=utf-8

<p>Note</p><div>-----Original Message-----<br><b>From:</b> Vale, Nora &lt;nora.vale@ilverton.example&gt;<br>
<b>Sent:</b> Monday, March 2, 2026 8:15 AM<br><b>To:</b> Ana Ferreira<br><b>Subject:</b> RE: The controller</div>
"""
CARD = b"""BEGIN:VCARD\r
VERSION:3.0\r
FN:Nora Vale\r
N:Vale;Nora;;;\r
ORG:Ilverton Labs\r
EMAIL:nora.vale@ilverton.example\r
TEL:+44 7700 900123\r
END:VCARD\r
"""


def read(name, body):
    return files.read(name, body, mail=ME, today=TODAY, zone_name="Europe/London")


def test_a_meeting_tells_who_when_and_what():
    (offer,) = read("invite.ics", MEETING)
    assert offer.people == (Met("Dana Reed", "dana@larch.example"), Met("Nora Vale", "nora.vale@ilverton.example"))
    assert (offer.happened_on, offer.note, offer.kind) == (
        date(2026, 3, 2),
        "Coffee about the handover",
        TouchKind.MEETING,
    )


def test_the_meeting_nearest_to_today_comes_first():
    far = MEETING.replace(b"20260302T", b"20250302T").replace(b"Coffee", b"Old").replace(b"UID:1", b"UID:2")
    both = MEETING.replace(b"END:VCALENDAR\r\n", b"") + far.partition(b"BEGIN:VEVENT")[2].join([b"BEGIN:VEVENT", b""])
    assert [one.note[:3] for one in read("a.ics", both)] == ["Cof", "Old"]


def test_a_mail_tells_the_other_side_the_day_where_one_is_and_the_subject():
    (offer,) = read("mail.eml", MAIL)
    assert offer.people == (Met("Dana Reed", "dana@larch.example"),)
    assert (offer.happened_on, offer.note, offer.kind) == (date(2026, 3, 4), "Café", TouchKind.MESSAGE)


@pytest.mark.parametrize("text", [FORWARDED, OUTLOOK, FORWARDED.replace("\nFrom: Nora", "\n> From: Nora")])
def test_a_forwarded_mail_tells_of_the_mail_inside(text):
    (offer,) = read("mail.eml", text.encode())
    assert Met("Nora Vale", "nora.vale@ilverton.example") in offer.people
    assert (offer.note, offer.happened_on) == ("The controller", date(2026, 3, 2))


def test_a_mail_that_is_attached_to_another_counts():
    outer = (
        b"From: ana.ferreira@example.org\nTo: log@example.org\nSubject: Fwd\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n" + MAIL + b"\n--x--\n"
    )
    (offer,) = read("mail.eml", outer)
    assert offer.people[0].mail == "dana@larch.example"


def test_a_card_tells_who():
    (offer,) = read("nora.vcf", CARD)
    assert offer.people == (Met("Nora Vale", "nora.vale@ilverton.example", "+44 7700 900123"),)
    assert offer.organisation == "Ilverton Labs"


def drop(browser, name, body):
    return browser.post("/log/file", file=(BytesIO(body), name))


def test_a_meeting_dropped_fills_the_form_with_who_is_known(browser, ana):
    dana = contact(ana, mail="dana@larch.example")
    page = drop(browser.sign_in(ana), "invite.ics", MEETING).text
    assert f'name="pick" value="{dana.id}" checked' in page
    assert "new:nora.vale@ilverton.example:Nora Vale" in page
    assert "Coffee about the handover" in page
    assert not db.session.query(Touch).count()


def test_somebody_new_from_a_card_is_kept_with_mail_and_number(browser, ana):
    page = drop(browser.sign_in(ana), "nora.vcf", CARD).text
    assert 'value="nora.vale@ilverton.example"' in page
    sent = {"contact": "Nora Vale", "keep_new": "y", "mail": "nora.vale@ilverton.example", "phone": "+44 7700 900123"}
    browser.post("/log/keep", **SENT | sent)
    nora = db.session.query(Contact).one()
    kept = {row.value for row in db.session.query(Channel).filter_by(contact_id=nora.id)}
    assert kept == {"nora.vale@ilverton.example", "+44 7700 900123"}


def test_somebody_new_of_a_meeting_can_be_picked(browser, ana):
    browser.sign_in(ana).post("/log/keep", **SENT | {"pick": "new:nora.vale@ilverton.example:Nora Vale"})
    assert db.session.query(Contact).one().name == "Nora Vale"


def test_of_several_cards_one_is_chosen(browser, ana):
    page = drop(browser.sign_in(ana), "two.vcf", CARD + CARD.replace(b"Nora", b"Emil")).text
    assert "Which one?" in page
    assert "Emil Vale" in page
    chosen = browser.post("/log/offer", kind="meeting", person="Nora Vale\tnora.vale@ilverton.example\t", note="")
    assert 'value="Nora Vale"' in chosen.text


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("empty.ics", b""),
        ("mail.msg", b"\xd0\xcf\x11\xe0"),
        ("x.exe", b"MZ"),
        ("broken.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon"),
        ("other.ics", b"hello"),
        ("nothing.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"),
        ("broken.eml", b"\xff\xfe\x00"),
        ("broken.vcf", b"BEGIN:VCARD\r\nFN:"),
    ],
)
def test_what_can_not_be_read_is_refused_in_words(browser, ana, name, body):
    answer = drop(browser.sign_in(ana), name, body)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_is_too_large_is_refused():
    with pytest.raises(Refused, match="larger than 1 MB"):
        read("large.ics", b"BEGIN:VCALENDAR" + b"x" * 1_100_000)


@given(st.binary(max_size=400), st.sampled_from([MEETING, MAIL, FORWARDED.encode(), CARD]), st.integers(0, 900))
def test_no_file_breaks_it(noise, good, place):
    body = good[:place] + noise + good[place + len(noise) // 2 :]
    for name in ("a.ics", "a.eml", "a.vcf"):
        with suppress(Refused):
            assert read(name, body)
