"""Huey as the runner: a file beside the embedded database, or PostgreSQL itself; the same tasks on both."""

import math
import threading
from typing import Any

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey, crontab

from portal.config import Config
from portal.jobs import services


class Queue:
    """Hands job ids to Huey; a worker, in this process or another, does them."""

    def __init__(self, app: Flask, config: Config):
        self.huey = _huey(config)

        @self.huey.task()
        def run(job_id: int) -> None:
            with app.app_context():
                services.run(job_id)

        # What a crash left between commit and hand-over, and what waits for another try.
        @self.huey.periodic_task(crontab(minute="*"))
        def sweep() -> None:
            with app.app_context():
                services.sweep()

        # What comes round by itself; each knows whether its time has come.
        @self.huey.periodic_task(crontab(minute="*/10"))
        def go_round() -> None:
            with app.app_context():
                services.go_round()

        @self.huey.task()
        def sweep_all() -> None:
            with app.app_context():
                services.sweep_all()

        self.run_soon: Any = run
        self.sweep_soon: Any = sweep_all

    def run_later(self, job_id: int, seconds: float) -> None:
        """Do a job at its moment; the sweep of each minute does it where this is forgotten."""
        self.run_soon.schedule((job_id,), delay=max(1, math.ceil(seconds)))

    def work(self) -> None:
        """Do jobs until the process is told to stop."""
        self.huey.create_consumer(workers=1).run()

    def work_beside(self) -> None:
        """Do jobs in a thread of this process."""
        consumer = self.huey.create_consumer(workers=1)
        consumer._set_signal_handlers = lambda: None  # signals belong to the main thread
        threading.Thread(target=consumer.run, daemon=True, name="portal-worker").start()


class Inline:
    """For tests and commands: what was committed is done at once."""

    def run_soon(self, job_id: int) -> None:
        """Do the job now."""
        services.run(job_id)

    def run_later(self, job_id: int, seconds: float) -> None:
        """Leave it: a test moves the clock and sweeps."""

    def sweep_soon(self) -> None:
        """Do everything that is due now."""
        services.sweep_all()


def _huey(config: Config) -> Huey:
    url = config.database_url
    if url.startswith("postgresql"):
        return PostgresHuey("portal", results=False, dsn=url.replace("+psycopg", "", 1))
    return SqliteHuey("portal", results=False, filename=str(config.folder / "jobs.db"))
