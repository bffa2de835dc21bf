"""Recordings as files: pieces at their places, and what the bytes tell."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import files
from portal.attachments import containers
from portal.recitals.limits import moment_or_none, said_moment
from tests.recitals.make_recitals import mp4, wav, webm


@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=8), st.data())
def test_pieces_at_their_places_make_the_whole_whatever_broke_before(tmp_path_factory, pieces, data):
    path = tmp_path_factory.mktemp("parts") / "part"
    offset = 0
    for piece in pieces:
        if data.draw(st.booleans()):
            files.write_at(path, offset, b"broken" * data.draw(st.integers(1, 20)))
        files.write_at(path, offset, piece)
        offset += len(piece)
    assert path.read_bytes() == b"".join(pieces)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (webm(), containers.WEBM),
        (mp4(), containers.MP4),
        (wav(), containers.WAV),
        (b"OggS" + b"\x00" * 40, containers.OGG),
        (b"ID3\x04" + b"\x00" * 40, containers.MP3),
        (b"\xff\xfb\x90\x00" + b"\x00" * 40, containers.MP3),
        (b"<!doctype html>", None),
        (b"", None),
        (b"\xff\xff\xff\xff", None),
    ],
)
def test_a_kind_is_told_by_its_bytes(content, kind):
    found = containers.read(BytesIO(content))
    assert (found and found.kind) == kind


@given(st.binary(max_size=200))
def test_any_bytes_can_be_looked_at(content):
    for head in (b"", b"RIFF", b"OggS", b"\x1a\x45\xdf\xa3\x00webm", b"\x00\x00\x00\x20ftyp", b"ID3"):
        containers.read(BytesIO(head + content))


def test_a_webm_file_plays_until_its_last_block():
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff\xe7\x82" + (4500).to_bytes(2, "big")
    blocks = b"".join(b"\xa3\x88\x81" + later.to_bytes(2, "big") + b"\x80abcd" for later in (0, 20, 260))
    assert containers.read(BytesIO(webm(b"\x00" * 30 + cluster + blocks))).seconds == 4.76


@given(st.integers(0, 5000))
def test_moments_are_read_as_they_are_said(second):
    assert moment_or_none(said_moment(second)) == second


@pytest.mark.parametrize("typed", ["1:60", "abc", "1:2:3", "-5", "٣", "1.5", ""])
def test_other_moments_are_none(typed):
    assert moment_or_none(typed) is None
