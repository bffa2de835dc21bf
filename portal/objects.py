"""Files by their content in a bucket, over the S3 protocol; the same small interface as the local folder."""

import hashlib
import io
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

try:
    import obstore
    from obstore.exceptions import BaseError
    from obstore.store import S3Store
except ImportError:  # the extra `s3` is not installed
    obstore = None  # type: ignore[assignment]

from portal.config import PREFIX, BadSetting, Config
from portal.files import PIECE, Held, NotWhole, hash_of, key_of, tidy_parts

STEP = 4 * PIECE
"""How much is fetched at once: a listener's slow line never keeps a connection to the bucket open."""
_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?(.*)")
_PATIENCE = {"connect_timeout": "5s", "timeout": "60s"}
_RETRIES = {"max_retries": 4, "retry_timeout": timedelta(minutes=1)}


class Bucket:
    """Files that never change, as objects. Two writers of the same bytes write the same object."""

    def __init__(self, store: "S3Store", parts: Path):
        self._store = store
        self._parts = parts

    def put(self, source: Path, *, sha256: str) -> None:
        """Put a file under its hash, and read back what was stored. Raises NotWhole."""
        key = key_of(sha256)
        if hash_of(source) != sha256:
            raise NotWhole
        # What is there already is written again: it becomes young for the sweep, and whole if it was damaged.
        obstore.put(self._store, key, source)
        if self.hash_now(sha256) != sha256:
            self.delete(sha256)
            raise NotWhole

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, to be read at any place. Raises FileNotFoundError."""
        return io.BufferedReader(_Object(self._store, key_of(sha256), self.size(sha256)), PIECE)

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from one place to another, piece by piece. Raises FileNotFoundError."""
        for place in range(start, end, STEP):
            yield bytes(obstore.get_range(self._store, key_of(sha256), start=place, end=min(place + STEP, end)))

    def size(self, sha256: str) -> int:
        """How many bytes it has. Raises FileNotFoundError."""
        return obstore.head(self._store, key_of(sha256))["size"]

    def exists(self, sha256: str) -> bool:
        """Whether it is there."""
        try:
            self.size(sha256)
        except FileNotFoundError:
            return False
        return True

    def delete(self, sha256: str) -> None:
        """Remove a file; no matter whether it is there."""
        try:
            obstore.delete(self._store, key_of(sha256))
        except FileNotFoundError:
            return

    def held(self, sha256: str) -> Held:
        """What is known of one file. Raises FileNotFoundError."""
        return _held(sha256, obstore.head(self._store, key_of(sha256)))

    def hashes(self, beginning: str = "") -> Iterator[Held]:
        """Everything that is there, in no order; or what begins with one digit."""
        # A bucket lists its objects in the order of their names.
        for found in obstore.list(self._store, offset=beginning or None, chunk_size=1000):
            for each in found:
                sha256 = each["path"].rpartition("/")[2]
                if not each["path"].startswith(beginning):
                    return
                if re.fullmatch("[0-9a-f]{64}", sha256):
                    yield _held(sha256, each)

    def hash_now(self, sha256: str) -> str:
        """What its bytes hash to. Raises FileNotFoundError."""
        found = hashlib.sha256()
        for piece in self.read(sha256, 0, self.size(sha256)):
            found.update(piece)
        return found.hexdigest()

    @contextmanager
    def as_local(self, sha256: str) -> Iterator[Path]:
        """A path, for libraries that need one; gone afterwards. Raises FileNotFoundError."""
        place = self.part(f"fetched-{secrets.token_hex(8)}")
        try:
            with place.open("wb") as file:
                for piece in self.read(sha256, 0, self.size(sha256)):
                    file.write(piece)
            yield place
        finally:
            place.unlink(missing_ok=True)

    def part(self, name: str) -> Path:
        """Where a file grows that is still on its way: on this machine."""
        self._parts.mkdir(parents=True, exist_ok=True)
        return self._parts / name

    def tidy(self, before: datetime) -> None:
        """Remove what a crash left half written."""
        tidy_parts(self._parts, before)

    def problem(self) -> str:
        """What is wrong with it, in words; empty when it answers."""
        try:
            next(iter(obstore.list(self._store, chunk_size=1)), None)
        except (BaseError, OSError) as error:
            return f"The bucket of {PREFIX}STORAGE_URL does not answer: {str(error).splitlines()[0]}"
        return ""


class _Object(io.RawIOBase):
    """An object as a file that can be read at any place."""

    def __init__(self, store: "S3Store", key: str, size: int):
        self._store, self._key, self._size, self._place = store, key, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: Any) -> int:
        end = min(self._size, self._place + len(buffer))
        if end <= self._place:
            return 0
        piece = obstore.get_range(self._store, self._key, start=self._place, end=end)
        buffer[: len(piece)] = bytes(piece)
        self._place += len(piece)
        return len(piece)


def _held(sha256: str, found: Any) -> Held:
    return Held(sha256, found["size"], found["last_modified"])


def bucket_or_none(config: Config, parts: Path) -> Bucket | None:
    """The bucket that the settings name; None for the local folder. Raises BadSetting."""
    if not config.STORAGE_URL:
        return None
    found = _URL.fullmatch(config.STORAGE_URL)
    if found is None:
        raise BadSetting(f"{PREFIX}STORAGE_URL is like s3://bucket/folder, not {config.STORAGE_URL!r}.")
    if obstore is None:
        raise BadSetting(f"{PREFIX}STORAGE_URL needs the extra s3: pip install 'portal[s3]'.")
    if bool(config.STORAGE_KEY_ID) != bool(config.STORAGE_SECRET):
        raise BadSetting(f"{PREFIX}STORAGE_KEY_ID and {PREFIX}STORAGE_SECRET go together.")
    return Bucket(_connected(config, *found.groups()), parts)


def _connected(config: Config, bucket: str, prefix: str) -> "S3Store":
    patience = _PATIENCE | {"allow_http": config.STORAGE_ENDPOINT.startswith("http://")}
    given: dict[str, Any] = {"region": config.STORAGE_REGION, "client_options": patience, "retry_config": _RETRIES}
    if config.STORAGE_KEY_ID:
        given |= {"access_key_id": config.STORAGE_KEY_ID, "secret_access_key": config.STORAGE_SECRET}
    if config.STORAGE_ENDPOINT:
        given |= {"endpoint": config.STORAGE_ENDPOINT, "virtual_hosted_style_request": False}
    return S3Store(bucket, prefix=prefix.strip("/") or None, **given)
