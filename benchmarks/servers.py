"""Starting the portal and the bare page as they are served for real, and reading what they cost."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from portal.serving import GRANIAN

WORKERS = 2
SECONDS_TO_START = 60
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    pid: int
    port: int

    def cpu_seconds(self) -> float | None:
        """CPU time that the web processes have taken so far; nothing where there is no /proc."""
        if not Path("/proc/self/stat").exists():
            return None
        return sum(_ticks(pid) for pid in [self.pid, *_below(self.pid)] if _is_web(pid)) / TICKS


@contextmanager
def portal(settings: Mapping[str, str]) -> Iterator[Server]:
    """The portal as `portal serve` runs it."""
    port = _free_port()
    command = [sys.executable, "-m", "portal", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with _running(command, port, "/healthz", settings) as server:
        yield server


@contextmanager
def bare() -> Iterator[Server]:
    """The bare page under the same server with the same settings."""
    port = _free_port()
    command = ["benchmarks.bare:app" if part == "wsgi:app" else part for part in GRANIAN]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(WORKERS)]
    with _running(command, port, "/", {}) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, page: str, settings: Mapping[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    try:
        _wait(process, f"http://127.0.0.1:{port}{page}")
        yield Server(process.pid, port)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The server stopped with exit code {process.returncode}.")
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"Nothing answers at {address}.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _below(pid: int) -> list[int]:
    """All processes that descend from one."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # gone since
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _is_web(pid: int) -> bool:
    try:
        return b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
