"""A real PostgreSQL for tests, from a wheel: one server a run, one database a worker."""

import uuid
from urllib.parse import urlsplit

import psycopg


def fresh_database(server: str) -> str:
    """A new, empty database on the server that `PORTAL_TEST_DATABASE` names; its address for the portal."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()
