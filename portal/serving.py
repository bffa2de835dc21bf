"""Serving with granian, web and background work in one."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

GRANIAN = (
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "wsgi:app"),
    *("--blocking-threads", "4", "--backpressure", "256", "--no-ws", "--log-level", "warning"),
    # Addresses of shared links let anybody in who holds them: they belong in no log, whatever the environment says.
    "--no-access-log",
    "--respawn-failed-workers",
)
SECONDS_TO_START, SECONDS_TO_STOP = 120, 15


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens at this address yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def serve(*, host: str, port: int, workers: int, ready: Callable[[], None]) -> int:
    """Run web and worker processes until told to stop; `ready` is called when the portal answers. The exit code."""
    processes = [subprocess.Popen([*GRANIAN, "--host", host, "--port", str(port), "--workers", str(workers)])]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops like Ctrl-C, which background shells ignore
    try:
        if _answers(host, port, processes[0]):
            ready()
        # Only now, so that it doesn't slow down the start of what people wait for.
        processes.append(subprocess.Popen([sys.executable, "-m", "portal", "worker", "--quiet"]))
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        return next((process.returncode for process in processes if process.returncode), 0)
    except KeyboardInterrupt:
        return 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()  # what it was doing is in the database, whole or not at all
        process.wait()


def _answers(host: str, port: int, process: subprocess.Popen) -> bool:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://{shown}:{port}/healthz", timeout=2):
                return True
        except (URLError, OSError):
            time.sleep(0.05)
    return False
