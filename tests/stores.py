"""The two stores of files, the local folder and a bucket of a real S3 server, for tests that hold for both."""

import logging
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import boto3
import obstore
from moto.server import ThreadedMotoServer

from portal import files, objects
from portal.config import Config

KEYS = dict(STORAGE_KEY_ID="a-key", STORAGE_SECRET="a secret of some length")
_numbers = count(1)


@contextmanager
def s3_server():
    """An S3 server of this run's own; its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def bucket(endpoint: str, folder: Path) -> objects.Bucket:
    """A store in a bucket of its own."""
    name = f"files-{next(_numbers)}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEYS["STORAGE_KEY_ID"],
        aws_secret_access_key=KEYS["STORAGE_SECRET"],
    )
    client.create_bucket(Bucket=name)
    client.close()
    settings = Config(STORAGE_URL=f"s3://{name}/portal", STORAGE_ENDPOINT=endpoint, **KEYS)
    return objects.bucket_or_none(settings, folder / "parts")


def damage(store: files.AnyStore, sha256: str, content: bytes = b"bit rot") -> None:
    """Let other bytes lie where a file was."""
    if isinstance(store, objects.Bucket):
        obstore.put(store._store, files.key_of(sha256), content)
    else:
        path = store.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def put(store: files.AnyStore, content: bytes) -> str:
    """Store bytes; their hash."""
    part = store.part(f"test-{next(_numbers)}")
    part.write_bytes(content)
    sha256 = files.hash_of(part)
    store.put(part, sha256=sha256)
    part.unlink()
    return sha256
