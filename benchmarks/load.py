"""A load generator: keep-alive connections, each sending its next request when the last one is answered.

It speaks just enough HTTP/1.1, over plain sockets in one loop, so that it takes little from a server beside it.
"""

import re
import secrets
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

KEY = b"@" * 16
"""Stands in a request where each request gets a value of its own, as long as this."""
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
WARM_UP_SECONDS = 0.5


class Unexpected(Exception):
    """A response that wasn't asked for: measuring on would measure something else."""


@dataclass
class Connection:
    """One keep-alive connection and the request it repeats."""

    request: bytes
    status: bytes
    wire: socket.socket
    got: bytearray = field(default_factory=bytearray)
    sent_at: float = 0.0

    def send(self) -> None:
        """Send the request once more."""
        request = self.request
        if KEY in request:
            request = request.replace(KEY, secrets.token_hex(len(KEY) // 2).encode())
        self.got.clear()
        self.sent_at = time.perf_counter()
        self.wire.sendall(request)

    def receive(self) -> bool:
        """Take what has come; whether the response is complete."""
        part = self.wire.recv(262_144)
        if not part:
            raise Unexpected("The server closed the connection.")
        self.got += part
        if not is_complete(self.got):
            return False
        if self.got[9:12] != self.status:
            raise Unexpected(f"{self.request[:60]!r} was answered with {bytes(self.got[:400])!r}")
        return True


def is_complete(got: bytearray) -> bool:
    """Whether this is a whole response."""
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return False
    length = _LENGTH.search(got, 0, end + 2)
    if length:
        return len(got) >= end + 4 + int(length[1])
    if got[9:12] in (b"204", b"304"):
        return True
    return got.endswith(b"0\r\n\r\n")  # chunked


def run(
    port: int, requests: Sequence[bytes], status: bytes, seconds: float, cpu: Callable[[], float | None]
) -> tuple[float, list[float], float | None]:
    """Repeat each request on its own connection for some seconds: the seconds, each wait, the CPU seconds by `cpu`."""
    connections = [Connection(request, status, _connected(port)) for request in requests]
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection.wire, selectors.EVENT_READ, connection)
            connection.send()
        _repeat(selector, WARM_UP_SECONDS)
        before, started = cpu(), time.perf_counter()
        waits = _repeat(selector, seconds)
        lasted, after = time.perf_counter() - started, cpu()
    for connection in connections:
        connection.wire.close()
    return lasted, waits, None if before is None or after is None else after - before


def _repeat(selector: selectors.BaseSelector, seconds: float) -> list[float]:
    waits: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for key, _events in selector.select(timeout=1):
            connection: Connection = key.data
            if connection.receive():
                waits.append(time.perf_counter() - connection.sent_at)
                connection.send()
    return waits


def _connected(port: int) -> socket.socket:
    wire = socket.create_connection(("127.0.0.1", port), timeout=30)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return wire
