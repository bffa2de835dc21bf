"""A recording on its way in: piece by piece, broken and resumed, verified, refused with a reason, and heard."""

import hashlib

import pytest

from portal import files
from portal.db import db
from portal.errors import Refused
from portal.recitals import services
from portal.recitals.models import Medium, Recital, Recording, State
from tests.recitals import make_recitals
from tests.recitals.make_recitals import kept, mp4, wav, webm


@pytest.fixture
def draft(ana, pitch):
    return make_recitals.recital(ana, medium=Medium.AUDIO)


@pytest.fixture
def sender(browser, ana, draft):
    return Sender(browser.sign_in(ana), draft.id)


class Sender:
    """The browser's side of sending a recording."""

    def __init__(self, browser, recital_id):
        self.browser, self.recital_id = browser, recital_id

    def begin(self, content, key="recording-key-1", total=None, kind="audio/webm;codecs=opus"):
        body = {"key": key, "total": len(content) if total is None else total, "type": kind}
        return self.browser.post(f"/recitals/{self.recital_id}/recordings", _json=body)

    def piece(self, number, offset, piece, sha256=None):
        headers = {
            "X-CSRFToken": self.browser.token(),
            "X-Piece-SHA256": hashlib.sha256(piece).hexdigest() if sha256 is None else sha256,
            "Accept": "application/json",
        }
        self.browser.forget_who()
        return self.browser.client.post(
            f"/recitals/recordings/{number}?offset={offset}",
            data=piece,
            headers=headers,
            content_type="application/octet-stream",
        )

    def finish(self, number, content):
        body = {"sha256": hashlib.sha256(content).hexdigest()}
        return self.browser.post(f"/recitals/recordings/{number}/finish", _json=body)

    def send(self, content, step=1000, **given):
        number = self.begin(content, **given).json["id"]
        for offset in range(0, len(content), step):
            assert self.piece(number, offset, content[offset : offset + step]).status_code == 200
        return self.finish(number, content)


def test_pieces_make_a_recording_and_saved_means_verified(sender, draft):
    content = wav(1)
    answer = sender.send(content)
    assert answer.json["saved"] is True
    row = kept(draft.id)
    assert files.store().path(row.sha256).read_bytes() == content
    assert (row.content_type, row.seconds) == ("audio/wav", 1)


def test_it_is_not_saved_before_the_end(sender, draft):
    number = sender.begin(wav(1)).json["id"]
    answer = sender.piece(number, 0, wav(1)[:500])
    assert answer.json["saved"] is False
    assert kept(draft.id) is None


def test_after_a_break_it_goes_on_from_where_the_server_is(sender, draft):
    content = wav(1)
    number = sender.begin(content).json["id"]
    sender.piece(number, 0, content[:3000])
    again = sender.begin(content)
    assert (again.json["id"], again.json["received"]) == (number, 3000)
    assert sender.browser.get(f"/recitals/recordings/{number}").json["received"] == 3000
    assert sender.piece(number, 3000, content[3000:]).json["received"] == len(content)
    assert sender.finish(number, content).json["saved"] is True


def test_a_piece_that_comes_twice_counts_once(sender):
    content = wav(1)
    number = sender.begin(content).json["id"]
    sender.piece(number, 0, content[:1000])
    answer = sender.piece(number, 0, content[:1000])
    assert answer.status_code == 409
    assert answer.json["received"] == 1000


def test_a_piece_from_elsewhere_is_told_where_to_go_on(sender):
    number = sender.begin(wav(1)).json["id"]
    assert sender.piece(number, 500, b"x").json["received"] == 0


def test_what_a_broken_try_left_behind_is_overwritten(sender, draft):
    content = wav(1)
    number = sender.begin(content).json["id"]
    files.store().part(f"recording-{number}").write_bytes(b"left behind by a crash" * 1000)
    sender.piece(number, 0, content)
    assert sender.finish(number, content).json["saved"] is True


def test_a_damaged_piece_is_asked_for_again(sender):
    number = sender.begin(wav(1)).json["id"]
    answer = sender.piece(number, 0, b"some bytes", sha256="0" * 64)
    assert answer.status_code == 422
    assert "damaged on its way" in answer.json["error"]
    assert sender.browser.get(f"/recitals/recordings/{number}").json["received"] == 0


def test_more_than_was_announced_is_refused(sender):
    number = sender.begin(b"", total=5).json["id"]
    assert "More arrived" in sender.piece(number, 0, b"123456").json["error"]


def test_a_piece_that_is_too_large_is_refused(sender):
    number = sender.begin(b"", total=5_000_000).json["id"]
    assert sender.piece(number, 0, b"x" * 1_100_000).status_code == 413


def test_finishing_twice_saves_once(sender, draft):
    content = wav(1)
    number = sender.send(content).json["id"]
    assert sender.finish(number, content).json["saved"] is True
    assert db.session.query(Recording).count() == 1


def test_one_that_was_cut_off_goes_on_later_and_loses_nothing(sender, draft):
    content = wav(1)
    number = sender.begin(content).json["id"]
    sender.piece(number, 0, content[:4000])
    answer = sender.finish(number, content)
    assert answer.status_code == 422
    assert "cut off: 4 kB of 8 kB arrived" in answer.json["error"]
    sender.piece(number, 4000, content[4000:])
    assert sender.finish(number, content).json["saved"] is True


def test_bytes_that_are_not_the_ones_sent_are_not_saved(sender, draft):
    content = wav(1)
    number = sender.begin(content).json["id"]
    sender.piece(number, 0, content)
    answer = sender.finish(number, b"something else")
    assert answer.status_code == 422
    assert "not what was sent" in answer.json["error"]
    assert kept(draft.id) is None
    assert sender.finish(number, content).json["saved"] is True


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><script>alert(1)</script></html>", "no recording that we can play"),
        (b"\x1a\x45\xdf\xa3" + b"matroska" * 20, "no recording that we can play"),
        (b"PK\x03\x04" + b"\x00" * 100, "no recording that we can play"),
        (b"\x89PNG\r\n" + b"\x00" * 100, "no recording that we can play"),
        (b"R", "no recording that we can play"),
        (wav(1)[:-100], "The end of this file is missing"),
        (mp4(is_whole=False), "The end of this file is missing"),
        (wav(200, rate=100), "This plays for 3:20, and 3 minutes is the most"),
        (mp4(400), "This plays for 6:40"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(sender, draft, content, reason):
    answer = sender.send(content, step=900_000)
    assert answer.status_code == 422
    assert reason in answer.json["error"]
    assert kept(draft.id) is None
    assert db.session.get(Recital, draft.id).state == State.DRAFT


def test_zero_bytes_are_refused(sender):
    answer = sender.begin(b"")
    assert answer.status_code == 422
    assert "no bytes in it" in answer.json["error"]


def test_too_large_is_refused_before_it_is_sent(sender):
    answer = sender.begin(b"", total=50_000_001)
    assert answer.status_code == 422
    assert "50 MB is the most" in answer.json["error"]


@pytest.mark.parametrize("body", [{}, {"key": 5}, {"key": "good-key-1", "total": "5"}, {"key": "x" * 99, "total": 5}])
def test_odd_announcements_are_refused(sender, body):
    assert sender.browser.post(f"/recitals/{sender.recital_id}/recordings", _json=body).status_code == 422


@pytest.mark.parametrize("offset", ["", "-1", "1e3", "٣", "9" * 20])
def test_odd_offsets_are_refused(sender, offset):
    number = sender.begin(wav(1)).json["id"]
    assert sender.piece(number, offset, b"x").status_code == 422


def test_a_changed_part_has_sixty_seconds(ana, pitch, tmp_path):
    from portal.recitals.models import Scope
    from tests.releases import make_releases

    make_releases.publish(pitch, claims=make_releases.reworded("one-answer", "You hear one voice."))
    row = make_recitals.recital(ana, pitch, medium=Medium.AUDIO, scope=Scope.CHANGES)
    with pytest.raises(Refused, match="60 seconds is the most"):
        make_recitals.recording(row, tmp_path, wav(90, rate=100))


def test_sound_alone_is_no_film(ana, pitch, tmp_path):
    row = make_recitals.recital(ana, medium=Medium.VIDEO)
    with pytest.raises(Refused, match="sound only"):
        make_recitals.recording(row, tmp_path, wav(1))


def test_limits_are_told_before(browser, ana, draft):
    browser.sign_in(ana)
    for address in ("/recitals/new", f"/recitals/{draft.id}"):
        assert "Up to 3 minutes and 50 MB" in browser.get(address).text


def test_without_scripts_a_file_can_be_sent(browser, ana, draft):
    from io import BytesIO

    browser.sign_in(ana)
    answer = browser.post(f"/recitals/{draft.id}/file", key="a-file-key-1", file=(BytesIO(webm()), "pitch.webm"))
    assert answer.status_code == 302
    assert kept(draft.id).content_type == "audio/webm"


def test_without_a_file_it_says_so(browser, ana, draft):
    answer = browser.sign_in(ana).post(f"/recitals/{draft.id}/file", key="a-file-key-1")
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_without_a_recording_nothing_is_submitted(browser, ana, draft):
    answer = browser.sign_in(ana).post(f"/recitals/{draft.id}/submit")
    assert answer.status_code == 422
    assert "There is no recording yet" in answer.text


def test_a_recording_is_listened_to_and_submitted(browser, ana, draft, tmp_path):
    make_recitals.recording(draft, tmp_path)
    page = browser.sign_in(ana).get(f"/recitals/{draft.id}")
    assert "Submit to a coach" in page.text
    browser.post(f"/recitals/{draft.id}/submit")
    assert db.session.get(Recital, draft.id).state == State.SUBMITTED


def test_discarding_can_be_undone(browser, ana, draft, tmp_path):
    make_recitals.recording(draft, tmp_path)
    number = kept(draft.id).id
    browser.sign_in(ana).post(f"/recitals/recordings/{number}/discard")
    assert "Bring it back" in browser.get(f"/recitals/{draft.id}").text
    browser.post(f"/recitals/recordings/{number}/bring-back")
    assert "Submit to a coach" in browser.get(f"/recitals/{draft.id}").text


def test_a_new_one_takes_the_place_of_the_old(ana, draft, tmp_path):
    from portal.recitals import queries

    make_recitals.recording(draft, tmp_path, wav(1))
    make_recitals.recording(draft, tmp_path, wav(2))
    assert queries.recording_or_none(draft).seconds == 2
    assert queries.discarded_or_none(draft).seconds == 1


def test_what_was_submitted_is_not_exchanged(ana, viewer, draft, tmp_path, now):
    make_recitals.recording(draft, tmp_path)
    services.submit(draft, by=viewer(ana), now=now)
    with pytest.raises(Refused, match="with the coaches"):
        make_recitals.recording(draft, tmp_path, wav(1))
