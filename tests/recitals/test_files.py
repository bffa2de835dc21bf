"""The store: under the hash of the bytes, whole or not at all, also with two writers."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import files
from portal.attachments import containers
from portal.recitals.limits import moment_or_none, said_moment
from tests.recitals.make_recitals import mp4, wav, webm

CONTENT = b"some bytes" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    return files.Store(tmp_path / "files")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


def test_what_was_put_can_be_opened(store, source):
    store.put(source, sha256=SHA256)
    with store.open(SHA256) as file:
        assert file.read() == CONTENT


def test_other_bytes_are_not_kept_under_this_name(store, source):
    with pytest.raises(files.NotWhole):
        store.put(source, sha256="0" * 64)
    assert not store.path("0" * 64).exists()
    assert not any(path.is_file() for path in store.folder.rglob("*"))


def test_a_damaged_file_is_written_anew(store, source):
    store.put(source, sha256=SHA256)
    path = store.path(SHA256)
    path.write_bytes(b"bit rot")
    store.put(source, sha256=SHA256)
    assert path.read_bytes() == CONTENT


def test_two_writers_write_one_file(store, source):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.put(source, sha256=SHA256), range(24)))
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [store.path(SHA256)]


def test_deleting_twice_is_fine(store, source):
    store.put(source, sha256=SHA256)
    store.delete(SHA256)
    store.delete(SHA256)
    with pytest.raises(FileNotFoundError):
        store.open(SHA256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_hashes_are_names(store, name):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(name)


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
