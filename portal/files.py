"""Files by their content: stored under the SHA-256 of their bytes, behind one small interface.

Here is the local folder; `portal.objects` has the same over S3. Nothing else knows which of the two it is.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import Flask, current_app

PIECE = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")


class NotWhole(Exception):
    """The bytes that arrived, or that lie in the store, are not the ones that were announced."""


def key_of(sha256: str) -> str:
    """Under which name a store keeps a file: in one of 256 folders, so that none grows endless."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("A file is named by the SHA-256 of its bytes, in small letters.")
    return f"{sha256[:2]}/{sha256}"


@dataclass(frozen=True)
class Held:
    """A file that is in the store."""

    sha256: str
    size: int
    at: datetime
    """When it came, or came again."""


class AnyStore(Protocol):
    """What the portal asks of a store; each method is told where it is implemented."""

    def put(self, source: Path, *, sha256: str) -> None: ...
    def open(self, sha256: str) -> BinaryIO: ...
    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]: ...
    def size(self, sha256: str) -> int: ...
    def exists(self, sha256: str) -> bool: ...
    def delete(self, sha256: str) -> None: ...
    def held(self, sha256: str) -> Held: ...
    def hashes(self, beginning: str = "") -> Iterator[Held]: ...
    def hash_now(self, sha256: str) -> str: ...
    def as_local(self, sha256: str) -> AbstractContextManager[Path]: ...
    def part(self, name: str) -> Path: ...
    def tidy(self, before: datetime) -> None: ...
    def problem(self) -> str: ...


class Store:
    """A folder of files that never change. Two writers of the same bytes write the same file."""

    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where a file lies, whether it is there or not."""
        return self.folder / key_of(sha256)

    def put(self, source: Path, *, sha256: str) -> None:
        """Take a file over under its hash, read back what was stored, and only then keep it. Raises NotWhole."""
        place = self.path(sha256)
        if place.exists() and hash_of(place) == sha256:
            os.utime(place)  # as young as if it came just now: the sweep leaves it alone
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        # Under a name of its own first: what has the final name is always whole, also after a crash.
        fresh = place.parent / f".{secrets.token_hex(8)}"
        try:
            _copy(source, fresh)
            if hash_of(fresh) != sha256:
                raise NotWhole
            os.replace(fresh, place)
            _sync_folder(place.parent)
        finally:
            fresh.unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, to be read at any place. Raises FileNotFoundError."""
        return self.path(sha256).open("rb")

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from one place to another, piece by piece. Raises FileNotFoundError."""
        with self.open(sha256) as file:
            file.seek(start)
            left = end - start
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece

    def size(self, sha256: str) -> int:
        """How many bytes it has. Raises FileNotFoundError."""
        return self.path(sha256).stat().st_size

    def exists(self, sha256: str) -> bool:
        """Whether it is there."""
        return self.path(sha256).is_file()

    @contextmanager
    def as_local(self, sha256: str) -> Iterator[Path]:
        """A path, for libraries that need one; not to be written to. Raises FileNotFoundError."""
        if not self.exists(sha256):
            raise FileNotFoundError(sha256)
        yield self.path(sha256)

    def hashes(self, beginning: str = "") -> Iterator[Held]:
        """Everything that is there, in no order; or what begins with one digit."""
        for path in self.folder.glob(f"{beginning:?<2}/*"):
            if _HASH.fullmatch(path.name):
                with suppress(FileNotFoundError):
                    yield self.held(path.name)

    def held(self, sha256: str) -> Held:
        """What is known of one file. Raises FileNotFoundError."""
        found = self.path(sha256).stat()
        return Held(sha256, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def hash_now(self, sha256: str) -> str:
        """What its bytes hash to. Raises FileNotFoundError."""
        return hash_of(self.path(sha256))

    def delete(self, sha256: str) -> None:
        """Remove a file; no matter whether it is there."""
        self.path(sha256).unlink(missing_ok=True)

    def part(self, name: str) -> Path:
        """Where a file grows that is still on its way."""
        folder = self.folder / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name

    def tidy(self, before: datetime) -> None:
        """Remove what a crash left half written."""
        tidy_parts(self.folder / "parts", before)
        for path in self.folder.glob("??/.*"):
            _remove_if_older(path, before)

    def problem(self) -> str:
        """What is wrong with it, in words; empty when it can be written to."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return "" if os.access(self.folder, os.W_OK) else f"The folder of files cannot be written to: {self.folder}"


def write_at(path: Path, offset: int, piece: bytes) -> None:
    """Put a piece at a place of a growing file, and cut off whatever an earlier, broken try left behind it."""
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


PASSING = ("file-", "fetched-", "package-")
"""How parts are called that last no longer than a request. Others may go on growing for days."""


def tidy_parts(folder: Path, before: datetime) -> None:
    """Remove parts of requests that ended long ago."""
    for path in folder.glob("*"):
        if path.name.startswith(PASSING):
            _remove_if_older(path, before)


def _remove_if_older(path: Path, before: datetime) -> None:
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < before.timestamp():
            path.unlink()


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, read from the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def store() -> AnyStore:
    """The store of the current app."""
    return current_app.extensions["files"]


def init_app(app: Flask, kept_in: AnyStore) -> None:
    """Keep files there."""
    app.extensions["files"] = kept_in


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as before, target.open("xb") as after:
        while piece := before.read(PIECE):
            after.write(piece)
        after.flush()
        os.fsync(after.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
