"""Laws of the stores: under the hash of the bytes, whole or not at all, also with two writers; a folder or a bucket."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import files, objects
from portal.config import BadSetting, Config
from tests.stores import KEYS, bucket, damage, put, s3_server

CONTENT = b"some bytes" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NEVER = "0" * 64


@pytest.fixture(scope="module")
def server():
    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture(scope="module", params=["folder", "bucket"])
def kept_in(request, tmp_path_factory):
    """A store that lasts for all examples of a law."""
    folder = tmp_path_factory.mktemp("files")
    return files.Store(folder) if request.param == "folder" else bucket(request.getfixturevalue("server"), folder)


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    return files.Store(tmp_path) if request.param == "folder" else bucket(request.getfixturevalue("server"), tmp_path)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


def held(store):
    return sorted(each.sha256 for each in store.hashes())


def test_what_was_put_can_be_opened(store, source):
    store.put(source, sha256=SHA256)
    with store.open(SHA256) as file:
        assert file.read() == CONTENT
    with store.as_local(SHA256) as path:
        assert path.read_bytes() == CONTENT
    assert store.size(SHA256) == len(CONTENT)
    assert store.exists(SHA256)
    assert held(store) == [SHA256]


def test_other_bytes_are_not_kept_under_this_name(store, source):
    with pytest.raises(files.NotWhole):
        store.put(source, sha256=NEVER)
    assert not store.exists(NEVER)
    assert held(store) == []


def test_a_damaged_file_is_found_out_and_written_anew(store, source):
    store.put(source, sha256=SHA256)
    damage(store, SHA256)
    assert store.hash_now(SHA256) != SHA256
    store.put(source, sha256=SHA256)
    assert store.hash_now(SHA256) == SHA256


def test_two_writers_write_one_file(store, source):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.put(source, sha256=SHA256), range(24)))
    assert held(store) == [SHA256]
    assert store.hash_now(SHA256) == SHA256


def test_deleting_twice_is_fine(store, source):
    store.put(source, sha256=SHA256)
    store.delete(SHA256)
    store.delete(SHA256)
    assert held(store) == []


@pytest.mark.parametrize("ask", ["open", "size", "held", "hash_now"])
def test_what_is_not_there_says_so(store, ask):
    assert not store.exists(NEVER)
    with pytest.raises(FileNotFoundError):
        getattr(store, ask)(NEVER)
    with pytest.raises(FileNotFoundError):
        next(store.read(NEVER, 0, 1))
    with pytest.raises(FileNotFoundError), store.as_local(NEVER):
        pass


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_hashes_are_names(store, source, name):
    for ask in (store.open, store.size, store.exists, store.delete, store.hash_now):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)
    with pytest.raises(ValueError, match="SHA-256"):
        store.put(source, sha256=name)


def test_it_knows_when_a_file_came_and_came_again(store, source):
    store.put(source, sha256=SHA256)
    first = store.held(SHA256).at
    assert first.tzinfo
    store.put(source, sha256=SHA256)
    assert store.held(SHA256).at >= first
    assert [each.size for each in store.hashes()] == [len(CONTENT)]


def test_what_it_has_is_told_part_by_part(store):
    hashes = {put(store, str(number).encode()) for number in range(60)}
    assert held(store) == sorted(hashes)
    for digit in "0123456789abcdef":
        assert {each.sha256 for each in store.hashes(digit)} == {each for each in hashes if each.startswith(digit)}


def test_what_is_on_its_way_is_no_file(store):
    store.part("recording-1").write_bytes(b"half of it")
    assert held(store) == []
    assert store.problem() == ""


def test_nothing_is_left_beside_the_files(tmp_path, source):
    store = files.Store(tmp_path / "files")
    store.put(source, sha256=SHA256)
    with pytest.raises(files.NotWhole):
        store.put(source, sha256=NEVER)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [store.path(SHA256)]


LAWS = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@LAWS
@given(content=st.binary(max_size=5000))
def test_every_stored_file_matches_its_hash(kept_in, content):
    sha256 = put(kept_in, content)
    assert sha256 == hashlib.sha256(content).hexdigest() == kept_in.hash_now(sha256)
    with kept_in.open(sha256) as file:
        assert file.read() == content


@LAWS
@given(content=st.binary(min_size=1, max_size=3000), data=st.data())
def test_a_part_is_a_slice_of_the_bytes(kept_in, content, data):
    sha256 = put(kept_in, content)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    assert b"".join(kept_in.read(sha256, start, end)) == content[start:end]
    with kept_in.open(sha256) as file:
        file.seek(start)
        assert file.read(end - start) == content[start:end]
        file.seek(-1, 2)
        assert file.read() == content[-1:]


def test_a_large_file_is_read_in_pieces(store):
    content = bytes(range(256)) * 40_000
    sha256 = put(store, content)
    pieces = list(store.read(sha256, 1, len(content) - 1))
    assert len(pieces) > 1
    assert b"".join(pieces) == content[1:-1]


def test_two_buckets_know_nothing_of_each_other(server, tmp_path, source):
    first, second = bucket(server, tmp_path), bucket(server, tmp_path)
    first.put(source, sha256=SHA256)
    assert held(second) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"STORAGE_URL": "https://bucket"}, "like s3://bucket/folder"),
        ({"STORAGE_URL": "s3://"}, "like s3://bucket/folder"),
        ({"STORAGE_URL": "s3://bucket", "STORAGE_KEY_ID": "only one of the two"}, "go together"),
    ],
)
def test_a_wrong_setting_is_said(tmp_path, given, said):
    with pytest.raises(BadSetting, match=said):
        objects.bucket_or_none(Config(**given), tmp_path)


def test_without_a_setting_files_are_in_the_folder(app, tmp_path):
    assert objects.bucket_or_none(Config(), tmp_path) is None
    assert isinstance(app.extensions["files"], files.Store)


def test_a_bucket_that_is_not_there_is_a_problem_in_words(server, tmp_path):
    settings = Config(STORAGE_URL="s3://nobody-made-it", STORAGE_ENDPOINT=server, **KEYS)
    assert "does not answer" in objects.bucket_or_none(settings, tmp_path).problem()
