"""Parts of a file over HTTP: each is a slice of its bytes, from the folder and from a bucket alike."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import files
from portal.accounts.viewer import of
from portal.attachments import services
from tests.attachments.make_files import stored
from tests.make import NOON
from tests.recitals.make_recitals import wav
from tests.stores import bucket, s3_server


@pytest.fixture(scope="module")
def server():
    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture(params=["folder", "bucket"])
def kept_in(request, app, tmp_path):
    """Where the portal keeps its files while a test runs."""
    before = app.extensions["files"]
    is_folder = request.param == "folder"
    app.extensions["files"] = (
        files.Store(tmp_path) if is_folder else bucket(request.getfixturevalue("server"), tmp_path)
    )
    yield app.extensions["files"]
    app.extensions["files"] = before


@pytest.fixture
def sound(kept_in, browser, ana):
    """Asks for a sound of Ana's, with headers."""
    row = stored(wav(), "a.wav", ana)
    browser.sign_in(ana)
    browser.forget_who()

    def ask(method="get", **headers):
        with getattr(browser.client, method)(f"/files/{row.sha256}/a.wav", headers=headers) as answer:
            assert answer.get_data() is not None
            return answer

    ask.content, ask.row = wav(), row
    return ask


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_part_is_a_slice(sound, data):
    size = len(sound.content)
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start, size + 50))
    asked, wanted = data.draw(
        st.sampled_from(
            [
                (f"bytes={start}-{end}", slice(start, end + 1)),
                (f"bytes={start}-", slice(start, None)),
                (f"bytes=-{end + 1}", slice(max(0, size - end - 1), None)),
                (f"Bytes= {start} - {end}", slice(start, end + 1)),
            ]
        )
    )
    answer = sound(Range=asked)
    assert answer.status_code == 206
    assert answer.data == sound.content[wanted]
    first, last, _ = wanted.indices(size)
    assert answer.headers["Content-Range"] == f"bytes {first}-{last - 1}/{size}"
    assert int(answer.headers["Content-Length"]) == len(answer.data)


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=0-1,4-5", "bytes=a-b", "lines=0-3", "bytes=", "0-4", "bytes=--1", "bytes=٣-٤", "bytes=-0"],
)
def test_what_is_no_part_gets_the_whole(sound, asked):
    answer = sound(Range=asked.encode().decode("latin-1"))
    assert (answer.status_code, answer.data) == (200, sound.content)


@pytest.mark.parametrize("asked", ["bytes=100000-", "bytes=99999999999999999999-", "bytes=100000-200000"])
def test_a_part_beyond_the_end_is_refused_with_the_size(sound, asked):
    answer = sound(Range=asked)
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(sound.content)}"
    assert answer.data == b""


def test_a_head_says_how_large_it_is_and_sends_nothing(sound):
    answer = sound("head")
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(sound.content)
    assert answer.headers["Accept-Ranges"] == "bytes"
    # Parts are defined for GET alone.
    part = sound("head", Range="bytes=0-9")
    assert (part.status_code, part.data, part.headers["Content-Length"]) == (200, b"", str(len(sound.content)))


def test_what_a_browser_has_is_not_sent_again(sound):
    answer = sound(**{"If-None-Match": f'"{sound.row.sha256}"'})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == f'"{sound.row.sha256}"'
    assert sound(**{"If-None-Match": '"another"'}).status_code == 200


def test_a_part_of_another_version_gets_the_whole(sound):
    assert sound(Range="bytes=0-3", **{"If-Range": f'"{sound.row.sha256}"'}).status_code == 206
    assert sound(Range="bytes=0-3", **{"If-Range": '"another"'}).status_code == 200
    assert sound(Range="bytes=0-3", **{"If-Range": "Wed, 04 Mar 2026 12:00:00 GMT"}).status_code == 200


def test_bytes_that_are_gone_are_not_found(sound, kept_in):
    kept_in.delete(sound.row.sha256)
    assert sound().status_code == 404


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=300))
def test_what_was_taken_comes_back_as_it_was(kept_in, ana, browser, words):
    content = ("Said: " + words).encode()
    row = services.take(io.BytesIO(content), name="a.txt", by=of(ana), now=NOON)
    browser.forget_who()
    assert kept_in.hash_now(row.sha256) == row.sha256
    browser.sign_in(ana)
    browser.forget_who()
    assert browser.client.get(f"/files/{row.sha256}/a.txt").data == content
