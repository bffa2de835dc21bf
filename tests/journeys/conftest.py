"""The whole portal, served as `./run` serves it, with the demo firm; and a real browser in front of it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect, sync_playwright
from sqlalchemy import create_engine

from tests.journeys import firm, steps
from tests.journeys.live import Live

FLAGS = [
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", "locale": "en-GB"}
PATIENCE = 15_000
"""Milliseconds that a page may take; machines that run tests are busy."""
SECONDS_TO_START = 300


class Server:
    """The portal as a process of its own."""

    def __init__(self, command, given, address, log):
        self.command, self.given, self.address, self.log = command, given, address, log
        self.process = None

    def start(self):
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(self.command, env=self.given, stdout=self.log, stderr=subprocess.STDOUT)
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"{self.address}/readyz", timeout=10):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        self.log.seek(0)
        pytest.fail(f"The portal does not answer:\n{self.log.read()[-5000:]}")

    def stop(self):
        """Stop it as an admin would."""
        self.process.terminate()
        self.process.wait(timeout=60)


@contextmanager
def served():
    """The portal with a demo firm on a free port, web and background work; an error that it logs fails the run."""
    with tempfile.TemporaryDirectory(prefix="portal-live-") as folder:
        database, port = _database(folder), _free_port()
        given = firm.environment(folder, PORTAL_DATABASE_URL=database)
        command = [sys.executable, "-m", "portal", "serve", "--port", str(port), "--people", firm.PEOPLE]
        with Path(folder, "log").open("w+") as log:
            server = Server(command, given, f"http://127.0.0.1:{port}", log)
            live = Live(server.address, create_engine(database), Path(folder), server.stop, server.start)
            try:
                server.start()
                yield live
            finally:
                live.database.dispose()
                server.stop()
            log.seek(0)
            said = log.read()
            assert "Traceback" not in said, said[-5000:]


@pytest.fixture(scope="session")
def portal():
    """The portal that most journeys go through."""
    with served() as live:
        yield live


def _database(folder: str) -> str:
    asked = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    if asked == "sqlite":
        firm.copy(folder)
        return f"sqlite:///{folder}/portal.db"
    from tests.postgres import fresh_database  # its wheel is only there where it is asked for

    return fresh_database(asked).replace("postgresql://", "postgresql+psycopg://", 1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def chromium():
    """One browser a run."""
    expect.set_options(timeout=PATIENCE)
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def windows(chromium, portal):
    """Opens a window of their own for each who takes part, signed in; what its console complains of is a failure."""
    contexts, complaints = [], []

    def note(said):
        # That an address answers 404 or 422, or that the network is gone, is what some of these tests are about.
        if said.type == "error" and not re.search("status of 4|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_", said.text):
            complaints.append(f"{said.page and said.page.url} {said.location.get('url')}: {said.text}")

    def window(who="", **given):
        context = chromium.new_context(base_url=portal.address, **{**WINDOW, **given})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", note)
        return steps.sign_in(page, who) if who else page

    try:
        yield window
    finally:
        for context in contexts:
            context.close()
    assert not complaints, complaints


@pytest.fixture
def enter(chromium, portal):
    """Opens windows for one test."""
    with windows(chromium, portal) as window:
        yield window


@pytest.fixture(scope="module")
def enter_before(chromium, portal):
    """Opens windows for what several tests of a file build on."""
    with windows(chromium, portal) as window:
        yield window
